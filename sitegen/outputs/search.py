"""Search: the finished HTML of a page to its sections as plain text, and these to the index of a language.

Only `<main>` is heard.
Left out are navigation, drawings, forms, scripts, footnote marks, what is hidden from screen readers, and every
element with `data-search="exclude"`. A heading with an id begins a section; so does an element with an id in which a
term is defined (`<dfn>`), such as an entry of a glossary.

A classic script, so that it also loads from a folder on disk; docs/decisions/014-search.md says why its name holds no
digest, and what the fields are for.
"""

import html as entities
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sitegen.model.lazy import lazily
from sitegen.model.outputs import SearchPage, SearchSection
from sitegen.model.urls import quoted
from sitegen.model.views import PageView
from sitegen.text.html import PLAIN, PLAIN_TAG, Tag

_ID = lazily(r"""\sid=["']([^"']*)["']""")
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
_BLOCKS = lazily(f"</?(?:{'|'.join(sorted(PLAIN - _INLINE))})>")


class SearchText:
    """The search text of one page, collected during a scan; `parts` are the sections so far.

    Each is its id, its title and pieces of its text.
    """

    def __init__(self) -> None:
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.heading = ""  # the name of the element whose text is a title: a heading, or dfn
        self.skipped = ""  # the name of the element that is skipped, and how many of that name are open inside it
        self.depth = 0
        self.last_id = ""  # the last id, until a section takes it
        self.state: Literal["before", "in", "behind"] = "before"  # where in the page, seen from <main>

    def page(self, view: PageView) -> SearchPage:
        """Return the record of the page, whose view this is."""
        section = view.crumbs[1].label if len(view.crumbs) > 1 else ""
        return SearchPage(view.lang, view.url, view.title, section, view.description, self.sections(), view.search_also)

    def tag(self, tag: Tag) -> None:
        """Take the next tag."""
        name = tag.name
        if name == "main" and self.state == ("in" if tag.closes else "before"):
            self.state = "behind" if tag.closes else "in"
        elif self.state != "in":
            return
        if self.skipped:
            if name == self.skipped and not tag.attributes.endswith("/"):
                self.depth += -1 if tag.closes else 1
                self.skipped = self.skipped if self.depth else ""
        elif tag.closes:
            self._end(name)
        else:
            self._start(name, tag.attributes)

    def run(self, run: str) -> None:
        """Take the texts and plain tags before it. A sign `<` that begins no tag is dropped."""
        if self.state != "in":
            return
        if self.skipped:
            self._skip(run)
            return
        _, title, pieces = self.parts[-1]
        run = run.replace("\n", " ")
        if "<" in run:
            run = PLAIN_TAG.sub("", run if self.heading else _BLOCKS.sub("\n", run)).replace("<", "")
        (title if self.heading else pieces).append(run)

    def _skip(self, run: str) -> None:
        """Skip a run up to the end of the element that is skipped."""
        if self.skipped not in PLAIN:
            return
        for tag in PLAIN_TAG.finditer(run):
            if tag[0].strip("</>") == self.skipped:
                self.depth += -1 if tag[0][1] == "/" else 1
                if not self.depth:
                    self.skipped = ""
                    self.run(run[tag.end() :])
                    return

    def _start(self, name: str, attributes: str) -> None:
        if name in _SILENT or (name not in _EMPTY and _LEFT_OUT.search(attributes)):
            self.skipped, self.depth = name, 1
            return
        match = _ID.search(attributes)
        if match:
            self.last_id = entities.unescape(match[1])
        if (name in _HEADINGS and match) or (name == "dfn" and self.last_id):
            self.parts.append((self.last_id, [], []))
            self.heading, self.last_id = name, ""
        self._break(name)

    def _end(self, name: str) -> None:
        if name == self.heading:
            self.heading = ""
        self._break(name)

    def _break(self, name: str) -> None:
        if name not in _INLINE and not self.heading:
            self.parts[-1][2].append("\n")

    def sections(self) -> tuple[SearchSection, ...]:
        """Return the sections that have a title or a text; the first of all is always there."""
        sections = []
        for number, (anchor, title, pieces) in enumerate(self.parts):
            section = SearchSection(anchor, _plain(title), _plain(pieces))
            if number == 0 or section.title or section.text:
                sections.append(section)
        return tuple(sections)


def _plain(pieces: list[str]) -> str:
    """Return the text of the pieces: one line for each block, single spaces, no entities."""
    lines = (" ".join(line.split()) for line in entities.unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)


def search_indexes(_: None, languages: Sequence[tuple[str, Sequence[SearchPage]]]) -> list[bytes]:
    """Return the index of each language, given as (language, its pages)."""
    return [search_index(lang, pages) for lang, pages in languages]


def search_index(lang: str, pages: Sequence[SearchPage]) -> bytes:
    """Return the index of one language: `pages`, in the order given, and `forms`, the word forms that belong together.

    A page is [address, title, section, description, parts], and as a sixth the names that people also search for, if
    there are any; a part is [quoted id, title, text], the first of them without id and title. A group of forms is
    written as what they begin with and how each goes on: "mest|a|o".
    """
    from sitegen.languages.words import same_words, words  # an index is made of the whole site, not of a page

    texts = [text for page in pages for text in _texts(page)]
    chunks = {chunk for text in texts for chunk in text.split()}
    written = sorted({word for chunk in chunks for word in words(chunk)})
    index = {
        "pages": [_record(page) for page in pages],
        "forms": [_packed(forms) for forms in same_words(written, lang)],
    }
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    # JSON may hold these two line separators as they are; scripts before ES2019 may not.
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"self.searchIndex={data};\n".encode()


def _texts(page: SearchPage) -> Iterable[str]:
    yield page.title
    yield page.description
    yield from page.also
    for part in page.sections:
        yield part.title
        yield part.text


def _record(page: SearchPage) -> list[Any]:
    record = [quoted(page.url), page.title, page.section, page.description, _parts(page)]
    return [*record, page.also] if page.also else record


def _parts(page: SearchPage) -> list[list[str]]:
    return [[quoted(part.id), part.title, part.text] for part in page.sections]


def _packed(forms: Sequence[str]) -> str:
    from sitegen.languages.words import shared_beginning

    start = shared_beginning(min(forms), max(forms))  # what these two begin with, all begin with
    return "|".join([start, *(form[len(start) :] for form in forms)])
