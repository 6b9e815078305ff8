"""All kinds of output, and the plan: one Task for each output that is made of a view."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sitegen.model.problems import Problem
from sitegen.model.views import PageView, Task, VisibleInputs
from sitegen.outputs.calendar import CALENDAR
from sitegen.outputs.card import CARD
from sitegen.outputs.feed import FEED
from sitegen.outputs.kind import Kind, Linked
from sitegen.outputs.page import PAGE
from sitegen.outputs.redirect import REDIRECT
from sitegen.outputs.sitemap import ROBOTS, SITEMAP
from sitegen.outputs.standalone import STANDALONE

if TYPE_CHECKING:
    from sitegen.site.links import Site
    from sitegen.site.navigation import Tree

# Name of the kind, as tasks have it (`Task.kind`) → what it consists of.
KINDS: dict[str, Kind] = {
    "page": PAGE,
    "standalone": STANDALONE,
    "calendar": CALENDAR,
    "redirect": REDIRECT,
    "feed": FEED,
    "sitemap": SITEMAP,
    "robots": ROBOTS,
    "card": CARD,
}


def make_plan(
    site: "Site", trees: "dict[str, Tree]", data: Mapping[str, Mapping[str, Any]], templates: frozenset[str]
) -> tuple[list[Task], list[Problem]]:
    """Return every task of the site, sorted by output path; `data` is language → file of data/ → value.

    Problems: those of `views.page_view` and `calendar_tasks`.
    """
    from sitegen.outputs.views import alternates, page_view  # with all that links a site: rendering does without

    same = {key: alternates(site, key) for key in site.sources}
    views: dict[tuple[str, str], PageView] = {}
    problems: list[Problem] = []
    for (lang, key), node in site.nodes.items():
        views[lang, key], of_page = page_view(trees[lang], node, trees, templates, same[key])
        problems += of_page
    linked = Linked(site, trees, data, views, same)
    tasks: list[Task] = []
    for kind in KINDS.values():
        of_kind, kind_problems = kind.tasks(linked)
        tasks += of_kind
        problems += kind_problems
    return sorted(tasks, key=lambda task: task.path), problems


def visible_inputs(task: Task) -> VisibleInputs | None:
    """Return what of the shared values an output sees, None when it is rendered from its view alone."""
    return KINDS[task.kind].sees(task.view)
