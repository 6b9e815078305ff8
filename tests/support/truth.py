"""What the proofs of truth stand on: the site `tests/story/`, and builds by the command, with all that they say.

The story has three languages and a bit of everything: sections, fallbacks of both kinds, a draft that a day will
publish, partials, macros, blocks, data, a calendar, a feed, search, aliases, pictures and stylesheets.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from sitegen.cli.main import main
from support.site import PROJECT, TESTS, tree

STORY = TESTS / "story"
DAY = "1767225600"  # 2026-01-01, in seconds since 1970
SECONDS = re.compile(r"[0-9.]+ s\)")


class Said(NamedTuple):
    """What a build said: exit code, problems as printed, and the line with the numbers."""

    code: int
    problems: str
    line: str

    @property
    def repeated(self) -> bool:
        """Say whether the build only repeated the last one."""
        return "(no change, " in self.line


def story(folder: Path) -> Path:
    """Make a copy of the story, and return its folder."""
    shutil.copytree(STORY, folder)
    return folder


def run(root: Path, *arguments: str) -> Said:
    """Build by the command line, in this process; every problem is printed, also when nothing has changed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["build", "--all", *arguments], root)
    return Said(code, err.getvalue(), out.getvalue())


def child(root: Path, *arguments: str, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Build by the command in a process of its own; `code` runs in it first."""
    script = f"{code}\nimport sys\nfrom sitegen.cli.main import main\nsys.exit(main(sys.argv[1:]))\n"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}", "SOURCE_DATE_EPOCH": DAY, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def clean(root: Path, other: Path, *arguments: str) -> Said:
    """Build without any memory into a folder that is new."""
    shutil.rmtree(other, ignore_errors=True)
    shutil.rmtree(other.parent / f".{other.name}.spare", ignore_errors=True)
    return run(root, "--clean", "--output", str(other), *arguments)


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that two trees do not agree on."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def prove_equal(root: Path, other: Path, output: str = "public", *arguments: str) -> Said:
    """Build, and see that a clean build leaves the same bytes and says the same; returns what was said."""
    before = tree(root / output)
    said, cleanly = run(root, *arguments), clean(root, other, *arguments)
    compare(said, cleanly, tree(other), before, tree(root / output))
    return said


def compare(
    said: Said, cleanly: Said, cold: dict[str, bytes], before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """See that a build said the same as a clean one, and left the same bytes; or, when it failed, what was there."""
    assert (said.code, said.problems) == (cleanly.code, cleanly.problems)
    if said.code:
        assert difference(after, before) == [], "a build that failed has touched the site"
    else:
        assert difference(after, cold) == []


def tamper(file: Path, how: str) -> None:
    """Do to a published file what a person or a tool might."""
    if how == "in place":
        with file.open("r+b") as opened:
            opened.write(b"<!--")
    elif how == "by replacing":
        file.unlink()
        file.write_text("somebody's")
    elif how == "removed":
        file.unlink()
    else:
        shutil.rmtree(file.parent)
