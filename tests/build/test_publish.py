"""A finished tree to the output folder: stale files go, files of others stay, a second build writes nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import SiteFolder, tree

from sitegen.build.publish import MANIFEST, digest_of, publish, read_manifest
from sitegen.build.writing import exchange

Make = Callable[..., SiteFolder]
Files = dict[str, bytes]


@pytest.fixture(params=["exchange", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with folders exchanged in one call, and with files replaced one by one."""
    if request.param == "one by one":
        monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")


def put(output: Path, files: Files) -> tuple[int, int, tuple[str, ...]]:
    """Publish files; return how many were written and removed, and the foreign ones."""
    digests = {path: digest_of(data) for path, data in files.items()}
    done = publish(output, digests, lambda paths: {path: files[path] for path in paths})
    return done.written, done.removed, done.foreign


def held(output: Path) -> Files:
    """Return what the output folder holds, without our list."""
    return {path: data for path, data in tree(output).items() if path != MANIFEST}


STEPS: list[Files] = [
    {"index.html": b"1", "a/index.html": b"2", "assets/x.css": b"3"},
    {"index.html": b"1", "a/index.html": b"changed", "b/index.html": b"4"},
    {"index.html": b"1"},
    {"index.html": b"1", "a": b"a file where a folder was"},
    {"index.html": b"1", "a/deep/index.html": b"a folder where a file was"},
    {},
    {"čas/خبز.html": b"5"},
]


@pytest.mark.usefixtures("way")
def test_output_holds_exactly_what_was_published_last(tmp_path: Path) -> None:
    for files in STEPS + STEPS[::-1]:
        put(tmp_path / "public", files)
        assert held(tmp_path / "public") == files


@pytest.mark.usefixtures("way")
def test_folders_left_empty_are_removed(tmp_path: Path) -> None:
    put(tmp_path / "public", {"a/b/c.html": b"1", "d.html": b"2"})
    put(tmp_path / "public", {"d.html": b"2"})
    put(tmp_path / "public", {"d.html": b"3"})
    assert sorted(path.name for path in (tmp_path / "public").iterdir()) == [MANIFEST, "d.html"]


@pytest.mark.usefixtures("way")
def test_counts_say_what_was_done(tmp_path: Path) -> None:
    assert put(tmp_path / "public", {"a": b"1", "b": b"2"}) == (2, 0, ())
    assert put(tmp_path / "public", {"a": b"1", "b": b"3", "c": b"4"}) == (2, 0, ())
    assert put(tmp_path / "public", {"a": b"1"}) == (0, 2, ())
    assert put(tmp_path / "public", {"a": b"1"}) == (0, 0, ())


@pytest.mark.usefixtures("way")
def test_missing_files_are_written_again(tmp_path: Path) -> None:
    put(tmp_path / "public", {"a": b"1", "b": b"2"})
    (tmp_path / "public/a").unlink()
    assert put(tmp_path / "public", {"a": b"1", "b": b"2"}) == (1, 0, ())
    assert held(tmp_path / "public") == {"a": b"1", "b": b"2"}


@pytest.mark.usefixtures("way")
def test_files_of_others_are_refused_and_stay(tmp_path: Path) -> None:
    put(tmp_path / "public", {"a": b"1"})
    (tmp_path / "public/CNAME").write_bytes(b"mine")
    assert put(tmp_path / "public", {"b": b"2"}) == (0, 0, ("CNAME",))
    assert held(tmp_path / "public") == {"a": b"1", "CNAME": b"mine"}


def test_a_folder_that_we_never_published_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_bytes(b"mine")
    assert put(tmp_path / "public", {"index.html": b"ours"}) == (0, 0, ("index.html",))
    assert held(tmp_path / "public") == {"index.html": b"mine"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    assert put(tmp_path / "public", {"a": b"1"}) == (1, 0, ())


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"format": 1}', '{"format": 1, "files": []}'])
def test_a_broken_list_makes_every_file_foreign_and_loses_none(tmp_path: Path, text: str) -> None:
    put(tmp_path / "public", {"a": b"1"})
    (tmp_path / "public" / MANIFEST).write_text(text)
    assert put(tmp_path / "public", {"a": b"2"})[2] == ("a",)
    assert held(tmp_path / "public") == {"a": b"1"}


def test_the_list_names_what_was_published(tmp_path: Path) -> None:
    put(tmp_path / "public", {"b": b"2", "a": b"1"})
    assert read_manifest(tmp_path / "public") == {"a": digest_of(b"1"), "b": digest_of(b"2")}


def test_no_list_is_read_where_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "nothing") is None


@pytest.mark.usefixtures("way")
def test_a_reader_who_holds_a_file_keeps_its_old_bytes(tmp_path: Path) -> None:
    put(tmp_path / "public", {"a": b"old", "b": b"1"})
    with (tmp_path / "public/a").open("rb") as reader:
        put(tmp_path / "public", {"a": b"new", "b": b"1"})
        put(tmp_path / "public", {"a": b"newer", "b": b"1"})
        assert reader.read() == b"old"


def test_output_behind_a_symbolic_link_stays_behind_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").symlink_to("elsewhere", target_is_directory=True)
    put(tmp_path / "public", {"a": b"1"})
    put(tmp_path / "public", {"a": b"2"})
    assert (tmp_path / "public").is_symlink()
    assert held(tmp_path / "elsewhere") == {"a": b"2"}


def test_exchange_exchanges_or_does_nothing(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    done = exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / ("other" if done else "one")).exists()
    assert (tmp_path / "other" / ("one" if done else "other")).exists()


def test_exchange_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    assert not exchange(tmp_path / "one", tmp_path / "other")


def test_exchange_of_what_is_not_there_is_no_crash(tmp_path: Path) -> None:
    assert not exchange(tmp_path / "one", tmp_path / "other")


def test_both_ways_give_the_same_tree(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = site(), site()
    one.build()
    monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    other.build()
    for made in (one, other):
        made.edit("content/sl/new.md", "---\ntitle: Novo\n---\n")
        made.build()
    assert one.outputs == other.outputs


def test_second_build_writes_nothing(site: Make) -> None:
    made = site()
    assert made.build().written > 0
    before = {file: os.stat(file).st_mtime_ns for file in (made.root / "public").rglob("*")}
    second = made.build()
    assert (second.written, second.removed) == (0, 0)
    assert {file: os.stat(file).st_mtime_ns for file in (made.root / "public").rglob("*")} == before


def test_stale_pages_go(site: Make) -> None:
    made = site("-- content/sl/old.md --\n---\ntitle: Staro\n---\n")
    made.build()
    made.remove("content/sl/old.md")
    assert made.build().removed == 1
    assert not (made.root / "public/sl/old").exists()


def test_a_page_can_become_a_folder_and_a_folder_a_file(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\naliases: [/x.html]\n---\n")
    made.build()
    made.edit("content/sl/a.md", "---\ntitle: A\naliases: [/x.html/y/]\n---\n")
    assert not made.build().failed
    assert made.has("x.html/y/index.html")
    made.edit("content/sl/a.md", "---\ntitle: A\naliases: [/x.html]\n---\n")
    made.build()
    assert made.has("x.html")
