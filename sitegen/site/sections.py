"""Which section of a translation answers which section of its source."""

from collections.abc import Sequence

from msgspec import Struct

from sitegen.core.problems import Problem, problem
from sitegen.core.records import Heading, Page
from sitegen.read.typed import near

_NAMED = 5  # so many sections are named in a problem


class Sections(Struct, frozen=True):
    """Two pages side by side: id in the source → id in the translation, and what only one of them has."""

    pairs: dict[str, str]
    missing: tuple[Heading, ...]
    added: tuple[Heading, ...]


def sections_of(source: Sequence[Heading], own: Sequence[Heading]) -> Sections:
    """Pair the headings by id. Those whose ids are made of their words are paired in order, if as many are left."""
    here, there = {heading.id for heading in own}, {heading.id for heading in source}
    pairs = {id_: id_ for id_ in there & here}
    left = tuple(heading for heading in source if heading.id not in here)
    right = tuple(heading for heading in own if heading.id not in there)
    if len(left) == len(right) and not any(heading.given for heading in (*left, *right)):
        return Sections(pairs | {a.id: b.id for a, b in zip(left, right, strict=True)}, (), ())
    return Sections(pairs, left, right)


def check_sections(page: Page, source: Page) -> list[Problem]:
    """Compare a translation with its source; one problem at most, since one missing section shifts all the others.

    Problems: section-missing, section-added, sections-differ (warnings).
    """
    found = sections_of(source.headings, page.headings)
    missing, added = found.missing, found.added
    if not missing and not added:
        return []
    if len(missing) == 1 and len(added) <= 1:
        guess = near(missing[0].id, {heading.id for heading in added})
        if guess or not added:
            return [problem("section-missing", page.place("title"), guess, id=missing[0].id, source=source.path)]
    if not missing and len(added) == 1:
        return [
            problem(
                "section-added",
                page.place_of("heading", page.headings.index(added[0])),
                id=added[0].id,
                source=source.path,
            )
        ]
    values = {"source": source.path, "missing": _names(missing), "added": _names(added)}
    return [problem("sections-differ", page.place("title"), None, **values)]


def _names(headings: Sequence[Heading]) -> str:
    names = ", ".join(heading.id for heading in headings[:_NAMED])
    return names + (" …" if len(headings) > _NAMED else "") if names else "–"


def anchor_in(page: Page, source: Page, anchor: str) -> str | None:
    """Return the anchor in a translation for one of its source; None when the translation lacks that section."""
    if page is source or anchor in page.ids:
        return anchor
    return sections_of(source.headings, page.headings).pairs.get(anchor)
