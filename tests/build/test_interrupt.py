"""Ctrl-C, which every process of a terminal hears: exit code 130, one line, nothing left running, nothing half done."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, needs, tree

Make = Callable[..., SiteFolder]
PAGES = "".join(
    f"-- content/sl/p{number}.md --\n---\ntitle: Stran {number}\n---\n\n" + "Nekaj *besed* o **mestu**.\n\n" * 40
    for number in range(600)
)


def interrupted(root: Path, wait: float, *arguments: str) -> tuple[int, str, list[str]]:
    """Press Ctrl-C when the command has worked for a while; return exit code, what was printed, and who still runs."""
    log = root.with_name("log")
    (root / ".cache").mkdir(exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "sitegen", *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while not list((root / ".cache").glob("memo.sqlite*")) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        code = process.wait(60)
    return code, log.read_text(), left_of(process.pid)


def left_of(session: int) -> list[str]:
    """Return the processes of a session that still run, after giving them time to end."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = subprocess.run(["pgrep", "-s", str(session)], capture_output=True, text=True).stdout.split()
        if not found:
            return []
        time.sleep(0.1)
    return found


@pytest.mark.parametrize("wait", [0.05, 0.3])
@pytest.mark.parametrize("arguments", [["build", "--jobs", "2"], ["check"]], ids=lambda one: one[0])
def test_ctrl_c_in_the_middle_of_the_work(site: Make, arguments: list[str], wait: float) -> None:
    needs("users", hasattr(os, "killpg"))
    made = site(PAGES)
    before = tree(made.root)
    code, said, left = interrupted(made.root, wait, *arguments)
    assert (code, said, left) == (130, "Interrupted.\n", [])
    after = {path: data for path, data in tree(made.root).items() if not path.startswith((".cache/", ".public.spare/"))}
    assert after == before  # nothing of the site was touched, and nothing half published
    assert made.build().problems == ()


def test_ctrl_c_while_waiting_for_another_build(site: Make) -> None:
    from sitegen.build.lock import locked

    made = site()
    with locked(made.root / ".cache/lock", lambda: None):
        log = made.root.with_name("log")
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "sitegen"],
                cwd=made.root,
                env={**os.environ, "PYTHONPATH": str(PROJECT)},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            until = time.monotonic() + 60
            while "\n" not in log.read_text() and time.monotonic() < until:
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(60) == 130
    assert log.read_text() == "Another build of this site is running; waiting for it to finish.\nInterrupted.\n"
