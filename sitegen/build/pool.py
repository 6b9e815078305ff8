"""One function over many items, in this process, in several, or on a cluster, with results in the order of the items.

`function(shared, [item])` gives one result. It has a limit of processor time; what takes longer, raises an exception or
ends its process is a Failure in the place of the result, and all others go on. Where it runs:

- few items: here. A timer interrupts Python code and `re`;
- many items, or `apart`: in processes of this machine (`workers`), which are ended whatever they do;
- with an `executor` (any of `concurrent.futures`, such as a Dask client's): there. The timer works where the executor
  runs a call in the main thread of a process, as processes of this machine do, but Dask's workers do not.

Where no process can be started, this one does the work itself. What all items share is unpacked once in a process of
an executor: that one value is the only state in a module of this project.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sitegen.build.limits import Done, Failure, Function, Item, attempts

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEWEST = 48  # below this many items, starting processes costs more than it saves
_CHUNKS_EACH = 8  # so that no process waits long for the last one
_CANNOT_TRAVEL = (pickle.PicklingError, ImportError, AttributeError, TypeError)
_held: dict[bytes, Any] = {}


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def map_all(
    function: "Function[Item, Done]",
    shared: Any,
    items: Sequence[Item],
    jobs: int,
    executor: "Executor | None" = None,
    tell: Callable[[int], None] = lambda _: None,
    *,
    seconds: float = 0,
    apart: bool = False,
    expendable: bool = False,
) -> list[Done | Failure]:
    """Return what `function(shared, [item])` gives for each item, or why it gives nothing.

    `tell` hears how many items are done. `function` must be a module's own. `shared` must be picklable where it cannot
    be inherited. `seconds` is the limit of an item, 0 for none. `apart` keeps all work out of this process: for
    libraries that a timer cannot interrupt, or that need much memory; with `jobs` 1, one item at a time. Where this
    process does the work itself, is `expendable`, and the timer does not get through, it is ended.
    """
    if not items:
        return []
    try:
        if executor is not None and len(items) >= FEWEST:
            return _sent(executor, function, shared, items, jobs, tell, seconds)
        if apart or (jobs > 1 and len(items) >= FEWEST):
            from sitegen.build.workers import work_through

            return work_through(function, shared, items, jobs, seconds, tell)
    except (*_CANNOT_TRAVEL, OSError):
        pass  # something in `shared` cannot travel, or there can be no processes; a mistake of ours is met again here
    return attempts(function, shared, items, seconds, expendable=expendable)


def _sent(
    executor: "Executor",
    function: "Function[Item, Done]",
    shared: Any,
    items: Sequence[Item],
    jobs: int,
    tell: Callable[[int], None],
    seconds: float,
) -> list[Done | Failure]:
    """Let an executor do the work; a broken one leaves it to this process."""
    from concurrent.futures import BrokenExecutor

    size = max(1, -(-len(items) // (max(jobs, 2) * _CHUNKS_EACH)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    packed = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    key = hashlib.blake2b(packed, digest_size=16).digest()
    futures = [executor.submit(_chunk, function, key, packed, chunk, seconds) for chunk in chunks]
    results: list[Done | Failure] = []
    try:
        for future in futures:
            results += future.result()
            tell(len(results))
    except BrokenExecutor as error:
        raise ChildProcessError from error
    finally:  # after Ctrl-C nobody waits for what was not begun
        for future in futures:
            future.cancel()
    return results


def _chunk(
    function: "Function[Item, Done]", key: bytes, packed: bytes, items: Sequence[Item], seconds: float
) -> list[Done | Failure]:
    if key not in _held:
        _held.clear()
        _held[key] = pickle.loads(packed)  # noqa: S301 - packed by `_sent` of the same build
    return attempts(function, _held[key], items, seconds)
