"""What git remembers of files: older versions, and who edited last. Knows paths, bytes and git; never what a page is.

Never changes a repository, never goes to the network. Without git, or outside a repository, there is simply no history.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

_COMMIT, _FIELD = "\x01", "\x02"
_FORMAT = f"--format={_COMMIT}%H{_FIELD}%an{_FIELD}%as"
_SETTINGS = ("-c", "core.quotePath=false", "-c", "protocol.allow=never", "-c", "log.showSignature=false")
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}


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
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            [*_git(folder), "rev-parse", "--is-shallow-repository", "--show-prefix"],
            capture_output=True,
            check=True,
            env=_environment(),
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    shallow, _, prefix = _text(done.stdout).partition("\n")
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
    try:
        reader = _started(around, ["cat-file", "--batch"], stdin=subprocess.PIPE)
    except OSError:
        return
    name = around.prefix + path
    with _closing(reader), _log(around, ["--follow", "--", path]) as commits:
        for edit, paths in commits:
            name = paths[-1] if paths else name  # a merge names no file
            data = _blob(reader, f"{edit.commit}:{name}")
            if data is not None:
                yield Version(edit, data)


def _blob(reader: "subprocess.Popen[bytes]", name: str) -> bytes | None:
    """Ask `git cat-file --batch` for one object; None when it is not there, or no file."""
    assert reader.stdin is not None
    assert reader.stdout is not None
    try:
        reader.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
        reader.stdin.flush()
    except OSError:
        return None
    head = reader.stdout.readline().split()
    if len(head) != 3 or not head[2].isdigit():
        return None
    data = reader.stdout.read(int(head[2]))
    reader.stdout.read(1)
    return data if head[1] == b"blob" else None


@contextlib.contextmanager
def _log(around: Repository, arguments: list[str]) -> Iterator[Iterator[tuple[Edit, list[str]]]]:
    """Give the commits of `git log`, newest first, each with the paths that it changed; ends git when it is left."""
    command = ["log", "-z", _FORMAT, "--name-only", "--diff-filter=AMRCT", *arguments]
    process = _started(around, command)
    assert process.stdout is not None
    with _closing(process):
        yield _commits(process.stdout)


def _commits(stream: IO[bytes]) -> Iterator[tuple[Edit, list[str]]]:
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


def _pieces(stream: IO[bytes]) -> Iterator[str]:
    """Yield what stands between the NUL characters of a stream."""
    rest = b""
    while chunk := stream.read(65536):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from map(_text, whole)
    if rest:
        yield _text(rest)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _git(folder: Path) -> list[str]:
    return ["git", "-C", str(folder), *_SETTINGS]


def _environment() -> dict[str, str]:
    return {**os.environ, **_ENVIRONMENT}


def _started(around: Repository, arguments: list[str], stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - git, with arguments of ours
        [*_git(around.folder), *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


@contextlib.contextmanager
def _closing(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()
