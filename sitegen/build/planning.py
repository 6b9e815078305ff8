"""The linked site and its plan, as steps of the graph: what is published, which outputs there are, what they see.

The plan is kept as an index, which every build reads, and a task for each output, which only who renders it reads. No
task holds a text: it names the pages whose texts it needs.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Raw, Struct
from msgspec.structs import replace

from sitegen.build.graph import Graph, Parts, Passing, Results
from sitegen.build.inputs import Inputs
from sitegen.build.publish import digest_of
from sitegen.build.request import Options
from sitegen.build.toolchain import digest
from sitegen.model.files import Asset
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.model.urls import index_url
from sitegen.model.views import FeedView, LanguageView, PageView, Shared, Task, VisibleInputs

if TYPE_CHECKING:
    from sitegen.site.links import Site
    from sitegen.site.navigation import Tree

INDEX, SAID, SHARED, VALUES, TASKS = range(5)  # the parts of the plan; from TASKS on the tasks, then further outputs
NOTHING = -1  # in place of a number: the output sees its view alone


class Row(Struct, frozen=True, array_like=True):
    """One output of the plan: what is known without its task."""

    path: str
    kind: str
    source: str
    texts: tuple[str, ...]  # paths of the pages whose texts it holds
    visible: int  # the number of its inputs in `Index.visible`, NOTHING for none


class Index(Struct, frozen=True):
    """The plan, without what only who renders needs."""

    rows: tuple[Row, ...]  # in the order of their paths
    visible: tuple[VisibleInputs, ...]
    files: tuple[Asset, ...]  # next to pages: those that pages need
    copied: dict[str, str]  # output path → digest of what is published as it is
    further: tuple[str, ...]  # those of `copied` that functions of the site have made


class Published(Struct, frozen=True):
    """What a day decides."""

    hidden: tuple[str, ...]  # paths of the pages that are not published
    days: tuple[dt.date, dt.date]  # the first day on which this would be the same, and the first on which it would not


class Planned(Struct, frozen=True, dict=True):
    """The linked site and its plan. Values are made, or unpacked, when somebody asks."""

    inputs: Inputs
    options: Options
    step: Results

    @cached_property
    def index(self) -> Index:
        """Return the plan's index."""
        return _index_in.decode(self.step.value(INDEX))

    @cached_property
    def problems(self) -> list[Problem]:
        """Return what was found when linking and planning."""
        value = self.step.value(SAID)
        return _problems_in.decode(value) if value else []

    @cached_property
    def site(self) -> "Site":
        """Return the linked site."""
        return linked(self.inputs, self.options)[0]

    @cached_property
    def shared(self) -> Shared:
        """Return the values that more than one output may name."""
        shared = _shared_in.decode(self.step.value(SHARED))
        views = {code: replace(view, data=self.inputs.data[code]) for code, view in shared.by_language.items()}
        return replace(shared, by_language=views)

    def task_digests(self) -> Sequence[bytes]:
        """Return the digests of all tasks, in the order of the rows."""
        return self.step.all_digests()[TASKS : TASKS + len(self.index.rows)]

    def packed_tasks(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the tasks with these numbers as they are kept."""
        return self.step.parts([TASKS + number for number in numbers])

    def tasks(self, numbers: Sequence[int] | None = None) -> list[Task]:
        """Return the tasks with these numbers, of all by default, without texts."""
        wanted = range(len(self.index.rows)) if numbers is None else numbers
        return [_task_in.decode(one) for one in self.packed_tasks(wanted)]

    def further(self) -> dict[str, bytes]:
        """Return output path → bytes of what functions of the site have made."""
        start = TASKS + len(self.index.rows)
        return dict(zip(self.index.further, self.step.parts(range(start, len(self.step.all_digests()))), strict=True))


_index_in = unpacking(Index)
_problems_in = unpacking(list[Problem])
_shared_in = unpacking(Shared)
_task_in = unpacking(Task)
_published_in = unpacking(Published)


def linked(inputs: Inputs, options: Options) -> "tuple[Site, list[Problem]]":
    """Link the site. Problems: those of site.link.link_site."""
    from sitegen.site.links import link_site

    known = (inputs.config, inputs.pages.all, inputs.files)
    return link_site(*known, options.today, options.drafts, inputs.broken, inputs.aside)


def published(inputs: Inputs, options: Options, graph: Graph) -> tuple[bytes, Published]:
    """Return what is published on this day, and its digest without the days."""

    def compute() -> Parts:
        from sitegen.site.nodes import part, same_days

        pages = inputs.pages.all
        hidden = sorted(page.path for page in part(pages, inputs.config, options.today, options.drafts)[0].hidden)
        return packed(hidden), packed(Published(tuple(hidden), same_days(pages, options.today)))

    asked = packed((options.today.isoformat(), options.drafts))
    needs = [inputs.pages.digest(), packed(inputs.config), asked]
    step = graph.step("published", needs, compute)
    return step.digest(), _published_in.decode(step.value(1))


def plan(inputs: Inputs, options: Options, day: bytes, graph: Graph) -> Planned:
    """Link and plan the site; `day` is the digest of what is published.

    With functions of the site that is done in every build, for nobody knows what else they look at.
    """

    def compute() -> Parts | Passing:
        parts = _planned(inputs, options)
        return Passing(parts) if options.extensions else parts

    needs: list[bytes | str] = [*inputs.needs(), day, options.config, str(_reports_new(options))]
    if options.extensions:
        needs.append("with functions")
    return Planned(inputs, options, graph.step("plan", needs, compute))


def _reports_new(options: Options) -> bool:
    """Say whether addresses that urls.lock lacks are reported."""
    return not (options.drafts or options.preview or options.update_urls)


def _planned(inputs: Inputs, options: Options) -> Parts:
    """Return the parts of the plan."""
    from sitegen.build.admin import editor_paths
    from sitegen.build.extending import findings, further_outputs
    from sitegen.outputs.kinds import make_plan
    from sitegen.site.navigation import Tree
    from sitegen.site.permalinks import check_permalinks
    from sitegen.site.proof import check_unread
    from sitegen.site.rules import check_addresses, check_site, ignored_pages

    config, templates = inputs.config, inputs.template_names
    site, problems = linked(inputs, options)
    problems += check_unread(site, [one.page for one in inputs.pages.unread])
    problems += check_site(site, templates) + findings(options.extensions, site)
    trees = {code: Tree(site, code) for code in config.codes}
    tasks, more = make_plan(site, trees, inputs.data, templates)
    problems += more
    shared, more = _shared(inputs, site, trees)
    problems += more
    further, more = further_outputs(options.extensions, site)
    problems += more
    used = _used_paths(tasks)
    files = tuple(asset for asset in inputs.files if asset.url in used)
    problems += [asset.refused for asset in files if asset.refused]
    problems += ignored_pages([*(asset.path for asset in inputs.files if asset.url not in used), *inputs.copies])
    sources = {asset.url: asset.path for asset in inputs.static}
    tasks = [task for task in tasks if task.kind != "robots" or task.path not in sources]  # the site's own goes before
    others = [*sources.items(), *((path, source) for path, (source, _) in further.items())]
    others += [(url, asset.path) for asset in files for url in asset.urls]
    others += [(index_url(code), options.config) for code in config.codes if config.search]
    others += [(path, options.config) for path in editor_paths(config)]
    problems += check_addresses(tasks, others, {page.path: page for page in inputs.pages.all})
    if inputs.lock and not inputs.broken:  # a page that cannot be read has not gone
        problems += check_permalinks(inputs.lock, tasks, new=_reports_new(options))
    copied = {asset.url: asset.digest for asset in inputs.static}
    copied |= {path: digest_of(data) for path, (_, data) in further.items()}
    rows, visible = _rows(tasks)
    index = Index(rows, visible, files, copied, tuple(further))
    said, values = (packed(problems) if problems else b""), packed(_values(shared))
    made = (packed(task) for task in tasks)
    return packed(index), said, packed(shared), values, *made, *(data for _, data in further.values())


def _shared(inputs: Inputs, site: "Site", trees: "Mapping[str, Tree]") -> tuple[Shared, list[Problem]]:
    """Return the shared values but for the site's data."""
    from sitegen.outputs.views import language_view, site_view

    languages: dict[str, LanguageView] = {}
    problems: list[Problem] = []
    for code, tree in trees.items():
        languages[code], more = language_view(tree, {})
        problems += more
    assets = {asset.path.removeprefix("static/"): asset.url for asset in inputs.static}
    return Shared(site_view(site), languages, assets), problems


def _values(shared: Shared) -> dict[tuple[str, str], str]:
    """Return (language, name) → digest of the value; the language is "" for what is the same in all."""
    found = {("", "site"): _hex(shared.site), ("", "asset"): _hex(shared.assets)}
    for code, view in shared.by_language.items():
        found.update({(code, name): _hex(getattr(view, name)) for name in ("addresses", "menus", "pages", "news")})
        found.update({(code, f"section {parent}"): _hex(refs) for parent, refs in view.sections.items()})
    return found


def _hex(value: object) -> str:
    return digest(packed(value)).hex()


def _used_paths(tasks: Iterable[Task]) -> set[str]:
    """Return the addresses of the files beside pages that pages refer to: no other is published."""
    return {
        url
        for task in tasks
        if isinstance(task.view, PageView)
        for url in (
            *(picture.url for picture in task.view.pictures),
            *(target.url for target in task.view.targets),
            *(file.url for _, file in task.view.files),
            task.view.image.url if task.view.image else "",
        )
    }


def _rows(tasks: Sequence[Task]) -> tuple[tuple[Row, ...], tuple[VisibleInputs, ...]]:
    from sitegen.outputs.kinds import visible_inputs

    numbers: dict[VisibleInputs, int] = {}
    rows = []
    for task in tasks:
        inputs = visible_inputs(task)
        number = NOTHING if inputs is None else numbers.setdefault(inputs, len(numbers))
        rows.append(Row(task.path, task.kind, task.source, tuple(view.source for view in _pages_in(task)), number))
    return tuple(rows), tuple(numbers)


def _pages_in(task: Task) -> tuple[PageView, ...]:
    if isinstance(task.view, FeedView):
        return task.view.entries
    return (task.view,) if isinstance(task.view, PageView) else ()


def filled(task: Task, texts: Mapping[str, bytes]) -> Task:
    """Return a task with the texts of its pages, by source path."""

    def fill(view: PageView) -> PageView:
        return replace(view, body=Raw(texts[view.source]))

    if isinstance(task.view, FeedView):
        return replace(task, view=replace(task.view, entries=tuple(map(fill, task.view.entries))))
    return replace(task, view=fill(task.view)) if isinstance(task.view, PageView) else task
