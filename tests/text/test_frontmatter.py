"""The head of a Markdown file, and the keys that translations share with their source."""

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec import UNSET
from support.site import SiteFolder

from sitegen.model.files import Source
from sitegen.model.page import SHARED, FrontMatter
from sitegen.text.edit import with_body, with_texts
from sitegen.text.frontmatter import Head, is_alias, read_head
from sitegen.text.parts import decode

Make = Callable[..., SiteFolder]
PAGES = """
-- content/sl/a.md --
---
title: Stran
date: 2015-09-28
updated: 2016-01-05
weight: 2
sources:
  - {title: Vir, address: "https://example.org/"}
---
-- content/en/a.md --
---
title: Page
---
-- templates/page.html --
{% extends 'base.html' %}
{% block main %}
<p>{{ page.date }} {{ page.updated }} {% for source in page.sources %}{{ source.title }}{% endfor %}</p>
{% endblock %}
"""


def head(text: str) -> Head:
    """Return the head of a text without mistakes."""
    found, problems = read_head("a.md", text)
    assert problems == []
    assert found is not None
    return found


def test_head_and_body_are_parted() -> None:
    made = head("---\ntitle: One\nweight: 3\n---\n\nBody.\n---\nMore.\n")
    assert made.front == FrontMatter(title="One", weight=3)
    assert (made.body.text, made.body.first) == ("\nBody.\n---\nMore.\n", 5)


def test_places_of_keys_are_lines_of_the_file() -> None:
    places = head("---\ntitle: One\nweight: 3\n---\n").places
    assert {key: (place.line, place.column) for key, place in places.items()} == {"title": (2, 1), "weight": (3, 1)}


def test_every_key_of_the_list_is_read() -> None:
    made = head(
        "---\ntitle: T\ntitle_short: S\ndescription: D\nslug: s\ntranslation_key: k\n"
        "date: 2015-01-01\nupdated: 2015-01-02\npublish_date: 2015-01-03\nexpiry_date: 2015-01-04\n"
        "draft: true\nweight: 1\nnav: false\ntemplate: a.html\n"
        "image: a.jpg\nimage_alt: A\naliases: [/a/]\nfallback: show\nsearch: {exclude: true}\nsources: [{title: V}]\n"
        "l10n: {sections: {a: 0123456789ab}}\nextra: {a: 1}\n---\n"
    ).front
    assert all(getattr(made, key) not in (UNSET, "", (), {}) for key in made.__struct_fields__)
    assert (made.nav, made.draft, made.expiry_date) == (False, True, dt.date(2015, 1, 4))


def test_spaces_behind_the_hyphens_do_not_matter() -> None:
    assert head("---\ntitle: One\n---  \nBody.\n").body.text == "Body.\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("--- \ntitle: One\n---\nBody.\n", 4),
        ("---\t \ntitle: One\n--- \t\nBody.\n", 4),
        ("\n\n---\ntitle: One\n---\nBody.\n", 6),
        ("  \n---\ntitle: One\n...\nBody.\n", 5),
        ("---\ntitle: One\n... \nBody.\n", 4),
        ("\ufeff--- \r\ntitle: One\r\n---\r\nBody.\r\n", 4),
        ("\ufeff\r\n---\r\ntitle: One\r\n---  \r\nBody.\r\n", 5),
    ],
)
def test_first_line_may_have_blanks_around_it(text: str, line: int) -> None:
    decoded, problems = decode(Source("a.md", text.encode()))
    assert problems == []
    made = head(decoded)
    assert (made.front.title, made.body.text, made.body.first) == ("One", "Body.\n", line)
    assert made.places["title"].line == line - 2
    changed = with_texts(text.encode(), {"title": "Two"})
    assert changed == text.replace("One", "Two").encode()
    assert with_body(text.encode(), "New.\n") == text.replace("Body.", "New.").encode()


def test_hyphens_inside_a_text_do_not_close_the_head() -> None:
    assert head("---\ntitle: One\nextra:\n  a: |\n    ---\n---\nBody.\n").front.extra == {"a": "---\n"}


def test_a_file_without_head_has_no_title() -> None:
    found, problems = read_head("a.md", "Only text.\n")
    assert found is None
    assert [(p.code, p.place.line, p.place.source) for p in problems] == [("frontmatter-missing", 1, "Only text.")]


