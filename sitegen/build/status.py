"""All pages and catalogues of a site as translators see them, remembered from one question to the next.

Keeps a memo of its own, beside the build's: a question about translations shall never make a build forget.
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
from sitegen.inputs.config import read_settings
from sitegen.inputs.folders import list_tree, read_tree
from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.site.status import Row, compare
from sitegen.text.gettext.catalogs import catalog_path
from sitegen.text.translation import Standing, StandingRead, read_standings

MEMO = "translations"
_UNDONE = frozenset({"string-missing", "string-fuzzy", "catalog-forms"})
_standing_in = unpacking(StandingRead)


class Strings(Struct, frozen=True):
    """The interface strings of one language: how many are translated, of how many."""

    lang: str
    done: int
    total: int


class Standings(Struct, frozen=True):
    """What is known of a site's translations."""

    config: Config
    pages: tuple[Standing, ...]
    rows: tuple[Row, ...]
    strings: tuple[Strings, ...]
    unsaid: dict[str, tuple[str, ...]] = {}  # language in preparation → where data/ lacks a text in it


def read_all(root: Path, config_name: str, today: dt.date) -> tuple[Standings | None, list[Problem]]:
    """Read the settings, all pages and all catalogues. Returns None without good settings.

    Problems: those of config, tree, frontmatter and catalogs; of the pages only those that hide one.
    """
    config, problems = read_settings(root, config_name, "https://site.example/")
    if config is None:
        return None, problems
    session = Session(root, root / CACHE / MEMO)
    try:
        pages, problems = read_pages(root, config, session)
        strings = _strings(root, config, session)
    finally:
        session.close()
    return Standings(config, tuple(pages), compare(pages, config, today), strings, _unsaid(root, config)), problems


def _unsaid(root: Path, config: Config) -> dict[str, tuple[str, ...]]:
    """Return where texts of data/ lack a language in preparation; a build says it of the others."""
    if not config.prepared:
        return {}
    from sitegen.inputs.data import read_data

    found: dict[str, list[str]] = {code: [] for code in config.prepared}
    for one in read_data(read_tree(root, "data")[0], config)[1]:
        code = str(dict(one.values)["code"]) if one.code == "data-text-missing" else ""
        if code in found:
            found[code].append(f"{one.place.path}:{one.place.line}")
    return {code: tuple(places) for code, places in found.items()}


def read_pages(root: Path, config: Config, session: Session) -> tuple[list[Standing], list[Problem]]:
    """Return every page of the site's languages, and why files could not be read."""
    files, problems = list_tree(root, "content")
    pages = (file for file in files if file.path.endswith(".md") and file.path.count("/") > 1)
    texts, more = inputs_of((file for file in pages if _lang(file.path) in config.codes), session)
    keys = [session.graph.key("standing", one.path, one.digest) for one in texts]

    def load(at: Sequence[int]) -> list[Source]:
        return sources_of([texts[number] for number in at], session)

    def failed(source: Source, failure: Failure) -> Parts:
        return (packed(StandingRead(None, (problem_of(source.path, READING, failure, session),))),)

    done = session.graph.each("standing", keys, load, read_standings, lambda: None, failed).values()
    read = [_standing_in.decode(one) for one in done]
    problems += more + [problem for one in read if one.standing is None for problem in one.problems]
    return [one.standing for one in read if one.standing is not None], problems


def _lang(path: str) -> str:
    return path.split("/", 2)[1]


def _strings(root: Path, config: Config, session: Session) -> tuple[Strings, ...]:
    """Return how far the catalogues are; what one language has and another lacks is missing there."""
    catalogs, problems = catalogs_of(root, config, session)
    undone = [p.place.path for p in problems if p.code in _UNDONE]
    counts = {code: len(catalogs.all[code].messages) for code in config.codes}
    total = max(counts[code] + undone.count(catalog_path(code)) for code in counts)
    return tuple(Strings(code, counts[code], total) for code in config.codes)
