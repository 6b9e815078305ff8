"""Typography by language: the table tests/typography.txt, and what must never be touched."""

import pytest
from support.site import TESTS

from sitegen.languages.typography import Typesetter, typeset
from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.problems import Lines
from sitegen.text.markdown.body import read_body


def cases() -> list[tuple[str, str, str]]:
    """Return the rows of the table: language, typed, seen."""
    rows, language = [], ""
    for line in (TESTS / "typography.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif " => " in line and not line.startswith("#"):
            typed, seen = line.split(" => ")
            rows.append((language, typed, seen.replace("~", "\N{NO-BREAK SPACE}")))
    return rows


def html(text: str, lang: str, typography: bool = True) -> str:
    """Return a body in which everything is known at once."""
    options = MarkdownOptions(typography=typography)
    body, problems = read_body(Lines("a.md", text), lang, options, RawHtml(), False)
    assert problems == []
    return "".join(part for part in body.parts if isinstance(part, str)).strip()


@pytest.mark.parametrize(("lang", "typed", "seen"), cases())
def test_text_is_set_as_the_language_wants_it(lang: str, typed: str, seen: str) -> None:
    assert typeset(typed, lang) == seen


@pytest.mark.parametrize(("lang", "typed", "seen"), cases())
def test_text_that_is_set_already_stays(lang: str, typed: str, seen: str) -> None:
    assert typeset(seen, lang) == seen


def test_region_follows_its_language() -> None:
    assert typeset('"City"', "en-GB") == "‘City’"


def test_quotation_marks_close_behind_an_emphasis() -> None:
    setter = Typesetter("sl")
    assert [setter.text(piece) for piece in ('Beri "', "Deklaracijo", '" še')] == ["Beri »", "Deklaracijo", "« še"]


def test_a_new_block_forgets_open_marks() -> None:
    setter = Typesetter("en")
    setter.text('"open')
    setter.block()
    assert setter.text('"new"') == "‘new’"


@pytest.mark.parametrize(
    "text",
    [
        '`"a" -- v mestu...`',
        '```\n"a" -- v mestu...\n```',
        '    "a" -- v mestu...',
        '<kbd>"a" -- v mestu...</kbd>',
    ],
)
def test_code_is_untouched(text: str) -> None:
    assert "a" in html(text, "sl")
    assert not set("»«–…\N{NO-BREAK SPACE}") & set(html(text, "sl"))


def test_addresses_are_untouched() -> None:
    done = html("[2013-2024](https://example.org/2013-2024/a--b...?q=1-2) <https://example.org/a--b>", "en")
    assert '<a href="https://example.org/2013-2024/a--b...?q=1-2">2013–2024</a>' in done
    assert '<a href="https://example.org/a--b">https://example.org/a--b</a>' in done


def test_quotes_around_code_and_links_belong_together() -> None:
    assert html('"`a`" and "[b](https://example.org/)"', "en") == (
        '<p>‘<code>a</code>’ and ‘<a href="https://example.org/">b</a>’</p>'
    )


def test_a_part_in_another_language_follows_that_language() -> None:
    done = html('Glej <span lang="en">"city" and</span> "mesto".', "sl")
    assert done == '<p>Glej <span lang="en">‘city’ and</span> »mesto«.</p>'


def test_typography_can_be_switched_off() -> None:
    assert html('"Mesto" v vasi...', "sl", typography=False) == '<p>"Mesto" v vasi...</p>'
