"""What a site owner sets about calendar files, social cards, the host of the site's sources, and the publisher."""

from typing import Literal

from msgspec import Struct

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
    """How social cards are drawn: on the PNG file `base` below static/, which has the size CARD_SIZE."""

    base: str
    texts: tuple[CardText, ...]


class CardStock(Struct, frozen=True):
    """Cards with the bytes of the files they are drawn with, by their paths below static/."""

    cards: Cards
    files: dict[str, bytes]


class CodeHost(Struct, frozen=True):
    """Patterns of addresses on the host of the site's sources; "" for none. Placeholders stand in braces."""

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
