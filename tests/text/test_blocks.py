"""Blocks of a section: what a translator gets, and that nothing is lost on the way to and fro."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.site import PROJECT

from sitegen.model.problems import Lines
from sitegen.text.blocks import blocks_of, rewritten
from sitegen.text.frontmatter import read_head
from sitegen.text.sections import cut_body

CASES = {
    "a heading without its id": ("## One *two* {#one}\n", [("heading", "One *two*")]),
    "paragraphs on one line": ("One\ntwo.\n\nThree\n", [("paragraph", "One two."), ("paragraph", "Three")]),
    "a line break": ("One  \ntwo\n", [("paragraph", "One\ntwo")]),
    "items, also inside": (
        "- One\n  more\n    - Two\n\n1. Three\n",
        [("item", "One more"), ("item", "Two"), ("item", "Three")],
    ),
    "a second paragraph of an item": ("- One\n\n    Two\n", [("item", "One"), ("paragraph", "Two")]),
    "a quotation": ("> One\n> two\n>\n> - Three\n", [("paragraph", "One two"), ("item", "Three")]),
    "rows": ("| a | b |\n|---|--:|\n| c | d |\n", [("row", "a | b"), ("row", "c | d")]),
    "a callout with a title": (":::note A title\nText.\n:::\n", [("callout", "A title"), ("paragraph", "Text.")]),
    "a callout without one": (":::note\nText.\n:::\n", [("paragraph", "Text.")]),
    "the other spelling": ('!!! tip "A title"\n    Text.\n', [("callout", "A title"), ("paragraph", "Text.")]),
    "code": ("~~~python\nx = 1\n\ny\n~~~\n\nText\n", [("paragraph", "Text")]),
    "indented code": ("Text\n\n    code\n", [("paragraph", "Text")]),
    "a block": ("::features{area=4}\n", []),
    "a definition of a link": ("[a]: https://example.org\n", []),
    "a footnote": ("[^1]: The note.\n", [("note", "The note.")]),
    "a definition": ("Term\n:   What it is\n", [("paragraph", "Term"), ("definition", "What it is")]),
    "an abbreviation": ("*[UIL]: The institute\n", [("note", "The institute")]),
    "a comment": ("<!-- one\n\ntwo -->\nText\n", [("paragraph", "Text")]),
    "tags alone": ("<div>\nText\n</div>\n", [("paragraph", "Text")]),
    "attributes": ("Text\n{: .wide }\n", [("paragraph", "Text")]),
    "a year at the start of a line": ("In\n2015. More\n", [("paragraph", "In 2015. More")]),
    "an underlined heading": ("One\n---\n\nTwo\n", [("paragraph", "One"), ("paragraph", "Two")]),
    "nothing": ("\n\n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_translator_gets(name: str) -> None:
    text, wanted = CASES[name]
    found = blocks_of(text)
    assert [(one.kind, one.text) for one in found if one.text] == wanted
    assert "".join(rewritten(one, one.text) for one in found) == text


def test_a_new_text_stands_where_the_old_one_stood() -> None:
    (one,) = blocks_of("\n- One\n  two\n")
    assert rewritten(one, "Three\nfour") == "\n- Three  \n  four\n"
    (one,) = blocks_of("> - One\n")
    assert rewritten(one, "Two\nthree") == "> - Two  \n>   three\n"


@pytest.mark.parametrize("file", sorted((PROJECT / "content").rglob("*.md")), ids=lambda file: file.stem)
def test_real_pages_come_back_byte_for_byte(file: object) -> None:
    head, _ = read_head("a.md", file.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert head is not None
    for section in cut_body(head.body):
        assert "".join(rewritten(one, one.text) for one in blocks_of(section.text)) == section.text


@given(st.text(alphabet=' \n\t#-`~|>:{}[]()<*_=1.ač!^&"', max_size=80))
def test_any_text_comes_back_byte_for_byte(text: str) -> None:
    assert "".join(rewritten(one, one.text) for one in blocks_of(text)) == text
    assert "".join(one.text for one in cut_body(Lines("a.md", text))) == text


@pytest.mark.parametrize("piece", ["[", "<a ", "> ", "- ", "|", "#", "{", "- - ", "*[", "-- ", "`"])
def test_odd_text_takes_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert "".join(rewritten(one, one.text) for one in blocks_of(text)) == text
