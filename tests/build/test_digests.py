"""Digests of files by their stamps: what is read, what is believed, and what of a file that changes meanwhile."""

import os
import time
from pathlib import Path

import pytest

from sitegen.build import stamps as fresh
from sitegen.build.cache import Cache
from sitegen.build.digests import ChangedError, Digests

TRUSTED = 0.03  # seconds until a stamp is believed here


@pytest.fixture(autouse=True)
def _fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "_COARSE", 20_000_000)


def look(folder: Path, *, hold: bool = True) -> tuple[str, bool]:
    """Return the digest of a.txt, and whether it was read for that."""
    memo = Cache(folder / "memo.sqlite")
    digests = Digests(folder, memo)
    file = str(folder / "a.txt")
    digest = digests.of(file, hold=hold)
    was_read = file in digests.bytes
    digests.close()
    memo.close()
    return digest, was_read


def test_a_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    time.sleep(TRUSTED)
    first, second = look(tmp_path), look(tmp_path)
    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]


def test_a_file_that_was_written_just_now_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "_COARSE", 60_000_000_000)
    (tmp_path / "a.txt").write_text("one")
    assert [look(tmp_path)[1], look(tmp_path)[1]] == [True, True]


def test_an_edit_of_the_same_size_with_the_old_time_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    time.sleep(TRUSTED)
    before, stamp = look(tmp_path)[0], file.stat()
    file.write_text("two")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert look(tmp_path)[0] != before


def test_another_stamp_of_the_same_bytes_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    time.sleep(TRUSTED)
    before = look(tmp_path)[0]
    os.utime(tmp_path / "a.txt")
    assert look(tmp_path, hold=False) == (before, False)


def test_bytes_are_those_of_the_digest(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    digests = Digests(tmp_path, Cache(None))
    digests.of(str(file), hold=False)
    assert digests.read(str(file)) == b"one"
    file.write_text("two")
    with pytest.raises(ChangedError):
        digests.read(str(file))


def test_bytes_that_are_held_are_not_read_again_and_given_away_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    digests = Digests(tmp_path, Cache(None))
    digests.of(str(file), hold=True)
    file.write_text("two")
    assert digests.read(str(file)) == b"one"
    assert digests.bytes == {}
    with pytest.raises(ChangedError):
        digests.read(str(file))


def test_bytes_without_a_file(tmp_path: Path) -> None:
    digests = Digests(tmp_path, Cache(None))
    assert digests.give("made", b"one") == digests.give("other", b"one")
    assert digests.read("made") == b"one"
