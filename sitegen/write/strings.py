"""Interface strings for templates: a Catalog as the functions gettext, ngettext and pgettext.

What a translator writes is text, never markup: it comes out escaped, whatever the catalogue holds.
"""

import gettext
from collections.abc import Callable
from functools import lru_cache

from jinja2.runtime import Context
from markupsafe import Markup, escape

from sitegen.core.records import Catalog


class Strings:
    """The strings of one language. A missing one is shown as its msgid."""

    def __init__(self, catalog: Catalog) -> None:
        self.messages = catalog.messages
        self.rule = plural_rule(catalog.plural)

    def get(self, message: str, context: str = "") -> str:
        """Return the text for a msgid."""
        found = self.messages.get(f"{context}\x04{message}" if context else message)
        return found[0] if found else message

    def plural(self, one: str, many: str, number: int, context: str = "") -> str:
        """Return the plural form for a number."""
        found = self.messages.get(f"{context}\x04{one}" if context else one)
        if found:
            return found[min(self.rule(number), len(found) - 1)]
        return one if number == 1 else many


@lru_cache(maxsize=32)
def plural_rule(expression: str) -> Callable[[int], int]:
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
