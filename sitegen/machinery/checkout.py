"""A folder as it was at an earlier commit, in a folder of its own. Knows git and files, never what a page is.

Never changes the repository, its index or its working tree, and never goes to the network. Files are taken out one by
one, as they are stored: attributes and filters of the repository, which may run programs, play no part.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.machinery.git import GitError, blob, run, streaming

_LINK = b"120000"


class CheckoutError(Exception):
    """Why there is no earlier version: "git" it is not installed, "repository" there is none, "ref" no such commit."""


def since(folder: Path, ref: str) -> str:
    """Return the commit in which the present one parted from `ref`: that one itself, or where both began.

    Raises CheckoutError.
    """
    _git(folder, "repository", "rev-parse", "--git-dir")
    if ref.startswith("-"):
        raise CheckoutError("ref")
    commit = _git(folder, "ref", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    try:
        return _git(folder, "ref", "merge-base", commit.decode().strip(), "HEAD").decode().strip()
    except CheckoutError:  # a shallow clone may not reach back so far
        return commit.decode().strip()


def unpack(folder: Path, commit: str, into: Path) -> None:
    """Put what `folder` held at a commit into the empty folder `into`. Raises CheckoutError, OSError.

    A tree may hold what no program ever wrote into one: a link and a folder of one name, `..`, `.git`. Files come
    first and links last, each only where nothing is yet, so nothing is ever written through a link.
    """
    links: list[tuple[Path, bytes]] = []
    try:
        with streaming(folder, "cat-file", "--batch") as reader:
            for mode, name, path in _listed(folder, commit):
                data = blob(reader, name)
                if data is None:
                    continue
                place = into / path
                if mode == _LINK:
                    links.append((place, data))
                elif _ready(place):
                    place.write_bytes(data)
    except GitError as error:
        raise CheckoutError("git" if str(error) == "git" else "ref") from None
    for place, target in links:  # as it was: reading decides whether it leads out of the site
        if target and b"\0" not in target and _ready(place) and _is_below(place, into):
            place.symlink_to(os.fsdecode(target))


def _listed(folder: Path, commit: str) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield mode, object and path of each file at a commit, but for paths that would lead elsewhere."""
    for row in _git(folder, "ref", "ls-tree", "-r", "-z", "--end-of-options", commit).split(b"\0"):
        head, _, path = row.partition(b"\t")
        fields = head.split()
        name = os.fsdecode(path)
        parts = name.split("/")
        strange = os.path.isabs(name) or {"", ".", ".."} & set(parts) or parts[0].casefold() == ".git"  # noqa: PTH117
        if len(fields) == 3 and fields[1] == b"blob" and not strange and (os.sep == "/" or "\\" not in name):
            yield fields[0], fields[2], name


def _ready(place: Path) -> bool:
    """Make the folder of a file. Returns whether nothing is at its place yet, and no file where a folder should be."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return not os.path.lexists(place)


def _is_below(place: Path, into: Path) -> bool:
    """Say whether a link would be made inside the folder: one made before it may lead its own folder away."""
    return Path(os.path.realpath(place.parent)) == Path(os.path.realpath(into)) / place.parent.relative_to(into)


def _git(folder: Path, wrong: str, *arguments: str) -> bytes:
    try:
        return run(folder, *arguments)
    except GitError as error:
        raise CheckoutError("git" if str(error) == "git" else wrong) from None
