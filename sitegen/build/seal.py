"""Keyed digests of what is kept on disk between builds, so that a planted row, stamp file or list is never believed.

Whoever can write into a checkout can write into its cache and its published folder, but has not the key: it lies
outside the checkout, in the user's own cache folder, or in the environment variable SITEGEN_CACHE_KEY. Where there is
no place for it, the key lives in memory: what this process kept is believed by this process, and nothing else is.
Every digest covers what the bytes are and where they belong, so that true rows cannot change places.
"""

import contextlib
import functools
import hashlib
import hmac
import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

VARIABLE = "SITEGEN_CACHE_KEY"
SIZE = 16  # bytes of a seal
_KEY = 32
_SHORTEST = 32  # characters that the variable must have
_FOLDER, _FILE = "sitegen", "cache-key"
SHORT = f"fewer than {_SHORTEST} characters"
IN_SITE = "it is inside the folder of a site"
NO_HOME = "there is no home folder"
OF_OTHERS = "it belongs to another user, or others can write to it"


class Key(NamedTuple):
    """The key of this process. `error` says why it is in memory only; None when it outlives the process."""

    data: bytes
    error: OSError | None = None


class Sealer(NamedTuple):
    """Seals with one key, and knows its own seals again."""

    key: bytes

    def seal(self, kind: str, place: bytes, value: bytes) -> bytes:
        """Return the seal of `value`, which belongs at `place` among things of a `kind`."""
        digest = hashlib.blake2b(b"%d %d %b%b" % (len(kind), len(place), kind.encode(), place), key=self.key,
                                 digest_size=SIZE)  # fmt: skip
        digest.update(value)
        return digest.digest()

    def fits(self, mark: bytes, kind: str, place: bytes, value: bytes) -> bool:
        """Say whether `mark` is the seal of `value` at its place."""
        return hmac.compare_digest(mark, self.seal(kind, place, value))


def sealer() -> Sealer:
    """Return what seals in this process."""
    return Sealer(key_of(os.environ.get(VARIABLE, ""), folder()).data)


def sealed_line(kind: str, place: bytes, text: bytes) -> bytes:
    """Return a small file that begins with the seal of the rest, as a line of its own."""
    return sealer().seal(kind, place, text).hex().encode() + b"\n" + text


def unsealed_line(kind: str, place: bytes, data: bytes) -> bytes:
    """Return the rest of such a file. Raises ValueError where the seal is not ours."""
    mark, _, text = data.partition(b"\n")
    if not hmac.compare_digest(mark, sealer().seal(kind, place, text).hex().encode()):
        raise ValueError("not sealed by us")
    return text


def why_in_memory() -> OSError | None:
    """Return why the key does not outlive this process, None when it does."""
    return key_of(os.environ.get(VARIABLE, ""), folder()).error


def folder() -> Path:
    """Return the user's cache folder for this tool, as each system wants it."""
    home = os.path.expanduser("~")  # noqa: PTH111 - gives "~" back where there is no home; Path.home() raises
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")  # noqa: PTH118 - as above
    elif sys.platform == "darwin":
        above = f"{home}/Library/Caches"
    else:
        given = os.environ.get("XDG_CACHE_HOME", "")
        above = given if given.startswith("/") else f"{home}/.cache"  # the standard ignores relative paths
    return Path(above) / _FOLDER


@functools.cache
def key_of(variable: str, place: Path) -> Key:
    """Return the key that the environment gives, else that of the folder, made when there is none yet."""
    if variable:
        if len(variable) < _SHORTEST:
            return Key(os.urandom(_KEY), PermissionError(SHORT))
        return Key(hashlib.blake2b(variable.encode("utf-8", "surrogateescape"), digest_size=_KEY).digest())
    try:
        if not place.is_absolute():
            raise PermissionError(NO_HOME)
        if _is_in_site(place):
            raise PermissionError(IN_SITE)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _only_ours(place.stat())
        return Key(_read(place / _FILE) or _made(place))
    except OSError as error:
        return Key(os.urandom(_KEY), error)


def _is_in_site(place: Path) -> bool:
    """Say whether a place lies in the folder of a site, or of its repository: a key there could be planted."""
    return any(
        (above / "site.yaml").exists() or ((above / ".git").exists() and (above / "content").is_dir())
        for above in Path(os.path.realpath(place)).parents
    )


def _only_ours(status: os.stat_result) -> None:
    """Raise PermissionError for what belongs to another user, or may be written by others."""
    if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        raise PermissionError(OF_OTHERS)


def _read(file: Path) -> bytes | None:
    """Return the key in a file; None when there is none, or one that others could have read or written."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(handle)
        open_to_others = hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o077)
        if not stat.S_ISREG(status.st_mode) or open_to_others or status.st_size != _KEY:
            return None
        data = opened.read(_KEY + 1)
    return data if len(data) == _KEY else None


def _made(place: Path) -> bytes:
    """Make a key, readable by this user only. Of two processes that do so at once, one wins, and both use its key."""
    import tempfile  # nearly every command reads a key, and does not make one

    file = place / _FILE
    data = os.urandom(_KEY)
    handle, name = tempfile.mkstemp(dir=place)  # 0600 from the first moment
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        if _read(file) is None:
            with contextlib.suppress(FileNotFoundError):
                file.unlink()  # damaged, a link, or open to others
        try:
            os.link(name, file)
        except FileExistsError:
            pass
        except OSError:  # a disk without links
            os.replace(name, file)  # noqa: PTH105 - a name, not a path
        return _read(file) or data
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - a name, not a path
