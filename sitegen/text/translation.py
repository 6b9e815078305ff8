"""One Markdown file to what translators need of it: which page it is, its sections, and what was confirmed.

Reads front matter and sections only, so that a whole site takes a moment; the Markdown itself is never converted.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct, UnsetType

from sitegen.model.files import Source
from sitegen.model.packing import packed
from sitegen.model.page import FrontMatter
from sitegen.model.problems import Problem
from sitegen.text.frontmatter import read_head
from sitegen.text.parts import decode
from sitegen.text.sections import Section, cut


class PageFile(Struct, frozen=True, array_like=True):
    """One file as translators see it. `confirmed` is None when it was never confirmed."""

    path: str
    lang: str
    name: str  # the path inside the language's folder
    key: str  # joins the translations
    title: str
    draft: bool
    publish_date: dt.date | None
    expiry_date: dt.date | None
    sections: tuple[Section, ...]
    confirmed: dict[str, str] | None  # id of a section of the source → its mark when this file agreed with it
    line: int = 1  # where the record, else the title, stands

    def is_draft(self, today: dt.date) -> bool:
        """Say whether the page is not to be published on the day `today`."""
        early = self.publish_date is not None and today < self.publish_date
        return self.draft or early or (self.expiry_date is not None and today > self.expiry_date)


class PageFileRead(Struct, frozen=True, array_like=True):
    """What reading one file gave: nothing but problems when it has no title to name it by."""

    file: PageFile | None
    problems: tuple[Problem, ...]


def read_page_files(_: None, sources: Sequence[Source]) -> list[bytes]:
    """Read many files; returns a packed PageFileRead for each."""
    results = (read_page_file(source) for source in sources)
    return [packed(PageFileRead(file, tuple(problems))) for file, problems in results]


def read_page_file(source: Source) -> tuple[PageFile | None, list[Problem]]:
    """Read one file below `content/<lang>/`. Problems: those of frontmatter."""
    text, problems = decode(source)
    if problems:
        return None, problems
    head, problems = read_head(source.path, text)
    if head is None:
        return None, problems
    _, lang, name = source.path.removesuffix(".md").split("/", 2)
    front = head.front
    place = head.places.get("l10n") or head.places["title"]
    file = PageFile(
        source.path,
        lang,
        name,
        front.translation_key or name,
        front.title,
        front.draft,
        _day(front.publish_date),
        _day(front.expiry_date),
        tuple(part.section for part in cut(front, head.body)),
        _confirmed_of(front),
        place.line,
    )
    return file, problems


def _confirmed_of(front: FrontMatter) -> dict[str, str] | None:
    """Return what a translation's front matter records, or None when it records nothing."""
    return front.l10n.sections or None


def _day(date: dt.date | UnsetType) -> dt.date | None:
    return None if isinstance(date, UnsetType) else date
