"""A text as a list of words, as Python-Markdown's own grammar reads it, and as it is read now."""

import re
from functools import lru_cache
from html.parser import HTMLParser

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from sitegen.model.config import MarkdownOptions
from sitegen.text.markdown.grammar import rules_of
from sitegen.text.markdown.notes import Notes

# A text as a row of words, each with the blocks and marks that it is in.

_WORD = re.compile(r"\w+")
_LISTS = frozenset({"ul", "ol"})
_TRACKED = _LISTS | frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre table dl em strong code a del".split())
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}


class Word(Struct, frozen=True):
    """One word, the names of what it is in from outside to inside, and its line counted from 0."""

    text: str
    path: tuple[str, ...]
    line: int = -1

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Return what is compared."""
        return self.text, self.path


class _Row:
    """The words of a text while it is read. A numbered list is `ol#` and the number of its item."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.open_: list[str] = []

    def open(self, name: str, number: int = 1) -> None:
        """Go into an element; `number` is the one that a numbered list begins with."""
        self.open_.append(f"ol#{number - 1}" if name == "ol" else name)

    def item(self) -> None:
        """Begin an item of the innermost list."""
        for at in range(len(self.open_) - 1, -1, -1):
            if self.open_[at].startswith("ol#"):
                self.open_[at] = f"ol#{int(self.open_[at][3:]) + 1}"
            if self.open_[at][:2] in _LISTS:
                return

    def close(self, name: str) -> None:
        """Leave the innermost element of this name, and what is open in it."""
        for at in range(len(self.open_) - 1, -1, -1):
            if self.open_[at].split("#")[0] == name:
                del self.open_[at:]
                return

    def text(self, text: str, line: int = -1) -> None:
        """Add the words of a text, which begins in this line."""
        path = self._path()
        for number, part in enumerate(text.split("\n")):
            at = line + number if line >= 0 else -1
            self.words += [Word(word, path, at) for word in _WORD.findall(part)]

    def _path(self) -> tuple[str, ...]:
        """Return what is open. A paragraph inside something else says nothing, nor what is in code."""
        names = [name for name in self.open_ if name != "p"]
        if "pre" in names:
            names = names[: names.index("pre") + 1]
        blocks = [name for name in names if name not in ("em", "strong", "code", "a", "del")]
        return tuple(names) if blocks else ("p", *names)


class _Html(HTMLParser):
    """HTML into a row. `line` is that of its first line."""

    def __init__(self, row: _Row, line: int = -1) -> None:
        super().__init__(convert_charrefs=True)
        self.row, self.line = row, line
        self.skipped: list[str] = []  # elements that are open in one whose words are not the writer's
        self.divs: list[bool] = []  # of each open `div`: whether it is a callout

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if self.skipped or {"admonition-title", "footnote-ref", "footnote-backref"} & set(classes):
            self.skipped.append(tag)
            return
        tag = _SAME.get(tag, tag)
        if tag == "img":
            self._text(given.get("alt") or "")
        elif tag == "div":
            self.divs.append("admonition" in classes)
            if self.divs[-1]:
                self.row.open("callout")
        elif tag == "li":
            self.row.item()
        elif tag in _TRACKED:
            start = given.get("start") or ""
            self.row.open(tag, int(start) if start.isdecimal() else 1)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        tag = _SAME.get(tag, tag)
        if tag == "div":
            if self.divs and self.divs.pop():
                self.row.close("callout")
        elif tag in _TRACKED:
            self.row.close(tag)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self.skipped:
            self._text(data)

    def _text(self, text: str) -> None:
        self.row.text(text, self.line + self.getpos()[0] - 1 if self.line >= 0 else -1)


# How a text is read now, from the tokens of the grammar.

_NAMES = {"footnote_block": "ol", "callout": "callout"}
_SILENT = frozenset({"attributes", "label", "footnote_ref", "footnote_anchor", "directive"})


@lru_cache(maxsize=4)
def _rules(options: MarkdownOptions) -> MarkdownIt:
    return rules_of(options, escape_html=False)


def present_words(text: str, options: MarkdownOptions, notes: Notes) -> list[Word]:
    """Return the words of a text as they are read. Raises Tangled."""
    row = _Row()
    reader = _Html(row, 0)
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


def _block(token: Token, row: _Row, reader: _Html) -> None:
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
    elif name in _TRACKED or name == "callout":
        if token.nesting > 0:
            row.open(name, int(token.attrs.get("start", 1)))
        elif token.nesting < 0:
            row.close(name)


def _inline(children: list[Token], row: _Row, reader: _Html, line: int) -> None:
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


# How Python-Markdown's own grammar reads a text, with the extensions that nearly every site has.

_BUNDLED = {
    "tables": "tables",
    "footnotes": "footnotes",
    "definitions": "def_list",
    "abbreviations": "abbr",
    "attributes": "attr_list",
}


@lru_cache(maxsize=4)
def _markdown(options: MarkdownOptions) -> Markdown:
    names = [_BUNDLED[name] for name in options.extensions if name in _BUNDLED]
    return Markdown(extensions=[*names, "fenced_code", "admonition", "md_in_html"], output_format="html")


def classic_words(text: str, options: MarkdownOptions) -> list[Word]:
    """Return the words of a text as they were read."""
    converter = _markdown(options)
    converter.reset()
    row = _Row()
    reader = _Html(row)
    reader.feed(converter.convert(text))
    reader.close()
    return row.words
