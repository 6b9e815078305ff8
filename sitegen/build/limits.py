"""One call under a limit of processor time, and what is left of a call that failed.

Two timers of the system count the processor time of this process, so that a busy machine fails nothing (Linux, macOS;
where there are none, as on Windows, nothing is limited). `attempt` has one that raises an exception here: it reaches
Python code and `re`, which looks for signals as it searches. `fatal` has one that ends the process whatever it does,
inside any library too: it is for processes that only work, see `workers`.
"""

import contextlib
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any, Literal, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Done = TypeVar("Done")
Function = Callable[[Any, Sequence[Item]], list[Done]]

FORKS = sys.platform == "linux"  # a new process costs some milliseconds, and inherits all values
HAS_TIMERS = hasattr(signal, "setitimer")
_AGAIN = 0.1  # seconds until the exception comes once more, for code that catches everything
_LETTERS = 200  # of what an exception says


class Failure(Struct, frozen=True):
    """Why there is no result: it took too long, its process ended, or an exception; `trace` is the traceback of one.

    `missing` is the module that is not there, if that is the reason.
    """

    kind: Literal["slow", "ended", "error"]
    reason: str = ""
    trace: str = ""
    missing: str = ""


class TimeIsUp(BaseException):
    """Raised in the middle of a call that takes too long; nothing that catches `Exception` stops it."""


def failure_of(error: BaseException) -> Failure:
    """Return what is left of an exception: its kind and words in one line, and the traceback."""
    words = " ".join(str(error).split())[:_LETTERS]
    reason = f"{type(error).__name__}: {words}" if words else type(error).__name__
    missing = error.name or "" if isinstance(error, ModuleNotFoundError) else ""
    return Failure("error", reason, "".join(traceback.format_exception(error)), missing)


def attempt(function: "Function[Item, Done]", shared: Any, item: Item, seconds: float) -> Done | Failure:
    """Return the one result of `function(shared, [item])`, or why there is none.

    It gets `seconds` of processor time (0: any), in the main thread of a process; in others nothing can be limited.
    """
    timer = _Timer(seconds)
    try:
        try:
            timer.start()
            return function(shared, [item])[0]
        except (Exception, SystemExit) as error:
            timer.stop()
            return failure_of(error)
        finally:
            timer.stop()
    except TimeIsUp:
        timer.stop()
        return Failure("slow")


def attempts(
    function: "Function[Item, Done]", shared: Any, items: Sequence[Item], seconds: float, *, expendable: bool = False
) -> list[Done | Failure]:
    """Return what `attempt` returns for each item.

    An `expendable` process is ended where the exception of `attempt` does not get through: see `was_slow`.
    """
    done: list[Done | Failure] = []
    for item in items:
        with fatal(2 * seconds if expendable else 0):
            result = attempt(function, shared, item, seconds)
        done.append(result)
    return done


class _Timer:
    """Raises TimeIsUp after so much processor time, while it runs."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds if HAS_TIMERS and threading.current_thread() is threading.main_thread() else 0.0
        self.runs = False
        self.before: Any = None

    def start(self) -> None:
        if self.seconds:
            self.before = signal.signal(signal.SIGVTALRM, self._ring)
            self.runs = True
            signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds, _AGAIN)

    def stop(self) -> None:
        if self.runs:
            self.runs = False
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self.before)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        if self.runs:
            raise TimeIsUp


@contextlib.contextmanager
def fatal(seconds: float) -> Iterator[None]:
    """End this process after so much processor time (0: any) by the signal that `was_slow` knows."""
    if not seconds or not HAS_TIMERS:
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def was_slow(exit_code: int | None) -> bool:
    """Say whether a process of this exit code was ended by `fatal`."""
    return HAS_TIMERS and exit_code == -signal.SIGPROF
