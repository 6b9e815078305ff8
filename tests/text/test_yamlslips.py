"""What was typed and what YAML makes of it: nothing of a text gets lost without a word, and no comment is an alarm."""

from collections.abc import Callable

import pytest
import yaml
from support.site import SiteFolder

from sitegen.model.messages import hint_of, text_of
from sitegen.model.problems import Lines, Problem
from sitegen.text.frontmatter import read_head
from sitegen.text.yaml import syntax as yamltext

Make = Callable[..., SiteFolder]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the loader in C and with that in Python: they say things in other words."""
    monkeypatch.setattr(yamltext, "_Loader", getattr(yaml, request.param))


def problems(text: str) -> list[Problem]:
    """Return the problems of a front matter."""
    return read_head("a.md", f"---\n{text}\n---\n")[1]


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Issue #5 of C# news", "“Issue”"),
        ("News #tag", "“News”"),
        ("Apartment # 5", "“Apartment”"),
        ("Town  #2", "“Town”"),
        ("#hashtag", "an empty value"),
        ("#1 in the list", "an empty value"),
        ("&more things", "“things”"),
        ("&copy 2026", "“2026”"),
        ("&", "an empty value"),
    ],
)
@pytest.mark.parametrize("key", ["title", "description", "nav", "slug"])
def test_eaten_text_is_shown_with_what_yaml_makes_of_it(typed: str, made: str, key: str) -> None:
    found = problems(f"title: T\n{key}: {typed}" if key != "title" else f"title: {typed}")
    if typed == "&":
        assert [one.code for one in found] == ["yaml-syntax"]
        return
    assert [one.code for one in found if one.code != "key-missing"] == ["yaml-lost"]
    assert f"YAML reads “{typed}” as {made}" in text_of(found[0])
    assert f'"{typed}"' in hint_of(found[0])


@pytest.mark.parametrize("typed", ["[a #b, c]", "[a", "{a: b", '"a', "'tis"])
def test_what_is_not_closed_is_said_where_it_begins(typed: str) -> None:
    found = problems(f"title: T\nslug: {typed}\nnav: x")
    assert [(one.code, one.place.line, one.place.column) for one in found] == [("yaml-syntax", 3, 7)]


@pytest.mark.parametrize(
    "typed",
    [
        "*Important* news",
        "* news",
        "@home",
        "`code`",
        "%100",
        "| pipe",
        "> quote",
        ">5 reasons",
        "A: b",
        "why:",
        "- foo",
        "? who",
        "[Draft] News",
        "{a} b",
        '"Best" of all',
        "'tis the season",
        ", x",
        "}",
        "]x",
        "Cities: #1: now",
    ],
)
def test_text_that_is_no_yaml_is_shown_between_quotation_marks(typed: str) -> None:
    found = problems(f"title: {typed}\ndescription: D")
    assert [one.code for one in found] == ["yaml-syntax"]
    better = found[0].suggestion
    head, left = read_head("a.md", f"---\n{better}\n---\n")
    assert left == []
    assert head is not None
    assert head.front.title == typed


@pytest.mark.parametrize("typed", ["[Draft]", "{city}", "null", "~", "[a, b]"])
def test_value_that_is_no_text_is_shown_between_quotation_marks(typed: str) -> None:
    found = problems(f"title: {typed}")
    assert [one.code for one in found] == ["value-type"]
    assert found[0].suggestion == f'"{typed}"'


@pytest.mark.parametrize("typed", ["!important", "! news", "!!wow x", "!!str x"])
def test_tag_is_no_text(typed: str) -> None:
    found = problems(f"title: {typed}")
    assert [one.code for one in found] == ["yaml-tag"]
    assert "quotation marks" in hint_of(found[0])


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("x # a comment", "x"),
        ("x  # a comment", "x"),
        ("x #", "x"),
        ("x  #### part ####", "x"),
        ("x #: note", "x"),
        ("x # TODO rename", "x"),
        ("C# and F#", "C# and F#"),
        ("a#b", "a#b"),
        ('"Issue #5"', "Issue #5"),
        ('"Issue" # five', "Issue"),
        ("'x' #note", "x"),
        ("100% @home & more!", "100% @home & more!"),
        ("AT&T | 5 > 4 * 2", "AT&T | 5 > 4 * 2"),
        ("yes", "yes"),
        ("No", "No"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("1.10", "1.10"),
        ("2026", "2026"),
        ("2026-05-01", "2026-05-01"),
        ("12:30", "12:30"),
        ("+386 1 234", "+386 1 234"),
        ("=", "="),
        ("- - -".replace("- - -", "—"), "—"),
        ("|\n  one #1\n  &two\n", "one #1\n&two\n"),
        (">-\n  one #1", "one #1"),
    ],
)
def test_comment_and_plain_text_are_no_alarm(typed: str, title: str) -> None:
    head, found = read_head("a.md", f"---\ntitle: {typed}\n---\n")
    assert found == []
    assert head is not None
    assert head.front.title == title


@pytest.mark.parametrize(
    "line", ["draft: false #todo", "weight: 3 #2 before", "date: 2026-01-01 #new", "fallback: hide #x"]
)
def test_comment_behind_what_is_no_text_is_no_alarm(line: str) -> None:
    assert problems(f"title: T\n{line}") == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("A #1", "yaml-lost"),
        ("#ff0000", "yaml-lost"),
        ("&x y", "yaml-lost"),
        ("no", "yaml-doubtful"),
        ("NO", "yaml-doubtful"),
        ("Yes", "yaml-doubtful"),
        ("off", "yaml-doubtful"),
        ("True", "yaml-doubtful"),
        ("NULL", "yaml-doubtful"),
        ("1.10", "yaml-doubtful"),
        ("+386", "yaml-doubtful"),
        ("-0", "yaml-doubtful"),
        ("1.12345678901234567890", "yaml-doubtful"),
        ("true", ""),
        ("null", ""),
        ("~", ""),
        ("5 #five", ""),
        ("0.5", ""),
        ("-12", ""),
        ("012", ""),
        ("1_000", ""),
        ("12:30", ""),
        ("2026-05-01", ""),
        ("2026-05-01 10:00", ""),
        ('"no"', ""),
        ("'1.10'", ""),
        ("no way", ""),
    ],
)
def test_value_of_any_type_is_compared_with_what_was_typed(site: Make, typed: str, code: str) -> None:
    """In extra, in site.yaml and in data alike."""
    made = site(f"-- content/en/a.md --\n---\ntitle: A\nextra:\n  a: {typed}\n---\n")
    made.build()
    assert made.codes == ([code] if code else [])
    made = site(f"-- data/a.yaml --\nlist:\n  - {typed}\n-- data/b.yaml --\nlist:\n  - b: {typed}\n")
    made.build()
    assert made.codes == ([code] * 2 if code else [])
    made = site()
    made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + f"extra:\n  a: {typed}\n")
    result = made.build()
    assert made.codes == ([code] if code else [])
    assert result.failed == (code == "yaml-lost")


def test_anchor_that_is_used_is_an_alias_and_no_lost_text() -> None:
    assert [one.code for one in problems("title: &a T\ndescription: *a")] == ["yaml-alias"]


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: @b",
        "a: 'b",
        "a: [b",
        "a: {b: c",
        "a: *b c",
        "a: | b",
        "a: \x01",
        "- a\nb: c",
        "a\nb: c",
        "a: ? b",
        'a: "\\d"',
        "a: 1\n---\nb: 1",
        "a: x\ny",
        "a: !<x y",
        "a: 1\n- b",
    ],
)
def test_reason_is_in_our_own_words(text: str) -> None:
    found = yamltext.read(Lines("a.yaml", text))[1]
    assert [one.code for one in found] == ["yaml-syntax"]
    assert not any(
        word in text_of(found[0]) for word in ("expected", "allowed", "found", "scanning", "not YAML: the text")
    )
