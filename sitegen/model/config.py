"""The settings of a site: site.yaml, checked, with all defaults filled in. Every record is frozen and complete.

Reading makes Config, Catalog, Asset, Page and Body; linking makes views (`model.views`) out of them.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from sitegen.model.admin import Admin
from sitegen.model.hosting import Hosts
from sitegen.model.problems import Ignore, Place


class Target(Struct, frozen=True):
    """One place to put the site: a folder of this machine, or a folder of a host that SSH reaches. One of the two."""

    folder: str = ""  # absolute, or seen from the site's folder
    ssh: str = ""  # user@host:/path, or host:path below the user's home
    port: Annotated[int, Meta(ge=1, le=65535)] = 22
    identity: str = ""  # the file of the private key; SSH's own choice without one
    known_hosts: str = ""  # the file of the keys of hosts; the user's own without one


Theme = Literal["default", "none"]
Hero = Literal["skyline", "plain", "image"]
CARD_SIZE = (1200, 630)  # in pixels: what social networks show without cropping


class Fonts(Struct, frozen=True):
    """Families of fonts as CSS lists them, "" for those of the theme. Nothing is loaded: readers have them, or not."""

    text: str = ""  # running text and headings
    interface: str = ""  # menus, tables, captions


class Look(Struct, frozen=True):
    """What an owner sets about the default theme; all colours are made of `brand` and `accent` (#rrggbb)."""

    brand: str = ""
    accent: str = ""
    fonts: Fonts = Fonts()
    logo: str = ""  # a drawing or picture below static/, in place of the theme's emblem
    switch: bool = False  # a control in the header: colours as the system has them, light or dark
    hero: Hero = "skyline"  # what is at the head of the home page: hills, nothing, or the page's `image`


class Calendar(Struct, frozen=True):
    """A calendar file for each language, made of a list in data/. From `id` on, fields of the list's entries."""

    data: str  # the file in data/, without its ending
    list: str  # the key of the list in it
    page: str  # the page that tells about the events; an entry's id is an anchor there
    id: str = "id"
    start: str = "start"
    end: str = "end"  # the last day itself
    summary: tuple[str, ...] = ("title",)  # joined by commas
    location: tuple[str, ...] = ()  # joined by commas
    description: tuple[str, ...] = ()  # each on a line of its own


class CardText(Struct, frozen=True):
    """Words on a social card: what they say, and the box (x, y, width, height in pixels) that they must fit into."""

    text: Literal["title", "site"]  # of the section; of the whole site
    font: str  # below static/
    size: int  # in pixels; made smaller, down to `smallest`, until the words fit
    color: str  # #rrggbb
    box: tuple[int, int, int, int]
    smallest: int = 24


class Cards(Struct, frozen=True):
    """How social cards are drawn: on the PNG file `base` below static/, which has the size CARD_SIZE.

    Without it they have the colours of the theme; without `texts`, the site's name and the title stand on it in `font`.
    """

    base: str = ""
    font: str = ""  # below static/
    texts: tuple[CardText, ...] = ()


class CardStock(Struct, frozen=True):
    """Cards with the bytes of the files they are drawn with, by their paths below static/."""

    cards: Cards
    files: dict[str, bytes]


class CodeHost(Struct, frozen=True):
    """Patterns of addresses on the host of the site's sources; "" for none. Placeholders are in braces."""

    edit_url: str = ""  # where a page's file is edited
    create_url: str = ""  # where the file of a missing translation is made
    report_url: str = ""  # where a mistake is reported


class Publisher(Struct, frozen=True, kw_only=True):
    """Who publishes the site, in the words of one language; "" for what site.yaml does not say."""

    name: str
    address: str = ""  # for letters
    mail: str = ""
    repository: str = ""  # where the sources of the site are kept
    text: str = ""  # a sentence or two about the publisher
    supervisor: str = ""  # the body that enforces accessibility, for publishers that the law names


class Product(Struct, frozen=True, kw_only=True):
    """What the site documents, in the words of one language."""

    version: str
    latest: str = ""  # where the newest version is documented; "" where this is the newest
    note: str = ""  # a sentence in place of the theme's


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
    product: Product | None = None


class Preparation(Struct, frozen=True):
    """A language in preparation: where site.yaml sets it, and which texts of that file it lacks."""

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
    toc_levels: tuple[Annotated[int, Meta(ge=2, le=6)], Annotated[int, Meta(ge=2, le=6)]] = (2, 3)
    heading_ids: Literal["default", "github"] = "default"  # how a heading without an id of its own gets one


class RawHtml(Struct, frozen=True):
    """How far HTML inside Markdown is trusted: `clean` keeps an allow-list, `escape` shows the tags as text."""

    policy: Literal["clean", "escape"] = "clean"
    elements: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()


class ImageOptions(Struct, frozen=True):
    """Widths in pixels that bitmaps are offered in, how wide they are shown, and the quality of the files."""

    widths: Annotated[tuple[Annotated[int, Meta(ge=16, le=8192)], ...], Meta(min_length=1)] = (480, 960, 1600)
    sizes: str = "(min-width: 48rem) 40rem, 92vw"  # as the attribute `sizes` of HTML
    quality: Annotated[int, Meta(ge=1, le=95)] = 82


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
    def editor(self) -> Admin | None:
        """Return the web editor that this build publishes; the folder edition has none."""
        return None if self.offline else self.admin

    @property
    def declared(self) -> tuple[str, ...]:
        """Return the codes of all languages of site.yaml, those that are set aside as well, which are last."""
        codes = self.codes
        return (*codes, *(code for code in self.prepared if code not in codes))

    @property
    def aside(self) -> frozenset[str]:
        """Return the codes of the languages that this build knows of, and does not make."""
        return frozenset(self.prepared).difference(self.codes)
