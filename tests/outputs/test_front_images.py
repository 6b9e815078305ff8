"""The picture of a page, `image` with `image_alt`: at its head, on cards, in lists and on the home page."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from support.pages import Element, Page
from support.site import SiteFolder, tree

Make = Callable[..., SiteFolder]
SETTINGS = """
-- site.yaml --
title: Town
default_language: en
base_url: https://town.example/
feed: {section: news/index.md}
navigation: {main: [places/index.md, news/index.md]}
theme: {hero: image}
images: {widths: [40, 80, 160]}
languages:
  en: {label: English, locale: en_GB, weight: 1}
-- content/en/index.md --
---
title: Town
template: home.html
image: wide.jpg
image_alt: The square
---

![The square from above](wide.jpg)
-- content/en/places/index.md --
---
title: Places
---
-- content/en/news/index.md --
---
title: News
template: news.html
---
"""
SIZE = (160, 80)


@pytest.fixture
def town(site: Make) -> SiteFolder:
    """Return a site in the theme in which every page but the sections has a picture."""
    made = site(SETTINGS)
    for part in ("templates", "locales"):
        for path in tree(made.root / part):
            made.remove(f"{part}/{path}")
    made.remove("content/sl/index.md")
    out = io.BytesIO()
    Image.linear_gradient("L").resize(SIZE).convert("RGB").save(out, "JPEG")
    for folder in ("", "places/", "news/"):
        made.write_bytes(f"content/en/{folder}wide.jpg", out.getvalue())
    for number in (1, 2):
        head = f"---\ntitle: Number {number}\nimage: wide.jpg\nimage_alt: What it shows\n"
        made.edit(f"content/en/places/{number}.md", f"{head}---\n\n![Again](wide.jpg)\n")
        made.edit(f"content/en/news/{number}.md", f"{head}date: 2025-0{number}-01\n---\n")
    made.edit("content/en/places/3.md", "---\ntitle: Card alone\nimage: wide.jpg\n---\n")
    assert made.problems == []
    return made


def pictures(town: SiteFolder, path: str) -> list[Element]:
    """Return the pictures of a page; each says how large it is, and in which widths it comes."""
    found = [one for one in Page(town.read(path)).all("img") if one.get("class") != "emblem"]
    for one in found:
        assert (one.get("width"), one.get("height")) == (str(SIZE[0]), str(SIZE[1])), "nothing shifts"
        assert [part.split()[1] for part in one.get("srcset").split(", ")] == ["40w", "80w", "160w"]
        assert one.get("sizes")
    return found


def loading(pictures: list[Element]) -> list[tuple[str, str]]:
    """Return how soon each picture is loaded."""
    return [(one.get("fetchpriority"), one.get("loading")) for one in pictures]


FIRST, LATER = ("high", ""), ("", "lazy")


@pytest.mark.parametrize("path", ["en/index.html", "en/places/1/index.html"])
def test_the_picture_at_the_head_comes_first_and_alone(town: SiteFolder, path: str) -> None:
    assert loading(pictures(town, path)) == [FIRST, LATER]


def test_the_head_says_what_the_picture_shows(town: SiteFolder) -> None:
    assert [one.get("alt") for one in pictures(town, "en/places/1/index.html")] == ["What it shows", "Again"]
    assert [one.get("alt") for one in pictures(town, "en/index.html")] == ["The square", "The square from above"]


@pytest.mark.parametrize("path", ["en/places/index.html", "en/news/index.html"])
def test_cards_and_lists_show_pictures_when_they_come_into_sight(town: SiteFolder, path: str) -> None:
    found = pictures(town, path)
    assert loading(found) == [LATER, LATER]
    assert [one.get("alt") for one in found] == ["", ""], "the title next to it says it"


def test_a_picture_without_a_text_is_for_social_networks_only(town: SiteFolder) -> None:
    assert pictures(town, "en/places/3/index.html") == []
    assert 'property="og:image"' in town.read("en/places/3/index.html")
