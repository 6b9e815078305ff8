"""Digests of files without reading them: a file whose stamp is the one it had keeps the digest it had.

The stamps are those of build.stamps, with its rule of when one is sure. What was read once for its digest can be
held for whoever needs the bytes, so that no file is read twice, and never read as something else than its digest says.
"""

import hashlib
import os
import stat
import time
from pathlib import Path

from msgspec import Struct, msgpack

from sitegen.build import stamps
from sitegen.build.cache import Cache
from sitegen.build.publish import digest_of
from sitegen.build.toolchain import key
from sitegen.inputs.folders import NO_FILES, no_file

_KIND = "digests"


class ChangedError(OSError):
    """A file is not what it was when this build looked at it first."""


class TooLargeError(Exception):
    """A file has more bytes than are read; carries how many."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class _Known(Struct, frozen=True, array_like=True):
    """A digest, and the stamp of the file that had it."""

    stamp: stamps.Stamp
    digest: str


_known_in = msgpack.Decoder(dict[str, _Known])


class Digests:
    """The digests of the files of one site; `close` keeps them. Paths of files are their places on this machine."""

    def __init__(self, root: Path, cache: Cache) -> None:
        self.cache = cache
        self.place = key(_KIND, os.fsencode(os.path.realpath(root)))
        packed = cache.get(_KIND, [self.place]).get(self.place)
        self.before = _known_in.decode(packed) if packed else {}
        self.now: dict[str, _Known] = {}
        self.all: dict[str, str] = {}
        self.bytes: dict[str, bytes] = {}  # read for a digest, and not asked for yet
        self.given: dict[str, bytes] = {}
        self.started = time.time_ns()

    def of(self, file: str, *, hold: bool, largest: int = 0) -> str:
        """Return the digest of a file. Its bytes are held if it is read now, and `hold` says so.

        Raises OSError, TooLargeError for a file of more bytes than `largest` (0: any).
        """
        if file in self.all:
            return self.all[file]
        status = os.stat(file)  # noqa: PTH116 - thousands of files
        if stat.S_IFMT(status.st_mode) in NO_FILES:
            raise no_file()
        if largest and status.st_size > largest:
            raise TooLargeError(status.st_size)
        stamp = stamps.stamp_of(status)
        known = self.before.get(file)
        if known is not None and known.stamp == stamp:
            digest = known.digest
        elif hold:
            self.bytes[file] = _read(file)
            digest = digest_of(self.bytes[file])
        else:
            with open(file, "rb") as opened:  # noqa: PTH123
                digest = hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
        self.all[file] = digest
        if stamps.is_sure(stamp, self.started):
            self.now[file] = _Known(stamp, digest)
        return digest

    def read(self, file: str) -> bytes:
        """Return the bytes that the digest was given for; they are held no longer. Raises OSError, ChangedError."""
        if file in self.given:
            return self.given[file]
        if file in self.bytes:
            return self.bytes.pop(file)
        data = _read(file)
        if digest_of(data) != self.all[file]:
            raise ChangedError(file)
        return data

    def give(self, name: str, data: bytes) -> str:
        """Take bytes that lie in no file, by a name that no file has; return their digest."""
        self.given[name], self.all[name] = data, digest_of(data)
        return self.all[name]

    def close(self) -> None:
        """Keep the digests for the next build."""
        if self.now != self.before:
            self.cache.put(_KIND, {self.place: msgpack.encode(self.now)})


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - thousands of files: a Path for each costs more
        return opened.read()
