"""The sitemap (sitemaps.org 0.9) with the alternates of each page, as search engines read them; and robots.txt."""

import datetime as dt
from typing import TYPE_CHECKING

from sitegen.model.problems import Problem
from sitegen.model.urls import absolute
from sitegen.model.views import RobotsView, SitemapView, Task
from sitegen.outputs.kind import Kind, Linked, sees_nothing
from sitegen.text.xml import escape, quoteattr

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return the task of sitemap.xml: every page but fallback pages and 404 pages."""
    if not linked.on_a_host:
        return [], []
    entries = []
    for (_, key), node in sorted(linked.site.nodes.items(), key=lambda item: item[1].url):
        if not node.is_fallback:
            front = node.page.front
            day = front.updated if isinstance(front.updated, dt.date) else front.date
            address = absolute(linked.site.config.base_url, node.url)
            entries.append((address, day if isinstance(day, dt.date) else None, linked.alternates[key]))
    return [Task("sitemap.xml", "sitemap", SitemapView(tuple(entries)), "site.yaml")], []


def robots_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return the task of robots.txt, which names the sitemap."""
    if not linked.on_a_host:
        return [], []
    view = RobotsView(absolute(linked.site.config.base_url, "sitemap.xml"))
    return [Task("robots.txt", "robots", view, "site.yaml")], []


def sitemap(view: SitemapView) -> str:
    """Return sitemap.xml. Fallback pages and the 404 pages are not in the view."""
    entries = []
    for address, day, alternates in view.entries:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(lang)} href={quoteattr(href)}/>\n'
            for lang, href in alternates
        )
        changed = f"<lastmod>{day.isoformat()}</lastmod>\n" if day else ""
        entries.append(f"<url>\n<loc>{escape(address)}</loc>\n{changed}{links}</url>\n")
    return f"{_HEAD}{''.join(entries)}</urlset>\n"


def robots(view: RobotsView) -> str:
    """Return robots.txt (RFC 9309): everything may be read, and here is the list of pages."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"


def _write_sitemap(view: SitemapView, _: "Renderer") -> tuple[str, list[Problem]]:
    return sitemap(view), []


def _write_robots(view: RobotsView, _: "Renderer") -> tuple[str, list[Problem]]:
    return robots(view), []


SITEMAP = Kind(sitemap_tasks, sees_nothing, _write_sitemap, "feed")
ROBOTS = Kind(robots_tasks, sees_nothing, _write_robots, "feed")
