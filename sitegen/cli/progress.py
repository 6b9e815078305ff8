"""The progress of a build: a bar in a terminal, a line now and then in CI, nothing anywhere else.

A quick build shows nothing, and never imports the package rich.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TextIO

from sitegen.build.i18n import Speech
from sitegen.model.words import T_

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Tell = Callable[[str, int, int], None]
_SILENT = 0.5  # seconds that nothing is shown
_BETWEEN = 5.0  # seconds between two lines in CI
_FRAME = 0.05  # seconds between two pictures of the bar
STEPS = {
    "read": T_("Reading"),
    "link": T_("Linking"),
    "render": T_("Rendering"),
    "search": T_("Indexing"),
    "prove": T_("Checking"),
    "outside": T_("Checking external links"),
    "proofread": T_("Proofreading"),
    "digest": T_("Comparing"),
    "pictures": T_("Encoding images"),
    "compress": T_("Compressing"),
    "publish": T_("Publishing"),
}


@contextlib.contextmanager
def shown(quiet: bool, say: Speech, stream: TextIO | None = None) -> Iterator[Tell | None]:
    """Give the function that a build calls at its steps: name of the step, how much is done, of how much."""
    stream = stream or sys.stderr
    if quiet:
        yield None
    elif stream.isatty() and os.environ.get("TERM") != "dumb":
        bar = _Bar(stream, say)
        try:
            yield bar
        finally:
            bar.close()
    elif os.environ.get("CI"):
        yield _Lines(stream, say)
    else:
        yield None


class _Lines:
    """One line for what is going on, but only when nothing was said for some seconds."""

    def __init__(self, stream: TextIO, say: Speech) -> None:
        self.stream = stream
        self.say = say
        self.last = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() - self.last >= _BETWEEN:
            self.last = time.monotonic()
            count = self.say(": {done} of {total}", done=done, total=total) if total else ""
            print(f"{self.say(STEPS[step])}{count} …", file=self.stream, flush=True)


class _Bar:
    """The bar of rich. It draws on request, never by a thread: processes are forked while it is shown."""

    def __init__(self, stream: TextIO, say: Speech) -> None:
        self.stream = stream
        self.say = say
        self.next = time.monotonic() + _SILENT
        self.bar: Progress | None = None
        self.task: TaskID | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() < self.next:
            return
        if self.bar is None and not self._begun():
            self.next = float("inf")
            return
        assert self.bar is not None
        assert self.task is not None
        self.next = time.monotonic() + _FRAME
        words = self.say(STEPS[step])
        self.bar.update(self.task, description=words, completed=done, total=total or None, refresh=True)

    def _begun(self) -> bool:
        """Show the bar; say whether that could be done."""
        try:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        except ImportError:
            return False
        columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn())
        self.bar = Progress(*columns, console=Console(file=self.stream), auto_refresh=False, transient=True)
        self.bar.start()
        self.task = self.bar.add_task("", total=None)
        return True

    def close(self) -> None:
        """Take the bar away, so that only what the build says remains."""
        if self.bar is not None:
            self.bar.stop()
