"""The whole site, rendered and checked, and not yet published: the digests of all files, and where their bytes are.

Pictures that pages need are encoded here, after all checks.

So many are encoded at the same time as have room in memory, large ones one at a time; what no page needs is never
encoded.
"""

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sitegen.build.failures import ENCODING, problem_of
from sitegen.build.graph import How, Parts, Passing, Results
from sitegen.build.limits import Failure
from sitegen.build.planning import Planned
from sitegen.build.publish import digest_of
from sitegen.build.rendering import Outputs
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.model.config import Config, ImageOptions
from sitegen.model.files import Asset
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem

if TYPE_CHECKING:
    from sitegen.inputs.pictures import Encoding

# The files next to pages that pages need, ready to be published: pictures are encoded here, after all checks.

_PICTURE = 3  # times the limit of a page: several widths of it are made
_ROOM = 280_000_000  # bytes of memory for all pictures that are encoded at the same time
_AT_ONCE = 16  # pictures whose files are in memory together
_problems_in = unpacking(list[Problem])


class Beside:
    """The files of one site next to its pages. `digests` is by output path; `bytes_of` gives their bytes."""

    def __init__(self, session: Session, root: Path, options: ImageOptions, assets: Sequence[Asset]) -> None:
        """Encode the pictures that are not known. `assets` are those that pages need.

        `problems` are then image-broken of pictures whose header was right and whose pixels are not.
        """
        self.session, self.root, self.options = session, root, options
        self.assets = {url: asset for asset in assets for url in asset.urls}
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}
        self.pictures: dict[str, tuple[Results, int, int]] = {}  # output path → result, its number, its part
        for asset in assets:
            if asset.bitmap is None:
                self.digests[asset.url] = asset.digest if asset.data is None else digest_of(asset.data)
        pictures = [asset for asset in assets if asset.bitmap is not None]
        together = [_together(asset, session.jobs) for asset in pictures]
        for jobs in sorted(set(together), reverse=True):
            self._encode([one for one, most in zip(pictures, together, strict=True) if most == jobs], jobs)

    @cached_property
    def encoding(self) -> "Encoding":
        """What all pictures are encoded with."""
        from sitegen.inputs.pictures import Encoding

        return Encoding(self.root, self.options)

    def _encode(self, pictures: list[Asset], jobs: int) -> None:
        graph, options = self.session.graph, packed(self.options)
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

    def bytes_of(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """Return the bytes of files, each read when it is asked for: together they may be too much for the memory.

        What a damaged cache has lost is made again. Raises OSError when a file is asked for.
        """
        return _Unread(frozenset(paths), self._bytes)

    def _bytes(self, path: str) -> bytes:
        if path in self.pictures:
            read, number, part = self.pictures[path]
            try:
                return read.values(part, [number])[0]
            except IndexError as error:  # it cannot be encoded any more
                raise OSError(path) from error
        asset = self.assets[path]
        return (self.root / asset.path).read_bytes() if asset.data is None else asset.data


class _Unread(Mapping[str, bytes]):
    """The bytes of some files, which `read` gives and nothing keeps."""

    def __init__(self, paths: frozenset[str], read: Callable[[str], bytes]) -> None:
        self.paths, self.read = paths, read

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of a file."""
        if path not in self.paths:
            raise KeyError(path)
        return self.read(path)

    def __iter__(self) -> Iterator[str]:
        """Give the paths."""
        return iter(sorted(self.paths))

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self.paths)


def _encoded(encoding: "Encoding", assets: Sequence[Asset]) -> list[Parts | Passing]:
    """Return the problems of each picture, b"" for none, and its files. A problem may have passed next time."""
    from sitegen.inputs.pictures import encode_pictures

    done = encode_pictures(encoding, assets)
    return [Passing((packed([one.problem]),)) if one.problem else (b"", *one.files) for one in done]


def _together(asset: Asset, jobs: int) -> int:
    """Return how many pictures that take as much memory as this one may be encoded at the same time."""
    return max(1, min(jobs, _ROOM // asset.bitmap.memory)) if asset.bitmap else jobs


# The whole site, rendered and proved, and not yet published: the digests of all files, and where their bytes are.

Read = Callable[[list[str]], Mapping[str, bytes]]


class Origin(Struct, frozen=True):
    """Where some files of the site come from: output path → digest, and what gives their bytes."""

    digests: Mapping[str, str]
    read: Read


class Finished(Struct, frozen=True, dict=True):
    """A whole site. A file belongs to the first of `origins` that has its path."""

    planned: Planned
    origins: tuple[Origin, ...]
    days: tuple[dt.date, dt.date]

    @property
    def config(self) -> Config:
        """Return the settings."""
        return self.planned.inputs.config

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return sum(1 for row in self.planned.index.rows if row.kind == "page")

    @cached_property
    def digests(self) -> dict[str, str]:
        """Return output path → digest of every file."""
        found: dict[str, str] = {}
        for origin in reversed(self.origins):
            found |= origin.digests
        return found

    def bytes_of(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """Return path → bytes of the files asked for."""
        found: list[Mapping[str, bytes]] = []
        left = list(paths)
        for origin in self.origins:
            wanted = [path for path in left if path in origin.digests]
            if wanted:
                found.append(origin.read(wanted))
                left = [path for path in left if path not in origin.digests]
        return ChainMap(*found)  # type: ignore[arg-type]


def finish(
    planned: Planned,
    outputs: Outputs,
    searched: Mapping[str, tuple[Results, int]],
    hosts: Mapping[str, bytes],
    editor: Origin,
    days: tuple[dt.date, dt.date],
    options: Options,
    session: Session,
) -> tuple[Finished | None, list[Problem]]:
    """Return the site with all that is left to do: pictures, and precompressed files. None where a picture is broken.

    Problems: those of beside.Beside.
    """
    config, index = planned.inputs.config, planned.index
    with session.step("pictures"):  # last, for they take the longest
        needed = [one for one in index.files if one.bitmap is None] if options.judged else index.files
        beside = Beside(session, options.root, config.images, [*needed, *planned.inputs.heavy])
    if beside.problems:
        return None, beside.problems
    with session.step("digest"):
        site = Finished(
            planned,
            (
                Origin(beside.digests, beside.bytes_of),  # before static/, whose heavy files are among them
                Origin(outputs.digests, outputs.bytes_of),
                Origin(
                    {path: read.digest(0, at).hex() for path, (read, at) in searched.items()}, _of_results(searched)
                ),
                Origin(index.copied, _copied(planned)),
                Origin({path: digest_of(data) for path, data in hosts.items()}, _of_bytes(hosts)),
                editor,
            ),
            days,
        )
        digests = site.digests
    if config.offline or options.preview or options.judged or not config.hosts.precompress:
        return site, []
    from sitegen.build.precompressed import Precompressed

    with session.step("compress"):
        precompressed = Precompressed(session, config.hosts.precompress, digests, site.bytes_of)
    return replace(site, origins=(*site.origins, Origin(precompressed.digests, precompressed.bytes_of))), []


def _of_results(results: Mapping[str, tuple[Results, int]]) -> Read:
    return lambda paths: {path: results[path][0].values(0, [results[path][1]])[0] for path in paths}


def _of_bytes(files: Mapping[str, bytes]) -> Read:
    return lambda paths: {path: files[path] for path in paths}


def _copied(planned: Planned) -> Read:
    """Return what gives the bytes of static/, and of what functions of the site have made."""

    def read(paths: list[str]) -> dict[str, bytes]:
        further = frozenset(planned.index.further)
        known = planned.further() if further.intersection(paths) else {}
        return {path: known[path] if path in further else planned.inputs.static_bytes[path] for path in paths}

    return read
