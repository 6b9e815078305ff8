"""The finished HTML of a body with raw HTML in it: what the policy refuses, and what is not closed.

Goes once over the tags, the converter's own among them: so a raw element is known by what it is in the end, wherever
its pieces were written. Changes nothing.
"""

import html as entities
import re

from sitegen.model.config import RawHtml
from sitegen.model.lazy import lazily
from sitegen.model.phrases import phrase
from sitegen.model.urls import ADDRESSES, SETS, offers, refused_scheme
from sitegen.text.markdown.marks import AT
from sitegen.text.markdown.notes import Notes, Spot
from sitegen.text.markdown.parsers import Tangled
from sitegen.text.markdown.rawhtml import ELEMENTS, VERBATIM, allowed
from sitegen.text.markdown.tags import VOID

DEEPEST = 500  # elements in one another: a browser and the cleaning take more than linear time for more
MOST_OPEN = 20  # elements without an end: browsers open them again in each paragraph that follows
_PIECE = lazily(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/><]*+)((?>(?:[^\"'<>]|\"[^\"]*+\"|'[^']*+')*))>", re.S)
_SPOT = lazily(rf"{AT}=\"(\d+)\"")
_ADDRESS = lazily(r"(?<![\w:.\-])([a-zA-Z][\w:.\-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
# Elements that another start or end tag closes, by the rules of HTML.
_IMPLIED = frozenset("p li dt dd tr td th thead tbody tfoot colgroup option optgroup rt rp".split())


def judge(html: str, notes: Notes, policy: RawHtml) -> None:
    """Report what is wrong with raw HTML. Raises Tangled where cleaning it would take too long.

    Problems: html-refused, attribute-refused, link-scheme (none in a trusted folder), html-unclosed, html-stray.
    """
    _Judge(notes, policy).run(html)


class _Judge:
    def __init__(self, notes: Notes, policy: RawHtml) -> None:
        self.notes = notes
        self.elements = ELEMENTS | set(policy.elements)
        self.open: list[tuple[str, Spot | None]] = []  # None: an element that the converter wrote
        self.own = [-1]  # where those stand in `open`
        self.raw: dict[str, list[int]] = {}  # where the raw ones stand, by their name
        self.unclosed = 0

    def run(self, html: str) -> None:
        skip = ""
        for match in _PIECE.finditer(html):
            if match[2] is None or (skip and not (match[1] and match[2].lower() == skip)):
                continue
            name, skip = match[2].lower(), ""
            number = _SPOT.search(match[3]) if AT in match[3] else None
            spot = self.notes.spots[int(number[1])] if number else None
            raw = spot if spot is not None and spot.raw else None
            if match[1]:
                self._end(name, raw)
                continue
            if spot is not None and not self.notes.trusted:
                self._policy(name, match[3], spot)
            if name not in VOID and not (raw and match[3].endswith("/") and name not in ELEMENTS):
                self._start(name, raw)
                skip = name if raw and name in VERBATIM else ""
        self._close(0)

    def _policy(self, name: str, rest: str, spot: Spot) -> None:
        report = self.notes.report
        if spot.raw in self.notes.components:  # reported already; never an element that runs, loads or embeds
            return
        if spot.raw and name not in self.elements:
            report("html-refused", spot.at, html=f"<{spot.raw}>")
        elif spot.raw:
            for attribute, at in spot.attributes.items():
                if not allowed(name, attribute.lower()):
                    report("html-refused", at, html=f"{attribute}=")
        else:
            for attribute, at in spot.attributes.items():
                if not allowed(name, attribute):
                    report("attribute-refused", at, attribute=attribute, element=name)
        for match in _ADDRESS.finditer(rest):
            attribute = match[1].lower()
            if attribute not in ADDRESSES and attribute not in SETS:
                continue
            target = entities.unescape(match[2] or match[3] or match[4] or "")
            for address in offers(target) if attribute in SETS else [target]:
                if refused_scheme(address):
                    is_main = attribute in ("href", "src")
                    at = spot.address if is_main else _written(spot, attribute)
                    report("link-scheme", at, target=self.notes.targets.get(target, target))

    def _start(self, name: str, raw: Spot | None) -> None:
        (self.own if raw is None else self.raw.setdefault(name, [])).append(len(self.open))
        self.open.append((name, raw))
        if len(self.open) > DEEPEST:
            raise Tangled(phrase("HTML elements are nested too deeply"))

    def _end(self, name: str, raw: Spot | None) -> None:
        if raw is None:
            if len(self.own) > 1:
                self._close(self.own[-1])
            return
        places = self.raw.get(name)
        if places and places[-1] > self.own[-1]:
            self._close(places[-1], name)
        elif name not in VOID and (self.notes.trusted or name in self.elements):
            self.notes.report("html-stray", raw.at, html=f"</{raw.raw}>")

    def _close(self, down: int, end: str = "") -> None:
        """Close all elements down to this one; `end` is the name in its end tag, the others have none."""
        while len(self.open) > down:
            name, raw = self.open.pop()
            if raw is None:
                self.own.pop()
                continue
            self.raw[name].pop()
            has_end = len(self.open) == down and end == name
            self.unclosed += not has_end and name not in _IMPLIED
            if self.unclosed > MOST_OPEN:
                raise Tangled(phrase("it has more than {count} HTML elements that are not closed", count=MOST_OPEN))
            if not has_end and name not in _IMPLIED and (self.notes.trusted or name in self.elements):
                self.notes.report("html-unclosed", raw.at, html=f"<{raw.raw}>")


def _written(spot: Spot, attribute: str) -> int:
    """Return where an attribute of an element is written."""
    return next((at for name, at in spot.attributes.items() if name.lower() == attribute), spot.at)
