"""The files next to pages that pages need, ready to be published: pictures are encoded here, after all checks.

As with outputs, digests are remembered for what went in, and the bytes for their digest. Large pictures are encoded one
at a time, so that two are never in memory together; what pages do not need is never encoded.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import msgpack

from sitegen.core.assets import Asset
from sitegen.core.problems import Problem
from sitegen.core.records import ImageOptions
from sitegen.machinery.limits import Failure
from sitegen.machinery.publish import digest_of
from sitegen.pipeline.failures import ENCODING, problem_of
from sitegen.pipeline.session import Session
from sitegen.read.pictures import Encoded, Encoding, encode_pictures

_PICTURE = 3  # times the limit of a page: several widths of it are made
_LARGE = 64_000_000  # bytes of memory
_AT_ONCE = 16  # pictures whose files are in memory together


class Beside:
    """The files of one site next to its pages. `digests` is by output path; `bytes_of` gives their bytes."""

    def __init__(self, session: Session, root: Path, options: ImageOptions, assets: Sequence[Asset]) -> None:
        """Encode the pictures that are not remembered. `assets` are those that pages need.

        `problems` are then image-broken of pictures whose header was right and whose pixels are not.
        """
        self.session = session
        self.encoding = Encoding(root, options)
        self.assets = {url: asset for asset in assets for url in asset.urls}
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}
        for asset in assets:
            if asset.bitmap is None:
                self.digests[asset.url] = asset.digest if asset.data is None else digest_of(asset.data)
        self._pictures([asset for asset in assets if asset.bitmap is not None])

    def _pictures(self, pictures: list[Asset]) -> None:
        memo, how = self.session.memo, msgpack.encode(self.encoding.options)
        keys = {asset.path: self.session.key("picture", how, asset.urls[0], asset.digest) for asset in pictures}
        found = memo.get("picture", list(keys.values()))
        missing = [asset for asset in pictures if keys[asset.path] not in found]
        self.session.made["picture"] = len(missing)
        for batch in _batches(missing):
            for asset, encoded in zip(batch, self._encoded(batch), strict=True):
                if isinstance(encoded, Failure):
                    self.problems.append(problem_of(asset.path, ENCODING, encoded, self.session))
                    continue
                if encoded.problem is not None:
                    self.problems.append(encoded.problem)
                    continue
                digests = [digest_of(data) for data in encoded.files]
                memo.put("bytes", {bytes.fromhex(one): data for one, data in zip(digests, encoded.files, strict=True)})
                found[keys[asset.path]] = msgpack.encode(digests)
                memo.put("picture", {keys[asset.path]: found[keys[asset.path]]})
        for asset in pictures:
            if keys[asset.path] in found:
                digests = msgpack.decode(found[keys[asset.path]], type=list[str])
                self.digests.update(zip(asset.urls, digests, strict=True))
                memo.keep_for("bytes", map(bytes.fromhex, digests))

    def _encoded(self, batch: Sequence[Asset]) -> list[Encoded | Failure]:
        jobs = 1 if any(_is_large(asset) for asset in batch) else 0
        return self.session.map_all(encode_pictures, self.encoding, batch, apart=True, limits=_PICTURE, jobs=jobs)

    def bytes_of(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of files. What a damaged memo has lost is made again. Raises OSError."""
        pictures = {path: bytes.fromhex(self.digests[path]) for path in paths if self.assets[path].bitmap is not None}
        known = self.session.memo.get("bytes", list(set(pictures.values())))
        return {path: known[pictures[path]] if pictures.get(path) in known else self._again(path) for path in paths}

    def _again(self, path: str) -> bytes:
        asset = self.assets[path]
        if asset.bitmap is not None:
            (encoded,) = self._encoded([asset])
            if isinstance(encoded, Failure) or encoded.problem is not None:
                raise OSError(asset.path)
            return encoded.files[asset.urls.index(path)]
        return (self.encoding.root / asset.path).read_bytes() if asset.data is None else asset.data


def _batches(missing: Sequence[Asset]) -> list[Sequence[Asset]]:
    """Return pictures as they are encoded together: large ones last."""
    small = [asset for asset in missing if not _is_large(asset)]
    large = [asset for asset in missing if _is_large(asset)]
    return [part[at : at + _AT_ONCE] for part in (small, large) for at in range(0, len(part), _AT_ONCE)]


def _is_large(asset: Asset) -> bool:
    """Say whether a picture takes so much memory that no other is encoded at the same time."""
    return asset.bitmap is not None and asset.bitmap.memory > _LARGE
