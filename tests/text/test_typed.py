"""A YAML tree to a typed record: what fits, what does not, and what is said about it."""

import datetime as dt
from typing import Any, Literal

import pytest
from msgspec import UNSET, Struct, UnsetType

from sitegen.cli.console import shown
from sitegen.model.problems import Lines, Place
from sitegen.text.spelling import near
from sitegen.text.yaml.nodes import parse
from sitegen.text.yaml.typed import places_of, places_of_items, read_loosely, read_record


class Inner(Struct, frozen=True):
    """A record inside another one."""

    name: str
    size: int = 0


class Outer(Struct, frozen=True):
    """One field of each type that the engine uses."""

    text: str
    flag: bool = False
    count: int | UnsetType = UNSET
    day: dt.date | UnsetType = UNSET
    choice: Literal["hide", "link", "show"] = "link"
    label: str | bool = ""
    items: tuple[str, ...] = ()
    pair: tuple[int, int] = (2, 3)
    inner: Inner | UnsetType = UNSET
    inners: tuple[Inner, ...] = ()
    texts: str | dict[str, str] = ""
    free: dict[str, Any] = {}


def record(text: str) -> Outer:
    """Return the record of a text without mistakes."""
    made, problems = read_record(Outer, parse(Lines("a.yaml", text))[0], Place("a.yaml"))
    assert [shown(problem) for problem in problems] == []
    assert made is not None
    return made


def wrong(text: str) -> list[str]:
    """Return the first line of each problem."""
    made, problems = read_record(Outer, parse(Lines("a.yaml", text))[0], Place("a.yaml"))
    assert made is None
    return [shown(problem).split("\n")[0].removeprefix("a.yaml:").removeprefix(" error: ") for problem in problems]


def test_every_type_is_read() -> None:
    assert record(
        "text: 1.10\nflag: true\ncount: 7\nday: 2015-09-28\nchoice: show\nlabel: false\nitems: [a, 012]\npair: [2, 4]\n"
        "inner: {name: x, size: 3}\ninners: [{name: y}]\ntexts: {sl: a}\nfree: {a: [1, 'no']}\n"
    ) == Outer(
        text="1.10",
        flag=True,
        count=7,
        day=dt.date(2015, 9, 28),
        choice="show",
        label=False,
        items=("a", "012"),
        pair=(2, 4),
        inner=Inner("x", 3),
        inners=(Inner("y"),),
        texts={"sl": "a"},
        free={"a": [1, "no"]},
    )


@pytest.mark.parametrize("written", ["no", "12:30", "1.10", "012", "2015-09-28", "true", "-", "0x1F"])
def test_text_stays_as_it_was_written(written: str) -> None:
    assert record(f"text: {written}\n" if written != "-" else "text: '-'\n").text == written


def test_what_is_left_out_has_its_default() -> None:
    assert record("text: a\n") == Outer("a")


def test_a_label_may_be_text() -> None:
    assert record("text: a\nlabel: 'false'\n").label == "false"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("flag: yes", "2:7: error: “flag” must be true or false, not “yes”. [value-type]"),
        (
            "flag: 'true'",
            "2:7: error: “flag” must be true or false, not the text “true” in quotation marks. [value-type]",
        ),
        ("count: 1.5", "2:8: error: “count” must be a whole number, not “1.5”. [value-type]"),
        ("count: '3'", "2:8: error: “count” must be a whole number, not the text “3” in quotation marks. [value-type]"),
        ("day: 28. 9. 2015", "2:6: error: “day” must be a date such as 2026-05-01, not “28. 9. 2015”. [value-type]"),
        ("day: 2015-02-30", "2:6: error: “day”: the date 2015-02-30 does not exist. [date-invalid]"),
        ("choice: shwo", "2:9: error: “choice” must be one of hide, link, show, not “shwo”. [value-type]"),
        ("items: a", "2:8: error: “items” must be a list, not “a”. [value-type]"),
        ("items: [a, [b]]", "2:12: error: “items” must be text, not a list of 1 value. [value-type]"),
        ("pair: [1]", "2:7: error: “pair” must be a list of 2 values, not a list of 1 value. [value-type]"),
        (
            "inner: [a]",
            "2:8: error: “inner” must be a group of “key: value” lines, not a list of 1 value. [value-type]",
        ),
        ("inner: {size: 1}", "2:8: error: The key “inner.name” is missing. [key-missing]"),
        ("inner: {name: a, sise: 1}", "2:18: error: The key “inner.sise” is unknown. [key-unknown]"),
        (
            "inners: [{name: a}, {name: [b]}]",
            "2:28: error: “inners.name” must be text, not a list of 1 value. [value-type]",
        ),
        (
            "label: {a: b}",
            "2:8: error: “label” must be text or true or false, not a group of “key: value” lines. [value-type]",
        ),
        ("texts: {sl: a, en}", "2:18: error: “texts.en” must be text, not empty. [value-type]"),
        ("items:", "2:7: error: “items” must be a list, not empty. [value-type]"),
        ("texd: a", "2:1: error: The key “texd” is unknown. [key-unknown]"),
    ],
)
def test_what_does_not_fit_is_said_in_plain_words(line: str, said: str) -> None:
    assert wrong(f"text: a\n{line}\n") == [said]


def test_all_mistakes_come_at_once() -> None:
    assert len(wrong("flag: 1\ncount: a\nday: 2015-13-01\ncolour: red\n")) == 5


def test_an_empty_document_lacks_the_required_key() -> None:
    assert wrong("") == ["The key “text” is missing. [key-missing]"]


def test_a_document_that_is_a_list() -> None:
    assert wrong("- a\n") == [
        "1:1: error: “the file” must be a group of “key: value” lines, not a list of 1 value. [value-type]"
    ]


def test_loose_reading_keeps_what_is_good() -> None:
    values, problems = read_loosely(Outer, parse(Lines("a.yaml", "text: a\nflag: 1\ncount: 2\n"))[0], Place("a.yaml"))
    assert values == {"text": "a", "count": 2}
    assert [problem.code for problem in problems] == ["value-type"]


def test_places_of_keys_and_items() -> None:
    node = parse(Lines("a.yaml", "a: 1\nb:\n  c:\n    - x\n    - y\n"))[0]
    assert [(key, place.line) for key, place in places_of(node).items()] == [("a", 1), ("b", 2)]
    assert [(text, place.line) for text, place in places_of_items(node, "b", "c").items()] == [("x", 4), ("y", 5)]
    assert places_of_items(node, "b", "z") == places_of_items(None, "b") == {}


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("titel", "title"),
        ("publishDate", "publish_date"),
        ("publish-date", "publish_date"),
        ("Title", "title"),
        ("colour", None),
        ("", None),
    ],
)
def test_did_you_mean(word: str, guess: str | None) -> None:
    assert near(word, frozenset({"title", "publish_date", "draft", "weight"})) == guess


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("text: a\nflag: 'true'\n", "true"),
        ('text: a\ncount: "3"\n', "3"),
        ("text: a\ncount: 'three'\n", ""),
        ("text: {a: b}\n", '"{a: b}"'),
        ("text: a\nitems:\n  - [b]\n", '"[b]"'),
        ("text: a\nitems: [b, [c]]\n", ""),  # the rest of the line is more than the value
        ("text:a\n", "text: a"),
        ("text\n", ""),
        ("https://example.org\n", ""),
    ],
)
def test_what_was_meant_is_suggested(text: str, guess: str) -> None:
    _, problems = read_record(Outer, parse(Lines("a.yaml", text))[0], Place("a.yaml"))
    assert [one.suggestion for one in problems if one.code == "value-type"] == [guess]
