"""Language codes: the facts that CLDR has of each, and the code that was probably meant.

Source: the Unicode CLDR, in the package Babel.
"""

from typing import NamedTuple

# Codes of countries that are codes of other, seldom written languages as well.
_MISTAKEN = {"si": "sl", "se": "sv", "ee": "et"}


class LanguageFacts(NamedTuple):
    """A language's own name, its CLDR locale with its likely territory, its direction, and its name in English."""

    label: str
    locale: str
    direction: str
    english: str


def facts(code: str) -> LanguageFacts | None:
    """Return what CLDR knows of a BCP 47 code such as `de` or `pt-BR`; None when it knows nothing."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    label = locale.display_name or code
    return LanguageFacts(
        label[:1].upper() + label[1:], _likely(code), locale.text_direction, locale.english_name or code
    )


def _likely(code: str) -> str:
    """Return the locale with the territory where the language is mostly spoken: `sl` is `sl_SI`."""
    from babel import Locale
    from babel.core import get_global

    parts = code.split("-")
    likely = str(get_global("likely_subtags").get(parts[0], "")).split("_")
    if len(parts) > 1 or len(likely) < 3:
        return "_".join(parts)
    locale = f"{parts[0]}_{likely[-1]}"
    return locale if str(Locale.parse(locale)) == locale else parts[0]


def meant(code: str) -> str:
    """Return the code that was probably meant, "" when nothing speaks against this one: for `si`, `jp`, `DE`."""
    from babel.languages import get_official_languages

    if code in _MISTAKEN:
        return _MISTAKEN[code]
    if facts(code) is not None and code == _written(code):
        return ""
    if facts(_written(code)) is not None:
        return _written(code)
    spoken = get_official_languages(code.upper()) if len(code) == 2 else ()
    return next((str(name).replace("_", "-") for name in spoken if facts(str(name).replace("_", "-"))), "")


def _written(code: str) -> str:
    """Return a code as BCP 47 writes it (RFC 5646, 2.1.1): `DE` is `de`, `pt_br` is `pt-BR`."""
    first, *rest = code.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def is_locale(name: str) -> bool:
    """Say whether CLDR knows a locale such as `sl_SI`."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True
