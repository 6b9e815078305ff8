"""The git history of files: older versions, the last editor, and the previous texts of sections.

Never changes a repository and never uses the network. Without git, or outside a repository, the history is empty.

A previous text is found by its mark, so its commit, its branch and the file's name at the time do not matter.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from sitegen.build.git import GitError, Stream, blob, run, streaming
from sitegen.model.files import Source
from sitegen.text.frontmatter import read_head
from sitegen.text.parts import decode
from sitegen.text.sections import Cut, cut, mark_of

_COMMIT, _FIELD = "\x01", "\x02"
_FORMAT = f"--format={_COMMIT}%H{_FIELD}%an{_FIELD}%as"


class Edit(NamedTuple):
    """One commit that changed a file."""

    commit: str
    author: str
    date: str  # YYYY-MM-DD, of the author


class Version(NamedTuple):
    """A file as one commit left it."""

    edit: Edit
    data: bytes


class Repository(NamedTuple):
    """The repository around a folder. `prefix` leads from its top to the folder, "" or with a slash at the end."""

    folder: Path
    prefix: str
    is_shallow: bool


def repository(folder: Path) -> Repository | None:
    """Return the repository that holds `folder`, or None when there is none, or no git."""
    try:
        output = run(folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
    except GitError:
        return None
    shallow, _, prefix = _text(output).partition("\n")
    return Repository(folder, prefix.removesuffix("\n"), shallow == "true")


def last_edits(around: Repository, below: str, files: Iterable[str]) -> dict[str, Edit]:
    """Return path → last commit that changed it, for `files` below a folder; paths as from `around`.

    One call of git, read only until the last of the files is found. A file that was never committed has no entry.
    """
    missing = {around.prefix + path for path in files}
    edits: dict[str, Edit] = {}
    with _log(around, ["--no-renames", "--", below]) as commits:
        for edit, paths in commits:
            for path in missing.intersection(paths):
                edits[path.removeprefix(around.prefix)] = edit
            missing.difference_update(paths)
            if not missing:
                break
    return edits


def versions(around: Repository, path: str) -> Iterator[Version]:
    """Yield a file as each commit left it, newest first, through its renames; `path` as from `around`."""
    name = around.prefix + path
    with (
        contextlib.suppress(GitError),
        streaming(around.folder, "cat-file", "--batch") as reader,
        _log(around, ["--follow", "--", path]) as commits,
    ):
        for edit, paths in commits:
            name = paths[-1] if paths else name  # a merge names no file
            data = blob(reader, f"{edit.commit}:{name}".encode("utf-8", "surrogateescape"))
            if data is not None:
                yield Version(edit, data)


@contextlib.contextmanager
def _log(around: Repository, arguments: list[str]) -> Iterator[Iterator[tuple[Edit, list[str]]]]:
    """Give the commits of `git log`, newest first, each with the paths that it changed; ends git when it is left."""
    shown = ["--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--name-only"]
    with streaming(around.folder, "log", "-z", _FORMAT, *shown, "--diff-filter=AMRCT", *arguments) as stream:
        yield _commits(stream)


def _commits(stream: Stream) -> Iterator[tuple[Edit, list[str]]]:
    edit: Edit | None = None
    paths: list[str] = []
    for piece in _pieces(stream):
        for part in piece.split("\n"):
            if part.startswith(_COMMIT):
                if edit:
                    yield edit, paths
                edit, paths = Edit(*[*part[1:].split(_FIELD), "", ""][:3]), []
            elif part:
                paths.append(part)
    if edit:
        yield edit, paths


def _pieces(stream: Stream) -> Iterator[str]:
    """Yield the pieces of a stream between its NUL characters."""
    rest = b""
    while chunk := stream.read(65536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from map(_text, whole)
    if rest:
        yield _text(rest)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


class PreviousTexts(Struct, frozen=True):
    """Previous texts of sections: id of a section → its text, and the last commit that had it.

    `is_git` is False where there is no history at all; `is_shallow` when a part of it was not cloned.
    """

    sections: dict[str, tuple[Cut, Edit]]
    is_git: bool
    is_shallow: bool


def cuts_of(path: str, data: bytes) -> list[Cut]:
    """Return the sections of a file's bytes; none when it cannot be read."""
    text, problems = decode(Source(path, data))
    head = None if problems else read_head(path, text)[0]
    return cut(head.front, head.body) if head else []


def _older(root: Path, path: str) -> Iterator[tuple[dict[str, Cut], Edit]]:
    """Yield the sections of a file as the commits left it, newest first, without repetitions in a row."""
    around = repository(root)
    last = b""
    for version in versions(around, path) if around else ():
        if version.data != last:
            last = version.data
            yield {section.id: section for section in cuts_of(path, version.data)}, version.edit


def previous_texts(root: Path, path: str, marks: Mapping[str, str]) -> PreviousTexts:
    """Return the text of each section that had the given mark; stops when all are found."""
    around = repository(root)
    missing = dict(marks)
    sections: dict[str, tuple[Cut, Edit]] = {}
    for cuts, edit in _older(root, path) if around and missing else ():
        for id_ in [id_ for id_ in missing if id_ in cuts and mark_of(cuts[id_].text) == missing[id_]]:
            sections[id_] = cuts[id_], edit
            del missing[id_]
        if not missing:
            break
    return PreviousTexts(sections, around is not None, around is not None and around.is_shallow)


def before_last_edit(root: Path, path: str, now: Mapping[str, str]) -> dict[str, str] | None:
    """Return the marks of all sections before the last edit of a source; `now` are its current marks.

    The last edit is what is not committed yet; when all is committed, the last commit that changed a mark. None where
    the history does not contain it.
    """
    for sections, _ in _older(root, path):
        marks = {id_: mark_of(section.text) for id_, section in sections.items()}
        if marks and marks != now:
            return marks
    return None
