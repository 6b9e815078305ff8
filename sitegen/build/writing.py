"""Writes that are whole: one file replaced, or two folders swapped, in one call of the system.

A reader sees the old bytes or the new ones, never half of them.

Linux: renameat2 with RENAME_EXCHANGE. macOS: renamex_np with RENAME_SWAP. Elsewhere, and on file systems that refuse,
the answer is False and nothing has happened.
"""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path

from sitegen.build.inside import real_inside

# One file replaced as a whole: whoever reads it sees the old bytes or the new ones, never half of them.


def replace_file(path: Path, data: bytes, top: Path | None = None) -> None:
    """Write a file through a spare one beside it, keeping its permissions. Raises OSError, and then nothing changed.

    A symbolic link stays one: what it leads to is replaced, unless that lies outside of the folder `top`. Without
    one, a person has named the file. Folders that are missing are made.
    """
    real = real_inside(top, path) if top else Path(os.path.realpath(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=".", suffix=".tmp")
    spare = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            shutil.copymode(real, spare)
        else:
            spare.chmod(0o666 & ~_mask())
        spare.replace(real)
    except OSError:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise


def create_file(path: Path, data: bytes, top: Path) -> None:
    """Write a file that is not there yet. Raises FileExistsError, also for a link, and OutsideError."""
    real = real_inside(top, path.parent)
    real.mkdir(parents=True, exist_ok=True)
    with (real / path.name).open("xb") as opened:
        opened.write(data)


def _mask() -> int:
    """Return the permissions that new files do not get; the system tells them only by setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


# Two folders exchanged in one call of the system, where it can: a reader sees the old tree or the new one.

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def exchange(one: Path, other: Path) -> bool:
    """Exchange two existing folders on one file system. Returns whether it was done."""
    if os.environ.get("SITEGEN_NO_EXCHANGE"):
        return False
    if sys.platform not in ("linux", "darwin"):
        return False
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            result = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        else:
            result = libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
    except (AttributeError, OSError):
        return False
    return bool(result == 0)
