"""One function over many items, in this process or in several, with results in the order of the items.

Any `concurrent.futures.Executor` will do: processes of this machine, or a cluster's. What all items share is inherited
by processes that are forked; others get it once a chunk and unpack it once a process. That one value a process holds is
the only state in a module of this project.

Processes of this machine are a means to be quick and nothing more: where they cannot be started, or one is killed, this
process does the work itself. They end with this process, however that ends: else they would hold its lock for ever.
"""

import contextlib
import gc
import hashlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Done = TypeVar("Done")

FEWEST = 48  # below this many items, starting processes costs more than it saves
_CHUNKS_EACH = 8  # so that no process waits long for the last one
_held: dict[bytes, Any] = {}


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def map_all(
    function: Callable[[Any, Sequence[Item]], list[Done]],
    shared: Any,
    items: Sequence[Item],
    jobs: int,
    executor: "Executor | None" = None,
    tell: Callable[[int], None] = lambda _: None,
) -> list[Done]:
    """Return `function(shared, items)`, computed in chunks where that is quicker.

    `tell` hears how many items are done. `function` must be a module's own. `shared` must be picklable where it cannot
    be inherited.
    """
    if len(items) < FEWEST or (jobs < 2 and executor is None):
        return function(shared, items)
    size = max(1, -(-len(items) // (max(jobs, 2) * _CHUNKS_EACH)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    try:
        if executor is not None:
            return _sent(executor, function, shared, chunks, tell)
        return _by_processes(function, shared, chunks, jobs, tell)
    except (pickle.PicklingError, ImportError, AttributeError, TypeError):
        return function(shared, items)  # something in `shared` cannot travel; a mistake of ours is met again here


def _by_processes(
    function: Callable[[Any, Sequence[Item]], list[Done]],
    shared: Any,
    chunks: list[Sequence[Item]],
    jobs: int,
    tell: Callable[[int], None],
) -> list[Done]:
    """Let processes of this machine do the work; where there can be none, do it here."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    try:
        if sys.platform == "linux":
            return _inherited(function, shared, chunks, jobs, tell)
        with ProcessPoolExecutor(jobs, initializer=_end_with_parent) as own:
            return _sent(own, function, shared, chunks, tell, hears=_hears())
    except (BrokenExecutor, OSError):
        return [one for chunk in chunks for one in function(shared, chunk)]


def _end_with_parent() -> None:
    """Let this process end when the one that started it has ended, be it killed, and hear Ctrl-C at work only."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_leave, args=(parent.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    from multiprocessing import connection

    connection.wait([sentinel])
    os._exit(1)


def _inherited(
    function: Callable[[Any, Sequence[Item]], list[Done]],
    shared: Any,
    chunks: list[Sequence[Item]],
    jobs: int,
    tell: Callable[[int], None],
) -> list[Done]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    key = b"inherited"
    _held[key] = shared
    gc.freeze()  # a child that looked for garbage among the parent's values would make a copy of each page of memory
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=fork, initializer=_end_with_parent) as executor:
            waiting = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until the children know what to do
            try:
                futures = [executor.submit(_chunk, function, key, b"", chunk, _hears()) for chunk in chunks]
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
            return _gathered(futures, tell)
    finally:
        gc.unfreeze()
        del _held[key]


def _sent(
    executor: "Executor",
    function: Callable[[Any, Sequence[Item]], list[Done]],
    shared: Any,
    chunks: list[Sequence[Item]],
    tell: Callable[[int], None],
    *,
    hears: bool = False,
) -> list[Done]:
    packed = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    key = hashlib.blake2b(packed, digest_size=16).digest()
    futures = [executor.submit(_chunk, function, key, packed, chunk, hears) for chunk in chunks]
    return _gathered(futures, tell)


def _gathered(futures: "list[Future[list[Done]]]", tell: Callable[[int], None]) -> list[Done]:
    """Return all results in the order of the chunks."""
    results: list[Done] = []
    try:
        for future in futures:
            results += future.result()
            tell(len(results))
    finally:  # after Ctrl-C nobody waits for what was not begun
        for future in futures:
            future.cancel()
    return results


def _chunk(
    function: Callable[[Any, Sequence[Item]], list[Done]],
    key: bytes,
    packed: bytes,
    items: Sequence[Item],
    hears: bool,  # Ctrl-C; only a process of our own may be told to
) -> list[Done]:
    if key not in _held:
        _held.clear()
        _held[key] = pickle.loads(packed)  # noqa: S301 - packed by `_sent` of the same build
    with _hearing() if hears else contextlib.nullcontext():
        return function(_held[key], items)


def _hears() -> bool:
    """Say whether Ctrl-C reaches this process: its children hear what it hears."""
    return signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


@contextlib.contextmanager
def _hearing() -> Iterator[None]:
    """Let Ctrl-C break off the work of a process that is deaf to it while it waits, where it prints a traceback."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
