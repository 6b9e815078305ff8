"""What a source said before: its older versions, from the history of git, cut into sections.

A wording is found by its mark, so it does not matter which commit, which branch or which name of the file it stood in.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.core.records import Source
from sitegen.machinery.history import Edit, repository, versions
from sitegen.read.frontmatter import decode, read_head
from sitegen.read.sections import Cut, cut, mark_of


class Wordings(Struct, frozen=True):
    """What was found: id of a section → its text then, and the last commit in which it stood so.

    `is_git` is False where there is no history at all; `is_shallow` when a part of it was not cloned.
    """

    found: dict[str, tuple[Cut, Edit]]
    is_git: bool
    is_shallow: bool


def cuts_of(path: str, data: bytes) -> list[Cut]:
    """Return the sections of a file's bytes; none when it cannot be read."""
    text, problems = decode(Source(path, data))
    head = None if problems else read_head(path, text)[0]
    return cut(head.front, head.body) if head else []


def older(root: Path, path: str) -> Iterator[tuple[dict[str, Cut], Edit]]:
    """Yield the sections of a file as the commits left it, newest first, without repetitions in a row."""
    around = repository(root)
    last = b""
    for version in versions(around, path) if around else ():
        if version.data != last:
            last = version.data
            yield {one.id: one for one in cuts_of(path, version.data)}, version.edit


def old_wordings(root: Path, path: str, marks: Mapping[str, str]) -> Wordings:
    """Look for each section's text with the mark given; stops when all are found."""
    around = repository(root)
    missing = dict(marks)
    found: dict[str, tuple[Cut, Edit]] = {}
    for sections, edit in older(root, path) if around and missing else ():
        for id_ in [id_ for id_ in missing if id_ in sections and mark_of(sections[id_].text) == missing[id_]]:
            found[id_] = sections[id_], edit
            del missing[id_]
        if not missing:
            break
    return Wordings(found, around is not None, around is not None and around.is_shallow)


def before_last_edit(root: Path, path: str, now: Mapping[str, str]) -> dict[str, str] | None:
    """Return the marks of all sections before the last edit of a source; `now` are its marks as it stands.

    The last edit is what is not committed yet; when all is committed, the last commit that changed a mark. None where
    the history does not say.
    """
    for sections, _ in older(root, path):
        marks = {id_: mark_of(one.text) for id_, one in sections.items()}
        if marks and marks != now:
            return marks
    return None
