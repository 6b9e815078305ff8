"""The Atom feed of one language (RFC 4287), with the full text of each entry, in which every URL has the host.

Feeds are read in programs that know neither the page nor its site: a link to a footnote would lead into the program.

Every date comes from front matter: the same content gives the same feed, whenever it is built.
"""

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sitegen.model.lazy import lazily
from sitegen.model.problems import Problem
from sitegen.model.urls import absolute
from sitegen.model.views import FeedView, PageView, SiteView, Task, VisibleInputs, sections_above
from sitegen.outputs.environment import LinkWriter
from sitegen.outputs.kind import Kind, Linked
from sitegen.site.output_urls import feed_url, has_feed
from sitegen.text.characters import without_controls
from sitegen.text.xml import escape, quoteattr

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer


def feed_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return a task for the feed of each language that has one."""
    feed = linked.site.config.feed
    tasks: list[Task] = []
    for code, tree in linked.trees.items() if feed and linked.on_a_host else ():
        if feed is None or not has_feed(linked.site, code):
            continue
        children = [linked.views[code, key] for key in tree.children(feed.section) if (code, key) in linked.views]
        dated = [view for view in children if not view.is_fallback and view.date is not None]
        newest = sorted(dated, key=lambda view: (view.date or dt.date.min, view.url), reverse=True)
        section = linked.views[code, feed.section]
        title = f"{tree.language.title} – {section.title}"
        url = feed_url(code)
        view = FeedView(code, url, title, section.description, section.url, tuple(newest[: feed.limit]))
        tasks.append(Task(url, "feed", view, section.source))
    return tasks, []


def _sees(view: FeedView) -> VisibleInputs:
    blocks = sorted({f"blocks/{name}.html" for page in view.entries for name in page.blocks})
    texts = sorted({page.content_lang for page in view.entries} - {view.lang})
    above = {key for page in view.entries for key in (page.parent, *sections_above(page))}
    return VisibleInputs(tuple(blocks), view.lang, tuple(texts), tuple(sorted(above)))


def _write(view: FeedView, renderer: "Renderer") -> tuple[str, list[Problem]]:
    def body(page: PageView, base_url: str) -> str:
        """Return the body of a page as a feed needs it: every link with the host in front."""
        content = renderer.page_variables(page, LinkWriter(page.url, base_url))["content"]
        return with_absolute_addresses(str(content), absolute(base_url, page.url))

    return feed(view, renderer.site, body), []


FEED = Kind(feed_tasks, _sees, _write, "feed")

_NAME = lazily(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = lazily(r"[\s/]*+([^\s=>/]++)(?>(?:\s*+(=)\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?)")
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "data", "action", "formaction", "longdesc"})
_SETS = frozenset({"srcset", "imagesrcset"})


def with_absolute_addresses(text: str, page: str) -> str:
    """Return HTML whose addresses are absolute; `page` is the full address of the page that it comes from.

    Reads each character once. Addresses with a scheme of their own stay, and whatever is no address.
    """
    pieces: list[str] = []
    kept = at = 0
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        name = _NAME.match(text, at)
        if name is None:
            continue
        at = name.end()
        while (match := _ATTRIBUTE.match(text, at)) and match.end() > at:
            at = match.end()
            new = _absolute_changed(match[1].lower(), _value(match), page) if match[2] else None
            if new is not None:
                pieces += [text[kept : match.end(1)], '="', html.escape(new), '"']
                kept = at
    return "".join([*pieces, text[kept:]])


def _value(match: re.Match[str]) -> str:
    return html.unescape(next((value for value in match.group(3, 4, 5) if value is not None), ""))


def _absolute_changed(name: str, value: str, page: str) -> str | None:
    """Return the value of an attribute that holds addresses, None for all others."""
    if name in _ADDRESSES:
        return _joined(page, value)
    if name in _SETS:
        return ", ".join(
            _candidate(page, candidate.strip()) for candidate in re.split(r",\s", value) if candidate.strip()
        )
    return None


def _candidate(page: str, text: str) -> str:
    address, _, rest = text.partition(" ")
    return _joined(page, address) + (f" {rest}" if rest else "")


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address.strip())
    except ValueError:  # no address: it stays as it was written
        return address


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
