"""Sections of a page and their marks: what is one section, what counts as a change of it and what does not."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.site import PROJECT

from sitegen.model.page import FrontMatter
from sitegen.model.problems import Lines
from sitegen.text.frontmatter import read_head
from sitegen.text.sections import Cut, cut, cut_body, mark_of, normalised

SAME = {
    "wrapped": ("One two\nthree four.", "One two three\nfour."),
    "wrapped in an item": ("- One two\n  three\n- Four", "- One\n  two three\n- Four"),
    "blanks at the ends": ("One  \ntwo\t\n\n\nThree", "One\ntwo\n\nThree"),
    "more blank lines": ("One\n\n\n\nTwo\n\n", "One\n\nTwo"),
    "double spaces": ("One  two", "One two"),
    "a number at the start of a line": ("In September\n2015. More.", "In September 2015. More."),
    "a dash at the start of a line": ("One\n- two", "One - two"),
    "NFC": ("Mnoz\N{COMBINING CARON}ica", "Množica"),
    "bullets": ("* One\n* Two", "- One\n- Two"),
    "columns": ("| a | b |\n|---|:-:|\n| c  |  d |", "|a|b|\n| ----- | :---: |\n| c | d |"),
    "blank line behind a heading": ("## One\nTwo", "## One\n\nTwo"),
    "blanks behind code": ("```\na  \n```", "```\na\n```"),
}
DIFFERENT = {
    "a word": ("One two.", "One three."),
    "a letter's case": ("One", "one"),
    "punctuation": ("One.", "One!"),
    "a link": ("[a](b.md)", "[a](c.md)"),
    "an id": ("## A {#a}", "## A {#b}"),
    "two paragraphs": ("One\n\nTwo", "One\nTwo"),
    "an item": ("- One\n- Two", "- One Two"),
    "an item inside": ("- One\n- Two", "- One\n    - Two"),
    "lines of code": ("```\na\nb\n```", "```\na b\n```"),
    "indented code": ("```\na\n  b\n```", "```\na\nb\n```"),
    "a cell": ("| a | b |", "| a b |"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_the_same(name: str) -> None:
    one, other = SAME[name]
    assert mark_of(one) == mark_of(other)


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_is_a_change(name: str) -> None:
    one, other = DIFFERENT[name]
    assert mark_of(one) != mark_of(other)


def cuts(text: str) -> list[Cut]:
    return cut(FrontMatter(title="T", description="D"), Lines("a.md", text, 5))


def test_a_section_goes_from_heading_to_heading_of_any_level() -> None:
    found = cuts("Before.\n\n## One {#one}\n\nText.\n\n### Inside {#in}\n\nMore.\n\n## Two *and* [all](a.md) {#two}\n")
    assert [(one.id, one.title, one.line) for one in found] == [
        ("front", "", 1),
        ("introduction", "", 5),
        ("one", "One", 7),
        ("in", "Inside", 11),
        ("two", "Two and all", 15),
    ]
    assert found[2].text == "## One {#one}\n\nText.\n\n"


def test_a_page_without_introduction_has_none() -> None:
    assert [one.id for one in cuts("\n## One {#one}\n")] == ["front", "one"]
    assert [one.id for one in cuts("")] == ["front"]


def test_headings_in_code_and_comments_on_them_are_none() -> None:
    assert [one.id for one in cuts("~~~\n## No {#no}\n~~~\n\n`## No`\n")] == ["front", "introduction"]


def test_ids_are_made_as_for_the_finished_page_and_never_twice() -> None:
    reserved = "## A {#introduction}\n\n## B {#front}\n"
    found = cuts(f"## Prva reč!\n\n## Prva reč!\n\n## {{.x #y}}\n\nUnder\n-----\n\n{reserved}")
    ids = [one.id for one in found]
    assert ids == ["front", "prva-reč", "prva-reč-2", "y", "under", "introduction-2", "front-2"]


def test_the_front_is_what_a_translator_translates() -> None:
    front = FrontMatter(title="T", description="D", nav="N", slug="s", weight=3)
    assert cut(front, Lines("a.md", ""))[0].text == "title: T\n\ndescription: D\n\nnav: N\n\n"
    assert cut(FrontMatter(title="T", nav=False), Lines("a.md", ""))[0].text == "title: T\n\n"


def test_words_are_counted_without_markup() -> None:
    text = "## One two {#three}\n\n**Four** [five](six.md) and don’t <b>x</b> 1,000.\n\n::block{a=b}\n"
    assert cuts(text)[1].section.words == 8
    assert cuts("")[0].section.words == 2


@pytest.mark.parametrize("file", sorted((PROJECT / "content").rglob("*.md")), ids=lambda file: file.stem)
def test_real_pages_are_cut_without_loss_and_marks_survive_wrapping(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    head, _ = read_head("a.md", text)
    assert head is not None
    found = cut_body(head.body)
    assert "".join(one.text for one in found) == head.body.text
    for one in found:
        assert mark_of(wrapped(one.text)) == one.section.mark


def wrapped(text: str) -> str:
    """Wrap every paragraph anew, as an editor might, and leave the rest."""
    blocks = re.split(r"(\n{2,})", text)
    return "".join(
        textwrap.fill(b, 60, break_long_words=False, break_on_hyphens=False) if re.match(r"[^\W\d_]", b) else b
        for b in blocks
    )


@given(st.text(alphabet=" \n\t#-`~|>:{}[]()<*_=1.ač!", max_size=80))
def test_any_text_is_cut_without_loss(text: str) -> None:
    found = cut_body(Lines("a.md", text))
    assert "".join(one.text for one in found) == text
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids))
    for one in found:
        assert one.section.mark == mark_of(f"{one.text}\n\n")


@given(st.text(alphabet=" \n#-|`ač1.", max_size=60))
def test_what_is_normalised_stays(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once


@pytest.mark.parametrize("piece", ["[", "[](", "<", "{", "*", "|", "-", "#", "=\n", "- ", "{#", "|-", "a\n-\n"])
def test_odd_text_takes_no_time(piece: str) -> None:
    cuts(piece * (200_000 // len(piece)))[-1].section  # noqa: B018 - that it ends is what is asked


def test_marks_never_change_from_one_version_of_the_tool_to_the_next() -> None:
    text = (
        "## Koraki {#steps}\n\nPrvi   *korak*\nin\tdrugi.\n\n* Ena\n    * Dve\n\n|a|b|\n|---|--:|\n\n```\n  x  \n```\n"
    )
    assert mark_of(text) == "558849ce4c23"
    assert cut(FrontMatter(title="Mesto", nav="M"), Lines("a.md", ""))[0].section.mark == "598f53196fc8"
