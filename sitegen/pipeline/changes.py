"""What a change of the sources did to the site: both versions are made, and their outputs compared. Publishes nothing.

The outputs are what counts: an edited template changes pages whose Markdown nobody touched, a new comment changes none.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.extensions import NONE, Extensions
from sitegen.core.messages import is_error
from sitegen.core.problems import Problem, in_order
from sitegen.core.records import Config
from sitegen.machinery.checkout import unpack
from sitegen.pipeline.build import make, session_of
from sitegen.pipeline.finished import Finished
from sitegen.pipeline.options import CACHE, Options
from sitegen.pipeline.session import Session
from sitegen.pipeline.standings import Standings, read_all
from sitegen.site.staleness import Compared, Row, Translation


class Behind(Struct, frozen=True):
    """One translation that agreed with its source before, and the sections where it no longer does."""

    path: str
    lang: str
    sections: tuple[str, ...]  # headings; "" for the text before the first


class Changes(Struct, frozen=True):
    """What changed: addresses of pages by language, other files, and translations that are behind now."""

    new: dict[str, tuple[str, ...]]
    changed: dict[str, tuple[str, ...]]
    removed: dict[str, tuple[str, ...]]
    others: int
    behind: tuple[Behind, ...]
    comparable: bool = True  # whether the earlier version could be built


class Version(Struct, frozen=True):
    """One version of the site: path → digest of its outputs, None when it has errors; and its translations."""

    config: Config | None
    digests: dict[str, str] | None
    standings: Standings | None
    problems: tuple[Problem, ...]


def changes_since(
    root: Path, config: str, commit: str, today: dt.date, extensions: Extensions = NONE
) -> tuple[Changes | None, Version]:
    """Return what changed since a commit, and the present version; no changes when that has errors.

    Raises CheckoutError and OSError.
    """
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        unpack(root, commit, old)
        memo = root / CACHE / "memo.sqlite"
        if memo.exists() and not os.path.lexists(
            old / CACHE
        ):  # a copy: what the earlier version does not need shall not be forgotten
            (old / CACHE).mkdir()
            shutil.copyfile(memo, old / CACHE / memo.name)
        before = _version(old, config, today, extensions)
    now = _version(root, config, today, extensions)
    if now.digests is None or now.config is None:
        return None, now
    return compared(before, now, now.config), now


def _version(root: Path, config: str, today: dt.date, extensions: Extensions) -> Version:
    options = Options(root=root, today=today, config=config, extensions=extensions)
    session = session_of(options)
    try:
        made, problems = make(options, session)
        good = made is not None and not any(is_error(one) for one in problems)
        digests = {**made.digests, **_prepared(made, options, session)} if made and good else None
    finally:
        session.close()
    standings, _ = read_all(root, config, today)
    settings = standings.config if standings else None
    return Version(settings, digests, standings, tuple(in_order(problems)))


def _prepared(made: Finished, options: Options, session: Session) -> dict[str, str]:
    """Return the outputs of the languages in preparation, with their drafts: nobody publishes them yet."""
    if not made.config.prepared:
        return {}
    seen, _ = make(replace(options, drafts=True), session)
    starts = tuple(f"{code}/" for code in made.config.prepared)
    return {path: digest for path, digest in seen.digests.items() if path.startswith(starts)} if seen else {}


def compared(before: Version, now: Version, config: Config) -> Changes:
    """Return the differences of two versions."""
    old, new = before.digests or {}, now.digests or {}
    differing = [path for path in old.keys() & new.keys() if old[path] != new[path]]
    groups = [_by_language(paths, config) for paths in (new.keys() - old.keys(), differing, old.keys() - new.keys())]
    pages = sum(len(paths) for group in groups for paths in group.values())
    total = len(differing) + len(old.keys() ^ new.keys())
    if before.digests is None:
        groups, pages, total = [{}, {}, {}], 0, 0
    rows = [standings.rows if standings else () for standings in (before.standings, now.standings)]
    added, changed, removed = groups
    return Changes(added, changed, removed, total - pages, newly_behind(*rows), before.digests is not None)


def _by_language(paths: "set[str] | list[str]", config: Config) -> dict[str, tuple[str, ...]]:
    """Return language → addresses of the pages among some outputs; pages of no language stand under ""."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        if path.endswith(".html"):
            lang = path.partition("/")[0]
            address = "/" + path.removesuffix("index.html")
            found.setdefault(lang if lang in config.codes else "", []).append(address)
    return {code: tuple(found[code]) for code in (*config.codes, "") if code in found}


def newly_behind(before: "tuple[Row, ...]", now: "tuple[Row, ...]") -> tuple[Behind, ...]:
    """Return the translations that have sections to look at which they had not before.

    Where nobody ever confirmed a translation, a section counts whose source changed while the translation did not.
    """
    old = {(row.key, one.lang): (row, one) for row in before for one in row.translations}
    found = []
    for row in now:
        marks = {section.id: section.mark for section in row.source.sections}
        for one in row.translations:
            if one.standing is None or (row.key, one.lang) not in old:
                continue
            earlier, then = old[row.key, one.lang]
            known = {section.id: section.mark for section in earlier.source.sections}
            was = {section.id for section in then.outdated}
            names = [
                section.title or section.id
                for section in one.sections
                if (_is_behind(section) and section.id not in was)
                or (_touched(section, marks, known) and _own(one) == _own(then))
            ]
            if names:
                found.append(Behind(one.standing.path, one.lang, tuple(dict.fromkeys(names))))
    return tuple(sorted(found, key=lambda behind: (behind.path, behind.lang)))


def _is_behind(section: Compared) -> bool:
    return section.state in ("changed", "new", "gone")


def _touched(section: Compared, marks: Mapping[str, str], known: Mapping[str, str]) -> bool:
    return section.state == "unknown" and known.get(section.id) != marks.get(section.id)


def _own(one: Translation) -> list[str]:
    return [section.mark for section in one.standing.sections] if one.standing else []
