"""One command run and measured: wall time and processor time as the system accounts them, and memory by sampling."""

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.02  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, seconds of processors, and the peak of one process in MB."""

    wall: float
    cpu: float
    largest: float


class RunError(Exception):
    """A command that ended with an error; the text is the end of what it said."""


def measured(command: list[str], folder: Path, environment: dict[str, str], log: Path) -> Run:
    """Run a command to its end and return what it took. Raises RunError."""
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=_own(environment), stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RunError(
            f"{' '.join(command)}: exit code {process.returncode}\n{log.read_text(errors='replace')[-2000:]}"
        )
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _own(environment: dict[str, str]) -> dict[str, str]:
    """Return the environment of a run: Python may keep the bytecode of modules, as it does for whoever uses it."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ours | environment


def peak_of_all(command: list[str], folder: Path, environment: dict[str, str], log: Path) -> float:
    """Return the peak in MB of a command and all its processes together; memory that they share counts once.

    Reads /proc, so it works on Linux only, and returns 0 elsewhere. Slows the command down: never time such a run.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=_own(environment), stdout=output, stderr=subprocess.STDOUT)
        peak, over = [0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, over))
        watcher.start()
        process.wait()
        over.set()
        watcher.join()
    return peak[0] / 1024


def _watch(pid: int, peak: list[int], over: threading.Event) -> None:
    while not over.is_set():
        peak[0] = max(peak[0], sum(_proportional(one) for one in _family(pid)))
        over.wait(_PAUSE)


def _family(pid: int) -> list[int]:
    """Return a process and all that came of it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def _proportional(pid: int) -> int:
    """Return the proportional set size of a process in KiB: what it shares with n others counts by 1/n."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
