"""What was made is taken away again: published trees, their spares, and the cache. Never a file of somebody else's.

A published tree says itself which files are ours (its list, `.sitegen`); of the cache, only names that we give are.
Nothing is followed: a symbolic link that stands in our way is somebody else's.
"""

import contextlib
import shutil
from pathlib import Path

from msgspec import Struct

from sitegen.build.inside import is_own
from sitegen.build.publish import MANIFEST, foreign_files, present_files, read_manifest

_OF_SERVE = ("serve/lock", "serve/memo.sqlite*", "serve/check/lock", "serve/check/memo.sqlite*")
_CACHED = ("lock", "memo.sqlite*", "built*.json", "built*.new", "outside.json*", *_OF_SERVE)


class Found(Struct, frozen=True):
    """What can be taken away: files, and whole trees of ours. `foreign` are files that forbid it."""

    files: tuple[Path, ...]
    trees: tuple[Path, ...] = ()
    foreign: tuple[str, ...] = ()


def published(output: Path) -> Found:
    """Look at an output folder and its spare."""
    spare = output.parent / f".{output.name}.spare"
    trees = (spare,) if spare.is_dir() and not spare.is_symlink() else ()
    if output.is_symlink() or not output.is_dir():
        other = output.is_symlink() or output.exists()
        return Found((), () if other else trees, (output.name,) if other else ())
    present = present_files(output)
    foreign = foreign_files(present, read_manifest(output) or {})
    if foreign:
        return Found((), (), foreign)
    return Found(tuple(output / path for path in sorted(present)), trees)


def cached(folder: Path) -> Found:
    """Look at the cache; whatever else lies there is left."""
    if folder.is_symlink() or not folder.is_dir():
        return Found(())
    files = sorted({f for pattern in _CACHED for f in folder.glob(pattern) if f.is_file() and is_own(f)})
    near = [*folder.iterdir(), *(one for one in folder.glob("serve/*") if is_own(one))]
    trees = sorted(one for one in near if one.is_dir() and not one.is_symlink() and _is_ours(one))
    return Found(tuple(files), tuple(trees))


def _is_ours(folder: Path) -> bool:
    """Say whether a folder in the cache is a tree that we published there, such as the one of `serve`."""
    return (folder / MANIFEST).is_file() and not foreign_files(present_files(folder), read_manifest(folder) or {})


def clear(found: Found, top: Path) -> None:
    """Take away what was found, and the folders below and at `top` that are empty then. Raises OSError."""
    for tree in found.trees:
        shutil.rmtree(tree)
    for file in found.files:
        file.unlink(missing_ok=True)
    folders = (
        sorted((f for f in top.rglob("*") if f.is_dir() and not f.is_symlink()), reverse=True) if found.files else []
    )
    for folder in [*folders, top]:
        with contextlib.suppress(OSError):  # not empty: something else of somebody else's
            folder.rmdir()
