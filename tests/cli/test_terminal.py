"""Problems as lines of text: what a person or the log of a CI reads."""

import io
import string

import pytest

from sitegen.build.i18n import Speech
from sitegen.cli.console import has_colour, print_problems, shown, summary
from sitegen.cli.formats import print_for_github
from sitegen.model.messages import TEXTS, hint_of, text_of
from sitegen.model.problems import Lines, Place, Problem, in_order, problem
from sitegen.text.characters import cells

LINE = Place("content/sl/a.md", 5, 7, "See [a](b.md).")


def test_problem_with_line_and_column() -> None:
    assert shown(problem("link-missing", LINE, target="b.md")) == (
        "content/sl/a.md:5:7: error: The page “b.md” does not exist. [link-missing]\n"
        "     5 | See [a](b.md).\n"
        "       |       ^\n"
        "       = Correct the path, or create the page."
    )


def test_suggestion_goes_before_the_hint() -> None:
    assert shown(problem("link-missing", LINE, "c.md", target="b.md")).endswith("       = Did you mean “c.md”?")


def test_problem_of_a_line_without_column() -> None:
    assert shown(problem("string-missing", Place("a.po", 12, 0, 'msgid "a"'), msgid="a")) == (
        'a.po:12: warning: “a” is not translated. [string-missing]\n    12 | msgid "a"\n       = Translate it.'
    )


def test_problem_of_a_whole_file() -> None:
    assert shown(problem("content-stray", Place("content/a.md"), code="sl")) == (
        "content/a.md: error: The file is not in the folder of a language. [content-stray]\n"
        "       = Move it to the folder of a language, for example content/sl/."
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


@pytest.mark.parametrize("column", [1, 100, 119, 120, 161, 480, 500, 501])
@pytest.mark.parametrize("letter", ["x", "é", "日", "\t"])
def test_a_long_line_is_shown_around_the_column(column: int, letter: str) -> None:
    text = letter * (column - 1) + "!" + letter * (500 - column)
    place = Lines("a.md", text + "\nnext").place(column - 1)
    assert len(place.source) <= 160
    assert place.source[column - 1 - place.start : column - place.start] == "!"
    assert place.source.startswith("…") == bool(place.start)
    line, mark = shown(problem("link-missing", place, target="a")).split("\n")[1:3]
    assert sum(map(cells, line[: line.index("!")])) == mark.index("^")


@pytest.mark.parametrize("text", ["\t日本 ", "cafe\u0301 ", "한국어 🎉 ", "\u1112\u1161\u11ab", "a\tb\t"])
def test_the_mark_stands_below_its_cell_behind_tabs_wide_and_combining_characters(text: str) -> None:
    line, mark = shown(problem("link-missing", Lines("a.md", text + "!").place(len(text)), target="a")).split("\n")[1:3]
    assert sum(map(cells, line[: line.index("!")])) == mark.index("^")


def test_wide_and_combining_characters_have_the_cells_of_a_terminal() -> None:
    assert [cells(character) for character in "aé日\u0301🎉\u1161ｶ"] == [1, 1, 2, 0, 2, 0, 1]


def many(code: str, count: int) -> list[Problem]:
    return [problem(code, Place(f"a{number}.md", 3), target="b.md", name="n", known="m") for number in range(count)]


def printed(problems: list[Problem], language: str = "en", *, everything: bool = False) -> str:
    stream = io.StringIO()
    print_problems(problems, stream, Speech(language), everything=everything)
    return stream.getvalue()


def test_of_a_code_ten_problems_are_printed_and_a_summary_says_how_many_there_are() -> None:
    text = printed([*many("image-no-alt", 12), *many("link-missing", 13), *many("link-empty", 2)])
    assert text.count("[link-missing]") == text.count("[image-no-alt]") == 10
    assert text.count("[link-empty]") == 2
    assert text.index("[link-empty]") < text.index("[image-no-alt]")  # errors go before warnings
    assert text[text.index("Summary") :].split("\n")[:4] == [
        "Summary, by code:",
        "13 × link-missing (error)",
        "     for example a0.md:3: The page “b.md” does not exist.",
        "     = Correct the path, or create the page.",
    ]
    assert text.endswith("5 more are not printed; --all prints them.\n\n")


def test_all_prints_every_problem() -> None:
    text = printed(many("link-missing", 13), everything=True)
    assert text.count("[link-missing]") == 13
    assert "--all" not in text


@pytest.mark.parametrize(
    ("language", "count", "line"),
    [
        ("sl", 11, "Še 1 ni izpisana; izpiše jo --all."),
        ("sl", 12, "Še 2 nista izpisani; izpiše ju --all."),
        ("sl", 13, "Še 3 niso izpisane; izpiše jih --all."),
        ("sl", 15, "Še 5 ni izpisanih; izpiše jih --all."),
        ("es", 11, "Hay 1 más que no se muestra; --all lo muestra."),
        ("es", 12, "Hay 2 más que no se muestran; --all los muestra."),
        ("en", 11, "1 more is not printed; --all prints it."),
    ],
)
def test_the_line_about_the_rest_has_the_plural_of_its_language(language: str, count: int, line: str) -> None:
    assert line in printed(many("link-missing", count), language)


def test_notes_for_github_stop_at_its_limit_and_a_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_for_github([*many("link-missing", 13), *many("image-no-alt", 9)], Speech(), in_full=True)
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines].count("::error") == 10
    assert [line.partition(" ")[0] for line in lines].count("::warning") == 9
    assert lines[19] == "3 more problems: GitHub shows at most 10 errors, 10 warnings and 10 notes per step."
    assert lines[20:] == [f"a{n}.md:3: error: The page “b.md” does not exist. [link-missing]" for n in (10, 11, 12)]


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
@pytest.mark.cheap
def test_every_text_is_a_sentence(code: str) -> None:
    message = TEXTS[code]
    assert message.level in ("error", "warning", "info")
    assert message.text.endswith(".")
    assert message.text[0] in "“@{" or message.text[0].isupper() or message.text.startswith(("site.yaml", "url("))
    assert message.hint
    assert message.hint[-1] in ".}/”:" or message.hint.endswith("tel:.") or "build.py " in message.hint


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.cheap
def test_every_value_of_a_text_is_filled_in(code: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(TEXTS[code].text + TEXTS[code].hint) if name]
    filled = problem(code, LINE, None, **dict.fromkeys(names, "VALUE"))
    assert (text_of(filled) + hint_of(filled)).count("VALUE") == len(names)
