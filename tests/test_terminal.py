"""Problems as lines of text: what a person or the log of a CI reads."""

import io
import string

import pytest

from sitegen.commands.terminal import has_colour, print_problems, shown, summary
from sitegen.core.messages import TEXTS, hint_of, text_of
from sitegen.core.problems import Lines, Place, in_order, problem

LINE = Place("content/sl/a.md", 5, 7, "See [a](b.md).")


def test_problem_with_line_and_column() -> None:
    assert shown(problem("link-missing", LINE, target="b.md")) == (
        "content/sl/a.md:5:7: error: The page “b.md” does not exist. [link-missing]\n"
        "     5 | See [a](b.md).\n"
        "       |       ^\n"
        "       = Correct the path, or write the page."
    )


def test_suggestion_goes_before_the_hint() -> None:
    assert shown(problem("link-missing", LINE, "c.md", target="b.md")).endswith("       = Did you mean “c.md”?")


def test_problem_of_a_line_without_column() -> None:
    assert shown(problem("string-missing", Place("a.po", 12, 0, 'msgid "a"'), msgid="a")) == (
        'a.po:12: warning: “a” is not translated. [string-missing]\n    12 | msgid "a"\n       = Translate it.'
    )


def test_problem_of_a_whole_file() -> None:
    assert shown(problem("content-stray", Place("content/a.md"), code="sl")) == (
        "content/a.md: error: The file stands in no language's folder. [content-stray]\n"
        "       = Move it, for example to content/sl/."
    )


def test_tabs_are_shown_and_the_mark_stands_below_its_character() -> None:
    lines = shown(problem("yaml-tab", Place("a.yaml", 1, 3, "\t\tb"))).split("\n")
    assert lines[1:3] == ["     1 | →   →   b", "       |         ^"]


def test_colours_only_when_wanted() -> None:
    assert "\033[" not in shown(problem("link-missing", LINE, target="b.md"))
    assert "\033[1;31merror\033[0m" in shown(problem("link-missing", LINE, target="b.md"), colour=True)


def test_control_characters_never_reach_the_terminal() -> None:
    place = Lines("a.md", "a\033[2Jb\0c").place(3)
    assert "\033" not in shown(problem("nul-character", place))
    assert "\0" not in shown(problem("nul-character", place))


def test_long_lines_are_cut() -> None:
    assert len(Lines("a.md", "x" * 500).place(3).source) == 160


def test_values_with_braces_are_shown_as_they_are() -> None:
    assert "“{x} {}”" in shown(problem("link-missing", LINE, target="{x} {}"))


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([], ""),
        (["link-missing"], "1 error"),
        (["link-missing", "link-missing"], "2 errors"),
        (["image-no-alt"], "1 warning"),
        (["image-no-alt", "link-missing", "image-no-alt"], "1 error, 2 warnings"),
    ],
)
def test_summary(codes: list[str], text: str) -> None:
    assert summary(problem(code, LINE, target="a") for code in codes) == text


def test_all_problems_are_printed_with_a_blank_line_behind_each() -> None:
    stream = io.StringIO()
    print_problems([problem("link-empty", LINE), problem("heading-empty", LINE)], stream)
    assert stream.getvalue().count("\n\n") == 2


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals(
    environment: dict[str, str], terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    assert has_colour(stream) == colour


def test_order_is_by_path_then_line_then_column_and_nothing_comes_twice() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 5), Place("a", 9, 4), Place("a"), Place("a", 9, 4)]
    problems = in_order([problem("link-empty", place) for place in places])
    assert [(p.place.path, p.place.line, p.place.column) for p in problems] == [
        ("a", 0, 0),
        ("a", 9, 4),
        ("a", 9, 5),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


@pytest.mark.parametrize("code", sorted(code for code in TEXTS if TEXTS[code].text != "{text}"))  # a site's own words
def test_every_text_is_a_sentence(code: str) -> None:
    message = TEXTS[code]
    assert message.level in ("error", "warning", "info")
    assert message.text.endswith(".")
    assert message.text[0] in "“@{" or message.text[0].isupper() or message.text.startswith(("site.yaml", "url("))
    assert message.hint
    assert message.hint[-1] in ".}/”:" or message.hint.endswith("tel:.") or "build.py " in message.hint


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_value_of_a_text_is_filled_in(code: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(TEXTS[code].text + TEXTS[code].hint) if name]
    filled = problem(code, LINE, None, **dict.fromkeys(names, "VALUE"))
    assert (text_of(filled) + hint_of(filled)).count("VALUE") == len(names)
