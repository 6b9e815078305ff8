"""What templates do with values: UI strings from the catalogues, and filters that write values as a language does.

What a translator writes is text, never markup: it comes out escaped, whatever the catalogue holds.

Each looks at the variable `lang` of the template; none of them reads a file or a clock.
"""

import datetime as dt
import gettext
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen.languages import dates, numbers
from sitegen.languages.alphabet import heading_letter, sort_key
from sitegen.languages.typography import typeset
from sitegen.model.files import Catalog
from sitegen.model.urls import host_of
from sitegen.text.characters import without_controls


class Strings:
    """The strings of one language. A missing one is shown as its msgid."""

    def __init__(self, catalog: Catalog) -> None:
        self.messages = catalog.messages
        self.rule = _plural_rule(catalog.plural)

    def get(self, message: str, context: str = "") -> str:
        """Return the text for a msgid."""
        texts = self.messages.get(f"{context}\x04{message}" if context else message)
        return texts[0] if texts else message

    def plural(self, one: str, many: str, number: int, context: str = "") -> str:
        """Return the plural form for a number."""
        forms = self.messages.get(f"{context}\x04{one}" if context else one)
        if forms:
            return forms[min(self.rule(number), len(forms) - 1)]
        return one if number == 1 else many


@lru_cache(maxsize=32)
def _plural_rule(expression: str) -> Callable[[int], int]:
    """Return the plural rule of a catalogue as a function; the expression was checked when the catalogue was read."""
    rule: Callable[[int], int] = gettext.c2py(expression)
    return rule


def lang_of(context: Context) -> str:
    """Return the reader's language at this place of a template."""
    return str(context.resolve("lang"))


def callables(strings: dict[str, Strings]) -> dict[str, Callable[..., Markup]]:
    """Return the functions for Jinja's i18n extension; they look up the variable `lang` of the template."""
    from jinja2 import pass_context

    def of(context: Context) -> Strings:
        return strings[lang_of(context)]

    @pass_context
    def _gettext(context: Context, message: str) -> Markup:
        return escape(of(context).get(message))

    @pass_context
    def _ngettext(context: Context, one: str, many: str, number: int) -> Markup:
        return escape(of(context).plural(one, many, number))

    @pass_context
    def _pgettext(context: Context, name: str, message: str) -> Markup:
        return escape(of(context).get(message, name))

    @pass_context
    def _npgettext(context: Context, name: str, one: str, many: str, number: int) -> Markup:
        return escape(of(context).plural(one, many, number, name))

    return {"gettext": _gettext, "ngettext": _ngettext, "pgettext": _pgettext, "npgettext": _npgettext}


# In <script> only these can end the block or begin another one (HTML, "Restrictions for contents of script elements").
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def jsonld(value: Any) -> Markup:
    """Return `value` as compact JSON, keys in the order written. Parts that are None or empty are omitted.

    Days become ISO 8601; interface strings, which templates hold escaped, become plain text again.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - no character of markup is left


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value.unescape() if isinstance(value, Markup) else value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


Filters = dict[str, Callable[..., Any]]


def filters(locales: Mapping[str, str], typography: bool) -> Filters:
    """Return all filters. `locales` is language → CLDR locale; without `typography`, text is left as it is."""
    return {
        **_values(locales),
        **_words(typography),
        "iso": lambda day: _day(day).isoformat(),
        "jsonld": jsonld,
        "host": host_of,
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
        return numbers.inflected(text, code, locale(context))

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
