"""What `<title>` shows where title and name of the site are too long together, and what `check` says of it."""

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, TESTS, SiteFolder

from sitegen.build.request import Result
from sitegen.site.titles import LONGEST_TITLE

Make = Callable[..., SiteFolder]
LONG = "What a small town with one library and two schools does for people who learn"
PAGE = "-- content/en/index.md --\n---\ntitle: {title}\n{short}---\n\nText.\n"
BASE = (TESTS / "minimal/templates/base.html").read_text(encoding="utf-8")
TEMPLATE = "-- templates/base.html --\n" + BASE.replace("<title>{{ page.title }}", "<title>{{ page.window_title }}")


def shown(made: SiteFolder) -> str:
    """Return the title that the English home page shows."""
    return made.read("en/index.html").split("<title>")[1].split("</title>")[0]


@pytest.mark.parametrize(
    ("title", "short", "expected"),
    [
        ("Home", "", "Home – City"),
        ("City", "", "City"),
        ("Home", "H", "Home – City"),
        ("x" * 58, "H", "x" * 58 + " – City"),  # 65 characters
        ("x" * 59, "H", "H – City"),
        ("x" * 59, "", "x" * 59 + " – City"),
        ("x" * 59, "y" * 60, "y" * 60),
        ("č" * 59, "Č", "Č – City"),  # characters, not bytes
    ],
)
def test_title_shows_what_fits(site: Make, title: str, short: str, expected: str) -> None:
    made = site(PAGE.format(title=title, short=f"title_short: {short}\n" if short else "") + TEMPLATE)
    assert not made.build().failed
    assert shown(made) == expected


@pytest.mark.parametrize(
    ("title", "short", "warned"),
    [(LONG, "", True), (LONG, "Learning", False), ("x" * 58, "", False), ("x" * 59, "", True), (LONG, LONG, True)],
)
def test_titles_with_the_name_of_the_site_are_at_most_65_characters(
    site: Make, title: str, short: str, warned: bool
) -> None:
    made = site(PAGE.format(title=title, short=f"title_short: {short}\n" if short else ""))
    found = [one for one in made.check().problems if one.code == "title-long"]
    assert [one.place.line for one in found] == ([3 if short else 2] if warned else [])
    assert all(one.place.path == "content/en/index.md" for one in found)


def test_a_short_title_belongs_to_its_own_language(site: Make) -> None:
    sl = f"-- content/sl/index.md --\n---\ntitle: {LONG}\ntitle_short: Kratko\n---\n\nBesedilo.\n"
    made = site(sl + PAGE.format(title=LONG, short="") + TEMPLATE)
    assert not made.build().failed
    assert shown(made) == f"{LONG} – City"
    assert made.read("sl/index.html").split("<title>")[1].startswith("Kratko – Mesto<")


def test_no_page_of_this_site_shows_a_title_that_is_cut(real: Result) -> None:
    pages = sorted(Path(real.output).rglob("index.html"))
    assert len(pages) > 150
    titles = {
        html.unescape(page.read_text(encoding="utf-8").split("<title>")[1].split("</title>")[0]) for page in pages
    }
    assert [title for title in titles if len(title) > LONGEST_TITLE] == []


def test_the_default_theme_shows_it() -> None:
    head = (PROJECT / "sitegen/theme/templates/components/head.html").read_text(encoding="utf-8")
    assert "<title>{{ page.window_title }}</title>" in head
