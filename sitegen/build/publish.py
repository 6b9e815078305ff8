"""A finished tree of files to the output folder: wholly old or wholly new, and nothing of somebody else's lost.

A spare tree beside the output folder is brought up to date and then exchanged with it in one call of the system.
Where the system cannot do that, files are replaced one by one: assets first, pages next, removals last; then a reader
may meet old and new pages side by side for a moment. What we published is listed in the folder itself (`.sitegen`), so
a lost cache never makes our own files look foreign. Of a list without our seal only the names are believed, never what
the files hold: those are written anew. The spare tree is believed in nothing: a file stays there only
where it is the very file (by its number) that stands in the output folder. Knows paths and bytes, never what a page is.
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

from sitegen.build.inside import unlinked
from sitegen.build.seal import sealer
from sitegen.build.writing import exchange

MANIFEST = ".sitegen"
_PART = ".sitegen.part"  # what is being copied from another disk
_FORMAT = 2
_KIND = "published"
Digests = Mapping[str, str]


class Published(Struct, frozen=True):
    """What a publication did. `foreign` are files of somebody else's: then nothing was done."""

    written: int
    removed: int
    foreign: tuple[str, ...] = ()
    touched: frozenset[str] | None = frozenset()  # files whose stamps may differ from those before; None: any


def digest_of(data: bytes) -> str:
    """Return the digest that stands for a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def publish(
    output: Path,
    files: Digests,
    bytes_of: Callable[[list[str]], Mapping[str, bytes]],
    suspect: frozenset[str] = frozenset(),
    spare: Path | None = None,
) -> Published:
    """Make `output` hold exactly `files` (path with `/` → digest).

    `suspect` are files of the output folder that may not be what was published: they are written anew. `bytes_of` is
    asked for the bytes of files that have to be written, in batches. `spare` is where the new tree is made, beside the
    output folder if nothing is said. Raises OSError when the disk refuses: the old tree stands then as it was, or,
    without exchange, is whole again after the next publication.
    """
    output = Path(os.path.realpath(output)) if output.is_symlink() else output  # takes a link to itself
    if output.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    old = read_manifest(output)
    present = present_files(output)
    foreign = foreign_files(present, old or {})
    if foreign:
        return Published(0, 0, foreign)
    have = {path: digest for path, digest in (old or {}).items() if path in present and path not in suspect}
    changed = [path for path, digest in files.items() if have.get(path) != digest]
    gone = (old or {}).keys() - files.keys()
    if old is not None and not changed and not gone:
        return Published(0, 0)
    spare = spare or output.parent / f".{output.name}.spare"
    same = {path: number for path, number in present.items() if path in files and have.get(path) == files[path]}
    try:
        kept = _bring_up_to_date(spare, output, same, files, bytes_of)
    except OSError:
        shutil.rmtree(spare, ignore_errors=True)  # a full disk gets its room back
        raise
    _same_rights(output, spare)
    touched = frozenset((present.keys() | files.keys() | {MANIFEST}) - kept)
    if not output.exists():
        shutil.move(spare, output)
    elif not exchange(spare, output):
        _replace(spare, output, changed, gone & present.keys(), files)
        shutil.rmtree(spare)
        return Published(len(changed), len(gone), touched=None)  # links to all files have come and gone
    return Published(len(changed), len(gone), touched=touched)


def adopt(folder: Path, foreign: Iterable[str]) -> None:
    """Note files of somebody else's as ours, of unknown content: the next publication replaces or removes them."""
    files = {**(read_manifest(folder) or {}), **dict.fromkeys(foreign, "")}
    unlinked(folder / _PART).write_bytes(manifest(files))
    (folder / _PART).replace(folder / MANIFEST)


