"""Pages without Markdown: the root page with the choice of language, and the 404 pages."""

from typing import TYPE_CHECKING

from sitegen.model.problems import Problem
from sitegen.model.urls import absolute
from sitegen.model.views import StandaloneView, Task, Translation, VisibleInputs
from sitegen.outputs.environment import writer_for
from sitegen.outputs.kind import Kind, Linked

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer


def standalone_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return the tasks of the root page and the 404 pages. The folder edition has no 404 pages."""
    return [_root(linked), *([] if linked.site.config.offline else _missing_pages(linked))], []


def _homes(linked: Linked, current: str = "") -> tuple[Translation, ...]:
    return tuple(
        Translation(code, tree.language.direction, tree.language.label, f"{code}/", "page", code == current)
        for code, tree in linked.trees.items()
    )


def _root(linked: Linked) -> Task:
    site = linked.site
    default = site.config.language(site.config.default_language)
    homes = _homes(linked)
    base = site.config.base_url
    codes = {node.lang for node in site.nodes.values() if node.url == f"{node.lang}/" and not node.is_fallback}
    real = [(home.lang, absolute(base, home.url)) for home in homes if home.lang in codes]  # a fallback repeats another
    alternates = (*real, ("x-default", base)) if base else ()
    view = StandaloneView("", default.code, default.direction, "root.html", homes, alternates, base)
    return Task("index.html", "standalone", view, "templates/root.html")


def _missing_pages(linked: Linked) -> list[Task]:
    """The 404 page of the whole site in all languages, and one for each language."""
    config = linked.site.config
    default = config.language(config.default_language)
    pages = [("404.html", default, _homes(linked))]
    for language in config.languages:
        current = tuple(home for home in _homes(linked, language.code) if home.current)
        pages.append((f"{language.code}/404.html", language, current))
    return [
        Task(
            url,
            "standalone",
            StandaloneView(url, language.code, language.direction, "404.html", homes, (), ""),
            "templates/404.html",
        )
        for url, language, homes in pages
    ]


def _sees(view: StandaloneView) -> VisibleInputs:
    return VisibleInputs((view.template,), view.lang, (), ("",))


def _write(view: StandaloneView, renderer: "Renderer") -> tuple[str, list[Problem]]:
    writer = writer_for(view.url, renderer.site, standalone=True)
    return renderer.template(view.template, renderer.variables(view, writer)), []


STANDALONE = Kind(standalone_tasks, _sees, _write, "page")
