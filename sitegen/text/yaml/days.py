"""A day as people type it, in many ways, to the day that it certainly means: for suggestions only.

`4/12/2025` may be the fourth of December or the twelfth of April: then nothing is suggested.
"""

import datetime as dt
import re
import unicodedata
from functools import cache

from sitegen.model.lazy import lazily

_YEAR_FIRST = lazily(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})\b")
_DIGITS = lazily(r"(\d{4})(\d\d)(\d\d)\Z")
_DOTTED = lazily(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b")
_EITHER = lazily(r"(\d{1,2}) ?[-/] ?(\d{1,2}) ?[-/] ?(\d{4})\b")
_TIME = lazily(r"(?:[T,]| at| ob|\b) ?\d{1,2}:\d\d(?::\d\d)?")
_WORD = lazily(r"[^\W\d_]+")
_NUMBER = lazily(r"\d+")
_LONGEST = 60  # letters of a day, the longest with its weekday and the time
_LOCALES = ("en", "sl", "es", "de", "fr", "it", "pt", "nl", "hr", "sr", "pl", "cs", "hu", "sv", "da", "fi", "ru", "uk")


def meant_day(text: str) -> dt.date | None:
    """Return the only day that `text` can mean, or None when it means none, or may mean two."""
    days = meant_days(text)
    return days[0] if len(days) == 1 else None


def meant_days(text: str) -> list[dt.date]:
    """Return the days that `text` can mean, at most two, the day before the month first."""
    if len(text) > _LONGEST:
        return []
    text = re.sub("[\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}]", "-", unicodedata.normalize("NFKC", text)).strip()
    time = _TIME.search(text, 6)
    text = text[: time.start()] if time else text
    text = text.strip(" ,.T") if not _DOTTED.match(text) else text
    if match := (_YEAR_FIRST.match(text) or _DIGITS.match(text)):
        days = [_day(match[1], match[2], match[3])]
    elif match := _DOTTED.match(text):
        days = [_day(match[3], match[2], match[1])]
    elif match := _EITHER.match(text):
        days = [_day(match[3], match[2], match[1]), _day(match[3], match[1], match[2])]
    else:
        days = [_with_words(text)]
    return [day for day in dict.fromkeys(days) if day]


def _with_words(text: str) -> dt.date | None:
    """Return the day of a text with the name of one month, a year and a day."""
    names = {_months().get(word) for word in _WORD.findall(text.casefold())} - {None}
    numbers = _NUMBER.findall(text)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if len(names) != 1 or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        return None
    return _day(years[0], str(names.pop()), days[0])


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the names of months in many languages, without those that mean another month elsewhere."""
    from babel import Locale

    numbers_by_name: dict[str, set[int]] = {}
    for code in _LOCALES:
        months = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form].get(width, {}).items():
                    numbers_by_name.setdefault(str(name).casefold().strip(". "), set()).add(number)
    for number, name in enumerate(_GENITIVES, 1):
        numbers_by_name.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in numbers_by_name.items() if len(numbers) == 1 and name.isalpha()}


# Slovenian in running text; the tables of Babel have the nominative only.
_GENITIVES = tuple(
    "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra".split()
)
