"""What git remembers of files: older versions, and who edited last. Knows paths, bytes and git; never what a page is.

Never changes a repository, never goes to the network. Without git, or outside a repository, there is simply no history.
"""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sitegen.machinery.git import GitError, Stream, blob, run, streaming

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
