"""The Atom feed of one language (RFC 4287), with the full text of each entry, in which every URL has the host.

Feeds are read in programs that know neither the page nor its site: a link to a footnote would lead into the program.

Every date comes from front matter: the same content gives the same feed, whenever it is built.
"""

import datetime as dt
import html
import re
from collections.abc import Callable
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from sitegen.model.urls import absolute
from sitegen.model.views import FeedView, PageView, SiteView
from sitegen.text.characters import without_controls

# The HTML of a page as it can be read elsewhere: every address in it with the host in front.


_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")

_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/]++)(?:\s*+(=)\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?+")

_ADDRESSES = frozenset({"href", "src", "poster", "cite", "data", "action", "formaction", "longdesc"})

_SETS = frozenset({"srcset", "imagesrcset"})


def with_absolute_addresses(text: str, page: str) -> str:
    """Return HTML whose addresses are absolute; `page` is the full address of the page that it comes from.

    Reads each character once. Addresses with a scheme of their own stay, and whatever is no address.
    """
    done: list[str] = []
    kept = at = 0
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        name = _NAME.match(text, at)
        if name is None:
            continue
        at = name.end()
        while (found := _ATTRIBUTE.match(text, at)) and found.end() > at:
            at = found.end()
            new = _absolute_changed(found[1].lower(), _value(found), page) if found[2] else None
            if new is not None:
                done += [text[kept : found.end(1)], '="', html.escape(new), '"']
                kept = at
    return "".join([*done, text[kept:]])


def _value(found: re.Match[str]) -> str:
    return html.unescape(next((value for value in found.group(3, 4, 5) if value is not None), ""))


def _absolute_changed(name: str, value: str, page: str) -> str | None:
    """Return the value of an attribute that holds addresses, None for all others."""
    if name in _ADDRESSES:
        return _joined(page, value)
    if name in _SETS:
        return ", ".join(_candidate(page, one.strip()) for one in re.split(r",\s", value) if one.strip())
    return None


def _candidate(page: str, text: str) -> str:
    address, _, rest = text.partition(" ")
    return _joined(page, address) + (f" {rest}" if rest else "")


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address.strip())
    except ValueError:  # no address: it stays as it was written
        return address


# The Atom feed of one language (RFC 4287), with the full text of each entry.


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
