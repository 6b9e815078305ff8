"""All that a build checks, and more: what editors want to know. Publishes nothing; remembers as a build does.

The further rules stand in modules of `read` and `site`; here is only their order.
"""

from msgspec import Struct, msgpack

from sitegen.core.messages import is_error, is_warning
from sitegen.core.problems import Lines, Problem, in_order
from sitegen.core.records import Config, Source
from sitegen.machinery.limits import Failure
from sitegen.pipeline.build import Whole, make
from sitegen.pipeline.extending import code_of
from sitegen.pipeline.failures import CHECKING, problem_of
from sitegen.pipeline.options import CACHE, Options
from sitegen.pipeline.outside import CODES, check_outside
from sitegen.pipeline.session import Session
from sitegen.pipeline.standings import read_pages
from sitegen.read.frontmatter import decode
from sitegen.read.markdown.before.pages import compare_pages
from sitegen.read.plurals import check_plurals
from sitegen.read.proofread import Proofreading, proofread_pages
from sitegen.read.tree import read_file, read_tree
from sitegen.site.editing import check_editing, without_sources
from sitegen.site.lasting import FILE
from sitegen.site.release import release_problems
from sitegen.site.staleness import compare, stale_problems


class Checked(Struct, frozen=True):
    """What came of it; `pages` and `languages` are 0 when a mistake forbade to go on."""

    problems: tuple[Problem, ...]
    failed: bool
    pages: int = 0
    languages: int = 0


_problems_in = msgpack.Decoder(list[Problem])


def check(options: Options, *, agent: str = "", release: bool = False, migrate: bool = False) -> Checked:
    """Check the site. It has failed when there is an error, or with `strict` a warning.

    With `agent`, other sites are asked, by that name, whether they still have what this one leads to.
    With `migrate`, it is noted where Python-Markdown's own grammar read a text otherwise.
    With `release`, whatever only holds the place of something else, and must not be published, is an error.
    """
    cache = (options.cache or options.root / CACHE) if options.remember else None
    code = code_of(options.root, options.extensions)
    session = Session(cache, options.jobs, options.executor, options.progress, code=code)
    try:
        finished, problems = make(options, session, lambda whole: _further(whole, options, session, agent, migrate))
    finally:
        session.close()
    if release and finished:
        problems = [*problems, *_unready(options, finished.config)]
    if not agent:
        problems = [one for one in problems if not _is_of_others(one)]
    failed = any(is_error(p) or (options.strict and is_warning(p)) for p in problems)
    pages, languages = (finished.pages, len(finished.config.languages)) if finished else (0, 0)
    return Checked(tuple(in_order(problems)), failed, pages, languages)


def _unready(options: Options, config: Config) -> list[Problem]:
    """Return what forbids to publish the site. Reads the settings and urls.lock; what cannot be read was reported."""
    settings, _ = read_file(options.root, options.config)
    lock, _ = read_file(options.root, FILE) if (options.root / FILE).is_file() else (None, [])
    text = decode(settings)[0] if settings else ""
    listed = decode(lock)[0] if lock else ""
    return release_problems(config, Lines(options.config, text), listed, given=options.base_url is not None)


def _is_of_others(one: Problem) -> bool:
    """Say whether it is about an exception that only asking other sites can use."""
    return one.code == "ignore-unused" and dict(one.values)["code"] in CODES


def _further(whole: Whole, options: Options, session: Session, agent: str, migrate: bool) -> list[Problem]:
    """Return what a build does not look for. A page with mistakes is proofread all the same."""
    config = whole.inputs.config
    sources, _ = read_tree(options.root, "content", ".md")
    texts = [
        s
        for s in sources
        if s.path.endswith(".md") and s.path.count("/") > 1 and s.path.split("/")[1] in config.declared
    ]
    how = Proofreading(config.markdown.typography)
    keys = [session.key("proofread", msgpack.encode(how), source.path, source.data) for source in texts]

    def failed(source: Source, failure: Failure) -> bytes:
        return msgpack.encode([problem_of(source.path, CHECKING, failure, session)])

    with session.step("proofread"):
        done = session.remembered("proofread", keys, texts, proofread_pages, lambda: how, failed)
    if migrate:
        markdown = config.markdown
        keys = [session.key("migrate", msgpack.encode(markdown), source.path, source.data) for source in texts]
        done += session.remembered("migrate", keys, texts, compare_pages, lambda: markdown, failed)
    unsourced = without_sources(whole.planned.site) if whole.planned else frozenset()
    problems = [
        found
        for one in done
        for found in _problems_in.decode(one)
        if found.code != "source-missing" or found.place.path in unsourced
    ]
    for code, catalog in whole.inputs.catalogs.items():
        problems += check_plurals(catalog, config.language(code).locale)
    with session.step("translations"):
        standings, _ = read_pages(options.root, config, session)
        problems += stale_problems(compare(standings, config, options.today))
    if whole.planned:
        problems += check_editing(whole.planned.site, whole.planned.tasks, whole.seen, whole=whole.finished is not None)
        if agent and whole.finished:
            problems += check_outside(whole.finished, whole.planned, options, session, agent)
    return problems
