"""The examples of the manual are true: each command is run in a clone of the project, and prints what it says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from support.console import ADDRESS, REASONS, Block, Desk, Step, blocks, clone, matches, steps
from support.site import PROJECT, needs

from sitegen.model.messages import TEXTS

HOW_TO = PROJECT / "docs" / "how-to"
BEGIN = ("git init --quiet", "git add .", "git commit --quiet -m Begin", "sitegen build")
TOURS = (PROJECT / "docs" / "tour.md",)  # run by test_tour.py, because its server is looked at in between
GUIDES = [
    guide
    for guide in (
        PROJECT / "README.md",
        PROJECT / "CONTRIBUTING.md",
        *sorted((PROJECT / "docs").glob("*.md")),
        *sorted((PROJECT / "docs" / "guide").rglob("*.md")),
        *sorted((PROJECT / "docs" / "how-to").glob("*.md")),
    )
    if guide not in TOURS
]
COMMANDS = {guide: [block for block in blocks(guide) if block.kind == "console"] for guide in GUIDES}


def name(guide: Path) -> str:
    """Return a guide's path below the project."""
    return guide.relative_to(PROJECT).as_posix()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone that is built, so that its copies need not build everything again, with a code host next to it.

    Its branch follows that of a bare repository, `host.git`: what a guide pushes arrives there and nowhere else.
    """
    needs("git", shutil.which("git"))
    folder = clone(tmp_path_factory.mktemp("guides") / "origin")
    host = folder.with_name("host.git")
    for command in (
        ["clone", "--quiet", "--bare", str(folder), str(host)],
        ["remote", "set-url", "origin", str(host)],
        ["fetch", "--quiet", "origin"],
        ["branch", "--quiet", "--set-upstream-to=origin/main", "main"],
        ["remote", "set-url", "origin", ADDRESS],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / ".venv").symlink_to(sys.prefix)
    with (folder / ".git/info/exclude").open("a") as exclude:
        exclude.write(".venv\n")
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=folder, check=True, timeout=600)
    return folder


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create the site that docs/how-to/README.md names, in a repository with one commit."""
    needs("git", shutil.which("git"))
    desk = Desk(tmp_path_factory.mktemp("how-to") / "town", "en", PROJECT)
    desk.folder.mkdir()
    begin = next(step for block in blocks(HOW_TO / "README.md") for step in steps(block))
    for command in (begin.command.replace(" town ", " . "), *BEGIN):
        code, printed = desk.run(Step(command, (), 0, 0))
        assert code == 0, printed
    return desk.folder


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if COMMANDS[guide]], ids=name)
def test_examples_are_true(guide: Path, request: pytest.FixtureRequest, tmp_path: Path, update: bool) -> None:
    desk = desk_for(guide, request, tmp_path)
    try:
        wrong = [line for block in blocks(guide) if not block.reason for line in run(block, desk, guide, update)]
    finally:
        desk.close()
    assert not wrong, "\n".join([name(guide), *wrong])


def desk_for(guide: Path, request: pytest.FixtureRequest, home: Path) -> Desk:
    """Return where the reader of a guide works: a new site for a how-to guide, else a clone of the project."""
    if guide.parent != HOW_TO or guide.name == "README.md":
        built: Path = request.getfixturevalue("built")
        host = ["clone", "--quiet", "--bare", "--shared", str(built.with_name("host.git")), str(home / "origin")]
        subprocess.run(["git", *host], check=True)
        parts = guide.relative_to(PROJECT).parts
        folder = shutil.copytree(built, home / "learning-cities", symlinks=True)
        return Desk(folder, parts[2] if parts[:2] == ("docs", "guide") else "en")
    folder = shutil.copytree(request.getfixturevalue("town"), home / "town", symlinks=True)
    if any("git init" in step.command for block in COMMANDS[guide] for step in steps(block)):
        shutil.rmtree(folder / ".git")
    (home / "Pictures").mkdir()
    Image.new("RGB", (2400, 1600), (90, 120, 160)).save(home / "Pictures/market.jpg")
    (home / "Videos").mkdir()
    (home / "Videos/tour.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    return Desk(folder, "en", PROJECT)


def run(block: Block, desk: Desk, guide: Path, update: bool) -> list[str]:
    """Run a block; return what is wrong, as lines to read. With `update`, put into the guide what was printed."""
    if block.kind == "diff" or (block.kind != "console" and "/" in block.words):
        desk.change(block)
    if block.kind != "console":
        return []
    wrong: list[str] = []
    for step in steps(block):
        if re.search(r"(build\.py|sitegen) serve|http\.server", step.command):
            code, printed = served(desk, step)
            good = matches((*(line for line in step.wanted if line != "^C"), "…"), printed)
        else:
            code, printed = desk.run(step)
            good = matches(step.wanted, printed) and code == step.code
        if update and (not good or step.wanted == ("…",)):
            rewrite(guide, step, printed)
        if not good:
            wrong += [f"line {step.line}: $ {step.command}", f"exit code {code}, and it printed", *printed, ""]
    return wrong


def served(desk: Desk, step: Step) -> tuple[int, list[str]]:
    """Start a server; when the example ends it, end it.

    Returns its exit code (0 while it runs) and what it printed so far, which may be more than the example shows.
    """
    server = desk.serve(step)
    shown = list(server.printed)
    return server.end() if "^C" in step.wanted else 0, shown


def rewrite(guide: Path, step: Step, printed: list[str]) -> None:
    """Put what a command printed into its guide, for a person to read."""
    lines = guide.read_text(encoding="utf-8").split("\n")
    old = [f"$ {step.command}", *step.wanted]
    for start in range(len(lines)):
        if lines[start : start + len(old)] == old:
            lines[start : start + len(old)] = [old[0], *printed]
            break
    guide.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("guide", sorted(HOW_TO.glob("*.md")), ids=name)
def test_problems_of_the_how_to_guides_exist(guide: Path) -> None:
    named = {*re.findall(r"^\| `([a-z0-9-]+)` \|", guide.read_text(encoding="utf-8"), re.M)}
    assert {code for code in named if "-" in code and code.islower() and not code.startswith("--")} <= {*TEXTS}


def test_the_index_of_the_how_to_guides_is_complete() -> None:
    listed = re.findall(r"\]\(([a-z-]+\.md)\)", (HOW_TO / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(file.name for file in HOW_TO.glob("*.md") if file.name != "README.md")


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_what_is_not_run_says_why(guide: Path) -> None:
    unknown = [f"line {block.line}: {block.reason}" for block in blocks(guide) if block.reason]
    assert all(line.partition(": ")[2].startswith(REASONS) for line in unknown), unknown


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_commands_stand_in_blocks_that_are_run(guide: Path) -> None:
    found = [block for block in blocks(guide) if block.kind in ("sh", "bash", "shell", "powershell")]
    loose = [f"line {block.line}: ```{block.kind}" for block in found if not block.reason]
    assert not loose, f"write ```console with `$ ` before commands, or <!-- not run: … --> above: {loose}"
