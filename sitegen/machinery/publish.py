"""A finished tree of files to the output folder: wholly old or wholly new, and nothing of somebody else's lost.

The new tree is written beside the output folder and exchanged with it. Where the system cannot exchange folders, files
are replaced one by one: assets first, pages next, removals last. What we published is listed in the folder itself
(`.sitegen`), so that a lost cache never makes our own files look foreign.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.machinery.exchange import exchange

MANIFEST = ".sitegen"
_FORMAT = 1


class Published(Struct, frozen=True):
    """What a publication did. `foreign` are files of somebody else's: then nothing was done."""

    written: int
    removed: int
    foreign: tuple[str, ...] = ()


def publish(output: Path, files: Mapping[str, bytes]) -> Published:
    """Make `output` hold exactly `files` (path with `/` → bytes).

    Raises OSError when the disk refuses; the old tree stands then as it was, or, without exchange, is whole again
    after the next publication.
    """
    output = output.resolve() if output.is_symlink() else output
    old = read_manifest(output)
    present = _present(output)
    foreign = tuple(sorted(present - old.keys() - files.keys() - {MANIFEST}))
    if foreign or (present and not old and (present - {MANIFEST})):
        return Published(0, 0, foreign or tuple(sorted(present - {MANIFEST})))
    new = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    written = sum(1 for path, digest in new.items() if old.get(path) != digest or path not in present)
    removed = len(old.keys() - new.keys())
    if not (written or removed or present - {MANIFEST} - new.keys()) and (output / MANIFEST).exists():
        return Published(0, 0)
    _exchange_or_replace(output, {**files, MANIFEST: _manifest(new)}, old.keys() - new.keys())
    return Published(written, removed)


def read_manifest(output: Path) -> dict[str, str]:
    """Return path → SHA-256 of what was last published to `output`; empty when nothing was."""
    try:
        content = json.loads((output / MANIFEST).read_bytes())
        files = content["files"] if content["format"] == _FORMAT else {}
        return {str(path): str(digest) for path, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _manifest(digests: Mapping[str, str]) -> bytes:
    content = {"format": _FORMAT, "files": dict(sorted(digests.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()


def _present(output: Path) -> set[str]:
    """Return the paths of all files in the output folder."""
    found: set[str] = set()
    for folder, _, names in os.walk(output):
        inside = Path(folder).relative_to(output).as_posix()
        found.update(name if inside == "." else f"{inside}/{name}" for name in names)
    return found


def _exchange_or_replace(output: Path, files: Mapping[str, bytes], removed: set[str]) -> None:
    spare = output.parent / f".{output.name}.new"
    if spare.exists():
        shutil.rmtree(spare)
    for path in sorted(files):
        file = spare / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[path])
    if not output.exists():
        spare.replace(output)
        return
    if not exchange(spare, output):
        _replace(spare, output, sorted(files, key=_last_pages), sorted(removed))
    shutil.rmtree(spare)


def _last_pages(path: str) -> tuple[int, str]:
    """Order files so that no page stands before what it needs, and the manifest comes last."""
    return (2 if path == MANIFEST else 1 if path.endswith(".html") else 0), path


def _replace(spare: Path, output: Path, paths: list[str], removed: list[str]) -> None:
    for path in paths:
        target = output / path
        for parent in reversed(target.relative_to(output).parents):
            if (output / parent).is_file():  # a file of ours stood where a folder is needed
                (output / parent).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        (spare / path).replace(target)
    for path in removed:
        (output / path).unlink(missing_ok=True)
        for parent in (output / path).parents:
            if parent == output or any(parent.iterdir()):
                break
            parent.rmdir()
