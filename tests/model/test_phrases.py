"""Words of ours inside a problem's values: English by themselves, of a language when shown, the same in the memo."""

import pytest
from msgspec import convert, msgpack, to_builtins

from sitegen.build.i18n import Speech
from sitegen.cli.console import shown
from sitegen.model.messages import text_of
from sitegen.model.phrases import counted, phrase
from sitegen.model.problems import Place, Problem, in_order, problem

PLACE = Place("site.yaml", 3, 1, "weight: yes")
WRONG = problem(
    "value-type",
    PLACE,
    key="weight",
    expected=phrase("{one} or {other}", one=phrase("a whole number"), other=phrase("a list")),
    found=counted("a list of {n} value", "a list of {n} values", 3),
)


def test_phrase_is_english_by_itself() -> None:
    assert text_of(WRONG) == "“weight” must be a whole number or a list, not a list of 3 values."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sl", "»weight« mora biti celo število ali seznam, ne seznam (3 vrednosti)."),
        ("es", "«weight» debe ser un número entero o una lista, no una lista de 3 valores."),
    ],
)
def test_phrase_is_of_the_language_when_shown(language: str, text: str) -> None:
    assert text_of(WRONG, Speech(language)) == text
    assert text in shown(WRONG, say=Speech(language))


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_number_chooses_the_form(n: int) -> None:
    value = counted("a list of {n} value", "a list of {n} values", n)
    forms = {1: "vrednost", 2: "vrednosti", 3: "vrednosti", 5: "vrednosti"}
    assert str(value) == ("a list of 1 value" if n == 1 else f"a list of {n} values")
    said = text_of(problem("text-tangled", PLACE, reason=value), Speech("sl"))
    assert said.endswith(f"({n} {forms[n]}).")


def test_phrase_without_values_may_hold_braces() -> None:
    found = problem("yaml-syntax", PLACE, reason=phrase("did not find expected ',' or '}'"))
    assert "expected ',' or '}'" in text_of(found)
    assert "expected ',' or '}'" in text_of(found, Speech("sl"))


def test_what_nobody_translated_is_shown_as_it_came() -> None:
    assert "strange {thing}" in text_of(problem("yaml-syntax", PLACE, reason=phrase("strange {thing}")), Speech("es"))


def test_values_with_braces_inside_a_phrase_are_shown_as_they_are() -> None:
    value = phrase("“{text}”", text="{x} {}")
    assert "»{x} {}«" in text_of(problem("value-type", PLACE, key="a", expected="b", found=value), Speech("sl"))


def test_memo_keeps_phrases() -> None:
    assert msgpack.decode(msgpack.encode(WRONG), type=Problem) == WRONG
    assert convert(to_builtins(WRONG), Problem) == WRONG


def test_problems_of_one_place_are_sorted_with_phrases_too() -> None:
    other = problem("value-type", PLACE, key="weight", expected="a", found="b")
    assert in_order([WRONG, other, WRONG]) == in_order([other, WRONG]) == [other, WRONG]


def test_pages_of_a_mistake_in_a_template_are_counted_in_the_language() -> None:
    pages = [f"content/sl/{name}.md" for name in "abc"]
    found = in_order([problem("template-missing", PLACE, template="x.html", page=page) for page in pages])
    assert text_of(found[0]).endswith("(page: content/sl/a.md and 2 others).")
    assert text_of(found[0], Speech("es")).endswith("(página: content/sl/a.md y 2 más).")
    assert in_order(found) == found
