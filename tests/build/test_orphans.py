"""Workers end when their parent ends, even one that is killed while they work inside a library."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.site import PROJECT, needs

BUSY = """
import re, sys
from sitegen.build.pool import map_all

def busy(kind, items):
    if kind == "pattern":
        re.match(r"(a+)+$", "a" * 64 + "b")
    sum(range(10 ** 13))

map_all(busy, sys.argv[1], list(range(100)), 2, seconds=600)
"""


def children(parent: int) -> set[int]:
    """Return the processes that a process has started and that have not ended."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, its_parent = file.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(its_parent) == parent and state != "Z":
            found.add(int(file.parent.name))
    return found


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def within(seconds: float, happened: "object") -> bool:
    """Say whether something comes true in time."""
    assert callable(happened)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", ["pattern", "call"])
def test_workers_end_with_a_parent_that_is_killed(how: signal.Signals, kind: str) -> None:
    needs("free names", sys.platform == "linux")
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen([sys.executable, "-c", BUSY, kind], env=environment, stderr=subprocess.DEVNULL) as parent:
        assert within(30, lambda: len(children(parent.pid)) == 2)
        workers = children(parent.pid)
        time.sleep(0.2)
        parent.send_signal(how)
        parent.wait(30)
    assert within(10, lambda: not any(map(lives, workers)))
