"""Two folders exchanged in one call of the system, where it can: a reader sees the old tree or the new one.

Linux: renameat2 with RENAME_EXCHANGE. macOS: renamex_np with RENAME_SWAP. Elsewhere, and on file systems that refuse,
the answer is False and nothing has happened.
"""

import ctypes
import os
import sys
from pathlib import Path

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
