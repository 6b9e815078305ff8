"""The folders of a site: which files there are, whether they can be read, and where the site can be published.

Never follows a link out of the site's folder, never depends on the order in which a folder lists its files.

A build that writes there would be read as a source by the next one, or be run by a tool. Folders are compared as the
disk sees them, through links and `..`, and by their names in any spelling, since some disks know one spelling only.
"""

import errno
import os
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.files import Source
from sitegen.model.phrases import counted, phrase, system_reason
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_

NO_FILES = frozenset((stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK))
_IGNORED = (".DS_Store", "Thumbs.db", "desktop.ini")


class File(Struct, frozen=True):
    """A file of the site: its path from the site's folder (with `/`, NFC), and where it lies on this machine."""

    path: str
    file: str


class Tree(Struct, frozen=True):
    """What lies below a folder: its files in the order of their paths, and the copies of pages, which are none.

    Problems: those of list_tree.
    """

    files: tuple[File, ...]
    copies: tuple[str, ...]  # paths of what editors leave behind: `a.md~`
    problems: tuple[Problem, ...]


def tree_of(root: Path, folder: str) -> Tree:
    """Return all files below `folder`, and read none of them."""
    top, walk = root / folder, _Walk(root.resolve())
    if top.is_symlink():
        walk.follow(top, folder, (walk.root,))
    elif top.is_dir():
        walk.through(top, folder, (top.resolve(),))
    return Tree(tuple(sorted(walk.files, key=_path)), tuple(sorted(walk.copies)), tuple(walk.problems))


def list_tree(root: Path, folder: str) -> tuple[list[File], list[Problem]]:
    """Return all files below `folder` in the order of their paths, and read none of them.

    Hidden files, editors' backups and the litter of file managers are passed over (`.well-known` is not).
    Problems: name-not-nfc, link-leads-outside, file-unreadable, name-undecodable, name-not-a-slug (a name with
    characters that nobody can see).
    """
    tree = tree_of(root, folder)
    return list(tree.files), list(tree.problems)


def read_tree(root: Path, folder: str, held: str = "") -> tuple[list[Source], list[Problem]]:
    """Return all files below `folder` as `list_tree` does, with their bytes.

    Only files whose names end in `held` are read; others get no bytes: all pictures of a site are too much at once.
    Problems: those of list_tree.
    """
    files, problems = list_tree(root, folder)
    sources: list[Source] = []
    for file in files:
        if file.path.endswith(held):
            _read(file, sources, problems)
        else:
            sources.append(Source(file.path, b""))
    return sources, problems


def _path(file: File) -> str:
    return file.path


class _Walk:
    """A walk through a folder of the site in `root`, with what was found on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[File] = []
        self.copies: list[str] = []
        self.problems: list[Problem] = []

    def through(self, folder: Path, name: str, parents: tuple[Path, ...]) -> None:
        """Go through a folder, whose path in the site is `name`; `parents` are those above, as the disk has them."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(name, error))
            return
        for entry in entries:
            path = f"{name}/{entry.name}"
            if ignored(entry.name):
                if _is_copy(entry.name) and path.isprintable() and not entry.is_dir(follow_symlinks=False):
                    self.copies.append(path)
                continue
            bad = "" if entry.name.isascii() else _bad_name(entry.name)
            if not bad and not entry.name.isprintable():
                calm = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in entry.name)
                self.problems.append(problem("name-not-a-slug", Place(f"{name}/{calm}"), name=calm))
            elif bad:
                self.problems.append(problem(bad, Place(_ascii_path(path))))
            elif entry.is_symlink():
                self.follow(Path(entry.path), path, parents)
            elif entry.is_dir():
                self.through(Path(entry.path), path, (*parents, parents[-1] / entry.name))
            elif entry.is_file():
                self.files.append(File(path, entry.path))
            else:
                self.problems.append(unreadable(path, no_file()))

    def follow(self, link: Path, path: str, parents: tuple[Path, ...]) -> None:
        """List what a symbolic link leads to, if that is inside the site and not above the link."""
        real = Path(os.path.realpath(link))  # unlike resolve(), takes a link to itself
        if not real.is_relative_to(self.root):
            self.problems.append(problem("link-leads-outside", Place(path), target=link.readlink()))
        elif real in parents:
            self.problems.append(problem("link-loop", Place(path)))
        elif real.is_dir():
            self.through(link, path, (*parents, real))
        elif real.is_file():
            self.files.append(File(path, str(link)))
        elif real.exists():
            self.problems.append(unreadable(path, no_file()))
        else:
            self.problems.append(problem("link-broken", Place(path), target=link.readlink()))


def read_file(root: Path, path: str) -> tuple[Source | None, list[Problem]]:
    """Return one file of the site by its path. Problems: file-missing, file-unreadable."""
    sources: list[Source] = []
    problems: list[Problem] = []
    if not (root / path).exists():
        return None, [problem("file-missing", Place(path))]
    _read(File(path, str(root / path)), sources, problems)
    return (sources[0] if sources else None), problems


def _read(file: File, sources: list[Source], problems: list[Problem]) -> None:
    try:
        if stat.S_IFMT(os.stat(file.file).st_mode) in NO_FILES:  # noqa: PTH116 - as below
            raise no_file()
        with open(file.file, "rb", buffering=0) as opened:  # noqa: PTH123 - thousands: a Path for each costs more
            sources.append(Source(file.path, opened.read()))
    except OSError as error:
        problems.append(unreadable(file.path, error))


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem that a file or folder cannot be read."""
    report = problem("file-unreadable", Place(path), reason=system_reason(error))
    if error.errno == errno.EISDIR:
        return replace(report, advice=phrase("Move or rename the folder: a file must have this name."))
    return replace(report, advice=phrase("Move it out of the folders of the site.")) if not error.errno else report


def no_file() -> OSError:
    """Return why something is not opened that is neither a file nor a folder: who reads it may wait forever."""
    return OSError(0, T_("it is a pipe, a socket or a device"))


def ignored(name: str) -> bool:
    """Say whether a file is no part of the site by its name: hidden, an editor's copy, litter of a file manager."""
    return (name.startswith(".") and name != ".well-known") or name.endswith(("~", ".swp", ".tmp")) or name in _IGNORED


def _is_copy(name: str) -> bool:
    return ".md" in name.lower() and not name.startswith(".")


def _bad_name(name: str) -> str:
    """Return the code of what is wrong with a file's name, or ""."""
    if any(0xDC80 <= ord(c) <= 0xDCFF for c in name):
        return "name-undecodable"
    return "" if name == unicodedata.normalize("NFC", name) else "name-not-nfc"


def _ascii_path(path: str) -> str:
    """Return a path that can be printed whatever bytes it holds."""
    return path.encode("utf-8", "replace").decode("utf-8")


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
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def unpublished(place: Place, files: Sequence[str]) -> Problem:
    """Return output-foreign: the output folder has files that the site did not publish; ten of them are named."""
    names = ", ".join(files[:10]) + (" …" if len(files) > 10 else "")
    return problem("output-foreign", place, files=counted("{n} file", "{n} files", len(files)), names=names)
