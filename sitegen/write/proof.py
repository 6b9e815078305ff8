"""What can be proved of one HTML output by itself, and what the proof of the whole site will need of it.

Reads the finished HTML, so that a mistake of a template counts as one of content does. The HTML is our own: quoted
attributes, so a scan over the tags is enough.
"""

import base64
import hashlib
import html as entities
import re
from urllib.parse import unquote

from sitegen.core.finished import Led, Seen
from sitegen.core.phrases import counted
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.schemes import refused_scheme
from sitegen.core.urls import meant
from sitegen.core.views import Task
from sitegen.write.addresses import foreign

# A tag that never ends is found, too, without its last group: were it tried again from each place in it, a page would
# take quadratic time.
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(>?)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_RAW = re.compile(r"<!--.*?(?:-->|\Z)|(<(script|style)\b[^>]*+(?:>|\Z)).*?(?=</\2\s*>|\Z)", re.S | re.I)
_INLINE = re.compile(r"<(style|script)\b([^>]*+)(?:>|\Z)(.*?)(?:</\1\s*>|\Z)", re.S | re.I)
_ATTRIBUTES = {
    "src": re.compile(r"\ssrc\s*=", re.I),
    "type": re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.I),
}
_SCRIPTS = frozenset({"", "module", "text/javascript", "application/javascript"})
_NAMED = frozenset({"a", "button"})


def prove(task: Task, text: str, prefix: str) -> tuple[Seen, list[Problem]]:
    """Scan one page. `prefix` is the path of base_url, which links that begin with a slash begin with.

    Problems: output-id-twice, output-no-lang, output-no-title, output-no-name, output-no-alt, output-h1.
    """
    scan = _Scan()
    scan.run(_RAW.sub(lambda match: match[1] or "", text))
    place = Place(task.source)
    problems = [problem(code, place, None, **values) for code, values in scan.mistakes]
    if task.kind == "page" and scan.headings != 1:
        problems.append(
            problem(
                "output-h1",
                place,
                headings=counted("{n} first-level heading", "{n} first-level headings", scan.headings),
            )
        )
    if not scan.lang:
        problems.append(problem("output-no-lang", place))
    if not re.search(r"<title>\s*[^<\s]", text):
        problems.append(problem("output-no-title", place))
    links = tuple(_led(link, task.path, prefix) for link in dict.fromkeys(scan.links))
    return Seen(
        tuple(sorted(scan.ids)),
        links,
        tuple(scan.alternates),
        foreign=foreign(text),
        inline=(*_inline(text), *(("", element) for element in sorted(scan.refused))),
    ), problems


def _inline(text: str) -> tuple[tuple[str, str], ...]:
    """Return directive and source of every style and script inside of a page, as a Content-Security-Policy names it.

    A script with `src` or with a type that is no script's holds nothing that a browser runs (HTML, 4.12.1).
    """
    found = set()
    for match in _INLINE.finditer(text):
        name, attributes, content = match[1].lower(), match[2], match[3]
        kind = _ATTRIBUTES["type"].search(attributes)
        if name == "script" and (_ATTRIBUTES["src"].search(attributes) or (kind and kind[1].lower() not in _SCRIPTS)):
            continue
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        found.add((f"{name}-src", f"'sha256-{digest}'"))
    return tuple(sorted(found))


def _led(link: str, here: str, prefix: str) -> Led:
    address, _, anchor = link.partition("#")
    return Led(link, meant(address, here, prefix), unquote(anchor))


class _Scan:
    """What the tags of one page say."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.refused: set[str] = set()  # elements with an attribute that no strict policy allows
        self.mistakes: list[tuple[str, dict[str, object]]] = []
        self.headings = 0
        self.lang = ""
        self.open: list[tuple[str, bool, int, str]] = []  # name, already named, where its content starts, shown

    def run(self, text: str) -> None:
        self.text = text
        for match in _TAG.finditer(text):
            name = match[2].lower()
            if not match[4]:
                continue
            if match[1]:
                self._end(name, match.start())
            elif match[3] or name in _NAMED or name == "h1":
                attributes = {
                    m[1].lower(): entities.unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(match[3])
                }
                self._start(name, attributes, match)

    def _start(self, name: str, attributes: dict[str, str], match: re.Match[str]) -> None:
        if name == "html":
            self.lang = attributes.get("lang", "")
        if name == "h1":
            self.headings += 1
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.mistakes.append(("output-id-twice", {"id": attributes["id"]}))
            self.ids.add(attributes["id"])
        if "style" in attributes or any(key.startswith("on") for key in attributes):
            self.refused.add(match.group()[:80])
        is_feed = "type" in attributes
        if name == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes and not is_feed:
            self.alternates.append((attributes["hreflang"], attributes.get("href", "")))
        for key in ("href", "src", "action", "poster"):
            if key in attributes:
                self._address(attributes[key])
        for offer in attributes.get("srcset", "").split(","):
            if offer.strip():
                self._address(offer.split()[0])
        if name == "img" and "alt" not in attributes:
            self.mistakes.append(("output-no-alt", {"element": match.group()[:80]}))
        if name in _NAMED and (name != "a" or "href" in attributes):
            named = bool(attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title"))
            self.open.append((name, named, match.end(), match.group()[:80]))
        elif name in ("img", "svg") and self.open and (attributes.get("alt") or attributes.get("aria-label")):
            last = self.open[-1]
            self.open[-1] = (last[0], True, last[2], last[3])

    def _end(self, name: str, at: int) -> None:
        if not self.open or self.open[-1][0] != name:
            return
        _, named, start, shown = self.open.pop()
        if not named and not entities.unescape(_TAG.sub("", self.text[start:at])).strip():
            self.mistakes.append(("output-no-name", {"element": shown}))

    def _address(self, address: str) -> None:
        if not _OUTSIDE.match(address) and not refused_scheme(address):
            self.links.append(address)
