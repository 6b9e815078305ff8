"""The graph of a build, without a site: what is computed, what is known, where a change ends, and what loss costs."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sitegen.build.cache import Cache
from sitegen.build.graph import VALUE, Function, Graph, How, Parts, Passing, Results, changes
from sitegen.build.limits import Failure, attempts


class Build:
    """One build over a cache: words are read and counted. `log` says what was computed, `sizes` in how many items."""

    def __init__(self, cache: Path | None, toolchain: bytes = b"1") -> None:
        self.memo = Cache(cache)
        self.log: list[str] = []
        self.sizes: list[int] = []
        self.graph = Graph(self.memo, toolchain, self._work)

    def _work(self, function: Function[Any], shared: Any, items: Sequence[Any], how: How) -> Sequence[Any]:
        self.sizes.append(len(items))
        return attempts(function, shared, items, 0)

    def words(self, texts: dict[str, str], function: Function[Any] | None = None, batch: int = 0) -> Results:
        """Read each text: the parts are its number of words, and the words."""
        names = list(texts)

        def read(_: None, items: Sequence[str]) -> list[Parts]:
            self.log += [f"read {texts[name]}" for name in items]
            return [(str(len(texts[name].split())).encode(), texts[name].encode()) for name in items]

        def failed(name: str, failure: Failure) -> Parts:
            return b"0", failure.reason.encode()

        keys = [self.graph.key("words", name, text) for name, text in texts.items()]
        load: Callable[[Sequence[int]], list[str]] = lambda at: [names[number] for number in at]  # noqa: E731
        how = How(batch=batch)
        return self.graph.each("words", keys, load, function or read, lambda: None, failed, how)

    def total(self, words: Results) -> int:
        """Add up the numbers of words: depends on these alone."""

        def add() -> Parts:
            self.log.append("add")
            return (str(sum(map(int, words.values(0)))).encode(),)

        return int(self.graph.step("total", words.digests(0), add).value())

    def close(self) -> list[str]:
        """End the build; return what was computed."""
        self.memo.close()
        return self.log


TEXTS = {"a": "one two", "b": "three"}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return a cache in which TEXTS were built once."""
    build = Build(tmp_path / "memo.sqlite")
    assert build.total(build.words(TEXTS)) == 3
    assert build.close() == ["read one two", "read three", "add"]
    return tmp_path / "memo.sqlite"


def built(cache: Path, texts: dict[str, str], toolchain: bytes = b"1") -> list[str]:
    """Build once more; return what was computed."""
    build = Build(cache, toolchain)
    build.total(build.words(texts))
    return build.close()


def lose(cache: Path, kind: str) -> None:
    """Take all rows of a kind out of the cache."""
    with sqlite3.connect(cache) as db:
        assert db.execute("DELETE FROM results WHERE kind = ?", (kind,)).rowcount > 0
    db.close()


def test_nothing_changed_computes_nothing(cache: Path) -> None:
    assert built(cache, TEXTS) == []


def test_a_change_ends_where_a_result_is_equal(cache: Path) -> None:
    assert built(cache, TEXTS | {"a": "two one"}) == ["read two one"]


def test_a_change_goes_on_where_a_result_is_another(cache: Path) -> None:
    assert built(cache, TEXTS | {"a": "one two three"}) == ["read one two three", "add"]


def test_what_was_known_before_is_known_again(cache: Path) -> None:
    built(cache, TEXTS | {"a": "one"})
    assert built(cache, TEXTS) == []


def test_another_toolchain_computes_everything(cache: Path) -> None:
    assert built(cache, TEXTS, b"2") == ["read one two", "read three", "add"]


def test_digests_are_known_without_values(cache: Path) -> None:
    lose(cache, VALUE)
    build = Build(cache)
    words = build.words(TEXTS)
    assert words.missing == []
    assert len(set(words.digests(1))) == 2
    assert build.close() == []


@pytest.mark.parametrize(
    ("kind", "computed"),
    [(VALUE, ["add"]), ("words", ["read one two", "read three"]), ("total", ["add"])],
)
def test_what_the_cache_has_lost_is_computed_when_it_is_needed(cache: Path, kind: str, computed: list[str]) -> None:
    lose(cache, kind)
    if kind == VALUE:  # of the step, which needs the values of the words
        computed = ["add", "read one two", "read three"]
    assert built(cache, TEXTS) == computed
    assert built(cache, TEXTS) == []


