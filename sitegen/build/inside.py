"""Where a write really goes: never through a symbolic link out of the folder that it belongs to.

A checkout may hold links in the place of folders and files that are written to. Every write of the project asks here
first, with the folder that it must stay in: that of the site, unless a person has named another on the command line.
"""

import os
from pathlib import Path

_CACHE = ".cache"
MARK = "x"  # any file of a folder
REASON = "it leads out of the site's folder"


class OutsideError(PermissionError):
    """A path leads out of the folder that it must stay in."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, REASON, str(path))  # no error of the system


def real_inside(top: Path, path: Path) -> Path:
    """Return the real path of a file that may be written, all links followed. Raises OutsideError."""
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(top)):
        raise OutsideError(path)
    return real


def is_own(file: Path) -> bool:
    """Say whether a file in the cache would be in the cache: neither that nor a folder of ours in it is a link."""
    if _CACHE not in file.parent.parts:
        return True
    for folder in file.parents:
        if folder.is_symlink():
            return False
        if folder.name == _CACHE:
            return True
    return True


def check_target(root: Path, target: Path, *, is_named: bool) -> None:
    """See that a site may be published there: where a person says so (`is_named`), else inside the site's folder.

    Raises OutsideError.
    """
    if not is_named:
        real_inside(root, target)
        if not is_own(target / MARK):
            raise OutsideError(target)


def unlinked(file: Path) -> Path:
    """Return the path of a file of ours that will be written; a link in its place is removed, not followed."""
    if file.is_symlink():
        file.unlink()
    return file
