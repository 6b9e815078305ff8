"""How far a build has come: a bar in a terminal, lines in CI, nothing for a quick or a quiet build."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, needs

from sitegen.build.i18n import Speech
from sitegen.build.pool import map_all
from sitegen.cli import progress

Make = Callable[..., SiteFolder]
# The real command line, with a build that takes longer than the time in which nothing is shown.
SLOWLY = """
import sys, time
from sitegen.cli import progress
from sitegen.cli.main import main
progress._SILENT, progress._BETWEEN, progress._FRAME = float(sys.argv.pop(1)), 0.0, 0.0
code = main(sys.argv[1:])
print("rich" in sys.modules)
sys.exit(code)
"""


def in_terminal(root: Path, silent: float, *arguments: str) -> str:
    """Run the command line with a terminal for its standard error; return all that it wrote there and elsewhere."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "TERM": "xterm-256color", "COLUMNS": "80"}
    command = [sys.executable, "-c", SLOWLY, str(silent), *arguments]
    done = subprocess.run(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert done.returncode == 0, shown
    return shown.decode() + done.stdout.decode()


def test_a_long_build_in_a_terminal_shows_a_bar(site: Make) -> None:
    needs("free names", os.name == "posix")
    shown = in_terminal(site().root, 0.0, "--clean")
    assert "Reading" in shown
    assert "Rendering" in shown
    assert shown.endswith("True\n")


def test_a_quick_build_shows_nothing_and_does_not_import_rich(site: Make) -> None:
    needs("free names", os.name == "posix")
    shown = in_terminal(site().root, 60.0, "--clean")
    assert "Reading" not in shown
    assert shown.endswith("False\n")


def test_a_quiet_build_shows_nothing(site: Make) -> None:
    needs("free names", os.name == "posix")
    assert in_terminal(site().root, 0.0, "--clean", "--quiet") == "False\n"


def test_lines_in_ci_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(progress, "_BETWEEN", 0.0)
    stream = io.StringIO()
    with progress.shown(False, Speech(), stream) as tell:
        assert tell is not None
        tell("read", 0, 0)
        tell("render", 10, 20)
    assert stream.getvalue() == "Reading …\nRendering: 10 of 20 …\n"


def test_ci_is_told_nothing_of_a_quick_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    stream = io.StringIO()
    with progress.shown(False, Speech(), stream) as tell:
        assert tell is not None
        tell("read", 0, 0)
    assert stream.getvalue() == ""


def test_a_file_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with progress.shown(False, Speech(), io.StringIO()) as tell:
        assert tell is None


def test_steps_and_their_parts_are_told(site: Make) -> None:
    told: list[tuple[str, int, int]] = []
    made = site()
    made.build(progress=lambda *one: told.append(one))
    assert [step for step, _, total in told if not total] == [
        "read", "link", "render", "search", "prove", "pictures", "digest", "publish",
    ]  # fmt: skip


def slow(_: object, items: list[int]) -> list[int]:
    time.sleep(0.001)
    return items


def test_a_pool_tells_how_much_is_done() -> None:
    told: list[int] = []
    assert map_all(slow, None, list(range(100)), 2, None, told.append) == list(range(100))
    assert told == sorted(told)
    assert told[-1] == 100
