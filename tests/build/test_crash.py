"""The build is killed at every file operation in turn: the site is wholly old or wholly new, and the next build mends.

A forked build installs an audit hook (PEP 578) and sends itself SIGKILL right before the n-th operation on a file of
the site: no function is patched, nothing can clean up. `make test` takes some of the moments, the proof takes each.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from support.site import PROJECT, TESTS, needs, tree
from support.truth import DAY, child, clean, difference, run, story

from sitegen.build.pool import map_all

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = frozenset(
    "os.rename os.remove os.link os.symlink os.mkdir os.rmdir os.truncate os.utime os.chmod shutil.rmtree "
    "sqlite3.connect ctypes.dlopen ctypes.dlsym".split()
)
READER = TESTS / "support/reader.py"


class Versions(NamedTuple):
    """A site between two versions of its sources, and what a clean build makes of each."""

    root: Path
    trees: tuple[dict[str, bytes], dict[str, bytes]]

    def write(self, version: int) -> None:
        """Give the sources the state of a version: pages come, go and change, and files and folders change places."""
        content = self.root / "content"
        comes, goes = [content / "en/news/second.md", content / "es/news/third.md"][:: 1 - 2 * version]
        goes.unlink(missing_ok=True)
        comes.write_text(f"---\ntitle: New\naliases: [{('/x.html', '/x.html/y/')[version]}]\n---\n\nText {version}.\n")
        (content / "es/news/first.md").write_text(f"---\ntitle: Primera\n---\n\nNumero {version}.\n")
        (self.root / "static/css/parts.css").write_text(f"h1 {{ margin: {version}px; }}\n")


def act(event: str, arguments: tuple[object, ...]) -> bool:
    """Say whether an audit event is an operation that changes files."""
    if event == "open":
        return isinstance(arguments[2], int) and bool(arguments[2] & WRITES) and isinstance(arguments[0], (str, bytes))
    return event in CHANGES


def killed_at(number: int, root: Path, *arguments: str) -> bool:
    """Build in a forked process that dies right before its n-th operation. Returns False when it had fewer."""
    with warnings.catch_warnings():  # threads of other tests' servers do not matter to the child
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        left = [number]

        def hook(event: str, values: tuple[object, ...]) -> None:
            if act(event, values):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        code = 3
        try:
            code = run(root, *arguments).code
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    needs("users", hasattr(os, "fork"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


@pytest.fixture(params=["exchange", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "one by one":
        monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    return str(request.param)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    root = story(tmp_path / "story")
    trees = []
    for version in (0, 1):
        made = Versions(root, ({}, {}))
        made.write(version)
        said = clean(root, tmp_path / "cold")
        assert said.code == 0, said.problems
        trees.append(tree(tmp_path / "cold"))
    shutil.rmtree(root / ".cache")
    return Versions(root, (trees[0], trees[1]))


def moments(every: int) -> Iterator[int]:
    """Return the numbers of the operations to die before: one of so many, another one in each run of the loop."""
    return count(1, every)


def first_builds(versions: Versions, way: str, every: int) -> int:
    """Kill a first build at each moment; returns how many times it was killed."""
    root, killed = versions.root, 0
    versions.write(0)
    (root / "static/empty.txt").write_bytes(b"")
    said = clean(root, root.parent / "cold")
    assert said.code == 0
    new = tree(root.parent / "cold")
    for number in moments(every):
        for name in (".cache", "public", ".public.spare"):
            shutil.rmtree(root / name, ignore_errors=True)
        if number % 2:
            (root / "public").mkdir()  # somebody has made an empty folder: it is taken
        if not killed_at(number, root):
            break
        killed += 1
        left = tree(root / "public")
        assert left in ({}, new) or (way == "one by one" and all(part_of(left, new)))
        repaired(root, new)
    assert tree(root / "public") == new
    return killed


def later_builds(versions: Versions, way: str, every: int) -> int:
    """Kill builds from one version to the other and back at each moment; returns how many times that was."""
    root, killed = versions.root, 0
    for version in (0, 1, 0):
        versions.write(version)
        assert run(root).code == 0
    for number in moments(every):
        alive = 0
        for version in (1, 0):
            old, new = versions.trees[1 - version], versions.trees[version]
            versions.write(version)
            if killed_at(number, root):
                killed += 1
                whole(way, tree(root / "public"), old, new)
                repaired(root, new)
            else:
                alive += 1
                assert difference(tree(root / "public"), new) == []
        if alive == 2:
            break
    return killed


def whole(way: str, left: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """See that a site is wholly one or the other; one by one, that each of its files is, and none is missing."""
    if way == "exchange":
        assert left in (old, new), difference(left, old)
        return
    names = {path: data for path, data in left.items() if path != ".sitegen"}
    assert [path for path, data in names.items() if data not in (old.get(path), new.get(path))] == []
    assert [path for path in old.keys() & new.keys() if path not in left] == []


def part_of(left: dict[str, bytes], new: dict[str, bytes]) -> Iterator[bool]:
    return (path == ".sitegen" or new.get(path) == data for path, data in left.items())


def repaired(root: Path, new: dict[str, bytes]) -> None:
    """See that the next build leaves what a clean one makes, and nothing beside it."""
    said = run(root)
    assert said.code == 0, said.problems
    assert difference(tree(root / "public"), new) == []
    empty = [folder for folder in (root / "public").rglob("*") if folder.is_dir() and not any(folder.iterdir())]
    assert empty == []


def test_a_first_build_that_is_killed_leaves_nothing_or_all(versions: Versions, way: str) -> None:
    assert first_builds(versions, way, 17) > 3


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new(versions: Versions, way: str) -> None:
    assert later_builds(versions, way, 7 if way == "exchange" else 19) > 5


@pytest.mark.proof
def test_a_first_build_killed_at_every_operation(versions: Versions, way: str) -> None:
    assert first_builds(versions, way, 1) > 50


@pytest.mark.proof
def test_a_build_killed_at_every_operation(versions: Versions, way: str) -> None:
    assert later_builds(versions, way, 1) > 50


@pytest.mark.usefixtures("way")
def test_readers_meet_no_missing_or_torn_file_while_builds_are_killed(versions: Versions, tmp_path: Path) -> None:
    readers_meanwhile(versions, 12)


@pytest.mark.proof
@pytest.mark.usefixtures("way")
def test_readers_meet_no_missing_or_torn_file_while_builds_are_killed_long(versions: Versions) -> None:
    readers_meanwhile(versions, 200)


def readers_meanwhile(versions: Versions, rounds: int) -> None:
    """Serve the site over HTTP and read it in a loop, in another process, while builds are killed and repeated."""
    root, chance = versions.root, random.Random(4711)
    versions.write(0)
    assert run(root).code == 0
    both = versions.trees[0].keys() & versions.trees[1].keys() - {".sitegen"}
    allowed = {path: [hashlib.sha256(one[path]).hexdigest() for one in versions.trees] for path in sorted(both)}
    with subprocess.Popen(
        [sys.executable, str(READER), str(root / "public")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write(json.dumps(allowed) + "\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "reading\n"
        for number in range(rounds):
            versions.write(1 - number % 2)
            killed_at(chance.randint(1, 90), root)
            versions.write(number % 2)
            assert run(root).code == 0
        reader.stdin.close()
        found = json.loads(reader.stdout.read())
    assert found["wrong"] == []
    assert found["reads"] > rounds


def test_a_build_whose_workers_work_can_be_killed_at_any_time(tmp_path: Path) -> None:
    """The workers go with it: else they would hold its lock, and the next build would wait for ever."""
    root = story(tmp_path / "story")
    text = "Beseda *in* `to`. " * 60
    for number in range(150):
        (root / f"content/sl/news/n{number}.md").write_text(f"---\ntitle: N{number}\n---\n\n{text}\n")
    command = [sys.executable, "-c", "from sitegen.cli.main import main; main(['--jobs', '2', '--quiet'])"]
    for wait in (0.5, 0.9, 1.3):
        with subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(PROJECT)}) as build:
            time.sleep(wait)
            build.kill()
    assert child(root).returncode == 0  # within its time limit
    assert difference(tree(root / "public"), clean_tree(root, tmp_path / "cold")) == []


def clean_tree(root: Path, other: Path) -> dict[str, bytes]:
    assert clean(root, other).code == 0
    return tree(other)


def killed_once(folder: Path, items: list[int]) -> list[int]:
    """Be killed at some items, the first time that each of them is begun."""
    for item in items:
        mark = folder / str(item)
        if item % 30 == 0 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [item * 2 for item in items]


def test_workers_that_are_killed_cost_time_only(tmp_path: Path) -> None:
    assert map_all(killed_once, tmp_path, list(range(100)), 2) == list(range(0, 200, 2))
