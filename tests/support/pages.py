"""Finished HTML, read as a browser would: what the tests of whole sites ask about a page."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """One element: its name, its attributes, and the text inside it."""

    name: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()  # names and classes of the elements around it, outermost first

    @property
    def text(self) -> str:
        """Return the text with single spaces."""
        return plain("".join(self.parts))

    def get(self, name: str) -> str:
        """Return an attribute, or ""."""
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """All elements of one page in the order of their start tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        around = tuple(" ".join([e.name, e.get("class"), e.get("id")]) for e in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, [], around)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself, as in a drawing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name, and what was left open in it."""
        if any(element.name == tag for element in self.open):
            while self.open.pop().name != tag:
                pass
        for element in self.open:
            element.parts.append(" " if tag in ("p", "li", "h1", "h2", "h3", "td", "th", "dd", "dt", "div") else "")

    def handle_data(self, data: str) -> None:
        """Give the text to every open element, but not the text of scripts and styles."""
        if not any(element.name in ("script", "style") for element in self.open):
            for element in self.open:
                element.parts.append(data)

    def all(self, name: str, css: str = "") -> list[Element]:
        """Return the elements of this name (any for ""), with this class if one is given."""
        return [
            element
            for element in self.elements
            if name in ("", element.name) and (not css or css in element.get("class").split())
        ]

    def one(self, name: str, css: str = "") -> Element:
        """Return the only such element."""
        found = self.all(name, css)
        assert len(found) == 1, f"{len(found)} × {name}.{css}"
        return found[0]

    @property
    def ids(self) -> set[str]:
        """Return all ids."""
        return {element.get("id") for element in self.elements if element.get("id")}

    @property
    def text(self) -> str:
        """Return the text of the whole page."""
        return self.one("body").text

    @property
    def links(self) -> list[str]:
        """Return every address that leads inside the site, as written."""
        found = []
        for element in self.elements:
            found += [element.get(name) for name in ("href", "src", "action", "poster") if name in element.attributes]
            found += [offer.split()[0] for offer in element.get("srcset").split(",") if offer.strip()]
        return [link for link in found if not re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//", link)]

    @property
    def alternates(self) -> dict[str, str]:
        """Return hreflang → address."""
        return {
            e.get("hreflang"): e.get("href")
            for e in self.all("link")
            if e.get("rel") == "alternate" and e.get("hreflang") and not e.get("type")
        }

    @property
    def canonical(self) -> str:
        """Return the canonical address, or ""."""
        return next((e.get("href") for e in self.all("link") if e.get("rel") == "canonical"), "")


def plain(text: str) -> str:
    """Return a text whose spaces, of whatever kind, are single plain ones."""
    return re.sub(r"\s+", " ", text.replace("\N{SOFT HYPHEN}", "")).strip()


def without_typography(text: str) -> str:
    """Return a text in which quotation marks, dashes and apostrophes of all kinds are the same."""
    text = re.sub('[»«›‹„“”‟"]', '"', plain(text))
    text = re.sub("[‘’‚']", "'", text)
    return re.sub("[‐‑–—−]", "-", text).casefold()
