"""Compressed twins of texts, for hosts that send them as they lie there: the same bytes whenever they are made.

The packages zlib and Brotli decide the bytes; another version of them may write others, that unpack to the same.
"""

import zlib
from collections.abc import Sequence

from sitegen.core.hosting import Encoding

ENDINGS: dict[Encoding, str] = {"br": ".br", "gzip": ".gz"}
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952: deflate, no name, no time, smallest, no system


def twins(encoding: Encoding, texts: Sequence[bytes]) -> list[bytes]:
    """Return each text compressed, or nothing where that would save nothing."""
    done = []
    for text in texts:
        data = _brotli(text) if encoding == "br" else _gzip(text)
        done.append(data if len(data) < len(text) else b"")
    return done


def library(encoding: Encoding) -> str:
    """Return the version of what compresses: other versions may give other bytes."""
    if encoding == "gzip":
        return zlib.ZLIB_RUNTIME_VERSION
    import brotli

    return str(brotli.__version__)


def _brotli(text: bytes) -> bytes:
    import brotli

    return bytes(brotli.compress(text, mode=brotli.MODE_TEXT, quality=11))


def _gzip(text: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(text) + packer.flush()
    return _HEAD + data + zlib.crc32(text).to_bytes(4, "little") + (len(text) & 0xFFFFFFFF).to_bytes(4, "little")
