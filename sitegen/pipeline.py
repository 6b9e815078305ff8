"""The order of the steps of a build. Reads as prose; knows every floor, and does nothing of its own.

Problems are added up on the way and shown all at once; on any error nothing is published.
"""

import datetime as dt
from pathlib import Path

from msgspec import Struct

from sitegen.core.messages import is_error
from sitegen.core.outlets import CardStock
from sitegen.core.problems import Place, Problem, in_order, problem
from sitegen.core.records import Asset, Catalog, Config, Output, Page, Source
from sitegen.core.urls import index_url
from sitegen.core.views import PageView, Shared, Task
from sitegen.machinery.publish import digest_of, publish
from sitegen.read.assets import read_content_file, read_static
from sitegen.read.cards import read_cards
from sitegen.read.catalogs import catalog_path, missing_catalog, read_catalog
from sitegen.read.config import read_config
from sitegen.read.data import read_data
from sitegen.read.frontmatter import decode
from sitegen.read.page import PageOptions, read_page
from sitegen.read.tree import read_file, read_tree
from sitegen.site.link import Site, link_site
from sitegen.site.plan import make_plan
from sitegen.site.proof import prove_site
from sitegen.site.rules import check_addresses, check_languages, check_site
from sitegen.site.tree import Tree
from sitegen.site.views import language_view, site_view
from sitegen.write.environment import Workshop
from sitegen.write.render import Renderer
from sitegen.write.search import search_indexes


class Options(Struct, frozen=True):
    """What a person asked for. `today` decides what is a draft: nothing below reads the clock."""

    root: Path
    today: dt.date
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    config: str = "site.yaml"


class Result(Struct, frozen=True):
    """What came of it. Nothing was published when `failed`."""

    problems: tuple[Problem, ...]
    failed: bool
    pages: int = 0
    languages: int = 0
    written: int = 0
    removed: int = 0
    output: str = ""


class Inputs(Struct, frozen=True):
    """Everything that was read, each in its records."""

    config: Config
    pages: list[Page]
    static: list[Asset]
    files: list[Asset]
    broken: frozenset[str]
    catalogs: dict[str, Catalog]
    data: dict[str, dict[str, object]]
    templates: dict[str, str]
    cards: CardStock | None


def build(options: Options) -> Result:
    """Build the site and publish it, or publish nothing and return what is wrong."""
    files, pages, problems = make(options)
    if files is None or _failed(problems, options.strict):
        return _result(problems, True)
    config, outputs = files
    target = options.output or options.root / config.output
    try:
        digests = {path: digest_of(data) for path, data in outputs.items()}
        done = publish(target, digests, lambda paths: {path: outputs[path] for path in paths})
    except OSError as error:
        place = Place(str(options.output or config.output))
        return _result([*problems, problem("publish-failed", place, reason=error.strerror or str(error))], True)
    if done.foreign:
        place = Place(str(options.output or config.output))
        names = ", ".join(done.foreign[:10]) + (" …" if len(done.foreign) > 10 else "")
        return _result([*problems, problem("output-foreign", place, count=len(done.foreign), names=names)], True)
    return Result(
        tuple(in_order(problems)),
        False,
        pages=pages,
        languages=len(config.languages),
        written=done.written,
        removed=done.removed,
        output=str(options.output or config.output),
    )


def make(options: Options) -> tuple[tuple[Config, dict[str, bytes]] | None, int, list[Problem]]:
    """Make every output of the site in memory. Returns them with the number of pages, and all problems."""
    inputs, problems = read(options)
    if inputs is None:
        return None, 0, problems
    config = inputs.config
    site, more = link_site(config, inputs.pages, inputs.files, options.today, options.drafts, inputs.broken)
    problems += more + check_site(site, frozenset(inputs.templates))
    trees = {code: Tree(site, code) for code in config.codes}
    tasks, more = make_plan(site, trees, inputs.data)
    problems += more
    workshop, more = _workshop(inputs, site, trees)
    problems += more
    assets = _used(inputs, tasks)
    tasks = [task for task in tasks if task.kind != "robots" or task.path not in assets]  # the site's own goes before
    by_path = {page.path: page for page in inputs.pages}
    indexes = [(index_url(code), options.config) for code in config.codes if config.search]
    problems += check_addresses(tasks, [(path, source) for path, (source, _) in assets.items()] + indexes, by_path)
    if any(is_error(p) for p in problems):
        return None, 0, problems
    renderer = Renderer(workshop)
    outputs: dict[str, Output] = {}
    for task in tasks:
        output, more = renderer.render(task)
        problems += more
        if output is not None:
            outputs[output.path] = output
    if any(is_error(p) for p in problems):
        return None, 0, problems
    sources = {node.page.path: node.page for node in site.nodes.values()}
    problems += prove_site(outputs, tasks, frozenset(assets), sources, config.base_url)
    files = {path: output.data for path, output in outputs.items()}
    files.update({path: data for path, (_, data) in assets.items()})
    files.update(search_indexes([output.search for output in outputs.values() if output.search], config))
    return (config, files), sum(1 for task in tasks if task.kind == "page"), problems


