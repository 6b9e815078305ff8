"""Which compressed twins stand beside the texts of a site."""

from collections.abc import Callable, Mapping, Sequence

from sitegen.build.graph import How, Parts, Results
from sitegen.core.hosting import Encoding, is_text
from sitegen.machinery.limits import Failure
from sitegen.pipeline.failures import COMPRESSING, FailedError, problem_of
from sitegen.pipeline.session import Session
from sitegen.write.twins import ENDINGS, library, twins

BytesOf = Callable[[list[str]], Mapping[str, bytes]]
_AT_ONCE = 500


class Twins:
    """The twins of one site. `digests` holds those that are worth it, by output path; `bytes_of` gives their bytes."""

    def __init__(self, session: Session, encodings: tuple[Encoding, ...], files: Mapping[str, str], read: BytesOf):
        """Compress what is not known. `files` is path → digest, `read` gives the bytes of these."""
        self.session, self.files, self.read = session, files, read
        self.twins: dict[str, tuple[Results, int]] = {}
        self.digests: dict[str, str] = {}
        paths = sorted(path for path in files if is_text(path))
        for encoding in encodings:
            self._add(encoding, paths)

    def _add(self, encoding: Encoding, paths: list[str]) -> None:
        graph, version = self.session.graph, library(encoding)
        keys = [graph.key("twin", encoding, version, self.files[path]) for path in paths]

        def load(at: Sequence[int]) -> list[tuple[str, bytes]]:
            data = self.read([paths[number] for number in at])
            return [(paths[number], data[paths[number]]) for number in at]

        def failed(one: tuple[str, bytes], failure: Failure) -> Parts:
            raise FailedError(problem_of(one[0], COMPRESSING, failure, self.session))

        how = How(limits=0, batch=_AT_ONCE)
        done = graph.each("twin", keys, load, _compressed, lambda: encoding, failed, how)
        for number, (path, digest) in enumerate(zip(paths, done.digests(), strict=True)):
            if digest:
                self.twins[path + ENDINGS[encoding]] = (done, number)
                self.digests[path + ENDINGS[encoding]] = digest.hex()

    def bytes_of(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of twins. What a damaged cache has lost is made again."""
        return {path: self.twins[path][0].values(0, [self.twins[path][1]])[0] for path in paths}


def _compressed(encoding: Encoding, texts: Sequence[tuple[str, bytes]]) -> list[bytes]:
    return twins(encoding, [data for _, data in texts])
