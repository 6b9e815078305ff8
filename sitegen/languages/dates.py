"""Dates and ranges of dates, as each language writes them.

Patterns and names of months come from CLDR (package Babel). CLDR has no long pattern for ranges in Slovenian or
English, so a range is made from the long pattern for one day: what both days share is written once.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

Form = Literal["label", "prose", "month"]

_NBSP = "\N{NO-BREAK SPACE}"
_DAY = re.compile(r"d+\.?")
_PARTS = re.compile(r"'[^']*'?|y+|[^\w']+|[^\Wy]+")  # literals, years, what divides, other fields
# Months in running text, where that differs from the label: Slovenian takes the genitive
# (»28. septembra 2015«), while CLDR gives the nominative.
_PROSE_MONTHS = {
    "sl": ("januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra".split()),
}


def date(day: dt.date, locale: str, form: Form = "label") -> str:
    """Return one day: `label` "28. september 2015", `prose` "28. septembra 2015", `month` "september 2015"."""
    return _filled(_pattern(locale, form), day, locale, form)


def date_range(start: dt.date, end: dt.date, locale: str, form: Form = "label") -> str:
    """Return a range of days, such as "28.–30. september 2015"; `end` must not be before `start`.

    Raises ValueError for a reversed range: data is checked long before it is printed.
    """
    if end < start:
        raise ValueError(f"the range ends before it begins: {start} to {end}")
    if start == end:
        return date(start, locale, form)
    pattern = _pattern(locale, form)
    if start.year != end.year:
        return f"{_filled(pattern, start, locale, form)} – {_filled(pattern, end, locale, form)}"
    if start.month != end.month:
        first, last = _filled(_without_year(pattern), start, locale, form), _filled(pattern, end, locale, form)
        return f"{first} – {last}"
    days = f"{_day(pattern, start)}–{_day(pattern, end)}"
    return _filled(pattern, end, locale, form, days)


@lru_cache(maxsize=64)
def _pattern(locale: str, form: Form) -> str:
    from babel import Locale

    data = Locale.parse(locale)
    return str(data.datetime_skeletons["yMMMM"].pattern if form == "month" else data.date_formats["long"].pattern)


def _day(pattern: str, day: dt.date) -> str:
    match = _DAY.search(pattern)
    dot = "." if match and match.group().endswith(".") else ""
    return f"{day.day}{dot}"


def _without_year(pattern: str) -> str:
    """Return a CLDR pattern without the year at its end or beginning, and without what divides it from the rest."""
    parts = _PARTS.findall(pattern)
    stop = _before_dividers(parts)
    if stop and parts[stop - 1].startswith("y"):
        return "".join(parts[: _before_dividers(parts[: stop - 1])])
    if parts and parts[0].startswith("y"):
        return "".join(parts[len(parts) - _before_dividers(parts[:0:-1]) :])
    return pattern


def _before_dividers(parts: list[str]) -> int:
    """Return how many parts there are before the literals, dots and spaces at the end."""
    stop = len(parts)
    while stop and (parts[stop - 1].startswith("'") or not re.match(r"\w", parts[stop - 1])):
        stop -= 1
    return stop


def _filled(pattern: str, day: dt.date, locale: str, form: Form, days: str = "") -> str:
    """Fill a CLDR pattern; the day keeps to its month by a no-break space."""
    values = {"d": days or _day(pattern, day), "M": _month(day.month, locale, form), "y": str(day.year)}

    def replaced(match: re.Match[str]) -> str:
        literal, field = match.group(1), match.group(2)
        return literal if literal is not None else values[field[0]]

    text = re.sub(r"'([^']*)'|(d+\.?|[ML]+|y+)", replaced, pattern)
    return re.sub(r"^([\d.–]+) ", rf"\1{_NBSP}", text)


@lru_cache(maxsize=256)
def _month(month: int, locale: str, form: Form) -> str:
    from babel import Locale

    language = re.split("[-_]", locale)[0]
    if form == "prose" and language in _PROSE_MONTHS:
        return _PROSE_MONTHS[language][month - 1]
    names = Locale.parse(locale).months
    return str(names["stand-alone" if form == "month" else "format"]["wide"][month])
