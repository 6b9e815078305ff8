"""A rendered output: its bytes, and the facts that search and the checks of the whole site need."""

from msgspec import Struct

# The parts of a rendered output as it is kept, each b"" where there is nothing; without FACTS there is no output.
FACTS, SEARCH, OUTSIDE, SAID, BYTES = range(5)


class SearchSection(Struct, frozen=True):
    """A part of a page that search can lead to. The text before the first heading has neither id nor title."""

    id: str
    title: str
    text: str  # without markup; blocks such as paragraphs on lines of their own


class SearchPage(Struct, frozen=True):
    """All that search knows of one page."""

    lang: str
    url: str
    title: str
    section: str  # the label of the section it stands in, "" at the top
    description: str
    sections: tuple[SearchSection, ...]
    also: tuple[str, ...] = ()  # names that people search for


class FoundLink(Struct, frozen=True, array_like=True):
    """A link of a finished page that leads inside the site: as written, the output path it means, and the anchor."""

    written: str
    target: str
    anchor: str


class PageFacts(Struct, frozen=True):
    """The facts of a finished page, for the check of the whole site."""

    ids: tuple[str, ...] = ()
    links: tuple[FoundLink, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()  # hreflang and address, absolute
    foreign: tuple[str, ...] = ()  # addresses that no output may contain, except from an owner's template
    inline: tuple[tuple[str, str], ...] = ()  # for policies: directive, source; or "", what none allows


class Output(Struct, frozen=True):
    """One rendered file of the site."""

    path: str
    data: bytes
    facts: PageFacts = PageFacts()
    search: SearchPage | None = None  # what the search index of its language needs
    outside: tuple[str, ...] = ()  # addresses on other hosts, in the order of the page
