"""One build of a site at a time: the second waits for the first, and says so."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from sitegen.build.inside import OutsideError, is_own, unlinked


@contextlib.contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path`; call `waiting` once when another process has it. The system frees it in the end.

    Where the file cannot be made (a read-only folder) nothing is locked: then nothing of ours is written there either.
    """
    try:
        if not is_own(path):
            raise OutsideError(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        file = unlinked(path).open("a+b")
    except OSError:
        yield
        return
    with file:
        if not _take(file, wait=False):
            waiting()
            _take(file, wait=True)
        yield


def _take(file: IO[bytes], *, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