def read(options: Options) -> tuple[Inputs | None, list[Problem]]:
    """Read all sources of the site. Without a good site.yaml there is nothing to go on with."""
    source, problems = read_file(options.root, options.config)
    if source is None:
        return None, problems
    config, problems = read_config(source, options.base_url)
    if config is None:
        return None, problems
    sources, more = read_tree(options.root, "content")
    problems += more
    unread = {p.place.path for p in more}
    pages, files, more = _read_content(sources, config)
    folders = sorted({s.path.split("/")[1] for s in sources if s.path.count("/") > 1})
    problems += more + check_languages(config, folders, [s.path for s in sources])
    static_sources, more = read_tree(options.root, "static")
    cards, wrong = read_cards(config.cards, static_sources)
    drawn_with = {f"static/{name}" for name in cards.files} if cards else set()
    problems += more + wrong
    static, wrong = read_static([source for source in static_sources if source.path not in drawn_with])
    problems += wrong
    catalogs, more = _read_catalogs(options.root, config)
    problems += more
    data_sources, more = read_tree(options.root, "data")
    data, wrong = read_data(data_sources, config)
    problems += more + wrong
    template_sources, more = read_tree(options.root, "templates")
    problems += more
    templates = {}
    for template in template_sources:
        templates[template.path.removeprefix("templates/")], wrong = decode(template)
        problems += wrong
    good = {page.path for page in pages} | {file.path for file in files}
    broken = frozenset(unread.union(s.path for s in sources) - good)
    return Inputs(config, pages, static, files, broken, catalogs, data, templates, cards), problems


def _read_content(sources: list[Source], config: Config) -> tuple[list[Page], list[Asset], list[Problem]]:
    pages, files, problems = [], [], []
    options = PageOptions(config.markdown, config.raw_html)
    for source in sources:
        if source.path.count("/") < 2 or source.path.split("/")[1] not in config.codes:
            continue
        if source.path.endswith(".md"):
            page, more = read_page(source, options)
            pages += [page] if page else []
        else:
            asset, more = read_content_file(source, config.images)
            files += [asset] if asset else []
        problems += more
    return pages, files, problems


def _read_catalogs(root: Path, config: Config) -> tuple[dict[str, Catalog], list[Problem]]:
    catalogs, problems = {}, []
    for code in config.codes:
        catalogs[code] = Catalog(code, "n != 1", {})
        if not (root / catalog_path(code)).exists():
            problems.append(missing_catalog(code))
            continue
        source, more = read_file(root, catalog_path(code))
        problems += more
        if source:
            catalogs[code], more = read_catalog(source, code)
            problems += more
    return catalogs, problems


def _workshop(inputs: Inputs, site: Site, trees: dict[str, Tree]) -> tuple[Workshop, list[Problem]]:
    languages, problems = {}, []
    for code, tree in trees.items():
        languages[code], more = language_view(tree, inputs.data[code])
        problems += more
    shared = Shared(
        site_view(site),
        languages,
        {asset.path.removeprefix("static/"): asset.url for asset in inputs.static},
    )
    texts = {
        asset.path.removeprefix("static/"): asset.data.decode("utf-8", "replace")
        for asset in inputs.static
        if asset.path.endswith((".css", ".svg", ".js"))
    }
    typography = inputs.config.markdown.typography
    return Workshop(inputs.templates, shared, inputs.catalogs, texts, typography, inputs.cards), problems


def _used(inputs: Inputs, tasks: list[Task]) -> dict[str, tuple[str, bytes]]:
    """Return output path → (source path, bytes) of everything that is copied: static/, and what pages refer to."""
    wanted = {
        url
        for task in tasks
        if isinstance(task.view, PageView)
        for url in (
            *(picture.url for picture in task.view.pictures),
            *(target.url for target in task.view.targets),
            task.view.image.url if task.view.image else "",
        )
    }
    files = {asset.url: (asset.path, asset.data) for asset in inputs.static}
    for asset in inputs.files:
        if asset.url in wanted:
            files[asset.url] = (asset.path, asset.data)
            files.update({variant.url: (asset.path, variant.data) for variant in asset.variants})
    return files


def _failed(problems: list[Problem], strict: bool) -> bool:
    return any(is_error(p) or strict for p in problems)


def _result(problems: list[Problem], failed: bool) -> Result:
    return Result(tuple(in_order(problems)), failed)
