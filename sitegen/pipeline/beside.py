"""The files next to pages that pages need, ready to be published: pictures are encoded here, after all checks.

Large pictures are encoded one at a time, so that two are never in memory together; what no page needs is never encoded.
"""

from collections.abc import Sequence
from pathlib import Path

from sitegen.build.graph import How, Parts, Passing, Results
from sitegen.core.assets import Asset
from sitegen.core.packing import packed, unpacking
from sitegen.core.problems import Problem
from sitegen.core.records import ImageOptions
from sitegen.machinery.limits import Failure
from sitegen.machinery.publish import digest_of
from sitegen.pipeline.failures import ENCODING, problem_of
from sitegen.pipeline.session import Session
from sitegen.read.pictures import Encoding, encode_pictures

_PICTURE = 3  # times the limit of a page: several widths of it are made
_LARGE = 64_000_000  # bytes of memory
_AT_ONCE = 16  # pictures whose files are in memory together
_problems_in = unpacking(list[Problem])


class Beside:
    """The files of one site next to its pages. `digests` is by output path; `bytes_of` gives their bytes."""

    def __init__(self, session: Session, root: Path, options: ImageOptions, assets: Sequence[Asset]) -> None:
        """Encode the pictures that are not known. `assets` are those that pages need.

        `problems` are then image-broken of pictures whose header was right and whose pixels are not.
        """
        self.session, self.root = session, root
        self.encoding = Encoding(root, options)
        self.assets = {url: asset for asset in assets for url in asset.urls}
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}
        self.pictures: dict[str, tuple[Results, int, int]] = {}  # output path → result, its number, its part
        for asset in assets:
            if asset.bitmap is None:
                self.digests[asset.url] = asset.digest if asset.data is None else digest_of(asset.data)
        pictures = [asset for asset in assets if asset.bitmap is not None]
        for large in (False, True):
            self._encode([asset for asset in pictures if _is_large(asset) == large], jobs=1 if large else 0)

    def _encode(self, pictures: list[Asset], jobs: int) -> None:
        graph, options = self.session.graph, packed(self.encoding.options)
        keys = [graph.key("picture", options, asset.urls[0], asset.digest) for asset in pictures]

        def load(at: Sequence[int]) -> list[Asset]:
            return [pictures[number] for number in at]

        def failed(asset: Asset, failure: Failure) -> Parts:
            return (packed([problem_of(asset.path, ENCODING, failure, self.session)]),)

        how = How(apart=True, limits=_PICTURE, jobs=jobs, batch=_AT_ONCE)
        read = graph.each("picture", keys, load, _encoded, lambda: self.encoding, failed, how)
        broken = [number for number, said in enumerate(read.digests()) if said]
        self.problems += [found for value in read.values(0, broken) for found in _problems_in.decode(value)]
        for number in sorted(set(range(len(pictures))).difference(broken)):
            for part, url in enumerate(pictures[number].urls, 1):
                self.pictures[url] = (read, number, part)
                self.digests[url] = read.digest(part, number).hex()

    def bytes_of(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of files. What a damaged cache has lost is made again. Raises OSError."""
        return {path: self._bytes(path) for path in paths}

    def _bytes(self, path: str) -> bytes:
        if path in self.pictures:
            read, number, part = self.pictures[path]
            try:
                return read.values(part, [number])[0]
            except IndexError as error:  # it cannot be encoded any more
                raise OSError(path) from error
        asset = self.assets[path]
        return (self.root / asset.path).read_bytes() if asset.data is None else asset.data


def _encoded(encoding: Encoding, assets: Sequence[Asset]) -> list[Parts | Passing]:
    """Return the problems of each picture, b"" for none, and its files. A problem may have passed next time."""
    done = encode_pictures(encoding, assets)
    return [Passing((packed([one.problem]),)) if one.problem else (b"", *one.files) for one in done]


def _is_large(asset: Asset) -> bool:
    """Say whether a picture takes so much memory that no other is encoded at the same time."""
    return asset.bitmap is not None and asset.bitmap.memory > _LARGE