def foreign_files(present: Iterable[str], old: Digests) -> tuple[str, ...]:
    """Return the files that are not ours from before."""
    return tuple(sorted(path for path in present if path not in old and path not in (MANIFEST, _PART)))


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Return path → digest of what was last published to a folder; None when it has no whole list.

    The digests are "" (content unknown) where the list is not sealed by us: it may have come with a checkout.
    """
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        files = {str(path): str(digest) for path, digest in dict(content["files"]).items() if _is_inside(str(path))}
        mark = bytes.fromhex(content.get("seal", ""))
        if content["format"] == _FORMAT and sealer().fits(mark, _KIND, b"", _packed(files)):
            return files
        return dict.fromkeys(files, "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_inside(path: str) -> bool:
    """Say whether a path of a list stays in the folder, and is written in one way only."""
    parts = path.replace(os.sep, "/").split("/")
    return not ({"", ".", ".."} & set(parts)) and "\0" not in path and not os.path.isabs(path)  # noqa: PTH117 - text


def _packed(files: Digests) -> bytes:
    return json.dumps(dict(sorted(files.items())), separators=(",", ":")).encode()


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


def present_files(folder: Path) -> dict[str, int]:
    """Return the path and number (inode) of all files in a folder; a symbolic link is a file, wherever it leads."""
    return _listed(folder)[0]


def _listed(folder: Path) -> tuple[dict[str, int], list[str]]:
    """Return the files of a folder as path → number, and the paths of its folders, each before those inside it."""
    found: dict[str, int] = {}
    folders: list[str] = []
    waiting = [("", os.fspath(folder))] if folder.is_dir() else []
    while waiting:
        prefix, inside = waiting.pop()
        with os.scandir(inside) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append((f"{path}/", entry.path))
                else:
                    found[path] = entry.inode()
    return found, folders


def manifest(files: Digests) -> bytes:
    """Return the list of what is published as it stands in the folder itself."""
    mark = sealer().seal(_KIND, b"", _packed(files)).hex()
    content = {"format": _FORMAT, "seal": mark, "files": dict(sorted(files.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()


def _bring_up_to_date(
    spare: Path,
    output: Path,
    same: Mapping[str, int],
    files: Digests,
    bytes_of: Callable[[list[str]], Mapping[str, bytes]],
) -> set[str]:
    """Make the spare tree hold `files` and their list. `same` are the files of the output folder that stay as they are.

    These are linked, not copied; so nothing here ever writes into an existing file. Whatever else stands in the spare
    tree, left by an interruption or by the tree before the last, goes. Returns the files that were there already.
    """
    if spare.is_symlink() or spare.is_file():
        spare.unlink()
    spare.mkdir(parents=True, exist_ok=True)
    there, folders = _listed(spare)
    comparable = _on_one_disk(spare, output)
    kept = {path for path, number in there.items() if comparable and same.get(path) == number}
    for path in there.keys() - kept:
        (spare / path).unlink()
    _prune(spare, folders, files)
    made = set(folders)
    missing = []
    for path in sorted(files.keys() - kept):
        if path not in same or not _linked(output / path, _place(spare, path, made)):
            missing.append(path)
    for start in range(0, len(missing), 500):
        batch = missing[start : start + 500]
        data = bytes_of(batch)
        for path in batch:
            _place(spare, path, made).write_bytes(data[path])
    (spare / MANIFEST).write_bytes(manifest(files))
    return kept


def _same_rights(output: Path, spare: Path) -> None:
    """Let the new tree be read by whoever could read the old one, if any: a web server is often a group of its own."""
    with contextlib.suppress(OSError, AttributeError):
        shutil.copymode(output, spare)
        os.chown(spare, -1, output.stat().st_gid)


def _on_one_disk(one: Path, other: Path) -> bool:
    """Say whether numbers of files in both folders mean the same."""
    return other.is_dir() and one.stat().st_dev == other.stat().st_dev


def _folders_of(path: str) -> Iterable[str]:
    """Return the folders that a file stands in, the innermost first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


def _place(folder: Path, path: str, made: set[str]) -> Path:
    """Return where a file goes, its folder being there. `made` are the folders that are there already."""
    parent = path.rpartition("/")[0]
    if parent and parent not in made:
        (folder / parent).mkdir(parents=True, exist_ok=True)
        made.update(_folders_of(path))
    return folder / path


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _prune(folder: Path, folders: list[str], files: Digests) -> None:
    """Remove those of the `folders` that are empty, and that no file needs."""
    needed = {above for path in files for above in _folders_of(path)}
    for path in reversed(folders):  # the innermost first
        if path not in needed:
            with contextlib.suppress(OSError):
                (folder / path).rmdir()


def _replace(spare: Path, output: Path, changed: Iterable[str], gone: Iterable[str], files: Digests) -> None:
    """Move the changed files into the output folder one by one, and remove those that are `gone`.

    The list goes first and last: first with the names of both trees, so that an interruption leaves nothing that looks
    foreign, and without the digests of what is being changed, so that the next publication repairs it.
    """
    changed, gone = sorted(changed, key=pages_last), sorted(gone)
    finished = (spare / MANIFEST).read_bytes()
    (spare / MANIFEST).write_bytes(manifest({**files, **dict.fromkeys([*changed, *gone], "")}))
    _move(spare, output, MANIFEST)
    made: set[str] = set()
    for path in changed:
        for above in _folders_of(path):
            there = output / above
            if above not in made and (there.is_file() or there.is_symlink()):  # a file of ours, or a way out of here
                there.unlink()
        if (output / path).is_dir():
            shutil.rmtree(output / path)
        _place(output, path, made)
        _move(spare, output, path)
    for path in gone:
        if not (output / path).is_dir():  # a folder of ours may stand now where a file stood
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (output / path).unlink()
    _prune(output, _listed(output)[1], files)
    (spare / MANIFEST).write_bytes(finished)
    _move(spare, output, MANIFEST)


def _move(spare: Path, output: Path, path: str) -> None:
    """Move one file, in one step for a reader. On a disk of its own it is copied first, under another name."""
    try:
        (spare / path).replace(output / path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(spare / path, unlinked(output / _PART))
        (output / _PART).replace(output / path)


def pages_last(path: str) -> tuple[bool, str]:
    """Order files so that no page stands before what it needs."""
    return path.endswith((".html", ".html.br", ".html.gz")), path
