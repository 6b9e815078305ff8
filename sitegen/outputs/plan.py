"""The linked site to the plan: one Task for each output that is made of a view, and what each can see."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sitegen.model.problems import Problem
from sitegen.model.urls import absolute, output_path
from sitegen.model.views import (
    FeedView,
    PageView,
    RedirectView,
    RobotsView,
    SitemapView,
    StandaloneView,
    Task,
    Translation,
    View,
)
from sitegen.outputs.calendar import calendar_tasks
from sitegen.outputs.card import card_tasks
from sitegen.outputs.page import alternates, page_view
from sitegen.site.links import Site
from sitegen.site.navigation import Tree
from sitegen.site.output_urls import feed_url, has_feed

# What of the shared values an output can see: one record for the many pages that see the same. Knows no digest.


class VisibleInputs(Struct, frozen=True):
    """What of the shared values an output can see: the same for many pages."""

    start: tuple[str, ...]  # the templates it is rendered with
    lang: str
    texts: tuple[str, ...]  # languages of texts in it, if it is not that one
    parents: tuple[str, ...]  # keys of the index pages whose `siblings` it can name


def visible_inputs(view: View) -> VisibleInputs | None:
    """Return the sight of a view that is rendered with templates, None for one that sees no shared value."""
    if not isinstance(view, (PageView, StandaloneView, RedirectView, FeedView)):
        return None
    if isinstance(view, (StandaloneView, RedirectView)):
        template = view.template if isinstance(view, StandaloneView) else "redirect.html"
        return VisibleInputs((template,), view.lang, (), ("",))
    pages = view.entries if isinstance(view, FeedView) else (view,)
    blocks = sorted({f"blocks/{name}.html" for page in pages for name in page.blocks})
    start = (view.template, *blocks) if isinstance(view, PageView) else tuple(blocks)
    texts = sorted({page.content_lang for page in pages} - {view.lang})
    return VisibleInputs(start, view.lang, tuple(texts), tuple(sorted({page.parent for page in pages})))


# The linked site to the plan: one Task for each output file that is made of a view.


def make_plan(
    site: Site, trees: dict[str, Tree], data: Mapping[str, Mapping[str, Any]], templates: frozenset[str]
) -> tuple[list[Task], list[Problem]]:
    """Return every task of the site, sorted by output path; `data` is language → file of data/ → value.

    Problems: those of views.page_view and calendars.calendar_tasks.
    """
    tasks: list[Task] = []
    problems: list[Problem] = []
    views: dict[tuple[str, str], PageView] = {}
    same = {key: alternates(site, key) for key in site.sources}
    for (lang, key), node in site.nodes.items():
        view, wrong = page_view(trees[lang], node, trees, templates, same[key])
        views[lang, key] = view
        problems += wrong
        tasks.append(Task(output_path(view.url), "page", view, view.source))
    tasks.append(_root(site, trees))
    if site.config.base_url:
        calendars, wrong = calendar_tasks(site, data)
        tasks += calendars
        problems += wrong
    if not site.config.offline:
        tasks += _of_a_host(site, trees, views, same)
    return sorted(tasks, key=lambda task: task.path), problems


def _of_a_host(
    site: Site,
    trees: dict[str, Tree],
    views: dict[tuple[str, str], PageView],
    same: Mapping[str, tuple[tuple[str, str], ...]],
) -> list[Task]:
    """Return what only a site on a host has: nobody asks a folder for a page that is not there, or subscribes to it."""
    tasks = _lost(site, trees) + _redirects(site)
    if site.config.base_url:
        tasks += _feeds(site, trees, views)
        tasks.append(Task("sitemap.xml", "sitemap", _sitemap(site, same), "site.yaml"))
        robots = RobotsView(absolute(site.config.base_url, "sitemap.xml"))
        tasks.append(Task("robots.txt", "robots", robots, "site.yaml"))
        if site.config.cards:
            tasks += card_tasks(trees)
    return tasks


def _homes(trees: dict[str, Tree], current: str = "") -> tuple[Translation, ...]:
    return tuple(
        Translation(code, tree.language.direction, tree.language.label, f"{code}/", "page", code == current)
        for code, tree in trees.items()
    )


def _root(site: Site, trees: dict[str, Tree]) -> Task:
    """The root page, where a person chooses the language."""
    default = site.config.language(site.config.default_language)
    homes = _homes(trees)
    base = site.config.base_url
    own = {node.lang for node in site.nodes.values() if node.url == f"{node.lang}/" and not node.is_fallback}
    real = [(home.lang, absolute(base, home.url)) for home in homes if home.lang in own]  # a fallback repeats another
    alternates = (*real, ("x-default", base)) if base else ()
    root = StandaloneView("", default.code, default.direction, "root.html", homes, alternates, base)
    return Task("index.html", "standalone", root, "templates/root.html")


def _lost(site: Site, trees: dict[str, Tree]) -> list[Task]:
    """The 404 page of the whole site in all languages, and one for each language."""
    default = site.config.language(site.config.default_language)
    lost = StandaloneView("404.html", default.code, default.direction, "404.html", _homes(trees), (), "")
    tasks = [Task("404.html", "standalone", lost, "templates/404.html")]
    for language in site.config.languages:
        own = tuple(home for home in _homes(trees, language.code) if home.current)
        url = f"{language.code}/404.html"
        view = StandaloneView(url, language.code, language.direction, "404.html", own, (), "")
        tasks.append(Task(url, "standalone", view, "templates/404.html"))
    return tasks


def _redirects(site: Site) -> list[Task]:
    tasks = []
    for (lang, _), node in site.nodes.items():
        if node.is_fallback:
            continue
        for alias in node.page.front.aliases:
            url = alias.strip("/")
            if "." not in url.rpartition("/")[2]:
                url += "/"
            canonical = absolute(site.config.base_url, node.url) if site.config.base_url else ""
            view = RedirectView(url, lang, node.url, node.page.front.title, canonical)
            tasks.append(Task(output_path(url), "redirect", view, node.page.path))
    return tasks


def _feeds(site: Site, trees: dict[str, Tree], views: dict[tuple[str, str], PageView]) -> list[Task]:
    feed = site.config.feed
    if feed is None:
        return []
    tasks = []
    for code, tree in trees.items():
        if not has_feed(site, code):
            continue
        own = [views[code, key] for key in tree.children(feed.section) if (code, key) in views]
        dated = [view for view in own if not view.is_fallback and view.date is not None]
        newest = sorted(dated, key=lambda view: (view.date or dt.date.min, view.url), reverse=True)
        section = views[code, feed.section]
        title = f"{tree.language.title} – {section.title}"
        url = feed_url(code)
        view = FeedView(code, url, title, section.description, section.url, tuple(newest[: feed.limit]))
        tasks.append(Task(url, "feed", view, section.source))
    return tasks


def _sitemap(site: Site, same: Mapping[str, tuple[tuple[str, str], ...]]) -> SitemapView:
    entries = []
    for (_, key), node in sorted(site.nodes.items(), key=lambda item: item[1].url):
        if not node.is_fallback:
            front = node.page.front
            day = front.updated if isinstance(front.updated, dt.date) else front.date
            address = absolute(site.config.base_url, node.url)
            entries.append((address, day if isinstance(day, dt.date) else None, same[key]))
    return SitemapView(tuple(entries))
