"""One function over many items, in this process or in several, with results in the order of the items.

Any `concurrent.futures.Executor` will do: processes of this machine, or a cluster's. What all items share is sent once
a chunk and unpacked once a process; that cache is the only state in a module of this project.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

FEWEST = 48  # below this many items, starting processes costs more than it saves
_CHUNKS_EACH = 6  # so that no process waits long for the last one
_unpacked: dict[bytes, Any] = {}


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def processes(jobs: int) -> Executor | None:
    """Return an executor of `jobs` processes, or None for one."""
    return ProcessPoolExecutor(max_workers=jobs) if jobs > 1 else None


def map_all(
    function: Callable[[Any, Sequence[Item]], list[Done]],
    shared: Any,
    items: Sequence[Item],
    executor: Executor | None,
    jobs: int = 1,
) -> list[Done]:
    """Return `function(shared, items)`, computed in chunks. `function` must be a module's own, `shared` picklable."""
    if executor is None or len(items) < FEWEST:
        return function(shared, items)
    packed = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    digest = hashlib.blake2b(packed, digest_size=16).digest()
    size = max(1, -(-len(items) // (jobs * _CHUNKS_EACH)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    futures = [executor.submit(_chunk, function, digest, packed, chunk) for chunk in chunks]
    return [result for future in futures for result in future.result()]


def _chunk(
    function: Callable[[Any, Sequence[Item]], list[Done]], digest: bytes, packed: bytes, items: Sequence[Item]
) -> list[Done]:
    if digest not in _unpacked:
        _unpacked.clear()
        _unpacked[digest] = pickle.loads(packed)  # noqa: S301 - made by map_all of the same build
    return function(_unpacked[digest], items)
