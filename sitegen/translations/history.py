"""What git remembers of files: older versions, who edited last, and what a source said before, cut into sections.

Never changes a repository, never goes to the network. Without git, or outside a repository, there is simply no history.

A wording is found by its mark, so it does not matter which commit, which branch or which name of the file it stood in.
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

# What git remembers of files: older versions, and who edited last. Knows paths, bytes and git; never what a page is.


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
        said = run(folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
    except GitError:
        return None
    shallow, _, prefix = _text(said).partition("\n")
    return Repository(folder, prefix.removesuffix("\n"), shallow == "true")


def last_edits(around: Repository, below: str, wanted: Iterable[str]) -> dict[str, Edit]:
    """Return path → last commit that changed it, for the files `wanted` below a folder; paths as from `around`.

    One call of git, read only until the last of the files is found. What was never committed is left out.
    """
    missing = {around.prefix + path for path in wanted}
    found: dict[str, Edit] = {}
    with _log(around, ["--no-renames", "--", below]) as commits:
        for edit, paths in commits:
            for path in missing.intersection(paths):
                found[path.removeprefix(around.prefix)] = edit
            missing.difference_update(paths)
            if not missing:
                break
    return found


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
    """Yield what stands between the NUL characters of a stream."""
    rest = b""
    while chunk := stream.read(65536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from map(_text, whole)
    if rest:
        yield _text(rest)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


# What a source said before: its older versions, from the history of git, cut into sections.


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
