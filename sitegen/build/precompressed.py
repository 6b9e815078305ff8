"""Precompressed files next to the texts of a site, for hosts that send them as they are: always the same bytes.

The packages zlib and Brotli decide the bytes; another version of them may write others, that unpack to the same.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence

from sitegen.build.failures import COMPRESSING, FailedError, problem_of
from sitegen.build.graph import How, Parts, Results
from sitegen.build.limits import Failure
from sitegen.build.session import Session
from sitegen.model.hosting import Encoding, is_text

# Compressed texts, for hosts that send them as they lie there: the same bytes whenever they are made.

ENDINGS: dict[Encoding, str] = {"br": ".br", "gzip": ".gz"}
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952: deflate, no name, no time, smallest, no system


def compressed(encoding: Encoding, texts: Sequence[bytes]) -> list[bytes]:
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


# Which precompressed files are next to the texts of a site.

BytesOf = Callable[[list[str]], Mapping[str, bytes]]
_AT_ONCE = 500


class Precompressed:
    """The precompressed files of one site: `digests` of those worth it, by output path; `bytes_of` reads them."""

    def __init__(self, session: Session, encodings: tuple[Encoding, ...], files: Mapping[str, str], read: BytesOf):
        """Compress what is not known. `files` is path → digest, `read` gives the bytes of these."""
        self.session, self.files, self.read = session, files, read
        self.results: dict[str, tuple[Results, int]] = {}
        self.digests: dict[str, str] = {}
        paths = sorted(path for path in files if is_text(path))
        for encoding in encodings:
            self._add(encoding, paths)

    def _add(self, encoding: Encoding, paths: list[str]) -> None:
        graph, version = self.session.graph, library(encoding)
        keys = [graph.key("precompressed", encoding, version, self.files[path]) for path in paths]

        def load(at: Sequence[int]) -> list[tuple[str, bytes]]:
            data = self.read([paths[number] for number in at])
            return [(paths[number], data[paths[number]]) for number in at]

        def failed(one: tuple[str, bytes], failure: Failure) -> Parts:
            raise FailedError(problem_of(one[0], COMPRESSING, failure, self.session))

        how = How(limits=0, batch=_AT_ONCE)
        done = graph.each("precompressed", keys, load, _compressed, lambda: encoding, failed, how)
        for number, (path, digest) in enumerate(zip(paths, done.digests(), strict=True)):
            if digest:
                self.results[path + ENDINGS[encoding]] = (done, number)
                self.digests[path + ENDINGS[encoding]] = digest.hex()

    def bytes_of(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of precompressed files. What a damaged cache has lost is made again."""
        return {path: self.results[path][0].values(0, [self.results[path][1]])[0] for path in paths}


def _compressed(encoding: Encoding, texts: Sequence[tuple[str, bytes]]) -> list[bytes]:
    return compressed(encoding, [data for _, data in texts])
