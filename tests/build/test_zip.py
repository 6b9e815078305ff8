"""`build --zip`: the folder edition in one file, the same bytes every time, and nothing lost for it."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from support.site import tree
from support.truth import DAY, child, run, story


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return story(tmp_path / "story")


def test_it_holds_the_folder_edition(root: Path, tmp_path: Path) -> None:
    said = run(root, "--zip")
    assert said.code == 0
    assert said.line.splitlines()[-1].startswith("public-offline.zip: ")
    with zipfile.ZipFile(root / "public-offline.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "there")
    folder = tree(root / "public-offline")
    folder.pop(".sitegen")
    assert tree(tmp_path / "there/public-offline") == folder


def test_the_same_site_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """In another folder, with other times and permissions, in another process, after a clean build."""
    run(root, "--zip", "one.zip")
    other = shutil.copytree(root, tmp_path / "other", ignore=shutil.ignore_patterns("public*", ".cache", "*.zip"))
    for file in other.rglob("*"):
        os.utime(file, (10**9, 10**9))
        file.chmod(0o755)
    done = child(other, "--zip", "one.zip", "--clean", "--jobs", "1", TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert (other / "one.zip").read_bytes() == (root / "one.zip").read_bytes()
    again = run(root, "--zip", "one.zip")
    assert again.code == 0
    assert (other / "one.zip").read_bytes() == (root / "one.zip").read_bytes()


def test_names_are_sorted_and_dates_and_permissions_fixed(root: Path) -> None:
    run(root, "--zip", "school.zip")
    with zipfile.ZipFile(root / "school.zip") as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert {name.partition("/")[0] for name in names} == {"school"}
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0o100644)}


@pytest.mark.parametrize("name", ["notes.txt", "content", "nowhere/a.zip"])
def test_nothing_is_overwritten_for_it(name: str, root: Path) -> None:
    (root / "notes.txt").write_text("mine")
    before = tree(root)
    said = run(root, "--zip", name)
    assert said.code == 2
    assert said.problems.count("\n") == 1
    assert tree(root) == before


def test_it_does_not_go_into_the_folder_that_is_packed(root: Path) -> None:
    run(root, "--offline")
    said = run(root, "--zip", "public-offline/site.zip")
    assert said.code == 2
    assert not (root / "public-offline/site.zip").exists()


def test_nothing_is_packed_when_the_build_fails(root: Path) -> None:
    (root / "content/sl/index.md").write_text("---\ntitle: A\n---\n\n[a](gone.md)\n", encoding="utf-8")
    assert run(root, "--zip").code == 1
    assert not (root / "public-offline.zip").exists()
