"""The digest of everything but the site that a result depends on: this engine, its libraries, the interpreter."""

import functools
import hashlib
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_LIBRARIES = (
    "Babel",
    "Brotli",
    "icalendar",
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "msgspec",
    "nh3",
    "Pillow",
    "PyYAML",
    "rcssmin",
    "rjsmin",
    "simplemma",
)


@functools.cache
def recipe() -> bytes:
    """Return the digest of what a process has loaded, and does not load again: it is read once."""
    digest = hashlib.blake2b(digest_size=16)
    engine = Path(__file__).resolve().parent.parent
    for file in sorted(engine.rglob("*.py")):
        digest.update(file.relative_to(engine).as_posix().encode() + b"\0")
        digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\0".encode())
    digest.update(f"{sys.version_info} {sys.byteorder} {unicodedata.unidata_version}".encode())
    return digest.digest()


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # takes longer than all else here

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def digest(data: bytes) -> bytes:
    """Return the digest of bytes: 16 bytes, b"" for none."""
    return hashlib.blake2b(data, digest_size=16).digest() if data else b""


def key(*parts: bytes | str) -> bytes:
    """Return a digest of the parts in this order; no two lists of parts share one."""
    return keys(parts, ((),))[0]


def keys(first: Iterable[bytes | str], others: Iterable[Iterable[bytes | str]]) -> list[bytes]:
    """Return the keys of many lists of parts that all begin with the same: they are digested once."""
    start = hashlib.blake2b(_framed(first), digest_size=16)
    found = []
    for rest in others:
        digest = start.copy()
        digest.update(_framed(rest))
        found.append(digest.digest())
    return found


def _framed(parts: Iterable[bytes | str]) -> bytes:
    """Return the parts, each behind its length."""
    framed: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        framed += (len(data).to_bytes(8, "little"), data)
    return b"".join(framed)
