"""Walk along docs/tour.md, step by step, as a newcomer would: what stands there is what is done.

Beside the blocks of `console.py`, a tour has

    ```text terminal        lines that the server in the terminal prints, sooner or later
    ```text browser PATH    lines that a person sees on that page, sooner or later
    ```console              with `^C` only: the server is ended
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

from support.console import Desk, Server, blocks, matches, steps
from support.site import PROJECT

TOUR = PROJECT / "docs/tour.md"
Look = Callable[[str, tuple[str, ...]], None]
_PATIENCE = 300


def walk(desk: Desk, look: Look) -> list[str]:
    """Do every step; `look(address, lines)` waits until a browser shows the lines. Returns the headings passed."""
    text = TOUR.read_text(encoding="utf-8").split("\n")
    server: Server | None = None
    passed = []
    for block in blocks(TOUR):
        where = next(line for line in reversed(text[: block.line]) if re.match(r"## \d", line))
        passed += [where] if where not in passed else []
        if block.reason:
            continue
        if block.words.startswith("browser "):
            assert server is not None, where
            look(address(server) + block.words.removeprefix("browser /"), tuple(block.text.splitlines()))
        elif block.words == "terminal":
            assert server is not None, where
            said(server, tuple(block.text.splitlines()))
        elif block.text == "^C\n":
            assert server is not None, where
            assert server.end() == 130, server.printed
        elif block.kind == "console":
            for step in steps(block):
                if "build.py serve" in step.command:
                    server = desk.serve(step)
                    assert matches((*step.wanted, "…"), server.printed), server.printed
                    continue
                code, printed = desk.run(step)
                good = code == step.code and matches(step.wanted, printed)
                assert good, "\n".join([where, step.command, f"exit code {code}", *printed])
        else:
            desk.change(block)
    return passed


def address(server: Server) -> str:
    """Return where the server serves, from what it said."""
    return next(found[0] for line in server.printed if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))


def said(server: Server, lines: tuple[str, ...]) -> None:
    """Wait until the server has printed these lines, one behind the other."""
    end = time.monotonic() + _PATIENCE
    while not matches(("…", *lines, "…"), server.printed):
        assert time.monotonic() < end, [*lines, "is not in", *server.printed]
        time.sleep(0.1)


def desk_in(folder: Path, project: Path) -> Desk:
    """Return a desk in an empty folder, from which git finds the project at its address."""
    (folder / "home").mkdir()
    (folder / "home/origin").symlink_to(project)
    start = folder / "home/desk"
    start.mkdir()
    return Desk(start, "en")
