"""Which compressed twins stand beside the texts of a site; what was compressed before is remembered.

As with outputs, a digest is remembered for what went in, and the bytes for their digest.
"""

from collections.abc import Callable, Mapping

from sitegen.core.hosting import Encoding, is_text
from sitegen.machinery.publish import digest_of
from sitegen.pipeline.failures import COMPRESSING, done_or_failed
from sitegen.pipeline.session import Session
from sitegen.write.twins import ENDINGS, library, twins

BytesOf = Callable[[list[str]], Mapping[str, bytes]]
_AT_ONCE = 500


class Twins:
    """The twins of one site. `digests` holds those that are worth it, by output path; `bytes_of` gives their bytes."""

    def __init__(self, session: Session, encodings: tuple[Encoding, ...], files: Mapping[str, str], read: BytesOf):
        """Compress what is not remembered. `files` is path → digest, `read` gives the bytes of these."""
        self.session = session
        self.read = read
        self.sources: dict[str, tuple[Encoding, str]] = {}
        self.digests: dict[str, str] = {}
        texts = sorted(path for path in files if is_text(path))
        for encoding in encodings:
            self._add(encoding, {path: files[path] for path in texts})

    def _add(self, encoding: Encoding, texts: Mapping[str, str]) -> None:
        memo = self.session.memo
        keys = {path: self.session.key("twin", encoding, library(encoding), digest) for path, digest in texts.items()}
        found = memo.get("twin", list(set(keys.values())))
        missing = list({key: path for path, key in keys.items() if key not in found}.values())
        self.session.made["twin"] = self.session.made.get("twin", 0) + len(missing)
        for start in range(0, len(missing), _AT_ONCE):
            batch = missing[start : start + _AT_ONCE]
            made = self._made(encoding, batch)
            new = {keys[path]: digest_of(data).encode() if data else b"" for path, data in made.items()}
            found.update(new)
            memo.put("twin", new)
            memo.put("bytes", {bytes.fromhex(digest_of(data)): data for data in made.values() if data})
        digests = {path: found[key].decode() for path, key in keys.items() if found[key]}
        memo.keep_for("bytes", (bytes.fromhex(digest) for digest in digests.values()))
        self.digests.update({path + ENDINGS[encoding]: digest for path, digest in digests.items()})
        self.sources.update({path + ENDINGS[encoding]: (encoding, path) for path in digests})

    def _made(self, encoding: Encoding, paths: list[str]) -> dict[str, bytes]:
        data = self.read(paths)
        done = self.session.map_all(twins, encoding, [data[path] for path in paths], limits=0)
        return dict(zip(paths, done_or_failed(done, paths, COMPRESSING, self.session), strict=True))

    def bytes_of(self, paths: list[str]) -> dict[str, bytes]:
        """Return the bytes of twins. What a damaged memo has lost is made again."""
        keys = {path: bytes.fromhex(self.digests[path]) for path in paths}
        known = self.session.memo.get("bytes", list(set(keys.values())))
        found = {path: known[key] for path, key in keys.items() if key in known}
        for path in paths:
            if path not in found:
                encoding, source = self.sources[path]
                found[path] = self._made(encoding, [source])[source]
        return found
