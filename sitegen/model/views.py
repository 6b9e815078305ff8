"""What a template may see of the site, and nothing else.

Every output file is a pure function of one view and the shared values. A view holds whole values only: nothing in it
leads to another page but a Ref. The fields are the public interface of templates: docs/templates.md describes each.
"""

import datetime as dt
from typing import Any, Literal

from msgspec import Raw, Struct

from sitegen.model.config import Direction, Product, Publisher
from sitegen.model.page import Heading, Reference


class Picture(Struct, frozen=True):
    """An image: its address, its size in pixels, and the narrower files to choose from."""

    url: str
    width: int = 0
    height: int = 0
    variants: tuple[tuple[str, int], ...] = ()


class Ref(Struct, frozen=True):
    """All that another page may know of a page."""

    key: str
    lang: str  # the language of the page that `url` leads to
    dir: Direction
    url: str
    title: str
    label: str  # the title for menus
    description: str
    date: dt.date | None
    section: str  # the title of the section it stands in, "" at the top
    image: Picture | None = None
    image_alt: str | None = None  # None: the image is not shown in pages


class Translation(Struct, frozen=True):
    """One entry of the language switcher.

    state: `page` the page exists; `fallback` it is shown there in the source's language; `missing` the link leads to
    the nearest section that exists; `hidden` the same, without a word about it.
    """

    lang: str
    dir: Direction
    label: str
    url: str
    state: Literal["page", "fallback", "missing", "hidden"]
    current: bool


class Target(Struct, frozen=True):
    """Where a link of a body leads, for one reader's language."""

    url: str
    anchor: str
    lang: str  # "" when it is the reader's own language


class PageView(Struct, frozen=True, tag=True, kw_only=True):
    """One page in one language: the variable `page` of every template."""

    key: str
    lang: str
    dir: Direction
    content_lang: str  # differs from `lang` on a fallback page
    content_dir: Direction
    is_fallback: bool
    url: str
    source: str  # path of the Markdown file
    template: str
    title: str
    window_title: str  # what `<title>` says: the title, or `title_short` where it is too long, and the site's name
    label: str
    description: str
    date: dt.date | None
    updated: dt.date | None
    image: Picture | None
    image_alt: str | None  # None: the image is not shown in pages
    card: Picture | None  # the social card of its section; None without base_url
    sources: tuple[Reference, ...]
    search_exclude: bool
    search_also: tuple[str, ...]  # further names that the search finds the page by
    extra: dict[str, Any]
    headings: tuple[Heading, ...]
    toc: tuple[Heading, ...]
    crumbs: tuple[Ref, ...]  # from the home page down to the section of this page
    section: str  # key of the top section, for marking the menu
    children: tuple[Ref, ...]
    parent: str  # key of the index page above; templates get the pages of the section as `siblings`
    previous: Ref | None
    next: Ref | None
    translations: tuple[Translation, ...]
    alternates: tuple[tuple[str, str], ...]  # hreflang, address; absolute; empty without base_url
    canonical: str  # absolute; "" without base_url
    edit_url: str = ""  # where its file is edited; "" without a code host
    create_url: str = ""  # on a fallback page: where its translation is made
    report_url: str = ""
    blocks: tuple[str, ...]  # names of the data blocks in the body
    body: Raw  # packed; templates get it as `content`
    targets: tuple[Target, ...]
    pictures: tuple[Picture, ...]
    files: tuple[tuple[str, Picture], ...] = ()  # what options of its blocks name: a file next to the page


def sections_above(page: PageView) -> tuple[str, ...]:
    """Return the keys of the sections that a page is in, from the top one down: templates get each in `branch`."""
    return tuple(ref.key for ref in page.crumbs[1:])


def toc_of(headings: tuple[Heading, ...], levels: tuple[int, int]) -> tuple[Heading, ...]:
    """Return the headings of a table of contents: those of the levels between the two, both included."""
    low, high = levels
    return tuple(heading for heading in headings if low <= heading.level <= high)


class SiteLanguage(Struct, frozen=True):
    """One language as templates see it."""

    code: str
    label: str
    dir: Direction
    locale: str
    title: str
    description: str
    home: str
    publisher: Publisher | None = None  # who publishes the site, as site.yaml has it
    product: Product | None = None  # what the site documents


