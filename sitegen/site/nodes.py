"""The URL of each page, by key and language, and the front matter that it inherits. No other module computes page URLs.

Looks at all pages, also at unpublished ones: a translation is under embargo with its source, and keeps the date,
weight and template of a source that is a draft. What is published is decided after that.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from msgspec import UNSET, Struct, UnsetType, structs

from sitegen.model.config import Config
from sitegen.model.page import NO_DAY, SHARED, SHARED_OR_OWN, FrontMatter, Page, SearchOptions
from sitegen.model.problems import Problem, problem

_Entry = TypeVar("_Entry")  # a page, or its status for translators


class Node(Struct, frozen=True):
    """A page of the site in one language: `page` is the file whose text it shows.

    On a fallback page that file is in another language than the node.
    """

    key: str
    lang: str
    url: str
    page: Page

    @property
    def is_fallback(self) -> bool:
        """Say whether the text is in another language than the page around it."""
        return self.page.lang != self.lang


def folder(name: str) -> str:
    """Return the folder of a page's name: `a/b` and `a/index` are in `a`, `index` and `x` in ``."""
    return name.rpartition("/")[0]


def parent_name(name: str) -> str | None:
    """Return the name of the index page above `name`, or None for the home page."""
    if name == "index":
        return None
    inside = folder(name)
    if name.rpartition("/")[2] == "index":
        inside = folder(inside)
    return f"{inside}/index" if inside else "index"


def source_of(pages: dict[str, _Entry], config: Config) -> _Entry:
    """Return the source of a set of translations: the default language's, else the first language's that has it.

    A language in preparation comes last: what is published does not follow it.
    """
    others = (code for code in config.codes if code not in config.prepared)
    order = (config.default_language, *others, *config.prepared)
    return next(pages[code] for code in order if code in pages)


def url_of(name: str, lang: str, slugs: dict[tuple[str, str], str]) -> str:
    """Return the URL of a page. `slugs` holds the slug of (language, name) where a page sets one."""
    parts = [lang]
    inside = folder(name)
    at = ""
    for part in inside.split("/") if inside else ():
        at = f"{at}/{part}" if at else part
        parts.append(slugs.get((lang, f"{at}/index")) or part)
    last = name.rpartition("/")[2]
    if last != "index":
        parts.append(slugs.get((lang, name)) or last)
    return "/".join(parts) + "/"


# Shared front matter, handed down from the source of each page to its translations.


class Parted(Struct, frozen=True):
    """All pages with what they inherit: those that are published, and those that are not."""

    published: tuple[Page, ...]
    hidden: tuple[Page, ...]
    sources: dict[str, Page]  # key → the file that its translations inherit from, published or not


def part(pages: Iterable[Page], config: Config, today: dt.date, drafts: bool) -> tuple[Parted, list[Problem]]:
    """Hand the shared keys down and part the pages. With `drafts`, all pages are published.

    Problems: shared-differs (a warning), of published pages.
    """
    pages = list(pages)
    sources = _sources(pages, config)
    published: list[Page] = []
    hidden: list[Page] = []
    problems: list[Problem] = []
    for page in pages:
        source = sources[page.key]
        whole = page if page is source else _inherited(page, source)
        if drafts or not is_draft(whole.front, today):
            published.append(whole)
            problems += _different(page, source)
        else:
            hidden.append(whole)
    return Parted(tuple(published), tuple(hidden), sources), problems


def is_draft(front: FrontMatter, today: dt.date) -> bool:
    """Say whether a page is not to be published on the day `today`."""
    starts, ends = front.publish_date, front.expiry_date
    return (
        front.draft
        or (not isinstance(starts, UnsetType) and today < starts)
        or (not isinstance(ends, UnsetType) and today > ends)
    )


def hidden_by(page: Page) -> str:
    """Return the days that keep a page from being published, as front matter has them; "" where it says `draft`."""
    days = [] if page.front.draft else [(key, getattr(page.front, key)) for key in ("publish_date", "expiry_date")]
    return ", ".join(f"{key}: {day}" for key, day in days if not isinstance(day, UnsetType))


def _sources(pages: list[Page], config: Config) -> dict[str, Page]:
    """Return key → source. Where two files claim one key in one language, one that is no draft goes first."""
    sets: dict[str, dict[str, Page]] = {}
    for page in pages:
        same = sets.setdefault(page.key, {})
        if page.lang not in same or (same[page.lang].front.draft and not page.front.draft):
            same[page.lang] = page
    return {key: source_of(same, config) for key, same in sets.items()}


def _inherited(page: Page, source: Page) -> Page:
    """Return a translation with the shared keys of its source that it does not set itself."""
    front, shared = page.front, source.front
    changes: dict[str, object] = {
        key: getattr(shared, key)
        for key in (*SHARED, *SHARED_OR_OWN)
        if _is_open(getattr(front, key)) and not _is_open(getattr(shared, key))
    }
    if _is_open(_excluded(front)) and not _is_open(_excluded(shared)):
        also = () if isinstance(front.search, UnsetType) else front.search.also
        changes["search"] = SearchOptions(_excluded(shared), also)
    return structs.replace(page, front=structs.replace(front, **changes)) if changes else page


def _excluded(front: FrontMatter) -> bool | UnsetType:
    """Return what the file says of the page in search, if anything: the shared part of the key `search`."""
    return UNSET if isinstance(front.search, UnsetType) else front.search.exclude


def _different(page: Page, source: Page) -> list[Problem]:
    """Report the shared keys of a translation that contradict its source."""
    if page.lang == source.lang:
        return []
    pairs = [(key, getattr(page.front, key), getattr(source.front, key)) for key in SHARED]
    pairs.append(("search", _excluded(page.front), _excluded(source.front)))
    return [
        problem("shared-differs", page.place(key), key=key, source=source.path)
        for key, value, theirs in pairs
        if not _is_open(value) and value != theirs and theirs != NO_DAY
    ]


def _is_open(value: object) -> bool:
    """Say whether a file leaves a key open: it is not there, or holds a day that cannot be read."""
    return isinstance(value, UnsetType) or value == NO_DAY


def same_days(pages: Iterable[Page], today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day on which this build would have been the same, and the first on which it would not be."""
    pages = list(pages)
    turns = [page.front.publish_date for page in pages if not isinstance(page.front.publish_date, UnsetType)]
    ends = [page.front.expiry_date for page in pages if not isinstance(page.front.expiry_date, UnsetType)]
    days = sorted(turns + [end + dt.timedelta(days=1) for end in ends if end < dt.date.max])
    before = [day for day in days if day <= today]
    after = [day for day in days if day > today]
    return (before[-1] if before else dt.date.min), (after[0] if after else dt.date.max)
