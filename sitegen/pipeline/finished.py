"""The whole site, rendered and proved, and not yet published: the digests of all files, and where their bytes are."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from sitegen.build.graph import Results
from sitegen.core.problems import Problem
from sitegen.core.records import Config
from sitegen.machinery.publish import digest_of
from sitegen.pipeline.options import Options
from sitegen.pipeline.outputs import Outputs
from sitegen.pipeline.planning import Planned
from sitegen.pipeline.session import Session

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
        found: dict[str, bytes] = {}
        for origin in self.origins:
            wanted = [path for path in paths if path in origin.digests and path not in found]
            if wanted:
                found |= origin.read(wanted)
        return found


def finish(
    planned: Planned,
    outputs: Outputs,
    searched: Mapping[str, tuple[Results, int]],
    hosts: Mapping[str, bytes],
    days: tuple[dt.date, dt.date],
    options: Options,
    session: Session,
) -> tuple[Finished | None, list[Problem]]:
    """Return the site with all that is left to do: pictures, and precompressed files. None where a picture is broken.

    Problems: those of beside.Beside.
    """
    from sitegen.pipeline.beside import Beside

    config, index = planned.inputs.config, planned.index
    with session.step("pictures"):  # last, for they take the longest
        needed = [one for one in index.files if one.bitmap is None] if options.judged else index.files
        beside = Beside(session, options.root, config.images, needed)
    if beside.problems:
        return None, beside.problems
    with session.step("digest"):
        site = Finished(
            planned,
            (
                Origin(outputs.digests, outputs.bytes_of),
                Origin(
                    {path: read.digest(0, at).hex() for path, (read, at) in searched.items()}, _of_results(searched)
                ),
                Origin(index.copied, _copied(planned)),
                Origin({path: digest_of(data) for path, data in hosts.items()}, _of_bytes(hosts)),
                Origin(beside.digests, beside.bytes_of),
            ),
            days,
        )
        digests = site.digests
    if config.offline or options.preview or options.judged or not config.hosts.precompress:
        return site, []
    from sitegen.pipeline.twins import Twins

    with session.step("compress"):
        twins = Twins(session, config.hosts.precompress, digests, site.bytes_of)
    return replace(site, origins=(*site.origins, Origin(twins.digests, twins.bytes_of))), []


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
