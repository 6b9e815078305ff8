"""Which translations are behind their sources, section by section. Compares marks; never reads a file, never a date.

Dates of files say when somebody touched them, not what it meant: a mark says whether the words are those that a person
agreed with, in a shallow clone, after a rebase and after the lines were wrapped anew.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.config import Config
from sitegen.model.problems import Place, Problem, problem
from sitegen.site.nodes import source_of
from sitegen.text.sections import Section
from sitegen.text.translation import Standing

# current: confirmed as it is. changed: confirmed as it was. new: never confirmed, or not in the translation. gone: not
# in the source any more. unknown: in both, but nothing of this page was ever confirmed.
SectionState = Literal["current", "changed", "new", "gone", "unknown"]
PageState = Literal["current", "outdated", "missing", "draft", "unconfirmed"]


class Compared(Struct, frozen=True):
    """One section of a source beside one translation. `words` are still to be translated."""

    id: str
    title: str
    state: SectionState
    words: int = 0


class Translation(Struct, frozen=True):
    """One page in one language that is not its source's; `standing` is None where there is no file."""

    lang: str
    state: PageState
    sections: tuple[Compared, ...]
    standing: Standing | None = None

    @property
    def words(self) -> int:
        """Return how many words are still to be translated."""
        return sum(one.words for one in self.sections)

    @property
    def outdated(self) -> tuple[Compared, ...]:
        """Return the sections that somebody should look at."""
        return tuple(one for one in self.sections if one.state in ("changed", "new", "gone"))


class Row(Struct, frozen=True):
    """One page of the site: its source, and each other language."""

    key: str
    source: Standing
    translations: tuple[Translation, ...]


class Tally(Struct, frozen=True):
    """All pages of one language that has them from another: how many stand how, and the words."""

    lang: str
    pages: int
    states: dict[PageState, int]
    words: int  # still to be translated
    total: int  # in the sources

    @property
    def share(self) -> int:
        """Return the percentage of words that are done, rounded down: 100 means all."""
        return 100 * (self.total - self.words) // self.total if self.total else 100


def compare(standings: Iterable[Standing], config: Config, today: dt.date) -> tuple[Row, ...]:
    """Return every published page with its translations, in the order of the keys.

    A page that is a draft in every language is nobody's duty yet, and left out.
    """
    sets: dict[str, dict[str, Standing]] = {}
    for one in standings:
        sets.setdefault(one.key, {}).setdefault(one.lang, one)
    rows = []
    for key, files in sorted(sets.items()):
        same = _with_dates(files, config)
        published = {lang: one for lang, one in same.items() if not one.is_draft(today)}
        if published:
            source = source_of(published, config)
            others = (code for code in config.codes if code != source.lang)
            rows.append(Row(key, source, tuple(_translation(source, same.get(c), c, today) for c in others)))
    return tuple(rows)


def _with_dates(same: dict[str, Standing], config: Config) -> dict[str, Standing]:
    """Return the files of one page with the days of publication that they inherit from the source, draft or not."""
    source = source_of(same, config)
    if source.publish_date is None and source.expiry_date is None:
        return same
    return {
        lang: replace(
            one,
            publish_date=one.publish_date or source.publish_date,
            expiry_date=one.expiry_date or source.expiry_date,
        )
        for lang, one in same.items()
    }


def _translation(source: Standing, own: Standing | None, lang: str, today: dt.date) -> Translation:
    if own is None or own.is_draft(today):
        everything = tuple(Compared(one.id, one.title, "new", one.words) for one in source.sections)
        return Translation(lang, "missing" if own is None else "draft", everything, own)
    sections = sections_of(source, own)
    if own.confirmed is None:
        return Translation(lang, "unconfirmed", sections, own)
    state: PageState = "current" if all(one.state == "current" for one in sections) else "outdated"
    return Translation(lang, state, sections, own)


def sections_of(source: Standing, own: Standing) -> tuple[Compared, ...]:
    """Return the sections of the source in their order, then those that are gone from it."""
    present = beside(source.sections, own.sections)
    found = []
    for one in source.sections:
        state = _state(one, own.confirmed) if one.id in present else "new"
        found.append(Compared(one.id, one.title, state, one.words if state in ("changed", "new") else 0))
    known = {one.id for one in source.sections}
    return (*found, *(Compared(id_, "", "gone") for id_ in own.confirmed or () if id_ not in known))


def _state(section: Section, confirmed: dict[str, str] | None) -> SectionState:
    if confirmed is None:
        return "unknown"
    if section.id not in confirmed:
        return "new"
    return "current" if confirmed[section.id] == section.mark else "changed"


def beside(source: Iterable[Section], own: Iterable[Section]) -> dict[str, Section]:
    """Return id in the source → the section of the translation that answers it.

    Headings without an id of their own have ids made of their words: where as many are left on both sides, they are
    paired in their order.
    """
    by_id = {one.id: one for one in own}
    ids = [one.id for one in source]
    pairs = {id_: by_id[id_] for id_ in ids if id_ in by_id}
    left = [id_ for id_ in ids if id_ not in pairs]
    right = [one for one in by_id.values() if one.id not in pairs]
    return pairs | (dict(zip(left, right, strict=True)) if len(left) == len(right) else {})


def tally(rows: Iterable[Row], codes: Iterable[str]) -> tuple[Tally, ...]:
    """Return the sums of the languages, in the order given; a language that is every page's source has none."""
    rows = list(rows)
    done = []
    for code in codes:
        pairs = [(row, one) for row in rows for one in row.translations if one.lang == code]
        states: dict[PageState, int] = {}
        for _, one in pairs:
            states[one.state] = states.get(one.state, 0) + 1
        total = sum(section.words for row, _ in pairs for section in row.source.sections)
        done.append(Tally(code, len(pairs), states, sum(one.words for _, one in pairs), total))
    return tuple(one for one in done if one.pages)


def stale_problems(rows: Iterable[Row]) -> list[Problem]:
    """Return what `check` says of translations, one problem a page; mere information, as none of it is a mistake.

    A site whose translations record nothing at all does not use records, and hears nothing of them.

    Problems: translation-outdated, translation-unconfirmed.
    """
    problems = []
    rows = list(rows)
    is_used = any(one.standing and one.standing.confirmed for row in rows for one in row.translations)
    for row in rows:
        for one in row.translations:
            if one.standing is None or one.state not in ("outdated", "unconfirmed") or not is_used:
                continue
            place = Place(one.standing.path, one.standing.line)
            values = {"source": row.source.path, "path": one.standing.path}
            if one.state == "outdated":
                names = ", ".join(section.id for section in one.outdated)
                problems.append(problem("translation-outdated", place, **values, sections=names))
            else:
                problems.append(problem("translation-unconfirmed", place, **values))
    return problems
