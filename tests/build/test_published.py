"""What is published where a source or its translation is a draft, under embargo or expired: docs/front-matter.md."""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from support.site import PROJECT, SiteFolder

from sitegen.build.status import read_status

Make = Callable[..., SiteFolder]
SETTINGS = """-- site.yaml --
title: City
default_language: sl
base_url: https://city.example/
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
  de: {label: Deutsch, locale: de_DE, weight: 3, fallback: show}
feed: {section: news/index}
search: true
calendars:
  days: {data: days, list: days, page: news/a, id: id, start: start, end: end, summary: [name]}
-- data/days.yaml --
days:
  - {id: one, start: 2026-05-01, end: 2026-05-02, name: Day}
-- content/de/index.md --
---
title: Stadt
---
-- content/sl/news/index.md --
---
title: Novice
---
-- content/en/news/index.md --
---
title: News
---
"""
WORDS = {"sl": "izvorno", "en": "prevod"}  # every trace of a file holds its word


def page(lang: str, keys: str) -> str:
    """Return a page whose every part holds its word: title, text, address, old address, heading and picture."""
    word = WORDS[lang]
    return (
        f"-- content/{lang}/news/a.md --\n---\ntitle: T{word}\ndescription: D{word}\nslug: s{word}\n"
        f"aliases: [/{lang}/old{word}/]\n{'date: 2025-01-01' if lang == 'sl' else ''}\n{keys}\n---\n\n"
        f"## H{word} {{#part}}\n\nB{word} ![Picture](p{word}.png)\n"
    )


def rows() -> list[tuple[str, ...]]:
    """Return the rows of the table in the manual."""
    text = (PROJECT / "docs/front-matter.md").read_text(encoding="utf-8")
    table = text.partition("## What is published")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def keys(cell: str) -> str:
    """Return the front matter that a cell of the table names."""
    return "\n".join(re.findall(r"`([^`]+)`", cell))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache that all builds of this module share: templates are compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def city(site: Make) -> Callable[[str, str], SiteFolder]:
    """Return a function that makes a site with a page in two languages, given the keys of each."""

    def make(source: str, translation: str) -> SiteFolder:
        made = site(SETTINGS + page("sl", source) + page("en", translation))
        for lang, color in (("sl", "red"), ("en", "blue")):
            file = BytesIO()
            Image.new("RGB", (20, 20), color).save(file, "PNG")
            made.write_bytes(f"content/{lang}/news/p{WORDS[lang]}.png", file.getvalue())
        shutil.rmtree(made.root / "templates")
        return made

    return make


def traces(made: SiteFolder, word: str) -> list[str]:
    """Return the published files whose path or content holds a word."""
    return [path for path, data in made.outputs.items() if word in path or word.encode() in data]


def test_the_table_has_rows() -> None:
    assert len(rows()) >= 15


@pytest.mark.parametrize(("source", "translation", "first", "second", "third"), rows())
def test_embargo_of_source_and_translation_as_the_manual_says(
    city: Callable[[str, str], SiteFolder],
    cache: Path,
    source: str,
    translation: str,
    first: str,
    second: str,
    third: str,
) -> None:
    made = city(keys(source), keys(translation))
    result = made.build(cache=cache)
    assert not result.failed, made.problems
    assert set(made.codes) <= {"shared-differs", "string-missing", "catalog-missing"}
    shown = {"shows the source": "sl", "shows the translation": "en", "nothing": ""}[third]
    for lang, state in (("sl", first), ("en", second)):
        is_out = {"published": True, "no": False}[state]
        assert made.has(f"{lang}/news/s{WORDS[lang]}/index.html") == is_out
        assert made.has(f"{lang}/old{WORDS[lang]}/index.html") == is_out
        assert (f"/{lang}/news/s" in made.read("sitemap.xml")) == is_out
        if not is_out and shown != lang:
            assert traces(made, WORDS[lang]) == []
        if not is_out:
            assert [
                path for path in traces(made, f"/news/s{WORDS[lang]}") if path.endswith((".html", ".xml", ".js"))
            ] == []
    assert made.has("de/news/a/index.html") == bool(shown)
    if shown:
        assert f"B{WORDS[shown]}" in made.read("de/news/a/index.html")


@pytest.mark.parametrize(("source", "translation", "first", "second", "third"), rows())
def test_embargo_is_lifted_by_drafts(
    city: Callable[[str, str], SiteFolder],
    cache: Path,
    source: str,
    translation: str,
    first: str,
    second: str,
    third: str,
) -> None:
    made = city(keys(source), keys(translation))
    assert not made.build(drafts=True, cache=cache).failed
    assert made.has("sl/news/sizvorno/index.html")
    assert made.has("en/news/sprevod/index.html")


@pytest.mark.parametrize(("source", "translation", "first", "second", "third"), rows())
def test_embargo_is_known_to_the_state_of_translations(
    city: Callable[[str, str], SiteFolder], source: str, translation: str, first: str, second: str, third: str
) -> None:
    made = city(keys(source), keys(translation))
    found, _ = read_status(made.root, "site.yaml", dt.date(2026, 1, 1))
    assert found is not None
    row = next((row for row in found.pages if row.key == "news/a"), None)
    assert (row is not None) == ("published" in (first, second))
    if row and first == "published":
        states = {one.lang: one.state for one in row.translations}
        assert (states["en"] == "draft") == (second == "no")


def test_drafted_source_hands_down_its_shared_keys(site: Make) -> None:
    made = site(
        "-- content/sl/a.md --\n---\ntitle: A\ndraft: true\ndate: 2015-09-28\ntemplate: own.html\nimage: a.png\n---\n"
        "-- content/en/a.md --\n---\ntitle: A\n---\n"
        "-- templates/own.html --\n{% extends 'page.html' %}{% block main %}\n"
        "<p>own {{ page.date }} {{ page.image.url }}</p>{% endblock %}\n"
    )
    file = BytesIO()
    Image.new("RGB", (20, 20), "red").save(file, "PNG")
    made.write_bytes("content/sl/a.png", file.getvalue())
    made.build()
    assert made.codes == []
    assert "<p>own 2015-09-28 assets/sl/a." in made.read("en/a/index.html")


def test_address_below_a_drafted_section_stays_as_it_will_be(site: Make) -> None:
    made = site(
        "-- content/en/network/index.md --\n---\ntitle: N\nslug: web\ndraft: true\n---\n"
        "-- content/en/network/joining.md --\n---\ntitle: J\n---\n"
    )
    made.build()
    assert made.has("en/web/joining/index.html")
    assert not made.has("en/web/index.html")


def test_day_of_publication_in_a_source_is_a_day_of_its_translation(site: Make) -> None:
    made = site(
        "-- content/sl/a.md --\n---\ntitle: A\npublish_date: 2026-02-01\n---\n"
        "-- content/en/a.md --\n---\ntitle: A\n---\n"
    )
    assert made.build().days[1] == dt.date(2026, 2, 1)
    assert not made.has("en/a/index.html")
    made.build(today=dt.date(2026, 2, 1))
    assert made.has("en/a/index.html")
