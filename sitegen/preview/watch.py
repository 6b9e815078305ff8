"""Watches files for changes, and reports them once when saving is finished.

Compares stamps, as `up_to_date` does, so it works on every system and disk, also for network folders, containers and
links inside the site. The files that changed last are checked often; all files, as often as a twentieth of a processor
allows.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sitegen.build.stamps import Stamp, stamps_of

_OFTEN = 0.04  # seconds between two looks at the files that were changed last
_SHARE = 20  # one look at everything, then as long as this many looks for something else
_LEAST = 0.2  # seconds between two looks at everything, at least
_QUIET = 0.04  # seconds without a change: the saving is over
_LONGEST = 2.0  # seconds to wait for that
_LATEST = 64  # how many files are looked at often


class Watch:
    """The watched files of one folder, with their stamps at the last look."""

    def __init__(self, root: Path, names: Callable[[], Iterable[str]], ignored: Callable[[str], bool]) -> None:
        """Look for the first time. `names` are folders and files below `root`; `ignored` is asked by path."""
        self.root = root
        self.names = names
        self.ignored = ignored
        self.cost = 0.0
        self.stamps = self._look()
        self.latest = self._changed_last()

    def _look(self) -> dict[str, Stamp]:
        started = time.perf_counter()
        stamps = stamps_of(self.root, self.names())
        kept = {path: stamp for path, stamp in stamps.items() if not self.ignored(path)}
        self.cost = time.perf_counter() - started
        return kept

    def _changed_last(self) -> dict[str, tuple[int, int]]:
        """Return the files that were changed last, with what a quick look compares."""
        paths = sorted(self.stamps, key=lambda path: self.stamps[path][1:3], reverse=True)
        return {path: _glance(self.root / path) for path in paths[:_LATEST] if "@" not in path}

    def wait(self, stop: threading.Event) -> list[str]:
        """Return the paths of files changed, created or removed, when saving is finished; [] when `stop` is set."""
        while not stop.is_set():
            changed = self._compared(stop)
            if changed:
                return changed
            self._pause(stop)
        return []

    def _compared(self, stop: threading.Event) -> list[str]:
        now = self._look()
        if now == self.stamps:
            return []
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until and not stop.wait(_QUIET):
            before, now = now, self._look()
            if now == before:
                break
        changed = {path for path in self.stamps.keys() | now.keys() if self.stamps.get(path) != now.get(path)}
        self.stamps = now
        self.latest = self._changed_last()
        return sorted({path.partition("@")[0] for path in changed})

    def _pause(self, stop: threading.Event) -> None:
        """Wait for the next look at everything; less when one of the files changed last has changed again."""
        until = time.monotonic() + max(_LEAST, self.cost * _SHARE)
        while time.monotonic() < until and not stop.wait(_OFTEN):
            if any(_glance(self.root / path) != glance for path, glance in self.latest.items()):
                return


def _glance(file: Path) -> tuple[int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116 - many times a second
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns
