"""The examples of the manual are true: each command is run in a clone of the project, and prints what it says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, needs
from console import REASONS, Block, Desk, Step, blocks, clone, matches, steps

TOURS = (PROJECT / "docs" / "tour.md",)  # run by test_tour.py, because its server is looked at in between
GUIDES = [
    guide
    for guide in (
        PROJECT / "README.md",
        PROJECT / "CONTRIBUTING.md",
        *sorted((PROJECT / "docs").glob("*.md")),
        *sorted((PROJECT / "docs" / "guide").rglob("*.md")),
    )
    if guide not in TOURS
]
COMMANDS = {guide: [block for block in blocks(guide) if block.kind == "console"] for guide in GUIDES}


def name(guide: Path) -> str:
    """Return a guide's path below the project."""
    return guide.relative_to(PROJECT).as_posix()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one clone and build it, so that its copies need not do everything anew."""
    needs("git", shutil.which("git"))
    folder = clone(tmp_path_factory.mktemp("guides") / "origin")
    (folder / ".venv").symlink_to(sys.prefix)
    with (folder / ".git/info/exclude").open("a") as exclude:
        exclude.write(".venv\n")
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=folder, check=True, timeout=600)
    return folder


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if COMMANDS[guide]], ids=name)
def test_examples_are_true(guide: Path, built: Path, tmp_path: Path, update: bool) -> None:
    (tmp_path / "origin").symlink_to(built)
    folder = shutil.copytree(built, tmp_path / "learning-cities", symlinks=True)
    parts = guide.relative_to(PROJECT).parts
    desk = Desk(folder, parts[2] if parts[:2] == ("docs", "guide") else "en")
    try:
        wrong = [line for block in blocks(guide) if not block.reason for line in run(block, desk, guide, update)]
    finally:
        desk.close()
    assert not wrong, "\n".join([name(guide), *wrong])


def run(block: Block, desk: Desk, guide: Path, update: bool) -> list[str]:
    """Run a block; return what is wrong, as lines to read. With `update`, put into the guide what was printed."""
    if block.kind == "diff" or (block.kind != "console" and "/" in block.words):
        desk.change(block)
    if block.kind != "console":
        return []
    wrong: list[str] = []
    for step in steps(block):
        if "build.py serve" in step.command or "http.server" in step.command:
            code, printed = served(desk, step)
            good = matches(tuple(line for line in step.wanted if line != "^C"), printed)
        else:
            code, printed = desk.run(step)
            good = matches(step.wanted, printed) and code == step.code
        if update and (not good or step.wanted == ("…",)):
            rewrite(guide, step, printed)
        if not good:
            wrong += [f"line {step.line}: $ {step.command}", f"exit code {code}, and it printed", *printed, ""]
    return wrong


def served(desk: Desk, step: Step) -> tuple[int, list[str]]:
    """Start a server; when the example ends it, end it. Returns its exit code (0 while it runs) and what it printed."""
    server = desk.serve(step)
    shown = list(server.printed[: len(step.wanted)])
    code = server.end() if "^C" in step.wanted else 0
    return code, [line for line in shown if line != "^C"]


def rewrite(guide: Path, step: Step, printed: list[str]) -> None:
    """Put what a command printed into its guide, for a person to read."""
    lines = guide.read_text(encoding="utf-8").split("\n")
    old = [f"$ {step.command}", *step.wanted]
    for start in range(len(lines)):
        if lines[start : start + len(old)] == old:
            lines[start : start + len(old)] = [old[0], *printed]
            break
    guide.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_what_is_not_run_says_why(guide: Path) -> None:
    unknown = [f"line {block.line}: {block.reason}" for block in blocks(guide) if block.reason]
    assert all(line.partition(": ")[2].startswith(REASONS) for line in unknown), unknown


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_commands_stand_in_blocks_that_are_run(guide: Path) -> None:
    found = [block for block in blocks(guide) if block.kind in ("sh", "bash", "shell", "powershell")]
    loose = [f"line {block.line}: ```{block.kind}" for block in found if not block.reason]
    assert not loose, f"write ```console with `$ ` before commands, or <!-- not run: … --> above: {loose}"
