"""What can be proved of one HTML output by itself, and what the proof of the whole site will need of it.

Reads the finished HTML, so that a mistake of a template counts as one of content does. The HTML is our own: quoted
attributes, so a scan over the tags is enough.
"""

import base64
import hashlib
import html as entities
import re
from typing import Any
from urllib.parse import unquote

from sitegen.core.finished import Led, Seen
from sitegen.core.phrases import counted
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.schemes import refused_scheme
from sitegen.core.urls import meant
from sitegen.core.views import Task
from sitegen.write.addresses import foreign
from sitegen.write.scan import Listener, Tag, scan

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_ATTRIBUTES = {
    "src": re.compile(r"\ssrc\s*=", re.I),
    "type": re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.I),
}
_SCRIPTS = frozenset({"", "module", "text/javascript", "application/javascript"})
_NAMED = frozenset({"a", "button"})


class Facts:
    """What a page says, as it is heard from a scan."""

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
            found = _ATTRIBUTE.finditer(tag.attributes)
            self._start(name, {one[1].lower(): entities.unescape(one[2] or one[3] or "") for one in found}, tag.whole)

    def text(self, text: str) -> None:
        """Take the text before the next tag: it names every link and button that is open."""
        unnamed = [one for one in self.open if not one[1]] if self.open else ()
        if unnamed and entities.unescape(text).strip():
            for one in unnamed:
                one[1] = True

    def _start(self, name: str, attributes: dict[str, str], whole: str) -> None:
        if name == "html":
            self.lang = attributes.get("lang", "")
        if name == "h1":
            self.headings += 1
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.mistakes.append(("output-id-twice", {"id": attributes["id"]}))
            self.ids.add(attributes["id"])
        if "style" in attributes or any(key.startswith("on") for key in attributes):
            self.refused.add(whole[:80])
        is_feed = "type" in attributes
        if name == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes and not is_feed:
            self.alternates.append((attributes["hreflang"], attributes.get("href", "")))
        for key in ("href", "src", "action", "poster"):
            if key in attributes:
                self._address(attributes[key])
        for key in ("href", "src", "cite") if name != "link" else ():  # a link in the head is for machines
            if attributes.get(key, "")[:8].lower().startswith(("http://", "https://")):
                self.outside.append(attributes[key])
        for offer in attributes.get("srcset", "").split(","):
            if offer.strip():
                self._address(offer.split()[0])
        if name == "img" and "alt" not in attributes:
            self.mistakes.append(("output-no-alt", {"element": whole[:80]}))
        if name in _NAMED and (name != "a" or "href" in attributes):
            named = bool(attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title"))
            self.open.append([name, named, whole[:80]])
        elif name in ("img", "svg") and self.open and (attributes.get("alt") or attributes.get("aria-label")):
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

    def _address(self, address: str) -> None:
        if not _OUTSIDE.match(address) and not refused_scheme(address):
            self.links.append(address)


def _led(link: str, here: str, prefix: str) -> Led:
    address, _, anchor = link.partition("#")
    return Led(link, meant(address, here, prefix), unquote(anchor))


def prove(task: Task, text: str, prefix: str, *others: Listener) -> tuple[Seen, tuple[str, ...], list[Problem]]:
    """Scan one page; return what it says, the addresses on other hosts that it leads to, and what is wrong with it.

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
    seen = Seen(tuple(sorted(facts.ids)), links, tuple(facts.alternates), foreign(text), inline)
    return seen, tuple(dict.fromkeys(facts.outside)), problems
