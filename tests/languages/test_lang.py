"""Dates, ranges, numbers, lists, names of languages and alphabetical order, as each language writes them."""

import datetime as dt

import pytest

from sitegen.languages.alphabet import heading_letter, sort_key
from sitegen.languages.dates import Form, date, date_range
from sitegen.languages.numbers import inflected, language_name, listing, number

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
DAY = dt.date(2015, 9, 28)


@pytest.mark.parametrize(
    ("locale", "form", "text"),
    [
        ("sl_SI", "label", "28.~september 2015"),
        ("sl_SI", "prose", "28.~septembra 2015"),
        ("sl_SI", "month", "september 2015"),
        ("en_GB", "label", "28~September 2015"),
        ("en_GB", "prose", "28~September 2015"),
        ("en_GB", "month", "September 2015"),
        ("es_ES", "label", "28~de septiembre de 2015"),
        ("es_ES", "month", "septiembre de 2015"),
        ("de_DE", "label", "28.~September 2015"),
        ("ar", "label", "28~سبتمبر 2015"),
        ("en_US", "label", "September 28, 2015"),
    ],
)
def test_date(locale: str, form: Form, text: str) -> None:
    assert date(DAY, locale, form) == text.replace("~", NBSP)


@pytest.mark.parametrize(
    ("locale", "form", "end", "text"),
    [
        ("sl_SI", "label", dt.date(2015, 9, 30), "28.–30.~september 2015"),
        ("sl_SI", "prose", dt.date(2015, 9, 30), "28.–30.~septembra 2015"),
        ("sl_SI", "label", dt.date(2015, 10, 2), "28.~september – 2.~oktober 2015"),
        ("sl_SI", "prose", dt.date(2016, 1, 2), "28.~septembra 2015 – 2.~januarja 2016"),
        ("en_GB", "label", dt.date(2015, 9, 30), "28–30~September 2015"),
        ("en_GB", "label", dt.date(2015, 10, 2), "28~September – 2~October 2015"),
        ("en_GB", "label", dt.date(2016, 1, 2), "28~September 2015 – 2~January 2016"),
        ("en_US", "label", dt.date(2015, 9, 30), "September 28–30, 2015"),
        ("en_US", "label", dt.date(2015, 10, 2), "September 28 – October 2, 2015"),
        ("es_ES", "label", dt.date(2015, 9, 30), "28–30~de septiembre de 2015"),
        ("es_ES", "label", dt.date(2015, 10, 2), "28~de septiembre – 2~de octubre de 2015"),
        ("de_DE", "label", dt.date(2015, 9, 30), "28.–30.~September 2015"),
        ("ar", "label", dt.date(2015, 9, 30), "28–30~سبتمبر 2015"),
    ],
)
def test_date_range(locale: str, form: Form, end: dt.date, text: str) -> None:
    assert date_range(DAY, end, locale, form) == text.replace("~", NBSP)


def test_range_of_one_day_is_that_day() -> None:
    assert date_range(DAY, DAY, "en_GB") == date(DAY, "en_GB")


def test_reversed_range_is_refused() -> None:
    with pytest.raises(ValueError, match="the range ends before it begins: 2015-09-28 to 2015-09-27"):
        date_range(DAY, dt.date(2015, 9, 27), "en_GB")


@pytest.mark.parametrize("month", range(1, 13))
def test_slovenian_prose_has_the_genitive_of_every_month(month: int) -> None:
    assert date(dt.date(2015, month, 1), "sl_SI", "prose").split()[1].endswith("a")


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        (3034, "sl_SI", "3.034"),
        (3034, "en_GB", "3,034"),
        (3034, "es_ES", "3034"),
        (30345, "es_ES", f"30{NARROW}345"),
        (1234567, "sl_SI", "1.234.567"),
        (1234567, "en_GB", "1,234,567"),
        (999, "en_GB", "999"),
        (0, "en_GB", "0"),
        (-3034, "en_GB", "−3,034"),
        (3.5, "sl_SI", "3,5"),
        (3.5, "en_GB", "3.5"),
        (1234.25, "de_DE", "1.234,25"),
    ],
)
def test_number(value: float, locale: str, text: str) -> None:
    assert number(value, locale) == text


