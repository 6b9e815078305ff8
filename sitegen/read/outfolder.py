"""Where a site may be published: not among its own sources, and not in a folder of a tool such as .git or .github.

A build that writes there would be read as a source by the next one, or be run by a tool. Folders are compared as the
disk sees them, through links and `..`, and by their names in any spelling, since some disks know one spelling only.
"""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from sitegen.core.phrases import counted
from sitegen.core.problems import Place, Problem, problem

_SOURCES = ("content", "data", "templates", "static", "locales", "build.py", "site.yaml", "urls.lock")
_ENGINE = Path(__file__).resolve().parent.parent


def occupied(root: Path, output: Path) -> str:
    """Return the name of the folder that forbids to publish to `output`, or "" when nothing does."""
    site = Path(os.path.realpath(root))
    for there in (Path(os.path.normpath(root / output)), Path(os.path.realpath(root / output))):
        for base in (Path(os.path.normpath(root)), site):
            if there.is_relative_to(base) and there != base and (name := _name(there.relative_to(base).parts)):
                return name
        if site.is_relative_to(there):
            return there.name or str(there)
    real = Path(os.path.realpath(root / output))
    if ".git" in real.parts:
        return ".git"
    if real.is_relative_to(_ENGINE):
        return _ENGINE.name
    return _by_disk(site, real)


def _name(parts: tuple[str, ...]) -> str:
    """Return the name inside the site's folder that is a source's or a tool's."""
    first = _folded(parts[0])
    hidden = next((part for part in parts if part.startswith(".")), "")
    return next((name for name in _SOURCES if _folded(name) == first), hidden)


def _folded(name: str) -> str:
    """Return a name as a disk may know it that keeps no difference between spellings."""
    return unicodedata.normalize("NFKC", name).casefold().rstrip(". ")


def _by_disk(site: Path, output: Path) -> str:
    """Return the source folder that `output` lies in, or that lies in it, by the numbers that the disk gives."""
    above = [_number(folder) for folder in (output, *output.parents)]
    for name in _SOURCES:
        folder = Path(os.path.realpath(site / name))
        number = _number(folder)
        if number is not None and (number in above or folder.is_relative_to(output)):
            return name
    return ""


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def unpublished(place: Place, files: Sequence[str]) -> Problem:
    """Return output-foreign: the output folder has files that the site did not publish; ten of them are named."""
    names = ", ".join(files[:10]) + (" …" if len(files) > 10 else "")
    return problem("output-foreign", place, files=counted("{n} file", "{n} files", len(files)), names=names)
