"""How a text is read now, from the tokens of the grammar."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.core.records import MarkdownOptions
from sitegen.read.markdown.before.words import TRACKED, Html, Row, Word
from sitegen.read.markdown.grammar import rules_of
from sitegen.read.markdown.notes import Notes

_NAMES = {"footnote_block": "ol", "callout": "callout"}
_SILENT = frozenset({"attributes", "label", "footnote_ref", "footnote_anchor", "directive"})


@lru_cache(maxsize=4)
def _rules(options: MarkdownOptions) -> MarkdownIt:
    return rules_of(options, escape_html=False)


def present_words(text: str, options: MarkdownOptions, notes: Notes) -> list[Word]:
    """Return the words of a text as they are read. Raises Tangled."""
    row = Row()
    reader = Html(row, 0)
    titled = 0  # of a callout: its title is not the writer's, or was not read as one
    colons: list[bool] = []  # of each open callout: whether it is written with colons, as before
    for token in _rules(options).parse(text, {"notes": notes}):
        if "callout-title" in str(token.attrs.get("class", "")):
            titled = 1
        if token.type == "callout_open":
            colons.append(notes.offsets.line(token.map[0] if token.map else 0).lstrip(" >").startswith(":"))
        if token.type.startswith("callout_") and (colons[-1] if token.nesting > 0 else colons.pop()):
            continue
        if titled and token.type == "paragraph_close":
            titled = 0
        elif not titled:
            _block(token, row, reader)
    return row.words


def _block(token: Token, row: Row, reader: Html) -> None:
    line = token.map[0] if token.map else 0
    name = _NAMES.get(token.type.rpartition("_")[0], token.tag)
    if token.type.startswith("blockquote") and token.tag == "div":  # `> [!NOTE]`
        name = "callout"
    if token.type == "inline":
        _inline(token.children or [], row, reader, line)
    elif token.type in ("fence", "code_block"):
        row.open("pre")
        row.text(token.content, line + (token.type == "fence"))
        row.close("pre")
    elif token.type == "html_block":
        reader.line = line - reader.getpos()[0] + 1
        reader.feed(token.content)
    elif name == "li" or token.type == "footnote_open":
        if token.nesting > 0:
            row.item()
    elif name in TRACKED or name == "callout":
        if token.nesting > 0:
            row.open(name, int(token.attrs.get("start", 1)))
        elif token.nesting < 0:
            row.close(name)


def _inline(children: list[Token], row: Row, reader: Html, line: int) -> None:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "code_inline":
            row.open("code")
            row.text(child.content, line)
            row.close("code")
        elif child.type == "html_inline":
            reader.feed(child.content)
            line += child.content.count("\n")
        elif child.type == "image":
            _inline(child.children or [], row, reader, line)
        elif child.type in _SILENT:
            continue
        elif child.nesting > 0 and child.tag in ("em", "strong", "a", "s", "del"):
            row.open("del" if child.tag == "s" else child.tag)
        elif child.nesting < 0 and child.tag in ("em", "strong", "a", "s", "del"):
            row.close("del" if child.tag == "s" else child.tag)
        elif child.content:
            row.text(child.content, line)
