"""A folder as it was at an earlier commit, in a folder of its own. Knows git and files, never what a page is.

Never changes the repository, its index or its working tree, and never goes to the network.
"""

import io
import subprocess
import tarfile
from pathlib import Path

_SETTINGS = ("-c", "core.quotePath=false", "-c", "protocol.allow=never", "-c", "tar.umask=0022")


class CheckoutError(Exception):
    """Why there is no earlier version: "git" it is not installed, "repository" there is none, "ref" no such commit."""


def since(folder: Path, ref: str) -> str:
    """Return the commit in which the present one parted from `ref`: that one itself, or where both began.

    Raises CheckoutError.
    """
    _git(folder, "repository", "rev-parse", "--git-dir")
    commit = _git(folder, "ref", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    try:
        return _git(folder, "ref", "merge-base", commit.decode().strip(), "HEAD").decode().strip()
    except CheckoutError:  # a shallow clone may not reach back so far
        return commit.decode().strip()


def unpack(folder: Path, commit: str, into: Path) -> None:
    """Put what `folder` held at a commit into the empty folder `into`. Raises CheckoutError, OSError."""
    packed = _git(folder, "ref", "archive", "--format=tar", commit, ".")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive.getmembers():
            place = into / member.name
            if member.name.startswith("/") or ".." in Path(member.name).parts:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            data = archive.extractfile(member) if member.isreg() else None
            if data is not None:
                place.write_bytes(data.read())
            elif member.issym():  # as it was: reading decides whether it leads out of the site
                place.symlink_to(member.linkname)


def _git(folder: Path, wrong: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            ["git", "-C", str(folder), *_SETTINGS, *arguments],  # noqa: S607 - the git of the machine
            capture_output=True,
            check=True,
        )
    except OSError:
        raise CheckoutError("git") from None
    except subprocess.CalledProcessError:
        raise CheckoutError(wrong) from None
    return done.stdout
