"""Where each page is kept: key and language to address. The only place that computes addresses of pages."""

from typing import TypeVar

from msgspec import Struct

from sitegen.core.records import Config, Page

One = TypeVar("One")  # a page, or what is known of it


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
    """Return the folder of a page's name: `a/b` and `a/index` stand in `a`, `index` and `x` in ``."""
    return name.rpartition("/")[0]


def parent_name(name: str) -> str | None:
    """Return the name of the index page above `name`, or None for the home page."""
    if name == "index":
        return None
    inside = folder(name)
    if name.rpartition("/")[2] == "index":
        inside = folder(inside)
    return f"{inside}/index" if inside else "index"


def source_of(pages: dict[str, One], config: Config) -> One:
    """Return the source of a set of translations: the default language's, else the first language's that has it.

    A language in preparation comes last: what is published does not follow it.
    """
    others = (code for code in config.codes if code not in config.prepared)
    order = (config.default_language, *others, *config.prepared)
    return next(pages[code] for code in order if code in pages)


def url_of(name: str, lang: str, slugs: dict[tuple[str, str], str]) -> str:
    """Return the address of a page. `slugs` holds the slug of (language, name) where a page sets one."""
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
