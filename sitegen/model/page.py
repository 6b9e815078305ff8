"""A page: its front matter, its outline, and the parts of its body. Every record is frozen and complete.

Positions are kept apart, because lines move whenever a text does.

Reading makes Config, Catalog, Asset, Page and Body; linking makes views (`model.views`) out of them.

A problem that is found without the text says what it is of, such as `link 3`; here it gets its line.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Literal

from msgspec import UNSET, Raw, Struct, UnsetType, msgpack
from msgspec.structs import replace

from sitegen.model.config import Fallback
from sitegen.model.problems import Place, Problem


class Confirmed(Struct, frozen=True):
    """The front matter `l10n`: id of a section of the source → mark of its text when this file agreed with it."""

    sections: dict[str, str] = {}


class Reference(Struct, frozen=True):
    """One entry of a page's `sources`."""

    title: str
    publisher: str = ""
    language: str = ""
    address: str = ""


class SearchOptions(Struct, frozen=True):
    """What search may do with a page."""

    exclude: bool | UnsetType = UNSET  # shared: a translation that says nothing follows its source
    also: tuple[str, ...] = ()  # own: names that people search for, and that the text may not hold


class FrontMatter(Struct, frozen=True, kw_only=True):
    """The head of a Markdown file, exactly the list of docs/front-matter. UNSET means: not written in this file."""

    title: str
    title_short: str = ""  # stands in for a title that is too long for `<title>`
    description: str = ""
    slug: str = ""
    translation_key: str = ""
    date: dt.date | UnsetType = UNSET
    updated: dt.date | UnsetType = UNSET
    publish_date: dt.date | UnsetType = UNSET
    expiry_date: dt.date | UnsetType = UNSET
    draft: bool = False
    weight: int | UnsetType = UNSET
    nav: str | bool = ""
    template: str | UnsetType = UNSET
    image: str | UnsetType = UNSET
    image_alt: str | UnsetType = UNSET  # for those who do not see the image; "" where it is an ornament
    aliases: tuple[str, ...] = ()
    fallback: Fallback | UnsetType = UNSET
    search: SearchOptions | UnsetType = UNSET
    sources: tuple[Reference, ...] | UnsetType = UNSET
    l10n: Confirmed = Confirmed()
    extra: dict[str, Any] = {}


# Stands in for a `date` or `updated` that cannot be read, so that nothing else fails because a page has no day.
NO_DAY = dt.date.min

# Keys that stand in the source of a page and that its translations inherit. `own` means that a translation may
# differ without a word; for all others a difference is reported. Of `search`, only `exclude` is inherited.
SHARED = ("date", "updated", "publish_date", "expiry_date", "weight", "template", "fallback")
SHARED_OR_OWN = ("image", "sources")


class Heading(Struct, frozen=True):
    """A heading of a body: its level (1 to 6), its id, its text without markup; `given` when the id was written."""

    level: int
    id: str
    text: str
    given: bool = False


class Link(Struct, frozen=True):
    """An address written in a body that leads inside the site: to a Markdown file, an anchor, or a file next to it."""

    target: str  # the path as it stands in the source, without the anchor; "" for an anchor on the same page
    anchor: str


class LinkSlot(Struct, frozen=True, tag="link"):
    """Where ` href="…"` of the link with this number goes."""

    number: int


class AfterSlot(Struct, frozen=True, tag="after"):
    """Directly after the link with this number: room for "(in Slovenian)"."""

    number: int


class ImageSlot(Struct, frozen=True, tag="image"):
    """Where ` src="…"`, sizes and further widths of the image with this number go."""

    number: int


class LabelSlot(Struct, frozen=True, tag="label"):
    """A word of the interface inside a body, such as the title of a note, taken from the catalogues."""

    name: str
    value: str = ""


class BlockSlot(Struct, frozen=True, tag="block"):
    """Where the template `blocks/<name>.html` goes, asked for by `::name{key=value}`."""

    name: str
    options: tuple[tuple[str, str], ...]


Part = str | LinkSlot | AfterSlot | ImageSlot | LabelSlot | BlockSlot
_parts_in = msgpack.Decoder(tuple[Part, ...])


def packed_body(parts: tuple[Part, ...]) -> Raw:
    """Return a body as it travels: packed once, and unpacked only by who renders it."""
    return Raw(msgpack.encode(parts))


NO_TEXT = packed_body(())  # stands in a view of the plan, until the page is rendered


def parts_of(body: Raw) -> tuple[Part, ...]:
    """Return the parts of a packed body."""
    return _parts_in.decode(body)


class Page(Struct, frozen=True, kw_only=True):
    """The outline of one Markdown file, read on its own: all that other pages and the plan of the site may know of it.

    Its text and its positions are kept apart, so that an edited text changes no outline.
    """

    path: str  # content/sl/a/b.md
    lang: str
    name: str  # a/b: the path inside the language's folder
    key: str  # joins the translations: the name, unless front matter says otherwise
    front: FrontMatter
    written: tuple[str, ...]  # the keys of its front matter, in their order
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    ids: tuple[str, ...]
    blocks: tuple[BlockSlot, ...]

    def place(self, *keys: str) -> Place:
        """Return the place of the first of these front-matter keys that the file has, else its first line."""
        for key in keys:
            if key in self.written:
                return Place(self.path, ref=f"front {key}")
        return Place(self.path, 1 if self.written else 0)

    def place_of(self, kind: Literal["heading", "link", "image", "block"], number: int) -> Place:
        """Return the place of one of its headings, links, images or blocks, counted from 0."""
        return Place(self.path, ref=f"{kind} {number}")


class Positions(Struct, frozen=True):
    """Where the things of one page are written, in their order.

    Lines move whenever the text moves, so no record that other files depend on holds them: a problem says what it is
    of (`Place.ref`), and gets its line when it is shown.
    """

    front: dict[str, Place] = {}  # key of the front matter → its place
    headings: tuple[Place, ...] = ()
    links: tuple[Place, ...] = ()
    images: tuple[Place, ...] = ()
    blocks: tuple[Place, ...] = ()

    def placed(self, place: Place) -> Place:
        """Return the place that a reference means; a place without one as it is."""
        kind, _, name = place.ref.partition(" ")
        if kind == "front":
            return self.front.get(name, Place(place.path))
        places: tuple[Place, ...] = getattr(self, f"{kind}s", ())
        return places[int(name)] if places else place


def placed(
    problems: Iterable[Problem], positions_of: Callable[[frozenset[str]], dict[str, Positions]]
) -> list[Problem]:
    """Return the problems with their lines; `positions_of` gives the positions of pages by their paths.

    A page with unknown positions is named as a whole.
    """
    problems = list(problems)
    positions = positions_of(frozenset(p.place.path for p in problems if p.place.ref))
    return [replace(p, place=_placed(p.place, positions)) if p.place.ref else p for p in problems]


def _placed(place: Place, positions: dict[str, Positions]) -> Place:
    return positions[place.path].placed(place) if place.path in positions else Place(place.path)
