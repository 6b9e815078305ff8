"""What makes an output harmless, and time that no page may take: for test_hostile.py and test_fuzz.py."""

import contextlib
import json
import re
import signal
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

CALM = frozenset({"http", "https", "mailto", "tel"})
ACTIVE = frozenset("script style iframe object embed form base applet frame frameset math template".split())
ADDRESSES = frozenset("href src action formaction poster data srcset xlink:href cite background ping manifest".split())
SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")


class Reader(HTMLParser):
    """Notes what in a page could act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""
        self.metas = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ACTIVE and not (tag == "script" and given.get("type") == "application/ld+json"):
            self.found.append(f"<{tag}>")
        if tag == "meta":
            self.metas += 1
            ours = "Content-Security-Policy" if self.metas == 2 else "refresh"  # behind the one with the encoding
            if given.get("http-equiv", "refresh") not in ("refresh", ours):
                self.found.append("<meta http-equiv>")
        for name, value in attrs:
            scheme = SCHEME.match(value or "")
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{name}=")
            elif name in ADDRESSES and scheme and scheme[1].lower() not in CALM:
                self.found.append(f"{name}={value}")
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            json.loads(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def active(html: str) -> list[str]:
    """Return what in a page could act: elements, event handlers, styles, addresses of other schemes."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def prove_harmless(outputs: dict[str, bytes]) -> None:
    """See that nothing in a site acts, that all XML is XML, and that no name leads anywhere else."""
    for path, data in outputs.items():
        parts = unquote(path).split("/")
        assert ".." not in parts
        assert not path.startswith("/")
        assert all(part.isprintable() for part in parts)
        if path.endswith(".html"):
            assert active(data.decode()) == [], path
        elif path.endswith((".xml", ".svg")):
            root = ET.fromstring(data)
            for content in root.iter("{http://www.w3.org/2005/Atom}content"):
                assert active(content.text or "") == [], path
        elif path.endswith(".js") and path.startswith("search/"):
            json.loads(data.decode().removeprefix("self.searchIndex=").rstrip(";\n"))
        elif path.endswith(".ics"):
            assert data.count(b"BEGIN:VEVENT\r\n") == data.count(b"\r\nUID:")


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer, in seconds of the processor, so that other programs do not count."""

    def stop(*_: object) -> None:
        raise AssertionError(f"it takes more than {seconds} s")

    if not hasattr(signal, "SIGVTALRM"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
