"""Whether git tracks something below a folder: what a build keeps for itself must never come with a checkout."""

import os
from pathlib import Path

_IN_FULL = (2, 3)  # formats of the index that write every name out; 4 shortens names by those before them
_LISTS = (b"link", b"sdir")  # parts at its end that say: other names stand elsewhere, or a folder stands for its files
_END = 200  # bytes; those parts are small


def is_tracked(folder: Path) -> bool:
    """Say whether git tracks the folder, a file in it, or a link in its place.

    Git itself is asked only where its index may name the folder, because starting a program costs more than reading a
    file. Where git gives no answer, an index that names the folder is believed.
    """
    named = _is_named(Path(os.path.realpath(folder.parent)) / folder.name)
    if named is False:
        return False
    from sitegen.machinery.git import GitError, run

    try:
        return bool(run(folder.parent, "ls-files", "-z", "--", folder.name, limit=10.0))
    except GitError:
        return named is True


def _is_named(folder: Path) -> bool | None:
    """Say whether the index of the repository around a folder names it; None where that cannot be read off it."""
    for above in folder.parents:
        if (above / ".git").exists():
            data, name = _index(above / ".git"), os.fsencode(folder.relative_to(above).as_posix())
            if name + b"/" in data or name + b"\0" in data:
                return True
            in_full = not data or (data[:4] == b"DIRC" and int.from_bytes(data[4:8], "big") in _IN_FULL)
            return False if in_full and not any(one in data[-_END:] for one in _LISTS) else None
    return False


def _index(git: Path) -> bytes:
    """Return what the index of a repository holds, b"" where there is none. `git` is its folder, or names it."""
    try:
        if git.is_file():  # a working tree beside its repository
            git = git.parent / os.fsdecode(git.read_bytes().partition(b":")[2].strip())
        return (git / "index").read_bytes()
    except (OSError, ValueError):
        return b""
