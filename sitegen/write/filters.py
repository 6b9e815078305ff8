"""The filters of templates: values as the reader's language writes them.

Each looks at the variable `lang` of the template; none of them reads a file or a clock.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen.lang import dates, inflection, numbers
from sitegen.lang.alphabet import heading_letter, sort_key
from sitegen.lang.typography import typeset
from sitegen.write.jsonld import jsonld
from sitegen.write.strings import lang_of

Filters = dict[str, Callable[..., Any]]


def filters(locales: Mapping[str, str], typography: bool) -> Filters:
    """Return all filters. `locales` is language → CLDR locale; without `typography`, text is left as it is."""
    return {
        **_values(locales),
        **_words(typography),
        "iso": lambda day: _day(day).isoformat(),
        "jsonld": jsonld,
    }


def _values(locales: Mapping[str, str]) -> Filters:
    """Return the filters for dates, numbers and lists."""

    def locale(context: Context) -> str:
        return locales[lang_of(context)]

    @pass_context
    def date(context: Context, day: dt.date | str, form: dates.Form = "label") -> str:
        return dates.date(_day(day), locale(context), form)

    @pass_context
    def date_range(context: Context, start: dt.date | str, end: dt.date | str, form: dates.Form = "label") -> str:
        return dates.date_range(_day(start), _day(end), locale(context), form)

    @pass_context
    def number(context: Context, value: int | float) -> str:
        return numbers.number(value, locale(context))

    @pass_context
    def listing(context: Context, words: Iterable[Any]) -> str:
        return numbers.listing([str(word) for word in words], locale(context))

    @pass_context
    def language_name(context: Context, code: str) -> str:
        return numbers.language_name(code, locale(context))

    @pass_context
    def inflected(context: Context, text: str, code: str) -> str:
        return inflection.inflected(text, code, locale(context))

    return {
        "date": date,
        "date_range": date_range,
        "number": number,
        "listing": listing,
        "language_name": language_name,
        "inflected": inflected,
    }


def _words(typography: bool) -> Filters:
    """Return the filters for order and typography."""

    @pass_context
    def alphabetical(context: Context, items: Iterable[Any], attribute: str = "") -> list[Any]:
        lang = lang_of(context)
        return sorted(items, key=lambda item: sort_key(str(_part(item, attribute)), lang))

    @pass_context
    def letter(context: Context, text: str) -> str:
        return heading_letter(text, lang_of(context))

    @pass_context
    def set_type(context: Context, text: str, lang: str = "") -> Markup:
        if not typography:
            return escape(text)
        return Markup(escape(typeset(text, lang or lang_of(context))))  # noqa: S704 - escaped

    return {"alphabetical": alphabetical, "letter": letter, "typeset": set_type}


def _day(value: dt.date | str) -> dt.date:
    """Return a day, which may be written as text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _part(item: Any, attribute: str) -> Any:
    if not attribute:
        return item
    return item[attribute] if isinstance(item, dict) else getattr(item, attribute)