class LookView(Struct, frozen=True):
    """What templates know of the look: colours (#rrggbb) of the browser's frame, logo, head of the home page."""

    light: str = "#113f36"
    dark: str = "#0a2a24"
    logo: str = ""  # a path below static/
    hero: str = "skyline"  # or plain, image
    switch: bool = False  # whether readers choose light or dark


class SiteView(Struct, frozen=True):
    """The variable `site`: what is the same on every page."""

    base_url: str
    default_language: str
    languages: tuple[SiteLanguage, ...]
    feeds: dict[str, str]  # language → address of its feed
    news: str  # key of the section whose pages make the feed, "" without one
    image_sizes: str  # how wide pictures are shown, as the attribute `sizes` wants it
    search: dict[str, str]  # language → address of its search index; empty when the site has no search
    extra: dict[str, Any]
    calendars: dict[str, dict[str, str]] = {}  # language → name → address of the calendar file
    offline: bool = False  # whether this is the folder edition, which is read without a server
    look: LookView = LookView()


class LanguageView(Struct, frozen=True):
    """What the pages of one language share: `menus`, `pages`, `news`, `data` and the targets of `url()`."""

    menus: dict[str, tuple[Ref, ...]]
    pages: tuple[Ref, ...]  # every page but the home page, in the language's alphabetical order
    news: tuple[Ref, ...]  # the pages of the feed's section, newest first
    data: dict[str, Any]
    addresses: dict[str, str]  # key → address in this language, or in the default language when it is missing
    sections: dict[str, tuple[Ref, ...]]  # key of an index page → the pages of its section, in order


class Shared(Struct, frozen=True):
    """The values that more than one output may name."""

    site: SiteView
    by_language: dict[str, LanguageView]
    assets: dict[str, str]  # path below static/ → address


class Entry(Struct, frozen=True):
    """One entry of a feed."""

    page: PageView
    absolute: str


class FeedView(Struct, frozen=True, tag=True):
    """The Atom feed of one language."""

    lang: str
    url: str
    title: str
    description: str
    home: str
    entries: tuple[PageView, ...]


class SitemapView(Struct, frozen=True, tag=True):
    """The addresses for search engines: absolute address, date, alternates."""

    entries: tuple[tuple[str, dt.date | None, tuple[tuple[str, str], ...]], ...]


class RobotsView(Struct, frozen=True, tag=True):
    """The file for crawlers: the address of the sitemap. They may read everything."""

    sitemap: str  # absolute


class EventView(Struct, frozen=True):
    """One event of a calendar; `end` is its last day."""

    uid: str
    start: dt.date
    end: dt.date
    summary: str
    location: str
    description: str
    address: str  # absolute


class CalendarView(Struct, frozen=True, tag=True):
    """The calendar file of one language; `changed` is the day its page was last changed."""

    lang: str
    url: str
    title: str
    changed: dt.date
    events: tuple[EventView, ...]


class CardView(Struct, frozen=True, tag=True):
    """The social card of one section: the words on it, and the language they are in."""

    lang: str
    dir: Direction
    url: str
    title: str
    site: str


class RedirectView(Struct, frozen=True, tag=True):
    """A small page at an old address that leads to the new one."""

    url: str
    lang: str
    target: str
    title: str
    canonical: str


class StandaloneView(Struct, frozen=True, tag=True):
    """A page without Markdown: the root's choice of language, or a 404 page."""

    url: str
    lang: str
    dir: Direction
    template: str
    homes: tuple[Translation, ...]
    alternates: tuple[tuple[str, str], ...]
    canonical: str


class VisibleInputs(Struct, frozen=True):
    """What of the shared values an output can see: one record for the many outputs that see the same."""

    start: tuple[str, ...]  # the templates it is rendered with
    lang: str
    texts: tuple[str, ...]  # languages of texts in it, if it is not that one
    parents: tuple[str, ...]  # keys of the index pages whose sections it can name, as `siblings` or in `branch`


View = PageView | FeedView | SitemapView | RobotsView | CalendarView | CardView | RedirectView | StandaloneView


class Task(Struct, frozen=True):
    """One output file to be made. `source` is the file to name when it cannot be."""

    path: str
    kind: Literal["page", "feed", "sitemap", "robots", "calendar", "card", "redirect", "standalone"]
    view: View
    source: str