def test_a_mistake_beside_the_title_hides_nothing() -> None:
    found, problems = read_head("a.md", "---\ntitle: One\nslug: a/b\ncolour: red\n---\nBody.\n")
    assert found is not None
    assert sorted(p.code for p in problems) == ["key-unknown", "slug-invalid"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n"),
        ("č".encode(), "č"),
        (b"", ""),
    ],
)
def test_text_of_a_file(data: bytes, text: str) -> None:
    assert decode(Source("a.md", data)) == (text, [])


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a\nb\xff", "not-utf8", 2, 2),
        ("čš".encode() + b"\xe8", "not-utf8", 1, 3),
        (b"a\nb\0", "nul-character", 2, 2),
        (b"\xff\xfea\0", "not-utf8", 1, 1),
        (b"---\ntitle: A\n---\n\nOne\x0btwo\n", "control-character", 5, 4),  # Word: a line break inside a paragraph
        (b"One\r\n\x0ctwo", "control-character", 2, 1),  # a PDF: the next page
        (b"a\x1b[1mb", "control-character", 1, 2),
        (b"a\x7f", "control-character", 1, 2),
    ],
)
def test_bad_bytes_have_a_place(data: bytes, code: str, line: int, column: int) -> None:
    text, problems = decode(Source("a.md", data))
    assert text == ""
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [(code, line, column)]


@pytest.mark.parametrize(
    ("alias", "good"),
    [
        ("/sl/stara/", True),
        ("/stara.html", True),
        ("/sl/čebela/", True),
        ("/a b/", False),
        ("sl/stara/", False),
        ("/../x/", False),
        ("/", False),
        ("//x/", False),
        ("/a//b/", False),
        ("/a?b/", False),
        ("https://example.org/", False),
    ],
)
def test_alias(alias: str, good: bool) -> None:
    assert is_alias(alias) == good


def test_translations_inherit_shared_fields(site: Make) -> None:
    made = site(PAGES)
    assert made.problems == []
    assert "<p>2015-09-28 2016-01-05 Vir</p>" in made.read("en/a/index.html")


def test_a_translation_may_have_sources_of_its_own(site: Make) -> None:
    made = site(PAGES.replace("title: Page\n", "title: Page\nsources: [{title: Own}]\n"))
    assert made.problems == []
    assert "<p>2015-09-28 2016-01-05 Own</p>" in made.read("en/a/index.html")


def test_a_translation_that_repeats_the_source_is_no_problem(site: Make) -> None:
    assert site(PAGES.replace("title: Page\n", "title: Page\ndate: 2015-09-28\nweight: 2\n")).problems == []


def test_a_contradiction_is_reported_and_the_translation_keeps_its_own(site: Make) -> None:
    made = site(PAGES.replace("title: Page\n", "title: Page\ndate: 2015-10-01\n"))
    assert made.codes == ["shared-differs"]
    assert "<p>2015-10-01 " in made.read("en/a/index.html")


def test_own_fields_are_not_inherited(site: Make) -> None:
    made = site(PAGES.replace("title: Stran\n", "title: Stran\nslug: stran\naliases: [/star/]\n"))
    assert made.problems == []
    assert made.has("sl/stran/index.html")
    assert made.has("en/a/index.html")


def test_shared_keys_are_those_of_the_list() -> None:
    assert set(SHARED) == {
        "date",
        "updated",
        "publish_date",
        "expiry_date",
        "weight",
        "template",
        "fallback",
    }


def test_a_page_without_a_source_in_the_default_language_is_its_own_source(site: Make) -> None:
    made = site("-- content/en/only.md --\n---\ntitle: Only\ndate: 2015-09-28\n---\n\nText.\n")
    assert made.problems == []
    assert made.has("en/only/index.html")


@pytest.mark.parametrize(
    ("keys", "published"),
    [
        ("draft: true", False),
        ("draft: false", True),
        ("publish_date: 2026-01-01", True),
        ("publish_date: 2026-01-02", False),
        ("expiry_date: 2026-01-01", True),
        ("expiry_date: 2025-12-31", False),
    ],
)
def test_drafts(site: Make, keys: str, published: bool) -> None:
    made = site(f"-- content/sl/a.md --\n---\ntitle: A\n{keys}\n---\n")
    made.build()
    assert made.has("sl/a/index.html") == published
    made.build(drafts=True)
    assert made.has("sl/a/index.html")
