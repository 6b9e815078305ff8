"""The records that flow through a build. All are frozen, complete when they are made, and never change.

Reading makes Config, Catalog, Asset, Page and Body; linking makes views (`core.views`) out of them.
"""

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Raw, Struct, UnsetType, msgpack

from sitegen.core.admin import Admin
from sitegen.core.confirmed import Confirmed
from sitegen.core.hosting import Hosts
from sitegen.core.outlets import Calendar, Cards, CodeHost, Look, Publisher, Theme
from sitegen.core.problems import Ignore, Place
from sitegen.core.targets import Target

Fallback = Literal["hide", "link", "show"]
Direction = Literal["ltr", "rtl"]
Status = Literal["published", "in-preparation"]


class Language(Struct, frozen=True):
    """One language of the site, as site.yaml sets it."""

    code: str  # BCP 47, also the name of the content folder and the first part of every address
    label: str  # the language's own name
    locale: str  # the CLDR locale for dates, numbers and lists, such as en_GB
    direction: Direction
    fallback: Fallback  # what happens when this language lacks a page
    title: str  # the site's title
    description: str
    publisher: Publisher | None = None


class Preparation(Struct, frozen=True):
    """A language in preparation: where site.yaml says so, and which texts of that file it lacks."""

    place: Place
    lacks: tuple[str, ...] = ()  # `title`, `description`


class Feed(Struct, frozen=True):
    """The section whose pages make the Atom feed, and how many entries it holds."""

    section: str
    limit: int = 20


class MarkdownOptions(Struct, frozen=True):
    """What of Markdown the site uses."""

    extensions: tuple[str, ...] = ("tables", "footnotes", "definitions", "abbreviations", "attributes")
    typography: bool = True
    toc_levels: tuple[int, int] = (2, 3)
    heading_ids: Literal["default", "github"] = "default"  # how a heading without an id of its own gets one


class RawHtml(Struct, frozen=True):
    """How far HTML inside Markdown is trusted: `clean` keeps an allow-list, `escape` shows the tags as text."""

    policy: Literal["clean", "escape"] = "clean"
    elements: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()


class ImageOptions(Struct, frozen=True):
    """Widths in pixels that bitmaps are offered in, how wide they are shown, and the quality (1 to 95) of the files."""

    widths: tuple[int, ...] = (480, 960, 1600)
    sizes: str = "(min-width: 48rem) 40rem, 92vw"  # as the attribute `sizes` of HTML
    quality: int = 82


TIME_LIMIT = 10  # seconds of processor time for one page, where site.yaml has no other


class FileOptions(Struct, frozen=True):
    """Endings of files (`.stl`) that the owner lets be published next to pages, besides those that are safe."""

    allow: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """Everything a site owner sets, checked and with defaults filled in."""

    languages: tuple[Language, ...]  # in the order of their weights
    default_language: str
    base_url: str  # "" or an address that ends in a slash
    navigation: tuple[tuple[str, tuple[str, ...]], ...]  # name of the menu, keys of its pages
    feed: Feed | None
    markdown: MarkdownOptions
    raw_html: RawHtml
    images: ImageOptions
    search: bool  # whether each language gets an index to search in
    output: str
    extra: dict[str, Any]
    places: dict[str, Place]  # key of a page that navigation, feed or a calendar names → where it stands in the file
    calendars: tuple[tuple[str, Calendar], ...] = ()  # name of the file, without its ending
    cards: Cards | None = None
    code_host: CodeHost = CodeHost()
    theme: Theme = "default"  # whether what the site lacks comes from the default theme
    look: Look = Look()  # of the default theme
    look_places: dict[str, Place] = {}  # key of the look → where it is set
    hosts: Hosts = Hosts()
    offline: bool = False  # whether this is the folder edition, whose links name their files
    ignores: tuple[Ignore, ...] = ()
    deploy: dict[str, Target] = {}
    time_limit: float = TIME_LIMIT  # seconds of processor time that one page may take
    prepared: dict[str, Preparation] = {}  # code → what is known of a language in preparation
    files: FileOptions = FileOptions()
    admin: Admin | None = None  # the web editor; None for none

    def language(self, code: str) -> Language:
        """Return the language with this code, which must be one of the site's."""
        return next(language for language in self.languages if language.code == code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all languages, in order."""
        return tuple(language.code for language in self.languages)

    @property
    def declared(self) -> tuple[str, ...]:
        """Return the codes of all languages of site.yaml, those that are set aside as well, which stand last."""
        codes = self.codes
        return (*codes, *(code for code in self.prepared if code not in codes))

    @property
    def aside(self) -> frozenset[str]:
        """Return the codes of the languages that this build knows of, and does not make."""
        return frozenset(self.prepared).difference(self.codes)


class Source(Struct, frozen=True):
    """A file of the site: its path from the site's folder (with `/`, NFC) and its bytes."""

    path: str
    data: bytes


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
    """An address written in a body that leads inside the site: to a Markdown file, an anchor, or a file beside it."""

    target: str  # the path as it stands in the source, without the anchor; "" for an anchor on the same page
    anchor: str


class LinkSlot(Struct, frozen=True, tag="link"):
    """Where ` href="…"` of the link with this number goes."""

    number: int


class AfterSlot(Struct, frozen=True, tag="after"):
    """Right behind the link with this number: room for "(in Slovenian)"."""

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


class Catalog(Struct, frozen=True):
    """The interface strings of one language, keyed by context and msgid."""

    lang: str
    plural: str  # the C expression of the PO header, such as n != 1
    messages: dict[str, tuple[str, ...]]  # "context\x04msgid" or "msgid" → one text per plural form
