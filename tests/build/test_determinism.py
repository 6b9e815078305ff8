"""The same content gives the same bytes: in any folder, with any hash seed, time zone and locale, on any day."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, tree
from support.truth import child, story

Make = Callable[..., SiteFolder]
INPUTS = ("content", "data", "locales", "static", "templates")
STRANGE = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}


def digest(files: dict[str, bytes]) -> str:
    """Return one digest of a tree: names and bytes."""
    whole = hashlib.sha256()
    for path, data in sorted(files.items()):
        whole.update(f"{path}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def run(root: Path, environment: dict[str, str], *arguments: str) -> dict[str, bytes]:
    """Build a site by the command in a process of its own; return the output."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SOURCE_DATE_EPOCH": "1443398400", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return tree(root / "public")


def copied(folder: Path) -> Path:
    """Copy the sources of this project's site to a folder."""
    folder.mkdir(parents=True)
    for name in INPUTS:
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "site.yaml", folder / "site.yaml")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Build this project's site twice, in two folders and under circumstances that differ in everything."""
    top = tmp_path_factory.mktemp("builds")
    return run(copied(top / "one"), PLAIN), run(copied(top / "other conspicuous place/č"), STRANGE)


def test_two_builds_of_the_site_are_identical(built: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    one, other = built
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []
    assert digest(one) == digest(other)


def test_no_output_names_the_folder_it_was_built_in(built: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    for path, data in built[1].items():
        assert b"conspicuous" not in data, path


def test_a_build_step_by_step_is_identical_to_one_at_once(site: Make) -> None:
    pages = {f"content/sl/p{n}.md": f"---\ntitle: Stran {n}\n---\n\n[Domov](index.md)\n" for n in range(5)}
    at_once, by_steps = site(), site()
    for path, text in pages.items():
        at_once.edit(path, text)
    at_once.build()
    for path, text in reversed(pages.items()):
        by_steps.edit(path, text)
        by_steps.build()
    assert by_steps.outputs == at_once.outputs


def test_the_order_in_which_files_were_made_does_not_matter(site: Make) -> None:
    one, other = site(), site()
    names = ["b", "a", "č", "c", "z", "Ab"]
    for made, order in ((one, names), (other, names[::-1])):
        for name in order:
            made.edit(f"content/sl/{name}.md", f"---\ntitle: {name}\n---\n")
        made.build()
    assert one.outputs == other.outputs


def test_source_date_epoch_decides_what_is_a_draft(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\npublish_date: 2015-09-29\n---\n")
    page = "sl/a/index.html"
    assert page not in run(made.root, {"SOURCE_DATE_EPOCH": "1443398400"})
    assert page in run(made.root, {"SOURCE_DATE_EPOCH": "1443484800"})
    assert page not in run(made.root, {"SOURCE_DATE_EPOCH": "1443398400"})


def test_the_day_of_the_build_stands_nowhere(site: Make) -> None:
    made = site()
    assert run(made.root, {"SOURCE_DATE_EPOCH": "0"}) == run(made.root, {"SOURCE_DATE_EPOCH": "4102444800"})


# A child process that says when it forks, and that gets the entries of a folder in another order each time.
TELLING = """
import os, sys
fork = os.fork
os.fork = lambda: (print("forked", file=sys.stderr), fork())[1]
"""
SHUFFLED = (
    TELLING
    + """
import random
chance, scandir, listdir = random.Random(), os.scandir, os.listdir

class Shuffled:
    def __init__(self, folder):
        with scandir(folder) as entries:
            found = list(entries)
        chance.shuffle(found)
        self.entries = iter(found)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass

def shuffled(folder="."):
    found = listdir(folder)
    chance.shuffle(found)
    return found

os.scandir, os.listdir = (lambda folder=".": Shuffled(folder)), shuffled
"""
)
WAYS = {
    "one process": ("made", "1", TELLING, {"PYTHONHASHSEED": "0"}),
    "two processes": ("made", "2", TELLING, {"PYTHONHASHSEED": "1"}),
    "four processes": ("made", "4", TELLING, {"PYTHONHASHSEED": "random"}),
    "shuffled folders": ("made", "1", SHUFFLED, {}),
    "shuffled folders, two processes": ("made", "2", SHUFFLED, {"PYTHONHASHSEED": "4711"}),
    "another folder": ("čisto drugje/public/content/sl", "2", TELLING, {}),
    "another time zone": ("made", "1", TELLING, {"TZ": "Pacific/Kiritimati"}),
    "another language": ("made", "1", TELLING, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    "no language": ("made", "1", TELLING, {"LC_ALL": "C", "LANG": "", "TZ": ""}),
    "optimised": ("made", "2", TELLING, {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the long story in the plainest way."""
    root = long_story(tmp_path_factory.mktemp("plain") / "story")
    done = child(root, "--jobs", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    return tree(root / "public")


def long_story(folder: Path) -> Path:
    """Return the story with so many pages that workers get some of them."""
    root = story(folder)
    for number in range(60):
        text = f"## Naslov {{#a}}\n\nBeseda »{number}« v *{number}*. [Vodič](../guide/index.md)\n\n::pages\n"
        (root / f"content/sl/news/n{number}.md").write_text(f"---\ntitle: Novica {number % 7}\n---\n\n{text}")
        (root / f"content/en/news/n{number}.md").write_text(f"---\ntitle: Item {number % 5}\n---\n\n::fairs\n")
    return root


@pytest.mark.parametrize("way", WAYS)
def test_the_same_tree_in_every_way(tmp_path: Path, plain: dict[str, bytes], way: str) -> None:
    folder, jobs, code, environment = WAYS[way]
    (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
    root = long_story(tmp_path / folder)
    done = child(root, "--jobs", jobs, code=code, **environment)
    assert done.returncode == 0, done.stderr
    assert ("forked" in done.stderr) == (jobs != "1")
    made = tree(root / "public")
    assert [path for path in made.keys() | plain.keys() if made.get(path) != plain.get(path)] == []
    assert digest(made) == digest(plain)
