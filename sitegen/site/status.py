"""The translation status of pages: which sections of a translation are outdated. Reads no files.

Compares marks, not the dates of files: a mark changes only with the words of a section. It is the same in a shallow
clone, after a rebase, and after the lines were wrapped differently.
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
from sitegen.text.translation import PageFile

# current: confirmed as it is. changed: confirmed as it was. new: never confirmed, or not in the translation. gone: not
# in the source any more. unknown: in both, but nothing of this page was ever confirmed.
SectionState = Literal["current", "changed", "new", "gone", "unknown"]
PageState = Literal["current", "outdated", "missing", "draft", "unconfirmed"]


class SectionStatus(Struct, frozen=True):
    """One section of a source, compared with one translation. `words` are still to be translated."""

    id: str
    title: str
    state: SectionState
    words: int = 0


class PageTranslation(Struct, frozen=True):
    """One page in one language that is not its source's; `file` is None where there is no file."""

    lang: str
    state: PageState
    sections: tuple[SectionStatus, ...]
    file: PageFile | None = None

    @property
    def words(self) -> int:
        """Return how many words are still to be translated."""
        return sum(section.words for section in self.sections)

    @property
    def outdated(self) -> tuple[SectionStatus, ...]:
        """Return the sections to review."""
        return tuple(section for section in self.sections if section.state in ("changed", "new", "gone"))


class PageStatus(Struct, frozen=True):
    """One page of the site: its source, and each other language."""

    key: str
    source: PageFile
    translations: tuple[PageTranslation, ...]


class LanguageStatus(Struct, frozen=True):
    """The totals of one language: its translated pages by state, and their words."""

    lang: str
    pages: int
    states: dict[PageState, int]
    words: int  # still to be translated
    total: int  # in the sources

    @property
    def share(self) -> int:
        """Return the percentage of words that are done, rounded down: 100 means all."""
        return 100 * (self.total - self.words) // self.total if self.total else 100


def page_statuses(page_files: Iterable[PageFile], config: Config, today: dt.date) -> tuple[PageStatus, ...]:
    """Return every published page with its translations, in the order of the keys.

    A page that is a draft in every language is skipped.
    """
    sets: dict[str, dict[str, PageFile]] = {}
    for file in page_files:
        sets.setdefault(file.key, {}).setdefault(file.lang, file)
    pages = []
    for key, files in sorted(sets.items()):
        same = _with_dates(files, config)
        published = {lang: file for lang, file in same.items() if not file.is_draft(today)}
        if published:
            source = source_of(published, config)
            others = (code for code in config.codes if code != source.lang)
            pages.append(PageStatus(key, source, tuple(_translation(source, same.get(c), c, today) for c in others)))
    return tuple(pages)


def _with_dates(same: dict[str, PageFile], config: Config) -> dict[str, PageFile]:
    """Return the files of one page with the days of publication that they inherit from the source, draft or not."""
    source = source_of(same, config)
    if source.publish_date is None and source.expiry_date is None:
        return same
    return {
        lang: replace(
            file,
            publish_date=file.publish_date or source.publish_date,
            expiry_date=file.expiry_date or source.expiry_date,
        )
        for lang, file in same.items()
    }


def _translation(source: PageFile, file: PageFile | None, lang: str, today: dt.date) -> PageTranslation:
    if file is None or file.is_draft(today):
        everything = tuple(
            SectionStatus(section.id, section.title, "new", section.words) for section in source.sections
        )
        return PageTranslation(lang, "missing" if file is None else "draft", everything, file)
    sections = _section_statuses(source, file)
    if file.confirmed is None:
        return PageTranslation(lang, "unconfirmed", sections, file)
    state: PageState = "current" if all(section.state == "current" for section in sections) else "outdated"
    return PageTranslation(lang, state, sections, file)


def _section_statuses(source: PageFile, translation: PageFile) -> tuple[SectionStatus, ...]:
    """Return the sections of the source in their order, then those that are gone from it."""
    present = matched_sections(source.sections, translation.sections)
    statuses = []
    for section in source.sections:
        state = _state(section, translation.confirmed) if section.id in present else "new"
        statuses.append(
            SectionStatus(section.id, section.title, state, section.words if state in ("changed", "new") else 0)
        )
    ids = {section.id for section in source.sections}
    return (*statuses, *(SectionStatus(id_, "", "gone") for id_ in translation.confirmed or () if id_ not in ids))


def _state(section: Section, confirmed: dict[str, str] | None) -> SectionState:
    if confirmed is None:
        return "unknown"
    if section.id not in confirmed:
        return "new"
    return "current" if confirmed[section.id] == section.mark else "changed"


def matched_sections(source: Iterable[Section], translation: Iterable[Section]) -> dict[str, Section]:
    """Return id in the source → the section of the translation that matches it.

    Headings without an id of their own have ids made of their words: where as many are left on both sides, they are
    paired in their order.
    """
    by_id = {section.id: section for section in translation}
    ids = [section.id for section in source]
    pairs = {id_: by_id[id_] for id_ in ids if id_ in by_id}
    left = [id_ for id_ in ids if id_ not in pairs]
    right = [section for section in by_id.values() if section.id not in pairs]
    return pairs | (dict(zip(left, right, strict=True)) if len(left) == len(right) else {})


def language_statuses(pages: Iterable[PageStatus], codes: Iterable[str]) -> tuple[LanguageStatus, ...]:
    """Return the sums of the languages, in the order given; a language that is every page's source has none."""
    pages = list(pages)
    languages = []
    for code in codes:
        pairs = [(page, translation) for page in pages for translation in page.translations if translation.lang == code]
        states: dict[PageState, int] = {}
        for _, translation in pairs:
            states[translation.state] = states.get(translation.state, 0) + 1
        total = sum(section.words for page, _ in pairs for section in page.source.sections)
        languages.append(
            LanguageStatus(code, len(pairs), states, sum(translation.words for _, translation in pairs), total)
        )
    return tuple(language for language in languages if language.pages)


def outdated_problems(pages: Iterable[PageStatus]) -> list[Problem]:
    """Return the problems of translations for `check`, at most one for each page; they are notes, not errors.

    A site where no translation was ever confirmed does not use this, and gets none.

    Problems: translation-outdated, translation-unconfirmed.
    """
    problems = []
    pages = list(pages)
    is_used = any(
        translation.file and translation.file.confirmed for page in pages for translation in page.translations
    )
    for page in pages:
        for translation in page.translations:
            if translation.file is None or translation.state not in ("outdated", "unconfirmed") or not is_used:
                continue
            place = Place(translation.file.path, translation.file.line)
            values = {"source": page.source.path, "path": translation.file.path}
            if translation.state == "outdated":
                names = ", ".join(section.id for section in translation.outdated)
                problems.append(problem("translation-outdated", place, **values, sections=names))
            else:
                problems.append(problem("translation-unconfirmed", place, **values))
    return problems
