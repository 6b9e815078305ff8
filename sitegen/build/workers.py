"""Processes of our own that work through a list, each with a limit of processor time for one item.

A process ends when the one that started it has ended, however that ended: else it would work on for nobody.

A worker holds the list from its beginning and is told ranges of it. It notes each item that it begins, so that when it
ends (the limit, a crash in a library, a lack of memory), that item alone is lost: a new worker goes on behind it. What
only ended is tried once more, for its process may have been killed by something else.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from msgspec import Struct

from sitegen.build.limits import FORKS, Done, Failure, Function, Item, attempt, fatal, was_slow

# Lets a process end when the one that started it has ended, however that ended: else it would work on for nobody.

_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def end_with_parent(parent: int) -> None:
    """Tie this process to that with the number `parent`, which has started it with multiprocessing.

    On Linux the system itself ends it, also inside a call of a library. Elsewhere a thread waits at a pipe that the
    parent holds open; it gets its turn when such a call is over.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_WHEN_PARENT_ENDS, signal.SIGKILL)
        if os.getppid() != parent:  # it has gone before it could be asked for
            os._exit(1)
        return
    import multiprocessing

    process = multiprocessing.parent_process()
    if process is not None:
        threading.Thread(target=_wait_and_leave, args=(process.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    from multiprocessing import connection

    connection.wait([sentinel])
    os._exit(1)


# Processes of our own that work through a list, each with a limit of processor time for one item.

_CHUNKS_EACH = 8  # so that no worker waits long for the last one
_LARGEST = 1000  # items in a chunk: the notes about them must fit into a pipe that nobody reads meanwhile
_OFTEN = 0.1  # seconds until a worker sends what it has
_EARLY = 5  # so many workers may end before they have begun anything


class Job(Struct, frozen=True):
    """What is to be done with each item; `seconds` is its limit, 0 for none."""

    function: "Function[Any, Any]"
    shared: Any
    items: Sequence[Any]
    seconds: float


class _Worker:
    """A worker as its parent sees it, and the range that it has not answered yet."""

    def __init__(self, job: Job) -> None:
        context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.pipe, its_pipe = multiprocessing.Pipe()
        self.notes, its_notes = multiprocessing.Pipe(duplex=False)
        self.start = self.stop = self.begun = 0
        # A daemon is ended when the parent leaves. Ctrl-C may come before `Crew` knows of this worker; without that,
        # the parent would wait at its exit for a process that waits for it.
        self.process: BaseProcess = context.Process(
            target=_work, args=(its_pipe, its_notes, os.getpid(), job), daemon=True
        )
        try:
            with _deaf():
                self.process.start()
        finally:
            its_pipe.close()
            its_notes.close()

    def give(self, start: int, stop: int) -> None:
        """Hand over a range."""
        self.start, self.stop, self.begun = start, stop, start - 1
        with contextlib.suppress(OSError):  # it has ended: that is found out when its answer is read
            self.pipe.send((start, stop))

    def answer(self) -> list[Any] | None:
        """Return the next results; None when the process has ended."""
        try:
            found: list[Any] = self.pipe.recv()
        except (EOFError, OSError):
            found = []
        with contextlib.suppress(EOFError, OSError):
            while self.notes.poll():
                self.begun = int(self.notes.recv_bytes())
        self.start += len(found)
        return found or None

    def end(self) -> int | None:
        """End the process in whatever it does; return its exit code."""
        if self.process.pid is not None:
            self.process.kill()
            self.process.join()
        self.pipe.close()
        self.notes.close()
        return self.process.exitcode


class Crew:
    """The workers of one job. Raises OSError where no process can be started."""

    def __init__(self, job: Job, jobs: int, tell: Callable[[int], None]) -> None:
        self.job = job
        self.size = min(jobs, len(job.items))
        self.tell = tell
        self.workers: dict[Connection, _Worker] = {}
        self.waiting = deque(_chunks(len(job.items), self.size))
        self.results: list[Any] = [None] * len(job.items)
        self.left = len(job.items)
        self.suspects: set[int] = set()
        self.early = 0

    def run(self) -> list[Any]:
        """Return what came of each item, in their order."""
        try:
            while self.left:
                while self.waiting and len(self.workers) < self.size:
                    worker = _Worker(self.job)
                    self.workers[worker.pipe] = worker
                    worker.give(*self.waiting.popleft())
                for pipe in wait(list(self.workers)):
                    assert isinstance(pipe, Connection)
                    self._hear(self.workers[pipe])
            return self.results
        finally:
            for worker in self.workers.values():
                worker.end()

    def _hear(self, worker: _Worker) -> None:
        at = worker.start
        part = worker.answer()
        if part is None:
            del self.workers[worker.pipe]
            self._mourn(worker, worker.end())
            return
        self._keep(at, part)
        if worker.start < worker.stop:
            return
        if self.waiting:
            worker.give(*self.waiting.popleft())
        else:
            del self.workers[worker.pipe]
            worker.end()

    def _keep(self, at: int, part: list[Any]) -> None:
        self.results[at : at + len(part)] = part
        self.left -= len(part)
        self.tell(len(self.results) - self.left)

    def _mourn(self, worker: _Worker, code: int | None) -> None:
        """Say what became of the item at which a worker ended, and let others do the rest of its range."""
        at = worker.begun
        if at < worker.start:
            self.early += 1
            if self.early > _EARLY:
                raise ChildProcessError
            self.waiting.appendleft((worker.start, worker.stop))
            return
        again: list[tuple[int, int]] = [(worker.start, at), (at + 1, worker.stop)]
        if was_slow(code):
            self._keep(at, [Failure("slow")])
        elif at in self.suspects:
            self._keep(at, [Failure("ended", _ending(code))])
        else:
            self.suspects.add(at)
            again.append((at, at + 1))
        self.waiting.extendleft(part for part in reversed(again) if part[0] < part[1])


def work_through(
    function: "Function[Item, Done]",
    shared: Any,
    items: Sequence[Item],
    jobs: int,
    seconds: float,
    tell: Callable[[int], None],
) -> list[Done | Failure]:
    """Return the result of `function(shared, [item])` for each item, or why there is none, made by `jobs` workers.

    No process works for an item longer than `seconds` of processor time. `tell` hears how many items are done. Raises
    OSError where no process can be started, and what pickle raises where something cannot travel to one.
    """
    crew = Crew(Job(function, shared, items, seconds), jobs, tell)
    if not FORKS:
        return crew.run()
    gc.freeze()  # a child that looked for garbage among the parent's values would make a copy of each page of memory
    try:
        return crew.run()
    finally:
        gc.unfreeze()


def _chunks(count: int, jobs: int) -> Iterator[tuple[int, int]]:
    size = min(_LARGEST, max(1, -(-count // (jobs * _CHUNKS_EACH))))
    return ((start, min(count, start + size)) for start in range(0, count, size))


def _ending(code: int | None) -> str:
    """Return how a process ended: the name of a signal, or its exit code."""
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile: a process that begins with it must never hear it, its parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection, notes: Connection, parent: int, job: Job) -> None:
    """Work through the ranges that the parent sends, until it ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    end_with_parent(parent)
    with contextlib.suppress(EOFError, OSError):
        while True:
            start, stop = pipe.recv()
            done: list[Any] = []
            sent = time.monotonic()
            for at in range(start, stop):
                notes.send_bytes(b"%d" % at)
                with fatal(job.seconds):
                    done.append(attempt(job.function, job.shared, job.items[at], 0))
                if at + 1 == stop or time.monotonic() - sent > _OFTEN:
                    pipe.send(done)
                    done, sent = [], time.monotonic()
