"""The translation status of a site: all its pages and catalogues, with a cache.

The cache is separate from the build's: reading the status removes nothing from that one.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from sitegen.build.catalogs import catalogs_of
from sitegen.build.failures import READING, problem_of
from sitegen.build.files import inputs_of, sources_of
from sitegen.build.graph import Parts
from sitegen.build.limits import Failure
from sitegen.build.request import CACHE
from sitegen.build.session import Session
from sitegen.inputs.folders import list_tree, read_tree
from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.site.status import PageStatus, page_statuses
from sitegen.text.gettext.catalogs import catalog_path
from sitegen.text.translation import PageFile, PageFileRead, read_page_files

MEMO = "translations"
_UNDONE = frozenset({"string-missing", "string-fuzzy", "catalog-forms"})
_page_file_in = unpacking(PageFileRead)


class StringCounts(Struct, frozen=True):
    """The interface strings of one language: how many are translated, of how many."""

    lang: str
    done: int
    total: int


class TranslationStatus(Struct, frozen=True):
    """The translation status of all pages, catalogues and texts of data/."""

    config: Config
    files: tuple[PageFile, ...]
    pages: tuple[PageStatus, ...]
    strings: tuple[StringCounts, ...]
    missing_texts: dict[str, tuple[str, ...]] = {}  # language in preparation → where data/ lacks a text in it


def read_status(root: Path, config_name: str, today: dt.date) -> tuple[TranslationStatus | None, list[Problem]]:
    """Read the settings, all pages and all catalogues. Returns None without good settings.

    Problems: those of config, tree, frontmatter and catalogs; of the pages only those that hide one.
    """
    from sitegen.inputs.config import read_settings

    config, problems = read_settings(root, config_name, "https://site.example/")
    if config is None:
        return None, problems
    session = Session(root, root / CACHE / MEMO)
    try:
        pages, problems = page_files(root, config, session)
        strings = _strings(root, config, session)
    finally:
        session.close()
    return TranslationStatus(
        config, tuple(pages), page_statuses(pages, config, today), strings, _missing_texts(root, config)
    ), problems


def _missing_texts(root: Path, config: Config) -> dict[str, tuple[str, ...]]:
    """Return where texts of data/ lack a language in preparation; a build reports the other languages."""
    if not config.prepared:
        return {}
    from sitegen.inputs.data import read_data

    missing: dict[str, list[str]] = {code: [] for code in config.prepared}
    for problem in read_data(read_tree(root, "data")[0], config)[1]:
        code = str(dict(problem.values)["code"]) if problem.code == "data-text-missing" else ""
        if code in missing:
            missing[code].append(f"{problem.place.path}:{problem.place.line}")
    return {code: tuple(places) for code, places in missing.items()}


def page_files(root: Path, config: Config, session: Session) -> tuple[list[PageFile], list[Problem]]:
    """Return every page of the site's languages, and why files could not be read."""
    files, problems = list_tree(root, "content")
    pages = (file for file in files if file.path.endswith(".md") and file.path.count("/") > 1)
    texts, unreadable = inputs_of((file for file in pages if _lang(file.path) in config.codes), session)
    keys = [session.graph.key("page-file", file.path, file.digest) for file in texts]

    def load(at: Sequence[int]) -> list[Source]:
        return sources_of([texts[number] for number in at], session)

    def failed(source: Source, failure: Failure) -> Parts:
        return (packed(PageFileRead(None, (problem_of(source.path, READING, failure, session),))),)

    results = session.graph.each("page-file", keys, load, read_page_files, lambda: None, failed).values()
    read = [_page_file_in.decode(result) for result in results]
    problems += unreadable + [problem for result in read if result.file is None for problem in result.problems]
    return [result.file for result in read if result.file is not None], problems


def _lang(path: str) -> str:
    return path.split("/", 2)[1]


def _strings(root: Path, config: Config, session: Session) -> tuple[StringCounts, ...]:
    """Return the counts of translated strings; a string that one language has counts as missing in the others."""
    catalogs, problems = catalogs_of(root, config, session)
    undone = [p.place.path for p in problems if p.code in _UNDONE]
    counts = {code: len(catalogs.all[code].messages) for code in config.codes}
    total = max(counts[code] + undone.count(catalog_path(code)) for code in counts)
    return tuple(StringCounts(code, counts[code], total) for code in config.codes)
