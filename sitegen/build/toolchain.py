"""The digest of the toolchain: this engine, its libraries, the interpreter, and the functions of the site.

Reading all of it takes longer than a small build, so the digest is kept for the stamps of the engine's files.
"""

import functools
import hashlib
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sitegen.build.cache import Cache
from sitegen.build.stamps import engine_words, is_sure, stamps_of

# The digest of everything but the site that a result depends on: this engine, its libraries, the interpreter.

# What only serves the preview or speaks to the terminal is not among them.
LIBRARIES = (
    "Babel",
    "Brotli",
    "coloraide",
    "icalendar",
    "Jinja2",
    "Markdown",
    "markdown-it-py",
    "MarkupSafe",
    "mdit-py-plugins",
    "mdurl",
    "msgspec",
    "nh3",
    "Pillow",
    "Pygments",
    "PyYAML",
    "rcssmin",
    "rjsmin",
    "simplemma",
)


@functools.cache
def toolchain_digest() -> bytes:
    """Return the digest of what a process has loaded, and does not load again: it is read once."""
    digest = hashlib.blake2b(digest_size=16)
    engine = Path(__file__).resolve().parent.parent
    for file in sorted(engine.rglob("*.py")):
        digest.update(file.relative_to(engine).as_posix().encode() + b"\0")
        digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    for name in LIBRARIES:
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


# The digest of the toolchain: this engine, its libraries, the interpreter, and the functions of the site.

_KIND = "toolchain"


def toolchain(cache: Cache, code: str = "") -> bytes:
    """Return the digest that every result depends on. `code` is the digest of the site's own functions, if any."""
    own = _engine(cache)
    return key(own, code) if code else own


def _engine(cache: Cache) -> bytes:
    now = time.time_ns()
    engine = Path(__file__).resolve().parent.parent
    stamps = {path: stamp for path, stamp in stamps_of(engine.parent, [engine.name]).items() if path.endswith(".py")}
    place = key(_KIND, str(engine), repr(sorted(stamps.items())), repr(sorted(engine_words().items())))
    known = cache.get(_KIND, [place]).get(place)
    if known is not None:
        return known
    digest = toolchain_digest()
    if all(is_sure(stamp, now) for stamp in stamps.values()):
        cache.put(_KIND, {place: digest})
    return digest
