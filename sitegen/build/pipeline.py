"""The steps of a build, in order.

Problems are collected from all steps and returned together. On any error, nothing is published.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.build.admin import editor_origin, editor_paths
from sitegen.build.consequences import earlier, of_proof, of_rendering, of_unseen, suppressed, to_render
from sitegen.build.extending import code_of
from sitegen.build.failures import FailedError, problem_of_step
from sitegen.build.finished import Finished, finish
from sitegen.build.inputs import Inputs
from sitegen.build.inside import check_target
from sitegen.build.patch import patch
from sitegen.build.planning import Planned, plan, published
from sitegen.build.preparation import settled
from sitegen.build.proof import indexes, prove
from sitegen.build.publish import damaged, publish
from sitegen.build.reading import read_inputs
from sitegen.build.rendering import Outputs, render
from sitegen.build.request import CACHE, Options, Result
from sitegen.build.session import Session
from sitegen.build.writing import replace_file
from sitegen.inputs.folders import occupied, unpublished
from sitegen.model.messages import is_error, is_warning
from sitegen.model.page import placed
from sitegen.model.phrases import phrase, system_reason
from sitegen.model.problems import Place, Problem, in_order, problem
from sitegen.model.urls import base_path
from sitegen.model.views import Task
from sitegen.site.permalinks import FILE, lock_text, permalinks


def record(root: Path, tasks: Iterable[Task]) -> int:
    """Add the addresses of a published build to the file; return how many are new. Raises OSError."""
    file = root / FILE
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    addresses = permalinks(tasks)
    after = lock_text(before, addresses)
    if after != before:
        replace_file(file, after.encode(), root)
    return len(addresses - set(before.split()))


def build(options: Options) -> Result:
    """Build the site and publish it, or publish nothing and return what is wrong."""
    folder = occupied(options.root, options.output) if options.output and not options.preview else ""
    if folder:
        failure = problem("output-inside", Place("--output"), value=options.output, folder=folder)
        return Result((failure,), failed=True)
    session = session_of(options)
    try:
        site, problems = build_outputs(options, session)
        if site is None or any(is_error(p) or (options.strict and is_warning(p)) for p in problems):
            return Result(tuple(in_order(problems)), failed=True)
        result = _published(site, problems, options, session)
        if options.update_urls and not result.failed:
            result = replace(result, recorded=record(options.root, site.planned.tasks()))
        return result
    finally:
        session.close()


def session_of(options: Options) -> Session:
    """Return what a build with these options works with."""
    cache = (options.cache or options.root / CACHE) if options.remember else None
    code = code_of(options.root, options.extensions)
    session = Session(options.root, cache, options.jobs, options.executor, options.progress, code=code)
    session.debug, session.apart, session.expendable = options.debug, options.apart, options.expendable
    return session


class BuildState(Struct, frozen=True):
    """What a build has computed so far. A field is None if an error stopped the build before that step."""

    inputs: Inputs
    planned: Planned | None = None
    outputs: Outputs | None = None
    finished: Finished | None = None


Rules = Callable[[BuildState], list[Problem]]


def build_outputs(
    options: Options, session: Session, rules: Rules | None = None
) -> tuple[Finished | None, list[Problem]]:
    """Build every output of the site. Return None if an error stops the build, and all problems found so far.

    `rules` find problems that a build does not look for. Suppressed problems are removed.
    """
    try:
        with session.step("read"):
            inputs, problems = read_inputs(options, session)
    except Exception as error:  # whatever a file holds: a problem, never a traceback
        return None, [problem_of_step(error, options.config, session)]
    if inputs is None:
        return None, problems
    try:
        state, further = _build_from(inputs, options, session, problems)
        all_problems = problems + further + (rules(state) if rules else [])
        problems = settled(_hinted(placed(all_problems, inputs.pages.positions), state.planned), inputs.config)
    except Exception as error:
        state = BuildState(inputs)
        problems.append(problem_of_step(error, options.config, session))
    problems, unused = suppressed(problems, [*inputs.config.ignores, *inputs.pages.ignores])
    if rules and state.finished:
        problems += [problem("ignore-unused", ignore.place, code=ignore.code) for ignore in unused]
    finished = state.finished
    if finished and inputs.config.admin:
        from sitegen.build.admin_status import with_status

        finished = with_status(finished, problems, options, session)
    return finished, problems


def _hinted(problems: list[Problem], planned: Planned | None) -> list[Problem]:
    """Return the problems with the answers that the linked site knows."""
    if planned is None or not problems:
        return problems
    from sitegen.site.hints import hinted

    return hinted(problems, lambda: planned.site)


def _build_from(
    inputs: Inputs, options: Options, session: Session, before: list[Problem]
) -> tuple[BuildState, list[Problem]]:
    """Build the outputs from what was read; `before` are the problems of reading."""
    config = inputs.config
    with session.step("link"):
        day, publication = published(inputs, options, session.graph)
        planned = plan(inputs, options, day, session.graph)
        index, problems = planned.index, list(planned.problems)
    causes = earlier([*before, *problems], inputs, index.rows)
    with session.step("render"):
        outputs = render(planned, to_render(index.rows, causes), session, options.extensions)
    problems += of_rendering(outputs.problems, causes)
    causes = replace(causes, failed=bool(outputs.failed))
    with session.step("search"):
        searched = indexes(outputs, config.codes, session) if config.search else {}
    with session.step("prove"):
        files = {url for asset in index.files for url in asset.urls}.union(editor_paths(config))
        proof = prove(planned, outputs, outputs.failed.union(index.copied, searched, files), session)
        sources = {row.path: row.source for row in index.rows}
        problems += of_proof(proof.problems, causes, sources, base_path(config.base_url))
        problems += of_unseen(planned, outputs, causes)
        if proof.foreign:
            from sitegen.build.proof import foreign_addresses

            words = (inputs.templates[0].values(), inputs.texts.values())
            problems += foreign_addresses(proof.foreign, sources, *words, options.root, [*before, *problems])
    if causes.whole:
        problems += proof.refused
    if any(is_error(p) for p in [*before, *problems]):
        return BuildState(inputs, planned, outputs), problems
    editor = editor_origin(config, outputs, session)
    finished, further = finish(planned, outputs, searched, proof.hosts, editor, publication.days, options, session)
    return BuildState(inputs, planned, outputs, finished), problems + further


def _published(site: Finished, problems: list[Problem], options: Options, session: Session) -> Result:
    name = str(options.output or site.config.output)
    target = options.output or options.root / site.config.output
    try:
        check_target(options.root, target, is_named=options.output is not None and not options.preview)
        with session.step("publish"):
            reported = options.suspect if options.looked == target else None  # site.yaml may name another folder now
            suspect = frozenset(damaged(target)) if reported is None else reported
            if options.preview and reported is not None:  # a folder of ours alone, and whole
                publication = patch(target, site.digests, site.bytes_of)
            else:
                publication = publish(target, site.digests, site.bytes_of, suspect)
    except FailedError as error:
        return Result(tuple(in_order([*problems, error.found])), failed=True)
    except OSError as error:
        failure = problem("publish-failed", Place(name), reason=system_reason(error))
        if isinstance(error, NotADirectoryError | FileExistsError):
            failure = replace(failure, advice=phrase("Delete the file, or choose another folder with --output."))
        return Result(tuple(in_order([*problems, failure])), failed=True)
    if publication.foreign:
        failure = unpublished(Place(name), publication.foreign)
        return Result(tuple(in_order([*problems, failure])), failed=True)
    return Result(
        tuple(in_order(problems)),
        failed=False,
        pages=site.pages,
        languages=len(site.config.languages),
        written=publication.written,
        removed=publication.removed,
        output=name,
        touched=publication.touched,
        days=site.days,
        made=dict(session.graph.computed),
        reasons=session.reasons,
        steps=tuple(session.steps),
    )
