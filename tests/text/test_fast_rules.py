"""What is done faster than by markdown-it and Python-Markdown gives the very same: rules, tokens, HTML."""

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import msgspec
import pytest
from markdown.serializers import to_html_string
from markdown_it import MarkdownIt
from markdown_it.rules_block import lheading, paragraph, table
from markdown_it.token import Token
from support.site import PROJECT, TESTS

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.problems import Lines
from sitegen.text.markdown import body, converter
from sitegen.text.markdown import serial as straight
from sitegen.text.markdown.body import read_body
from sitegen.text.markdown.grammar import rules_of
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.parsers import Inlines, token_of
from sitegen.text.markdown.serial import go_through, html_of

SPECIFICATION = PROJECT / "node_modules/commonmark-spec/spec.txt"
EVERYTHING = MarkdownOptions(
    extensions=("tables", "footnotes", "definitions", "abbreviations", "attributes", "autolinks")
)
CASES = [
    "[a](b.md)[c](d#e)",
    "[a *b*](c) [d](e 'f') [g](<h>) [i](j&amp;k) [a](b(c))",
    "[a [b](c) d](e)",
    "![x [a](b)](c)",
    "*[a](b)* **[a](b.md)** [a\nb](c)",
    "[a](b){.c}",
    "[x]: y\n\n[a][x] [x](z) [a](b)[x]",
    "<a href='b'>[c](d)</a>",
    "[https://a.si](b) [a@b.si](c)",
    "a\nb\n---\nc\n===\nd\n- - -\n--",
    "a\n    b\n  # c",
    "> a\nb\n---\n> c\n===",
    "- a\nb\n- c\n  ---",
    "a\n: b\n---\nc",
    "a\n\n: b\n\n  c\n  ---",
    "a\n|---|\n\n| a |\n|-|\n| b |\nc\n:-",
    "a\n1. b\n2. c",
    "a\n2. b",
    "a\n<div>\nb\n\n<b>\nc",
    "a\n:::note\nb\n:::\nc",
    "a\n```\nb",
    "a\n---\t \nb\n-x",
    "[^a]: b\nc\n===\n\nd[^a]",
    "*[HTML]: a\nb\n---\n\nHTML",
    "    a\nb\n---",
    "\ta\n\n- b\n\n      c\n  d\n  ===",
]


def texts() -> list[str]:
    """Return the specification, the pages of the site and of the other dialects, and cases of one's own."""
    folders = (PROJECT / "content", TESTS / "dialects", PROJECT / "docs")
    pages = [path for folder in folders for path in sorted(folder.rglob("*.md"))]
    files = [*pages, *([SPECIFICATION] if SPECIFICATION.is_file() else [])]
    return [*CASES, *(path.read_text(encoding="utf-8") for path in files)]


def tokens(rules: MarkdownIt, text: str) -> str:
    """Return all tokens of a text."""
    found = rules.parse(text, {"notes": notes_of(text)})
    return json.dumps([token.as_dict() for token in found], default=str, ensure_ascii=False, indent=1)


def notes_of(text: str) -> Notes:
    """Return notes that have read a text."""
    notes = Notes(Lines("a.md", text))
    notes.read(text, text)
    return notes


def without_links(rules: MarkdownIt) -> None:
    """Leave all links to CommonMark's rule."""
    rules.inline.ruler.disable("plain-link")


def with_old_paragraphs(rules: MarkdownIt) -> None:
    """Leave paragraphs and underlined headings to markdown-it."""
    rules.block.ruler.at("paragraph", paragraph)
    rules.block.ruler.at("lheading", lheading)


def with_old_tables(rules: MarkdownIt) -> None:
    """Ask markdown-it's rule for tables everywhere."""
    rules.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})


def with_all_that_follows(rules: MarkdownIt) -> None:
    """Ask all rules behind the inline rules, whatever a text holds."""
    assert isinstance(rules.inline, Inlines)
    rules.inline.unmarked = rules.inline.ruler2.getRules("")


@pytest.mark.parametrize("older", [without_links, with_old_paragraphs, with_old_tables, with_all_that_follows])
def test_tokens_are_the_same_as_by_the_older_rule(older: Callable[[MarkdownIt], None]) -> None:
    rules, reference = rules_of(EVERYTHING, False), rules_of(EVERYTHING, False)
    older(reference)
    read = texts()
    assert len(read) > 200
    for text in read:
        assert tokens(rules, text) == tokens(reference, text), text[:300]


def test_a_plain_link_is_read_by_the_faster_rule() -> None:
    rules = rules_of(EVERYTHING, False)
    rules.inline.ruler.disable("link")
    html = rules.render("a [b c](d.md#e) [f](g 'h')", {"notes": notes_of("")})
    assert html == "<p>a <a href=\"d.md#e\">b c</a> [f](g 'h')</p>\n"


def test_an_empty_token_is_what_its_constructor_makes() -> None:
    assert token_of("inline", "p", -1) == Token("inline", "p", -1)
    assert token_of("a", "b", 1).meta is not token_of("a", "b", 1).meta


def test_the_tree_is_written_as_by_python_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def compared(root: ET.Element) -> str:
        html = html_of(root)
        assert html == to_html_string(root)
        seen.append(html)
        return html

    monkeypatch.setattr(converter, "html_of", compared)
    converter._instance.cache_clear()
    for text in texts():
        converter.convert(text, EVERYTHING, False, notes_of(text))
    converter._instance.cache_clear()
    assert len(seen) > 200


@pytest.mark.parametrize(
    "xml",
    [
        "<div><script>a &lt; b &amp;&amp; c</script>d</div>",
        "<div><style>a &gt; b</style><br/>x<IMG/></div>",
        '<div b="&lt;&quot;&amp;amp;&gt;" a="c" checked="checked" hidden="">&amp;lt; &amp; &lt;b&gt;</div>',
        "<div><p/>tail &amp;#38; &amp;nbsp; &amp;x</div>",
    ],
)
def test_elements_of_a_site_are_written_as_by_python_markdown(xml: str) -> None:
    element = ET.fromstring(xml)
    assert html_of(element) == to_html_string(element)
    element.append(ET.Comment("a -- b"))
    element.append(ET.ProcessingInstruction("a", "b"))
    assert html_of(element) == to_html_string(element)


@pytest.mark.parametrize(("trusted", "github"), [(False, False), (True, True)])
def test_a_body_is_the_same_by_the_tree_and_by_html(
    monkeypatch: pytest.MonkeyPatch, trusted: bool, github: bool
) -> None:
    options = msgspec.structs.replace(EVERYTHING, heading_ids="github" if github else "default")
    ways: list[str] = []
    monkeypatch.setattr(straight, "html_of", lambda root: (ways.append("html"), html_of(root))[1])
    monkeypatch.setattr(body, "go_through", lambda root, walk: (ways.append("tree"), go_through(root, walk))[1])
    read = texts()
    by_tree = [read_body(Lines("a.md", text), "en", options, RawHtml(), trusted) for text in read]
    assert ways.count("tree") > 200
    assert ways.count("html") > 5
    monkeypatch.setattr(body, "convert", lambda *given, tree: converter.convert(*given))
    ways.clear()
    for text, done in zip(read, by_tree, strict=True):
        assert read_body(Lines("a.md", text), "en", options, RawHtml(), trusted) == done, text[:300]
    assert "tree" not in ways
