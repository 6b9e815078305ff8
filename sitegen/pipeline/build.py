"""The order of the steps of a build. Reads as prose, and does nothing of its own.

Problems are added up on the way and shown all at once; on any error nothing is published.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.assets import Asset
from sitegen.core.finished import Seen
from sitegen.core.messages import is_error, is_warning
from sitegen.core.phrases import phrase
from sitegen.core.problems import Place, Problem, in_order, problem
from sitegen.core.records import Config
from sitegen.core.silence import silenced
from sitegen.core.urls import base_path, index_url
from sitegen.core.views import Shared, Task
from sitegen.machinery.inside import check_target
from sitegen.machinery.patch import patch
from sitegen.machinery.publish import damaged, digest_of, publish
from sitegen.pipeline.beside import Beside
from sitegen.pipeline.consequences import earlier, of_proof, of_rendering, of_unseen, to_render
from sitegen.pipeline.copies import ignored_files
from sitegen.pipeline.extending import code_of, findings, further_outputs
from sitegen.pipeline.failures import FailedError, problem_of_step
from sitegen.pipeline.foreign import foreign_addresses
from sitegen.pipeline.indexes import indexes
from sitegen.pipeline.inputs import Inputs, read_inputs
from sitegen.pipeline.lasting import record
from sitegen.pipeline.ledger import keep, ledger_of
from sitegen.pipeline.options import CACHE, Options, Result
from sitegen.pipeline.outputs import Bench, used_paths
from sitegen.pipeline.preparation import settled
from sitegen.pipeline.session import Session
from sitegen.pipeline.twins import Twins
from sitegen.read.outfolder import occupied
from sitegen.site.hints import hinted
from sitegen.site.hosting import hosting_of, page_policy, refused
from sitegen.site.lasting import check_lasting
from sitegen.site.link import Site, link_site
from sitegen.site.plan import make_plan
from sitegen.site.proof import prove_site
from sitegen.site.rules import check_addresses, check_site
from sitegen.site.shared import same_days
from sitegen.site.tree import Tree
from sitegen.site.unread import check_unread
from sitegen.site.views import language_view, site_view
from sitegen.write.environment import Workshop
from sitegen.write.hosts import host_files


class Finished(Struct, frozen=True):
    """A whole site, made and proved, and not yet published: digests of all files, and the bytes of some."""

    config: Config
    digests: dict[str, str]
    copied: dict[str, bytes]
    bench: Bench
    pages: int
    days: tuple[dt.date, dt.date]
    read: dict[str, bytes]  # source path of a page → key of its reading
    told: frozenset[str]  # paths that something was said about, be it ignored or not
    beside: Beside
    twins: Twins | None = None

    def bytes_of(self, paths: list[str]) -> Mapping[str, bytes]:
        """Return path → bytes of the files asked for."""
        found = {path: self.copied[path] for path in paths if path in self.copied}
        found |= self.beside.bytes_of([path for path in paths if path in self.beside.digests and path not in found])
        if self.twins:
            found |= self.twins.bytes_of([path for path in paths if path in self.twins.digests and path not in found])
        return found | self.bench.bytes_of({path: self.digests[path] for path in paths if path not in found})


def build(options: Options) -> Result:
    """Build the site and publish it, or publish nothing and return what is wrong."""
    folder = occupied(options.root, options.output) if options.output and not options.preview else ""
    if folder:
        wrong = problem("output-inside", Place("--output"), value=options.output, folder=folder)
        return Result((wrong,), failed=True)
    cache = (options.cache or options.root / CACHE) if options.remember else None
    code = code_of(options.root, options.extensions)
    session = Session(cache, options.jobs, options.executor, options.progress, code=code)
    try:
        site, problems = make(options, session)
        if site is None or any(is_error(p) or (options.strict and is_warning(p)) for p in problems):
            return Result(tuple(in_order(problems)), failed=True)
        result = _published(site, problems, options, session)
        if options.update_urls and not result.failed:
            result = replace(result, recorded=record(options.root, site.bench.tasks.values()))
        return result
    finally:
        session.close()


class Whole(Struct, frozen=True):
    """Everything there is to judge a site by; `planned` and `finished` are None when a mistake forbade to go on."""

    inputs: Inputs
    planned: "Planned | None" = None
    finished: Finished | None = None
    seen: Mapping[str, Seen] = {}


Rules = Callable[[Whole], list[Problem]]


def make(options: Options, session: Session, rules: Rules | None = None) -> tuple[Finished | None, list[Problem]]:
    """Make every output of the site. Returns None when an error forbids to go on, and all problems found so far.

    `rules` look for more than a build does. What somebody decided to ignore is left out.
    """
    session.debug, session.apart, session.expendable = options.debug, options.apart, options.expendable
    try:
        with session.step("read"):
            inputs, problems = read_inputs(options, session)
    except Exception as error:  # whatever a file holds: a problem, never a traceback
        return None, [problem_of_step(error, options.config, session)]
    if inputs is None:
        return None, problems
    try:
        whole, more = _make(inputs, options, session, problems)
        found = problems + more + (rules(whole) if rules else [])
        problems = settled(hinted(found, whole.planned.site) if whole.planned else found, inputs.config)
    except Exception as error:
        whole = Whole(inputs)
        problems.append(problem_of_step(error, options.config, session))
    ignores = [*inputs.config.ignores, *(ignore for page in inputs.pages for ignore in page.ignores)]
    problems, unused = silenced(problems, ignores)
    if rules and whole.finished:
        problems += [problem("ignore-unused", ignore.place, code=ignore.code) for ignore in unused]
    return whole.finished, problems


def _make(inputs: Inputs, options: Options, session: Session, before: list[Problem]) -> tuple[Whole, list[Problem]]:
    """Go on from what was read; `before` are the problems of reading."""
    with session.step("link"):
        planned, problems = _plan(inputs, options)
    wrong = earlier([*before, *problems], inputs, planned.tasks)
    with session.step("render"):
        bench = Bench(planned.workshop, session, options.extensions)
        outputs = bench.make(to_render(planned.tasks, wrong))
    problems += of_rendering(outputs.problems, wrong)
    wrong = replace(wrong, failed=bool(outputs.failed))
    config = inputs.config
    with session.step("search"):
        searched = (seen.search for seen in outputs.seen.values())
        files = planned.copied | (indexes(searched, config.codes, session) if config.search else {})
    with session.step("prove"):
        sources = {task.path: task.source for task in planned.tasks}
        pages = {node.page.path: node.page for node in planned.site.nodes.values()}
        others = outputs.failed.union(files, *(asset.urls for asset in planned.files))
        proof = prove_site(outputs.seen, sources, others, pages, config.base_url)
        problems += of_proof(proof, wrong, sources, base_path(config.base_url))
        problems += of_unseen(inputs, planned.site, outputs.seen, sources, wrong)
        words = (inputs.templates.values(), planned.workshop.texts.values())
        problems += foreign_addresses(outputs.seen, sources, *words, options.root, [*before, *problems])
    if wrong.whole:
        problems += refused(config, planned.tasks, outputs.seen)
    if any(is_error(p) for p in [*before, *problems]):
        return Whole(inputs, planned, seen=outputs.seen), problems
    with session.step("pictures"):  # last, for they take the longest
        needed = [one for one in planned.files if one.bitmap is None] if options.judged else planned.files
        beside = Beside(session, options.root, config.images, needed)
    problems += beside.problems
    if beside.problems:
        return Whole(inputs, planned, seen=outputs.seen), problems
    with session.step("digest"):
        files = _of_hosts(config, planned.tasks, outputs.seen) | files  # the site's own go before
        digests = beside.digests | {path: digest_of(data) for path, data in files.items()} | outputs.digests
    count = sum(1 for task in planned.tasks if task.kind == "page")
    told = frozenset(p.place.path for p in [*before, *problems])
    days = same_days(inputs.pages, options.today)
    finished = Finished(config, digests, files, bench, count, days, inputs.keys, told, beside)
    return Whole(inputs, planned, _with_twins(finished, options, session), outputs.seen), problems


def _of_hosts(config: Config, tasks: list[Task], seen: Mapping[str, Seen]) -> dict[str, bytes]:
    """Return the files that hosts read; nobody serves the folder edition."""
    if config.offline:
        return {}
    files = host_files(hosting_of(config, tasks, seen))
    return {path: data for path, data in files.items() if path not in seen}


def _with_twins(site: Finished, options: Options, session: Session) -> Finished:
    """Return the site with the twins that it asks for."""
    if site.config.offline or options.preview or options.judged or not site.config.hosts.precompress:
        return site
    with session.step("compress"):
        twins = Twins(session, site.config.hosts.precompress, site.digests, site.bytes_of)
    return replace(site, digests=twins.digests | site.digests, twins=twins)


class Planned(Struct, frozen=True):
    """The linked site, what has to be made, what is only copied (output path → bytes), and files next to pages."""

    site: Site
    tasks: list[Task]
    workshop: Workshop
    copied: dict[str, bytes]
    files: list[Asset]  # next to pages: those that pages need


def _plan(inputs: Inputs, options: Options) -> tuple[Planned, list[Problem]]:
    config, templates = inputs.config, frozenset(inputs.templates)
    site, problems = link_site(
        config, inputs.pages, inputs.files, options.today, options.drafts, inputs.broken, inputs.aside
    )
    problems += check_unread(site, [one.page for one in inputs.unread])
    problems += check_site(site, templates) + findings(options.extensions, site)
    trees = {code: Tree(site, code) for code in config.codes}
    tasks, more = make_plan(site, trees, inputs.data, templates)
    problems += more
    workshop, more = _workshop(inputs, site, trees)
    problems += more
    further, more = further_outputs(options.extensions, site)
    problems += more
    used = used_paths(tasks)
    files = [asset for asset in inputs.files if asset.url in used]
    problems += [asset.refused for asset in files if asset.refused]
    problems += ignored_files(inputs, used)
    copied = {asset.url: (asset.path, asset.data or b"") for asset in inputs.static}
    tasks = [task for task in tasks if task.kind != "robots" or task.path not in copied]  # the site's own goes before
    others = [(path, source) for path, (source, _) in [*copied.items(), *further.items()]]
    others += [(url, asset.path) for asset in files for url in asset.urls]
    copied |= further
    others += [(index_url(code), options.config) for code in config.codes if config.search]
    problems += check_addresses(tasks, others, {page.path: page for page in inputs.pages})
    if inputs.lock and not inputs.broken:  # a page that cannot be read has not gone
        problems += check_lasting(
            inputs.lock, tasks, new=not (options.drafts or options.preview or options.update_urls)
        )
    return Planned(site, tasks, workshop, {path: data for path, (_, data) in copied.items()}, files), problems


def _published(site: Finished, problems: list[Problem], options: Options, session: Session) -> Result:
    name = str(options.output or site.config.output)
    target = options.output or options.root / site.config.output
    try:
        check_target(options.root, target, is_named=options.output is not None and not options.preview)
        with session.step("publish"):
            known = options.suspect if options.looked == target else None  # site.yaml may name another folder now
            suspect = frozenset(damaged(target)) if known is None else known
            if options.preview and known is not None:  # a folder of ours alone, and whole
                done = patch(target, site.digests, site.bytes_of)
            else:
                done = publish(target, site.digests, site.bytes_of, suspect)
    except FailedError as error:
        return Result(tuple(in_order([*problems, error.found])), failed=True)
    except OSError as error:
        reason = phrase(error.strerror or str(error))
        return Result(tuple(in_order([*problems, problem("publish-failed", Place(name), reason=reason)])), failed=True)
    if done.foreign:
        names = ", ".join(done.foreign[:10]) + (" …" if len(done.foreign) > 10 else "")
        wrong = problem("output-foreign", Place(name), count=len(done.foreign), names=names)
        return Result(tuple(in_order([*problems, wrong])), failed=True)
    return Result(
        tuple(in_order(problems)),
        failed=False,
        pages=site.pages,
        languages=len(site.config.languages),
        written=done.written,
        removed=done.removed,
        output=name,
        days=site.days,
        made=dict(session.made),
        reasons=session.reasons,
        ledger=_kept(site, target, options, session),
        steps=tuple(session.steps),
    )


def _kept(site: Finished, target: Path, options: Options, session: Session) -> str:
    """Keep what a build of texts alone can go on with; "" where a text may be in what no ledger knows of."""
    if options.extensions or site.twins:
        return ""
    ledger = ledger_of(session, site.config, site.bench, site.read, site.told)
    return keep(session.memo, target, ledger) if ledger else ""


def _workshop(inputs: Inputs, site: Site, trees: dict[str, Tree]) -> tuple[Workshop, list[Problem]]:
    languages, problems = {}, []
    for code, tree in trees.items():
        languages[code], more = language_view(tree, inputs.data[code])
        problems += more
    assets = {asset.path.removeprefix("static/"): asset for asset in inputs.static}
    shared = Shared(site_view(site), languages, {path: asset.url for path, asset in assets.items()})
    texts = {
        path: (asset.data or b"").decode("utf-8", "replace")
        for path, asset in assets.items()
        if path.endswith((".css", ".svg", ".js"))
    }
    typography, policy = inputs.config.markdown.typography, page_policy(inputs.config)
    parts = (inputs.templates, shared, inputs.catalogs, texts, typography, inputs.cards, inputs.borrowed, policy)
    return Workshop(*parts), problems
