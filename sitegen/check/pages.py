"""Checks a few pages by themselves, for the preview.

Reads these files and site.yaml only. Rules that need other pages (repeated titles, orphans, translations) are left to
the whole check.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from sitegen.build.consequences import suppressed
from sitegen.build.limits import Failure, attempts
from sitegen.build.request import Options
from sitegen.check.editing import OF_PAGE, check_page
from sitegen.check.proofread import CODES as PROOFREADING
from sitegen.check.proofread import proofread
from sitegen.inputs.config import read_settings
from sitegen.inputs.folders import read_file
from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.page import placed
from sitegen.model.problems import Problem
from sitegen.text.page import PageOptions, read_source

CODES = PROOFREADING | OF_PAGE


class _How(Struct, frozen=True):
    """What the work on one page needs."""

    config: Config
    options: Options


def check_pages(options: Options, paths: Sequence[str]) -> list[Problem]:
    """Check the pages at `paths` below `options.root`; what is no page of a language of the site is skipped.

    A page that takes too long gives nothing: the build has reported it. Problems: those in CODES.
    """
    config, _ = read_settings(options.root, options.config)
    if config is None:
        return []
    sources = [source for path in paths if (source := _source(options.root, path, config))]
    seconds = options.time_limit or config.time_limit
    done = attempts(_checked, _How(config, options), sources, seconds, expendable=options.expendable)
    return [source for problems in done if not isinstance(problems, Failure) for source in problems]


def _source(root: Path, path: str, config: Config) -> Source | None:
    parts = path.split("/")
    if not path.endswith(".md") or len(parts) < 3 or parts[0] != "content" or parts[1] not in config.declared:
        return None
    return read_file(root, path)[0] if (root / path).is_file() else None


def _checked(how: _How, sources: Sequence[Source]) -> list[list[Problem]]:
    return [_check(how, source) for source in sources]


def _check(how: _How, source: Source) -> list[Problem]:
    config = how.config
    # The sources that a page inherits are not known without other pages: source-missing is left to the whole check.
    problems = [p for p in proofread(source, config.markdown.typography) if p.code in PROOFREADING]
    read = read_source(source, PageOptions(config.markdown, config.raw_html, how.options.extensions))
    page = read.page
    if page is None:
        return problems
    if page.lang in config.codes and (how.options.drafts or not page.front.draft):
        problems += check_page(page, config.language(page.lang).title)
    problems = placed(problems, lambda _: {source.path: read.positions})
    return suppressed(problems, [*config.ignores, *read.ignores])[0]
