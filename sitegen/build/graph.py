"""The graph of a build: what is computed from what, and computed again only when something that it depends on changed.

A step is a pure function. Its key is a digest of all that it depends on: the toolchain, its name, and the digests of
what goes in. Its result is kept in parts, each by its own digest, so digests are known before any value is unpacked:

    key ──► digests of the parts ──► a part's bytes
            (enough to go on with)   (only for who asks)

A step whose inputs have the digests they had is a hit, whatever was computed again before it: a change ends where a
result is equal to the last one ("early cut-off"). No edges are stored, and no values are compared: these are the
constructive traces of "Build systems à la carte" (Mokhov, Mitchell and Peyton Jones, 2018).

A value comes from memory, from the cache, or is computed again: the cache may lose anything at any time. Knows names,
digests and bytes; never what a page is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, msgpack

from sitegen.build.cache import Cache
from sitegen.build.limits import Failure
from sitegen.build.toolchain import digest
from sitegen.build.toolchain import key as key_of
from sitegen.build.toolchain import keys as keys_of

Item = TypeVar("Item")
Parts = tuple[bytes, ...]  # the parts of a result; b"" for one that is empty, which is never stored
Function = Callable[[Any, Sequence[Item]], Sequence[Any]]  # `function(shared, [item])` gives the result of one item
VALUE = "value"  # the kind in the cache that holds the parts of all results


class How(Struct, frozen=True):
    """How the items of a step are worked on: see `pool.map_all`. `batch` is how many are in memory, 0 for all."""

    apart: bool = False
    limits: float = 1
    jobs: int = 0
    batch: int = 0


ANYHOW = How()


class Passing(Struct, frozen=True):
    """A result that must not be kept: of something that failed, or of a function that may see more than its inputs."""

    parts: Parts


Work = Callable[[Function[Any], Any, Sequence[Any], How], Sequence[Any]]


class Graph:
    """One build's view of the cache. `work` maps a function over items; it gives a Failure where there is no result."""

    def __init__(self, cache: Cache, toolchain: bytes, work: Work) -> None:
        self.cache = cache
        self.toolchain = toolchain
        self.work = work
        self.held: dict[bytes, bytes] = {}  # digest → parts that are not kept
        self.computed: dict[str, int] = {}  # name of a step → how many results were not known

    def key(self, *parts: bytes | str) -> bytes:
        """Return the key of a result that depends on `parts`, and on the toolchain."""
        return key_of(self.toolchain, *parts)

    def keys(self, first: Iterable[bytes | str], others: Iterable[Iterable[bytes | str]]) -> list[bytes]:
        """Return the keys of many results that all depend on `first`, and each on more."""
        return keys_of((self.toolchain, *first), others)

    def each(
        self,
        name: str,
        keys: Sequence[bytes],
        load: Callable[[Sequence[int]], Sequence[Item]],
        function: Function[Item],
        shared: Callable[[], Any],
        failed: Callable[[Item, Failure], Parts],
        how: How = ANYHOW,
    ) -> "Results":
        """Return the results of a function for many items: those that are not known are computed now.

        `keys` are those of the items, in their order; `load` gives the items with these numbers. A result is Parts,
        Passing, or bytes as the only part. Where there is none, `failed` makes one, which is not kept.
        """

        def compute(at: Sequence[int]) -> list[Parts | Passing]:
            items = load(at)
            done = self.work(function, shared(), items, how)
            return [
                Passing(failed(item, one)) if isinstance(one, Failure) else _parts(one)
                for item, one in zip(items, done, strict=True)
            ]

        return Results(self, name, keys, compute, how.batch)

    def step(self, name: str, needs: Iterable[bytes | str], compute: Callable[[], Parts | Passing]) -> "Results":
        """Return the result of one step, computed here if it is not known. `needs` are all digests that it depends on.

        It is the only result of the Results returned: ask it with number 0, as `digest` and `value` do.
        """
        return Results(self, name, [self.key(name, *needs)], lambda _: [compute()], 0)

    def get(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the parts that are known, by digest."""
        wanted = set(digests)
        found = {one: self.held[one] for one in wanted if one in self.held} | ({b"": b""} if b"" in wanted else {})
        return found | self.cache.get(VALUE, sorted(wanted - found.keys()))


class Results:
    """The results of one step, by the numbers of its items. `digests` is known at once, `values` are asked for."""

    def __init__(
        self,
        graph: Graph,
        name: str,
        keys: Sequence[bytes],
        compute: Callable[[Sequence[int]], Sequence[Parts | Passing]],
        batch: int,
    ) -> None:
        self.graph, self.name, self.keys = graph, name, keys
        self._compute, self._batch = compute, batch
        known = graph.cache.get(name, list(dict.fromkeys(keys)))
        self.missing = [at for at, key in enumerate(keys) if key not in known]
        self._digests: list[Parts] = [_digests_in.decode(known[key]) if key in known else () for key in keys]
        graph.cache.keep_for(VALUE, (one for digests in self._digests for one in digests if one))
        graph.computed[name] = graph.computed.get(name, 0) + len(self.missing)
        size = batch or max(1, len(self.missing))
        for start in range(0, len(self.missing), size):
            self._computed(self.missing[start : start + size], self.graph.cache.add)

    def digests(self, part: int = 0) -> list[bytes]:
        """Return the digest of one part of each result; b"" for an empty one."""
        return [digests[part] for digests in self._digests]

    def digest(self, part: int = 0, number: int = 0) -> bytes:
        """Return the digest of a part of one result: by default of the first, which is the only one of a step."""
        return self._digests[number][part]

    def all_digests(self, number: int = 0) -> Parts:
        """Return the digests of all parts of one result."""
        return self._digests[number]

    def values(self, part: int = 0, at: Iterable[int] | None = None) -> list[bytes]:
        """Return a part of the results with these numbers, of all by default. What the cache has lost is made again."""
        numbers = list(range(len(self._digests)) if at is None else at)
        known = self.graph.get(self._digests[number][part] for number in numbers)
        lost = [number for number in dict.fromkeys(numbers) if self._digests[number][part] not in known]
        made = dict(zip(lost, self._computed(lost, self.graph.cache.put), strict=True)) if lost else {}
        return [made[one][part] if one in made else known[self._digests[one][part]] for one in numbers]

    def value(self, part: int = 0) -> bytes:
        """Return a part of the first result, which is the only one of a step."""
        return self.values(part, [0])[0]

    def parts(self, numbers: Sequence[int]) -> list[bytes]:
        """Return some parts of the first result."""
        known = self.graph.get(self._digests[0][part] for part in numbers)
        if any(self._digests[0][part] not in known for part in numbers):
            (made,) = self._computed([0], self.graph.cache.put)
            return [made[part] for part in numbers]
        return [known[self._digests[0][part]] for part in numbers]

    def _computed(self, at: Sequence[int], keep: Callable[[str, dict[bytes, bytes]], None]) -> list[Parts]:
        """Compute the results with these numbers and keep them; return their parts."""
        done = self._compute(at)
        made = [one.parts if isinstance(one, Passing) else one for one in done]
        rows: dict[bytes, bytes] = {}
        kept: dict[bytes, bytes] = {}
        for number, one, parts in zip(at, done, made, strict=True):
            digests = self._digests[number] = tuple(digest(part) for part in parts)
            values = ((digest, part) for digest, part in zip(digests, parts, strict=True) if digest)
            if isinstance(one, Passing):
                self.graph.held.update(values)
            else:
                kept.update(values)
                rows[self.keys[number]] = msgpack.encode(digests)
        keep(VALUE, kept)
        self.graph.cache.put(self.name, rows)
        return made


def _parts(result: Any) -> Parts | Passing:
    return result if isinstance(result, (tuple, Passing)) else (result,)


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names under which two results depend on different digests."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


_digests_in = msgpack.Decoder(Parts)
