"""A finished tree of files to the output folder: wholly old or wholly new, and nothing of somebody else's lost.

A spare tree beside the output folder is brought up to date and then exchanged with it in one call of the system.
Where the system cannot do that, files are replaced one by one: assets first, pages next, removals last; then a reader
may meet old and new pages side by side for a moment. What we published is listed in the folder itself (`.sitegen`), so
a lost cache never makes our own files look foreign. Knows paths
and bytes, never what a page is.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.machinery.exchange import exchange

MANIFEST = ".sitegen"
_FORMAT = 1
Digests = Mapping[str, str]


class Published(Struct, frozen=True):
    """What a publication did. `foreign` are files of somebody else's: then nothing was done."""

    written: int
    removed: int
    foreign: tuple[str, ...] = ()


def digest_of(data: bytes) -> str:
    """Return the digest that stands for a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def publish(
    output: Path,
    files: Digests,
    bytes_of: Callable[[list[str]], Mapping[str, bytes]],
    suspect: frozenset[str] = frozenset(),
) -> Published:
    """Make `output` hold exactly `files` (path with `/` → digest).

    `suspect` are files of the output folder that may not be what was published: they are written anew. `bytes_of` is
    asked for the bytes of files that have to be written, in batches. Raises OSError when the disk refuses: the old tree
    stands then as it was, or, without exchange, is whole again after the next publication.
    """
    output = output.resolve() if output.is_symlink() else output
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    old = read_manifest(output)
    present = present_files(output)
    foreign = foreign_files(present, old or {}, files)
    if foreign:
        return Published(0, 0, foreign)
    have = {path: digest for path, digest in (old or {}).items() if path in present and path not in suspect}
    written = sum(1 for path, digest in files.items() if have.get(path) != digest)
    removed = len((old or {}).keys() - files.keys())
    if old is not None and not written and not removed:
        return Published(0, 0)
    spare = output.parent / f".{output.name}.spare"
    _bring_up_to_date(spare, output, have, files, bytes_of, suspect)
    if not output.exists():
        spare.replace(output)
    elif not exchange(spare, output):
        _replace(spare, output, [path for path, digest in files.items() if have.get(path) != digest], have, files)
        shutil.rmtree(spare)
    return Published(written, removed)


def foreign_files(present: set[str], old: Digests, files: Digests) -> tuple[str, ...]:
    """Return the files that are neither ours from before nor about to be ours."""
    ours = {MANIFEST} | old.keys() | (files.keys() if old else set())
    return tuple(sorted(present - ours))


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Return path → digest of what was last published to a folder; None when it has no whole list."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if content["format"] != _FORMAT:
            return {str(path): "" for path in content["files"]}
        return {str(path): str(digest) for path, digest in content["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def damaged(output: Path) -> list[str]:
    """Return the files of the output folder whose bytes are not what was published. Reads every file."""
    wrong = []
    for path, digest in sorted((read_manifest(output) or {}).items()):
        try:
            same = digest_of((output / path).read_bytes()) == digest
        except OSError:
            same = False
        if not same:
            wrong.append(path)
    return wrong


def present_files(folder: Path) -> set[str]:
    """Return the paths of all files in a folder."""
    found: set[str] = set()
    top = len(os.fspath(folder)) + 1
    for inside, _, names in os.walk(folder):
        prefix = inside[top:].replace(os.sep, "/")
        found.update(f"{prefix}/{name}" if prefix else name for name in names)
    return found


def _manifest(files: Digests) -> bytes:
    content = {"format": _FORMAT, "files": dict(sorted(files.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()


def _bring_up_to_date(
    spare: Path,
    output: Path,
    have: Digests,
    files: Digests,
    bytes_of: Callable[[list[str]], Mapping[str, bytes]],
    suspect: frozenset[str],
) -> None:
    """Make the spare tree hold `files`. While it is not whole, it has no list: an interrupted build begins it again.

    A file that the output folder has already is linked, not copied; so nothing here ever writes into an existing file,
    and what is suspect there is suspect here.
    """
    known = read_manifest(spare)
    if known is None:
        if spare.exists():
            shutil.rmtree(spare)
        spare.mkdir(parents=True)
        known = {}
    else:
        (spare / MANIFEST).unlink()
    for path in known.keys() - files.keys():
        _remove(spare, path)
    wanted = sorted(path for path, digest in files.items() if path in suspect or known.get(path) != digest)
    made: set[str] = set()
    missing = [
        path
        for path in wanted
        if have.get(path) != files[path] or not _linked(output / path, _fresh_place(spare, path, made))
    ]
    for start in range(0, len(missing), 500):
        batch = missing[start : start + 500]
        data = bytes_of(batch)
        for path in batch:
            _fresh_place(spare, path, made).write_bytes(data[path])
    (spare / MANIFEST).write_bytes(_manifest(files))


def _fresh_place(folder: Path, path: str, made: set[str]) -> Path:
    """Return where a new file goes: its folder is there, and no file of that name (which a reader might hold)."""
    target = folder / path
    parent = path.rpartition("/")[0]
    if parent not in made:
        for above in reversed(Path(path).parents[:-1]):
            if (folder / above).is_file():  # a file of ours stood where a folder is needed
                (folder / above).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        made.add(parent)
    try:
        target.unlink()
    except FileNotFoundError:
        pass
    except OSError:
        shutil.rmtree(target)
    return target


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _remove(folder: Path, path: str) -> None:
    """Remove a file and the folders that it leaves empty."""
    if (folder / path).is_dir():  # a folder of ours stands now where a file stood
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (folder / path).unlink()
    for above in Path(path).parents[:-1]:
        try:
            (folder / above).rmdir()
        except OSError:
            return


def _replace(spare: Path, output: Path, changed: Iterable[str], have: Digests, files: Digests) -> None:
    """Move the changed files into the output folder one by one; the list comes last, so an interruption is repaired."""
    made: set[str] = set()
    for path in [*sorted(changed, key=_pages_last), MANIFEST]:
        parent = path.rpartition("/")[0]
        if parent not in made and parent and not (output / parent).is_dir():
            _fresh_place(output, path, made)
        if (output / path).is_dir():
            shutil.rmtree(output / path)
        (spare / path).replace(output / path)
    for path in have.keys() - files.keys():
        _remove(output, path)


def _pages_last(path: str) -> tuple[bool, str]:
    """Order files so that no page stands before what it needs."""
    return path.endswith(".html"), path
