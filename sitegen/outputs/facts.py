"""Checks of one HTML output by itself, and the facts that the check of the whole site needs.

Reads the finished HTML, so that a mistake of a template counts as one of content does. The HTML is our own: quoted
attributes, so a scan over the tags is enough.
"""

import base64
import hashlib
import html as entities
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from sitegen.model.lazy import lazily
from sitegen.model.outputs import FoundLink, PageFacts
from sitegen.model.phrases import counted
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import meant, refused_scheme
from sitegen.model.views import Task
from sitegen.outputs.addresses import foreign
from sitegen.text.html import PLAIN_TAG, Listener, Tag, scan

_ATTRIBUTE = lazily(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
_OUTSIDE = lazily(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_ATTRIBUTES = {
    "src": lazily(r"\ssrc\s*=", re.I),
    "type": lazily(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.I),
}
_SCRIPTS = frozenset({"", "module", "text/javascript", "application/javascript"})
_NAMED = frozenset({"a", "button"})


class Facts:
    """The facts of a page, collected during a scan."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.outside: list[str] = []  # addresses on other hosts
        self.alternates: list[tuple[str, str]] = []
        self.inline: set[tuple[str, str]] = set()  # directive and source of every style and script inside of the page
        self.refused: set[str] = set()  # elements with an attribute that no strict policy allows
        self.mistakes: list[tuple[str, dict[str, object]]] = []
        self.headings = 0
        self.lang = ""
        self.open: list[list[Any]] = []  # name, whether it is named, as it is shown

    def tag(self, tag: Tag) -> None:
        """Take the next tag."""
        name = tag.name.lower()
        if not tag.ends:
            return
        if tag.closes:
            if self.open and self.open[-1][0] == name:
                _, named, shown = self.open.pop()
                if not named:
                    self.mistakes.append(("output-no-name", {"element": shown}))
            return
        if name in ("script", "style"):
            self._inside(name, tag)
        if tag.attributes or name in _NAMED or name == "h1":
            self._start(name, _tag_facts(name, tag.attributes), tag.whole)

    def run(self, run: str) -> None:
        """Take the texts before the next tag: they name every link and button that is open."""
        unnamed = [element for element in self.open if not element[1]] if self.open else ()
        if unnamed and any(text and entities.unescape(text).strip() for text in PLAIN_TAG.split(run)):
            for element in unnamed:
                element[1] = True

    def _start(self, name: str, tag: "_TagFacts", whole: str) -> None:
        if tag.lang is not None:
            self.lang = tag.lang
        if name == "h1":
            self.headings += 1
        if tag.id is not None:
            if tag.id in self.ids:
                self.mistakes.append(("output-id-twice", {"id": tag.id}))
            self.ids.add(tag.id)
        if tag.is_refused:
            self.refused.add(whole[:80])
        self.alternates += tag.alternates
        self.links += tag.links
        self.outside += tag.outside
        if tag.lacks_alt:
            self.mistakes.append(("output-no-alt", {"element": whole[:80]}))
        if tag.opens:
            self.open.append([name, tag.names, whole[:80]])
        elif tag.names and self.open:
            self.open[-1][1] = True

    def _inside(self, name: str, tag: Tag) -> None:
        """Note a style or script as a Content-Security-Policy names it.

        A script with `src` or with a type that is no script's holds nothing that a browser runs (HTML, 4.12.1).
        """
        kind = _ATTRIBUTES["type"].search(tag.attributes)
        named = _ATTRIBUTES["src"].search(tag.attributes) or (kind and kind[1].lower() not in _SCRIPTS)
        if name == "style" or not named:
            digest = base64.b64encode(hashlib.sha256(tag.inside.encode()).digest()).decode()
            self.inline.add((f"{name}-src", f"'sha256-{digest}'"))


class _TagFacts(NamedTuple):
    """The facts in the attributes of a start tag; `names`: it names a link, a button or a picture in one."""

    lang: str | None
    id: str | None
    is_refused: bool
    alternates: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    outside: tuple[str, ...]
    lacks_alt: bool
    opens: bool
    names: bool


@lru_cache(maxsize=4096)  # menus and the like are on every page
def _tag_facts(name: str, text: str) -> _TagFacts:
    """Return the facts in the attributes of an element, given as written in its tag."""
    attributes = {
        match[1].lower(): entities.unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(text)
    }
    is_alternate = name == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes
    is_alternate = is_alternate and "type" not in attributes  # with a type it is a feed
    opens = name in _NAMED and (name != "a" or "href" in attributes)
    names = ("aria-label", "aria-labelledby", "title") if opens else ("alt", "aria-label")
    return _TagFacts(
        attributes.get("lang", "") if name == "html" else None,
        attributes.get("id"),
        "style" in attributes or any(key.startswith("on") for key in attributes),
        ((attributes["hreflang"], attributes.get("href", "")),) if is_alternate else (),
        tuple(_addresses(attributes)),
        tuple(_outside(attributes)) if name != "link" else (),  # a link in the head is for machines
        name == "img" and "alt" not in attributes,
        opens,
        (opens or name in ("img", "svg")) and any(attributes.get(key) for key in names),
    )


def _addresses(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that may be on this site."""
    addresses = [attributes[key] for key in ("href", "src", "action", "poster") if key in attributes]
    addresses += [offer.split()[0] for offer in attributes.get("srcset", "").split(",") if offer.strip()]
    return (address for address in addresses if not _OUTSIDE.match(address) and not refused_scheme(address))


def _outside(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses on other hosts."""
    addresses = (attributes.get(key, "") for key in ("href", "src", "cite"))
    return (address for address in addresses if address[:8].lower().startswith(("http://", "https://")))


def _led(link: str, here: str, prefix: str) -> FoundLink:
    address, _, anchor = link.partition("#")
    return FoundLink(link, meant(address, here, prefix), unquote(anchor))


def prove(task: Task, text: str, prefix: str, *others: Listener) -> tuple[PageFacts, tuple[str, ...], list[Problem]]:
    """Scan one page; return its facts, the addresses on other hosts that it links to, and its problems.

    `prefix` is the path of base_url, which links that begin with a slash begin with; `others` listen to the same scan.
    Problems: output-id-twice, output-no-lang, output-no-title, output-no-name, output-no-alt, output-h1.
    """
    facts = Facts()
    scan(text, facts, *others)
    place = Place(task.source)
    problems = [problem(code, place, None, **values) for code, values in facts.mistakes]
    if task.kind == "page" and facts.headings != 1:
        headings = counted("{n} first-level heading", "{n} first-level headings", facts.headings)
        problems.append(problem("output-h1", place, headings=headings))
    if not facts.lang:
        problems.append(problem("output-no-lang", place))
    if not re.search(r"<title>\s*[^<\s]", text):
        problems.append(problem("output-no-title", place))
    links = tuple(_led(link, task.path, prefix) for link in dict.fromkeys(facts.links))
    refused = (("", element) for element in sorted(facts.refused))
    inline = (*sorted(facts.inline), *refused)
    page_facts = PageFacts(tuple(sorted(facts.ids)), links, tuple(facts.alternates), foreign(text), inline)
    return page_facts, tuple(dict.fromkeys(facts.outside)), problems
