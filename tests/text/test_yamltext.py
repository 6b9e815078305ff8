"""YAML as an editor writes it: no surprises of YAML 1.1, every place kept."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.model.packing import day
from sitegen.model.problems import Lines, Problem
from sitegen.text.yaml import syntax
from sitegen.text.yaml.nodes import Mapping, Node, _plain, parse, plain_value


def tree(text: str, first: int = 1) -> Node:
    """Return the tree of a text without mistakes."""
    node, problems = parse(Lines("a.yaml", text, first))
    assert problems == []
    assert node is not None
    return node


def wrong(text: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of what is wrong."""
    problems: list[Problem] = parse(Lines("a.yaml", text))[1]
    return [(p.code, p.place.line, p.place.column) for p in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("NO", "NO"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("12:30", "12:30"),
        ("1.10", 1.1),
        ('"1.10"', "1.10"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("+1", 1),
        ("-7", -7),
        ("3.5e2", 350.0),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("12345678901234567890", "12345678901234567890"),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("'true'", "true"),
        ("=", "="),
        ("<<", "<<"),
        ("2015-09-28", day(dt.date(2015, 9, 28))),
        ("2015-02-30", "2015-02-30"),
        ("2015-09-28 10:00", "2015-09-28 10:00"),
        ('"2015-09-28"', "2015-09-28"),
        ("28. 9. 2015", "28. 9. 2015"),
    ],
)
def test_plain_words_mean_what_they_say(written: str, value: object) -> None:
    got = plain_value(tree(f"key: {written}\n"))["key"]
    assert (got, type(got)) == (value, type(value))


def test_lists_and_mappings_keep_their_order() -> None:
    assert plain_value(tree("b: [2, 1]\na: {d: x, c: y}\n")) == {"b": [2, 1], "a": {"d": "x", "c": "y"}}
    assert list(plain_value(tree("b: 1\na: 2\n"))) == ["b", "a"]


def test_multi_line_texts() -> None:
    assert plain_value(tree("a: |\n  one\n  two\nb: >\n  one\n  two\n")) == {"a": "one\ntwo\n", "b": "one two\n"}


def test_empty_text_is_nothing() -> None:
    assert parse(Lines("a.yaml", "# a comment\n")) == (None, [])


def test_places_count_from_the_first_line_of_the_file() -> None:
    node = tree("title: One\nextra:\n  colour: red\n", first=2)
    assert isinstance(node, Mapping)
    (title, _), (_, extra) = node.items
    assert (title.place.line, title.place.column, title.place.source) == (2, 1, "title: One")
    assert isinstance(extra, Mapping)
    key, value = extra.items[0]
    assert (key.place.line, key.place.column) == (4, 3)
    assert (value.place.line, value.place.column) == (4, 11)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("key-duplicate", 3, 1)]),
        ("a: {b: 1, b: 2}\n", [("key-duplicate", 1, 11)]),
        ("a: 1\n'a': 2\n", [("key-duplicate", 2, 1)]),
        ("title: A: b\n", [("yaml-syntax", 1, 9)]),
        ("a: [1, 2\nb: 1\n", [("yaml-syntax", 1, 4)]),
        ('a: "b\n', [("yaml-syntax", 1, 4)]),
        ("a:\n\tb: 1\n", [("yaml-tab", 2, 1)]),
        ("a:\n  \tb: [\n", [("yaml-tab", 2, 3)]),
        ("a: &x 1\nb: *x\n", [("yaml-alias", 2, 4)]),
        ("a: &x {y: 1}\nb:\n  <<: *x\n", [("yaml-alias", 3, 7)]),
        ("a: &x 1\nb: '*x'\nc: *x\n", [("yaml-alias", 3, 4)]),
        ("a: !!python/object:os.system {}\n", [("yaml-tag", 1, 4)]),
        ("? [a]\n: 1\n", [("yaml-key", 1, 3)]),
        ("a: 1\n---\nb: 2\n", [("yaml-syntax", 2, 1)]),
        ("a: \x01\n", [("yaml-syntax", 1, 4)]),
        ("[" * 50 + "]" * 50, [("yaml-depth", 1, 42)]),
    ],
)
def test_mistakes_have_their_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert wrong(text) == found


def test_a_duplicate_names_the_line_of_the_first() -> None:
    problems = parse(Lines("a.md", "title: a\n\ntitle: b\n", 2))[1]
    assert dict(problems[0].values) == {"key": "title", "first": "2"}


def test_a_tab_that_hurts_nobody_is_accepted() -> None:
    assert plain_value(tree("a: 1\t# a comment\nb: 'x\ty'\n")) == {"a": 1, "b": "x\ty"}


def test_very_deep_nesting_is_a_problem_and_not_a_crash() -> None:
    assert {code for code, _, _ in wrong("[" * 3000)} <= {"yaml-syntax", "yaml-depth"}
    assert wrong("[" * 3000)


_LETTERS = st.sampled_from("aZ9č漢 _,.;()'’/+–—…«»„“”?!%-:#&*|>[]{}\"@`~=\t\u00a0\u2028\u200d\x07\ufeff\ud83d")
_ROWS = st.tuples(st.sampled_from(["title", "č", "a1", "Null", "a b", "-", "k" * 101]), st.text(_LETTERS, max_size=12))


@settings(max_examples=400)
@given(st.lists(_ROWS, min_size=1, max_size=4), st.sampled_from([": ", ":", " : "]), st.booleans())
@example([("title", "O'Neil – 50 % (a; b), 1/2?!")], ": ", True)
@example([("title", "x" * 300 + " č")], ": ", False)
def test_what_is_read_without_the_library_is_what_the_library_reads(
    rows: list[tuple[str, str]], colon: str, ends: bool
) -> None:
    text = "\n".join(f"{key}{colon}{value}" for key, value in rows) + ("\n" if ends else "")
    plain = _plain(Lines("a.md", text, 2))
    if plain is not None:
        assert syntax.read(Lines("a.md", text, 2)) == (plain, [])


def test_plain_front_matter_needs_no_library() -> None:
    assert _plain(Lines("a.md", "title: Župan in mesto\ndate: 2026-05-01\nweight: 3\n", 2)) is not None
    assert _plain(Lines("a.md", "title: Mesto: uvod\n", 2)) is None
    assert _plain(Lines("a.md", "", 2)) is None