@pytest.mark.parametrize(
    ("words", "locale", "text"),
    [
        ([], "sl_SI", ""),
        (["a"], "sl_SI", "a"),
        (["a", "b"], "sl_SI", "a in b"),
        (["a", "b", "c"], "sl_SI", "a, b in c"),
        (["a", "b", "c"], "en_GB", "a, b and c"),
        (["a", "b", "c"], "es_ES", "a, b y c"),
        (["español", "inglés"], "es_ES", "español e inglés"),
        (["agua", "hielo"], "es_ES", "agua y hielo"),
        (["padre", "hijo"], "es_ES", "padre e hijo"),
        (["a", "b", "c"], "de_DE", "a, b und c"),
    ],
)
def test_list(words: list[str], locale: str, text: str) -> None:
    assert listing(words, locale) == text


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [("sl", "en_GB", "Slovenian"), ("en", "sl_SI", "angleščina"), ("es", "es_ES", "español"), ("qqx", "en_GB", "qqx")],
)
def test_language_name(code: str, locale: str, name: str) -> None:
    assert language_name(code, locale) == name


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sl", ["cesta", "cvet", "čas", "ćup", "dan", "đak", "sneg", "šola", "zima", "žaba"]),
        ("es", ["nube", "nuez", "ñandú", "ñu", "oso"]),
        ("en", ["learn", "learned", "learning cities", "learning city"]),
        ("de", ["Äpfel im Schlafrock", "Apfelkuchen", "Ast", "Öl", "Zimt"]),
        ("sv", ["zebra", "ål", "äpple", "öl"]),
        ("sl", ["mestece", "mesto", "mesto miru"]),
        ("en", ["2015", "city"]),
        ("es", ["arbol", "árbol", "arbolado"]),
    ],
)
def test_alphabetical_order(lang: str, words: list[str]) -> None:
    mixed = list(reversed(words))
    assert sorted(mixed, key=lambda word: sort_key(word, lang)) == words


def test_order_does_not_depend_on_case_first() -> None:
    assert sorted(["b", "A", "a", "B"], key=lambda word: sort_key(word, "en")) == ["a", "A", "b", "B"]


def test_decomposed_letters_are_the_same_letters() -> None:
    assert sort_key("c\N{COMBINING CARON}as", "sl")[0] == sort_key("čas", "sl")[0]


@pytest.mark.parametrize(
    ("word", "lang", "letter"),
    [
        ("čas", "sl", "Č"),
        ("čas", "en", "C"),
        ("ñu", "es", "Ñ"),
        ("árbol", "es", "A"),
        ("Äpfel", "de", "A"),
        ("«cita»", "es", "C"),
        ("2015", "en", "#"),
        ("", "en", "#"),
        ("خبز", "ar", "خ"),
    ],
)
def test_letter_of_an_index(word: str, lang: str, letter: str) -> None:
    assert heading_letter(word, lang) == letter


@pytest.mark.parametrize(
    ("pattern", "code", "locale", "text"),
    [
        ("(v jeziku: {})", "en", "sl_SI", "(v angleščini)"),
        ("(v jeziku: {})", "es", "sl_SI", "(v španščini)"),
        ("(v jeziku: {})", "sk", "sl", "(v slovaščini)"),
        ("(v jeziku: {})", "cs", "sl_SI", "(v češčini)"),
        ("(v jeziku: {})", "zh", "sl_SI", "(v kitajščini)"),
        ("(v jeziku: {})", "eo", "sl_SI", "(v esperantu)"),
        ("(prikazano v jeziku: {})", "it", "sl_SI", "(prikazano v italijanščini)"),
        ("(v jeziku: {})", "zh-Hant", "sl_SI", "(v jeziku: kitajščina (tradicionalna pisava))"),
        ("(v jeziku: {})", "xx", "sl_SI", "(v jeziku: xx)"),
        ("Jezik: {}.", "en", "sl_SI", "Jezik: angleščina."),
        ("(in {})", "sl", "en_GB", "(in Slovenian)"),
        ("(en {})", "en", "es_ES", "(en inglés)"),
    ],
)
def test_name_of_a_language_takes_the_case_of_its_sentence(pattern: str, code: str, locale: str, text: str) -> None:
    assert inflected(pattern.format(language_name(code, locale)), code, locale) == text
