"""Redirects: a small page at an old URL of a page (`aliases` in front matter) that leads to the new one."""

from typing import TYPE_CHECKING

from sitegen.model.problems import Problem
from sitegen.model.urls import absolute, output_path
from sitegen.model.views import RedirectView, Task, VisibleInputs
from sitegen.outputs.environment import writer_for
from sitegen.outputs.kind import Kind, Linked

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer

_TEMPLATE = "redirect.html"


def redirect_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return a task for each alias. The folder edition has none: nothing requests an old URL from it."""
    if linked.site.config.offline:
        return [], []
    base = linked.site.config.base_url
    tasks = []
    for (lang, _), node in linked.site.nodes.items():
        for alias in () if node.is_fallback else node.page.front.aliases:
            url = alias.strip("/")
            if "." not in url.rpartition("/")[2]:
                url += "/"
            canonical = absolute(base, node.url) if base else ""
            view = RedirectView(url, lang, node.url, node.page.front.title, canonical)
            tasks.append(Task(output_path(url), "redirect", view, node.page.path))
    return tasks, []


def _sees(view: RedirectView) -> VisibleInputs:
    return VisibleInputs((_TEMPLATE,), view.lang, (), ("",))


def _write(view: RedirectView, renderer: "Renderer") -> tuple[str, list[Problem]]:
    return renderer.template(_TEMPLATE, renderer.variables(view, writer_for(view.url, renderer.site))), []


REDIRECT = Kind(redirect_tasks, _sees, _write, "page")
