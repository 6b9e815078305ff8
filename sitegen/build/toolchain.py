"""The digest of the toolchain: this engine, its libraries, the interpreter, and the functions of the site.

Reading all of it takes longer than a small build, so the digest is kept for the stamps of the engine's files.
"""

import time
from pathlib import Path

from sitegen.machinery.fresh import engine_words, is_sure, stamps_of
from sitegen.machinery.memo import Memo
from sitegen.machinery.recipe import key, recipe

_KIND = "toolchain"


def toolchain(cache: Memo, code: str = "") -> bytes:
    """Return the digest that every result depends on. `code` is the digest of the site's own functions, if any."""
    own = _engine(cache)
    return key(own, code) if code else own


def _engine(cache: Memo) -> bytes:
    now = time.time_ns()
    engine = Path(__file__).resolve().parent.parent
    stamps = {path: stamp for path, stamp in stamps_of(engine.parent, [engine.name]).items() if path.endswith(".py")}
    place = key(_KIND, str(engine), repr(sorted(stamps.items())), repr(sorted(engine_words().items())))
    known = cache.get(_KIND, [place]).get(place)
    if known is not None:
        return known
    digest = recipe()
    if all(is_sure(stamp, now) for stamp in stamps.values()):
        cache.put(_KIND, {place: digest})
    return digest
