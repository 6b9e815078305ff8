"""Runs `check`: everything that a build checks, then the rules of the other modules. Publishes nothing."""

from collections.abc import Sequence

from msgspec import Struct

from sitegen.build.failures import CHECKING, problem_of
from sitegen.build.files import Input, inputs_of, sources_of
from sitegen.build.graph import Function, Parts
from sitegen.build.limits import Failure
from sitegen.build.pipeline import BuildState, build_outputs, session_of
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.build.status import page_files
from sitegen.check.editing import check_editing, without_sources
from sitegen.check.external import CODES, check_outside
from sitegen.check.migration import compare_pages
from sitegen.check.proofread import Proofreading, proofread_pages
from sitegen.check.release import release_problems
from sitegen.inputs.config_rules import rewritten_pages
from sitegen.inputs.folders import list_tree, read_file
from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.messages import is_error, is_warning
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Lines, Problem, in_order
from sitegen.site.permalinks import FILE
from sitegen.site.status import outdated_problems, page_statuses
from sitegen.text.gettext.catalogs import check_plurals
from sitegen.text.parts import decode


class Checked(Struct, frozen=True):
    """What came of it; `pages` and `languages` are 0 when a mistake forbade to go on."""

    problems: tuple[Problem, ...]
    failed: bool
    pages: int = 0
    languages: int = 0


_problems_in = unpacking(list[Problem])


def check(options: Options, *, agent: str = "", release: bool = False, migrate: bool = False) -> Checked:
    """Check the site. It has failed when there is an error, or with `strict` a warning.

    With `agent`, other sites are asked, by that name, whether they still have what this one leads to.
    With `migrate`, it is noted where Python-Markdown's own grammar read a text otherwise.
    With `release`, whatever only holds the place of something else, and must not be published, is an error.
    """
    session = session_of(options)
    try:
        finished, problems = build_outputs(
            options, session, lambda state: _further(state, options, session, agent, migrate)
        )
    finally:
        session.close()
    if release and finished:
        problems = [*problems, *_unready(options, finished.config)]
    if not agent:
        problems = [problem for problem in problems if not _is_of_others(problem)]
    failed = any(is_error(problem) or (options.strict and is_warning(problem)) for problem in problems)
    pages, languages = (finished.pages, len(finished.config.languages)) if finished else (0, 0)
    return Checked(tuple(in_order(problems)), failed, pages, languages)


def _unready(options: Options, config: Config) -> list[Problem]:
    """Return what forbids to publish the site. Reads the settings and urls.lock; what cannot be read was reported."""
    settings, _ = read_file(options.root, options.config)
    lock, _ = read_file(options.root, FILE) if (options.root / FILE).is_file() else (None, [])
    text = decode(settings)[0] if settings else ""
    listed = decode(lock)[0] if lock else ""
    return release_problems(config, Lines(options.config, text), listed, given=options.base_url is not None)


def _is_of_others(problem: Problem) -> bool:
    """Say whether it is about an exception that only asking other sites can use."""
    return problem.code == "ignore-unused" and dict(problem.values)["code"] in CODES


def _further(state: BuildState, options: Options, session: Session, agent: str, migrate: bool) -> list[Problem]:
    """Return what a build does not look for. A page with mistakes is proofread all the same."""
    config, planned = state.inputs.config, state.planned
    files = [file for file in list_tree(options.root, "content")[0] if _is_page(file.path, config)]
    texts, _ = inputs_of(files, session)
    how = Proofreading(config.markdown.typography)
    with session.step("proofread"):
        reported = _of_each("proofread", texts, proofread_pages, how, session)
    if config.admin:
        reported += _of_each("editor-bytes", texts, rewritten_pages, config.admin, session)
    if migrate:
        reported += _of_each("migrate", texts, compare_pages, config.markdown, session)
    unsourced = without_sources(planned.site) if planned else frozenset()
    problems = [problem for problem in reported if problem.code != "source-missing" or problem.place.path in unsourced]
    for code, catalog in state.inputs.catalogs.all.items():
        if code in config.codes:
            problems += check_plurals(catalog, config.language(code).locale)
    with session.step("translations"):
        pages, _ = page_files(options.root, config, session)
        problems += outdated_problems(page_statuses(pages, config, options.today))
    if planned and state.outputs:
        finished = state.finished
        kinds = {row.path: row.kind for row in planned.index.rows}
        problems += check_editing(planned.site, kinds, state.outputs.page_facts, whole=finished is not None)
        if agent and finished:
            problems += check_outside(planned, state.outputs, options, session, agent)
    return problems


def _is_page(path: str, config: Config) -> bool:
    return path.endswith(".md") and path.count("/") > 1 and path.split("/")[1] in config.declared


def _of_each(
    name: str, texts: Sequence[Input], function: Function[Source], how: Struct, session: Session
) -> list[Problem]:
    """Return what a function finds in each text by itself."""
    packed_how = packed(how)
    keys = [session.graph.key(name, packed_how, text.path, text.digest) for text in texts]

    def load(at: Sequence[int]) -> list[Source]:
        return sources_of([texts[number] for number in at], session)

    def failed(source: Source, failure: Failure) -> Parts:
        return (packed([problem_of(source.path, CHECKING, failure, session)]),)

    done = session.graph.each(name, keys, load, function, lambda: how, failed).values()
    return [problem for text in done for problem in _problems_in.decode(text)]
