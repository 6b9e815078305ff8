"""A text as a row of words, each with the blocks and marks that it is in."""

import re
from html.parser import HTMLParser

from msgspec import Struct

_WORD = re.compile(r"\w+")
LISTS = frozenset({"ul", "ol"})
TRACKED = LISTS | frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre table dl em strong code a del".split())
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


class Row:
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
            if self.open_[at][:2] in LISTS:
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


class Html(HTMLParser):
    """HTML into a row. `line` is that of its first line."""

    def __init__(self, row: Row, line: int = -1) -> None:
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
        elif tag in TRACKED:
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
        elif tag in TRACKED:
            self.row.close(tag)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self.skipped:
            self._text(data)

    def _text(self, text: str) -> None:
        self.row.text(text, self.line + self.getpos()[0] - 1 if self.line >= 0 else -1)
