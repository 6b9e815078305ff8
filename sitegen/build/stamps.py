"""Whether anything has changed since the last build: stamps of files, never their content. Imports nothing heavy.

A stamp is size, times and number of a file. The time of the last change of the inode (ctime) cannot be set by a
program, so a file that was edited and given its old times back is seen. A file changed in the very moment of the last
build is not trusted: the clock of a file system is coarse. Stamps only save reading; what a
file means is decided by its bytes.
"""

import functools
import json
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from sitegen.build.inside import is_own, unlinked
from sitegen.build.seal import sealed_line, unsealed_line

Stamp = tuple[int, int, int, int]
_FORMAT = 6
_FIELDS = frozenset({"words", "from", "until", "inputs", "outputs", "said"})
_KIND = "built"
ENGINE = Path(__file__).resolve().parent.parent
_COMPILED = "__pycache__"  # what Python keeps of modules, and makes anew by itself
_COARSE = 2_000_000_000  # nanoseconds; FAT keeps times in steps of two seconds


def stamps_of(root: Path, names: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamp of every file below the folders `names` (or of the files so named), by path from `root`."""
    found: dict[str, Stamp] = {}
    inside = os.path.realpath(root)
    for name in names:
        path = root / name
        if path.is_dir():
            _walk(str(path), name, inside, (), found)
        elif path.exists():
            found[name] = stamp_of(path.stat())
    return found


@functools.cache
def engine_stamps() -> dict[str, Stamp]:
    """Return the stamps of the files of this engine as they were when a process asked first: it loads none anew."""
    return stamps_of(ENGINE.parent, [ENGINE.name])


def _walk(folder: str, name: str, inside: str, above: tuple[str, ...], found: dict[str, Stamp]) -> None:
    waiting = [(folder, name)]
    while waiting:
        here, name = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue
        for entry in entries:
            path = f"{name}/{entry.name}" if name else entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != _COMPILED:
                        waiting.append((entry.path, path))
                    continue
                status = entry.stat(follow_symlinks=False)
                found[path] = stamp_of(status)
                if stat.S_ISLNK(status.st_mode):
                    _behind(entry.path, path, inside, above, found)
            except OSError:
                found[path] = (-1, -1, -1, -1)


def _behind(link: str, path: str, inside: str, above: tuple[str, ...], found: dict[str, Stamp]) -> None:
    """Stamp what a symbolic link leads to as well: the file, or all below the folder when that is `inside` the site.

    `above` are the folders that links have led to on the way here: no loop is gone round twice.
    """
    real, here = Path(os.path.realpath(link)), Path(os.path.realpath(Path(link).parent))
    found[f"{path}@"] = stamp_of(real.stat())
    if real.is_dir() and real.is_relative_to(inside) and str(real) not in above and not here.is_relative_to(real):
        _walk(str(real), f"{path}@", inside, (*above, str(real)), found)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp that a status holds."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_sure(stamp: Stamp, now: int) -> bool:
    """Say whether a file that changes from now on will have another stamp, however coarse the clock of its disk is.

    A time of writing far ahead was set by somebody, or by another clock: whoever writes the file sets it anew.
    """
    return stamp[2] < now - _COARSE and abs(stamp[1] - now) > _COARSE


class Record:
    """What the last build saw: the stamps, the words it was asked with, and what it said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            content = json.loads(unsealed_line(_KIND, _place(path), path.read_bytes()))
            self.content = content if content.get("format") == _FORMAT and content.keys() >= _FIELDS else {}
        except (OSError, ValueError, AttributeError):
            self.content = {}

    def is_same(self, words: dict[str, str], today: str, inputs: dict[str, Stamp], outputs: dict[str, Stamp]) -> bool:
        """Say whether nothing has changed since the last build: a build now would do the same."""
        content = self.content
        return bool(
            content
            and content["words"] == words
            and content["from"] <= today < content["until"]
            and content["inputs"] == {path: list(stamp) for path, stamp in inputs.items()}
            and content["outputs"] == {path: list(stamp) for path, stamp in outputs.items()}
        )

    def save(
        self, words: dict[str, str], days: tuple[str, str], inputs: dict[str, Stamp], started: int, **said: object
    ) -> None:
        """Keep what this build saw. Files that changed when it had begun already are kept without a stamp: no trust.

        `inputs` are the stamps taken before the first file was read, `started` the clock then, in nanoseconds.
        """
        sure = {path: stamp if is_sure(stamp, started) else () for path, stamp in inputs.items()}
        content = {"format": _FORMAT, "words": words, "from": days[0], "until": days[1], "inputs": sure, **said}
        try:
            if not is_own(self.path):
                return  # not a folder of ours
            self.path.parent.mkdir(parents=True, exist_ok=True)
            spare = unlinked(self.path.with_suffix(".new"))
            text = json.dumps(content, separators=(",", ":")).encode()
            spare.write_bytes(sealed_line(_KIND, _place(self.path), text))
            spare.replace(self.path)
        except OSError:
            pass  # a read-only folder: the next build looks at everything again


def _place(path: Path) -> bytes:
    """Return what the seal binds a record to: the very file, so that none is carried to another site or output."""
    return os.fsencode(os.path.realpath(path))


def engine_words() -> dict[str, str]:
    """Return what of the machine a build depends on: the interpreter, and the installed packages as a whole."""
    from importlib.util import find_spec

    library = find_spec("markdown")  # one of those that must be there; `sysconfig` would take longer to load
    packages = str(Path(library.origin).parent.parent) if library and library.origin else ""
    try:
        changed = str(Path(packages).stat().st_mtime_ns)
    except OSError:
        changed = ""
    return {"python": sys.version, "packages": packages, "installed": changed}
