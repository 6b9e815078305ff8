"""Numbers, lists of words, and names of languages inside a sentence, as each language writes them.

Symbols come from CLDR (package Babel). Spanish differs from CLDR by the rule of the Real Academia (Ortografía, 2010):
four digits stand together, longer numbers are divided by a narrow space, never by a dot.

A catalogue can only hold a sentence into which every name fits, such as "v jeziku: angleščina". People say "v
angleščini", and so does the site where the form is known. Other languages of ours need no other form of the name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

# Whole and decimal numbers, and lists of words, as each language writes them.

_NARROW = "\N{NARROW NO-BREAK SPACE}"

# language → separator of thousands, and the fewest digits that a number must have to be divided
_GROUPING = {"es": (_NARROW, 5)}


def number(value: int | float, locale: str) -> str:
    """Return a number with the separators of the locale: 3034 is "3.034", "3,034", "3034"."""
    group, decimal, fewest = _symbols(locale)
    whole, _, fraction = str(abs(value)).partition(".")
    if len(whole) >= fewest and whole.isdigit():
        first = len(whole) % 3 or 3
        whole = group.join((whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))))
    sign = "−" if value < 0 else ""
    return f"{sign}{whole}{decimal + fraction if fraction else ''}"


@lru_cache(maxsize=64)
def _symbols(locale: str) -> tuple[str, str, int]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    language = re.split("[-_]", locale)[0]
    group, fewest = _GROUPING.get(language, (str(get_group_symbol(locale)), 4))
    return group, str(get_decimal_symbol(locale)), fewest


def listing(words: Sequence[str], locale: str) -> str:
    """Return words as a list in running text: "a, b in c", "a, b and c", "a, b y c" (but "español e inglés")."""
    if not words:
        return ""
    from babel.lists import format_list

    text = format_list([str(word) for word in words], style="standard", locale=locale)
    if locale.startswith("es") and len(words) > 1 and re.match(r"(?i)h?[ií](?![aeoáéó])", words[-1]):
        before = text[: len(text) - len(words[-1])]
        return re.sub(r"\by $", "e ", before) + words[-1]
    return text


@lru_cache(maxsize=256)
def language_name(code: str, locale: str) -> str:
    """Return the name of the language `code` in the language of `locale`, or the code when CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name(locale)
    except (ValueError, UnknownLocaleError):
        return code
    return name or code


# Names of languages inside a sentence, in the case that the sentence needs. Source: Slovenski pravopis 2001.

_BEFORE = "v jeziku: "  # how the Slovenian catalogues avoid the case

# Names that do not end in -čina: in the nominative, in the locative.
_OTHERS = {"esperanto": "esperantu", "jidiš": "jidišu"}


def inflected(text: str, code: str, locale: str) -> str:
    """Return a finished text that names the language `code`, with the name in the right case where that is known.

    In Slovenian "(v jeziku: angleščina)" becomes "(v angleščini)". Names of several words, such as "kitajščina
    (poenostavljena)", keep the wording of the catalogue, as do texts of other languages.
    """
    if not locale.startswith("sl"):
        return text
    name = language_name(code, locale)
    form = _locative(name)
    return text.replace(f"{_BEFORE}{name}", f"v {form}") if form else text


def _locative(name: str) -> str:
    """Return the Slovenian locative of a language's name: "angleščini" for "angleščina"; "" where it is not known."""
    if name.isalpha() and name.endswith("čina"):
        return name.removesuffix("a") + "i"
    return _OTHERS.get(name, "")
