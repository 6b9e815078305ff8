"""The digest of the toolchain: this engine, its libraries, the interpreter, and the functions of the site.

Reading all of it takes longer than a small build, so the digest is kept for the stamps of the engine's files.
"""

import contextlib
import functools
import hashlib
import os
import sys
import time
import unicodedata
from collections.abc import Iterable

from sitegen.build.cache import Cache
from sitegen.build.stamps import ENGINE, engine_stamps, engine_words, is_sure

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
_TELLS = ".dist-info"


@functools.cache
def toolchain_digest() -> bytes:
    """Return the digest of what a process has loaded, and does not load again: it is read once."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(ENGINE.rglob("*.py")):
        digest.update(file.relative_to(ENGINE).as_posix().encode() + b"\0")
        digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    known = _versions()
    for name in LIBRARIES:
        digest.update(f"{name} {known.get(_folder_name(name)) or _version(name)}\0".encode())
    digest.update(f"{sys.version_info} {sys.byteorder} {unicodedata.unidata_version}".encode())
    return digest.digest()


def _versions() -> dict[str, str]:
    """Return package → version, from the names of the folders that tell of them: reading these takes far longer."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208 - names, not paths
                package, _, version = name.removesuffix(_TELLS).rpartition("-")
                if name.endswith(_TELLS):
                    found.setdefault(_folder_name(package), version)
    return found


def _folder_name(package: str) -> str:
    return package.lower().replace("-", "_").replace(".", "_")


def _version(name: str) -> str:
    """Return the version of a package that is installed in another way, "" for one that is not installed."""
    from importlib.metadata import PackageNotFoundError, version

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
    stamps = {path: stamp for path, stamp in engine_stamps().items() if path.endswith(".py")}
    place = key(_KIND, str(ENGINE), repr(sorted(stamps.items())), repr(sorted(engine_words().items())))
    known = cache.get(_KIND, [place]).get(place)
    if known is not None:
        return known
    digest = toolchain_digest()
    if all(is_sure(stamp, now) for stamp in stamps.values()):
        cache.put(_KIND, {place: digest})
    return digest
