"""The Atom feed of one language (RFC 4287), with the full text of each entry.

Every date comes from front matter: the same content gives the same feed, whenever it is built.
"""

import datetime as dt
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from sitegen.core.controls import without_controls
from sitegen.core.urls import absolute
from sitegen.core.views import FeedView, PageView, SiteView


def feed(view: FeedView, site: SiteView, body: Callable[[PageView, str], str]) -> str:
    """Return the feed; `body` gives the HTML of a page with absolute links."""
    base = site.base_url
    address, home = absolute(base, view.url), absolute(base, view.home)
    newest = max((_changed(page) for page in view.entries), default=dt.date(1970, 1, 1))
    author = next(language.title for language in site.languages if language.code == view.lang)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(view.lang)}>',
        f"<id>{escape(address)}</id>",
        f"<title>{_text(view.title)}</title>",
        f"<subtitle>{_text(view.description)}</subtitle>" if view.description else "",
        f"<updated>{_moment(newest)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address)}/>',
        f'<link rel="alternate" type="text/html" hreflang={quoteattr(view.lang)} href={quoteattr(home)}/>',
        f"<author><name>{_text(author)}</name></author>",
        *(_entry(page, base, body) for page in view.entries),
        "</feed>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _entry(page: PageView, base: str, body: Callable[[PageView, str], str]) -> str:
    address = absolute(base, page.url)
    published = page.date or dt.date(1970, 1, 1)
    summary = f"<summary>{_text(page.description)}</summary>" if page.description else ""
    return "\n".join(
        line
        for line in (
            "<entry>",
            f"<id>{escape(address)}</id>",
            f"<title>{_text(page.title)}</title>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            f"<published>{_moment(published)}</published>",
            f"<updated>{_moment(_changed(page))}</updated>",
            summary,
            f'<content type="html">{_text(body(page, base))}</content>',
            "</entry>",
        )
        if line
    )


def _changed(page: PageView) -> dt.date:
    return page.updated or page.date or dt.date(1970, 1, 1)


def _moment(day: dt.date) -> str:
    """Return a day as RFC 3339 wants it; a page knows its day only, so the time is midnight in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(without_controls(text))