def test_a_lost_value_is_computed_alone(cache: Path) -> None:
    lose(cache, VALUE)
    build = Build(cache)
    assert build.words(TEXTS).values(1, [1, 1]) == [b"three", b"three"]
    assert build.close() == ["read three"]


def test_without_a_cache_every_value_is_there_all_the_same() -> None:
    build = Build(None)
    words = build.words(TEXTS)
    assert words.values(1) == [b"one two", b"three"]
    assert build.total(words) == 3


def test_items_are_worked_on_in_batches(tmp_path: Path) -> None:
    build = Build(tmp_path / "memo.sqlite")
    words = build.words({str(number): "x" for number in range(7)}, batch=3)
    assert build.sizes == [3, 3, 1]
    assert build.graph.computed == {"words": 7}
    assert words.values(1) == [b"x"] * 7


def fail_on_three(_: None, items: Sequence[str]) -> list[Parts]:
    """Read nothing that is called b."""
    if "b" in items:
        raise ValueError("no")
    return [(b"2", b"one two") for _ in items]


def test_a_failure_is_a_result_that_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        build = Build(tmp_path / "memo.sqlite")
        words = build.words(TEXTS, fail_on_three)
        assert words.values(1) == [b"one two", b"ValueError: no"]
        assert build.total(words) == 2
        build.close()
        assert words.missing in ([0, 1], [1])
    assert words.missing == [1]


def test_a_passing_result_is_not_kept(tmp_path: Path) -> None:
    for number in (b"1", b"2"):
        build = Build(tmp_path / "memo.sqlite")
        step = build.graph.step("clock", [], lambda number=number: Passing((number,)))  # type: ignore[misc]
        assert step.value() == number
        build.close()


def test_an_empty_part_has_no_digest_and_is_never_stored(tmp_path: Path) -> None:
    build = Build(tmp_path / "memo.sqlite")
    step = build.graph.step("empty", [], lambda: (b"", b"x"))
    assert (step.digest(0), step.value(0), step.value(1)) == (b"", b"", b"x")
    assert list(build.memo.db.execute("SELECT COUNT(*) FROM results WHERE kind = ?", (VALUE,))) == [(1,)]


def test_equal_results_are_stored_once(tmp_path: Path) -> None:
    build = Build(tmp_path / "memo.sqlite")
    build.words({"a": "same", "b": "same"})
    assert list(build.memo.db.execute("SELECT COUNT(*) FROM results WHERE kind = ?", (VALUE,))) == [(2,)]


def test_what_is_used_unread_is_not_forgotten(cache: Path) -> None:
    for _ in range(20):  # the memo forgets what eight builds did not use
        assert built(cache, TEXTS) == []
    build = Build(cache)
    assert build.words(TEXTS).values(1) == [b"one two", b"three"]
    assert build.close() == []


def test_what_is_not_used_is_forgotten(cache: Path) -> None:
    for number in range(20):
        built(cache, {"a": f"one {number}"})
    assert built(cache, TEXTS) == ["read one two", "read three", "add"]


def test_the_names_of_what_changed() -> None:
    assert changes({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == ["a", "b", "c"]
    assert changes({"a": "1"}, {"a": "1"}) == []


def test_what_is_there_already_is_not_written_again_and_mended_where_it_is_damaged(cache: Path) -> None:
    first = Build(cache)
    first.words(TEXTS)
    first.close()
    with sqlite3.connect(cache) as db:
        db.execute("UPDATE results SET value = x'00' WHERE kind = ?", (VALUE,))
    for number, log in ((0, 4), (1, 0)):  # computed, and once more where the damage is met
        again = Build(cache, toolchain=b"2")
        words = again.words(TEXTS)
        assert words.values(1) == [text.encode() for text in TEXTS.values()], number
        assert len(again.close()) == log, number


def test_a_value_that_is_there_under_another_key_is_kept_as_long_as_it_is_used(cache: Path) -> None:
    first = Build(cache)
    first.words(TEXTS)
    first.close()
    for number in range(20):
        build = Build(cache, toolchain=bytes([number]))
        assert build.words(TEXTS).values(1) == [text.encode() for text in TEXTS.values()]
        build.close()
    last = Build(cache, toolchain=bytes([19]))
    assert last.words(TEXTS).values(1) == [text.encode() for text in TEXTS.values()]
    assert last.close() == []
