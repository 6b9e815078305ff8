"""The finished HTML of a page to what search knows of it: its sections, as plain text.

Only `<main>` is read, and what is read is our own HTML with quoted attributes, so a scan over the tags is enough.
Left out are navigation, drawings, forms, scripts, footnote marks, what is hidden from screen readers, and every
element with `data-search="exclude"`. A heading with an id begins a section; so does an element with an id in which a
term is defined (`<dfn>`), such as an entry of a glossary.
"""

import html as entities
import re

from sitegen.core.finished import SearchPage, SearchSection
from sitegen.core.views import PageView

_MAIN = re.compile(r"<main\b.*?(?:</main\s*>|\Z)", re.S)
_PIECE = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][\w-]*+)((?:[^<>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)>?|[^<]+""", re.S
)
_ID = re.compile(r"""\sid=["']([^"']*)["']""")
_LEFT_OUT = re.compile(
    r"""\s(?:data-search=["']exclude["']|aria-hidden=["']true["']|hidden(?=[\s=/]|$)"""
    r"""|id=["']fnref|class=["'][^"']*\bfootnote-backref)"""
)
_SILENT = frozenset("h1 nav svg form button dialog script style template noscript".split())
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_EMPTY = frozenset("area br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em i ins del kbd mark q s samp small span strong sub sup time u var".split()
)


def search_page(view: PageView, text: str) -> SearchPage:
    """Return the record of one page, made of its view and its finished HTML."""
    main = _MAIN.search(text)
    scan = _Scan()
    scan.run(main.group() if main else "")
    section = view.crumbs[1].label if len(view.crumbs) > 1 else ""
    return SearchPage(view.lang, view.url, view.title, section, view.description, scan.sections(), view.search_also)


class _Scan:
    """The tags of one page, read in order; `made` are the sections so far, as id, title and pieces of text."""

    def __init__(self) -> None:
        self.made: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.heading = ""  # the name of the element whose text is a title: a heading, or dfn
        self.skipped = ""  # the name of the element that is left out, and how many of that name are open inside it
        self.depth = 0
        self.last_id = ""  # the last id that was met, until a section takes it

    def run(self, text: str) -> None:
        for match in _PIECE.finditer(text):
            name = match[2]
            if name is None:
                self._text("" if match.group().startswith("<!--") else match.group())
            elif self.skipped:
                if name == self.skipped and not match[3].endswith("/"):
                    self.depth += -1 if match[1] else 1
                    self.skipped = self.skipped if self.depth else ""
            elif match[1]:
                self._end(name)
            else:
                self._start(name, match[3])

    def _start(self, name: str, attributes: str) -> None:
        if name in _SILENT or (name not in _EMPTY and _LEFT_OUT.search(attributes)):
            self.skipped, self.depth = name, 1
            return
        found = _ID.search(attributes)
        if found:
            self.last_id = entities.unescape(found[1])
        if (name in _HEADINGS and found) or (name == "dfn" and self.last_id):
            self.made.append((self.last_id, [], []))
            self.heading, self.last_id = name, ""
        self._break(name)

    def _end(self, name: str) -> None:
        if name == self.heading:
            self.heading = ""
        self._break(name)

    def _break(self, name: str) -> None:
        if name not in _INLINE and not self.heading:
            self.made[-1][2].append("\n")

    def _text(self, text: str) -> None:
        if not self.skipped:
            _, title, pieces = self.made[-1]
            (title if self.heading else pieces).append(text.replace("\n", " "))

    def sections(self) -> tuple[SearchSection, ...]:
        """Return the sections that have a title or a text; the first of all is always there."""
        done = []
        for number, (anchor, title, pieces) in enumerate(self.made):
            section = SearchSection(anchor, _plain(title), _plain(pieces))
            if number == 0 or section.title or section.text:
                done.append(section)
        return tuple(done)


def _plain(pieces: list[str]) -> str:
    """Return the text of the pieces: one line for each block, single spaces, no entities."""
    lines = (" ".join(line.split()) for line in entities.unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)
