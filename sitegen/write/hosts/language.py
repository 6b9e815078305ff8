"""Which of the site's languages a reader's browser asks for, as a pattern that servers can match."""

import re
from collections.abc import Sequence


def asks_for(code: str, codes: Sequence[str]) -> str:
    """Return the pattern (PCRE, letters of either case) of an Accept-Language whose first known language is `code`.

    Browsers write the languages in the order of their weight (RFC 9110, 12.5.4), so that the weights need not be read.
    A language fits with whatever follows it: `sl` fits `sl-SI`. The longest code has to be tried first.
    """
    known = "|".join(_fits(one) for one in longest_first(codes))
    return rf"^(?:(?!\s*(?:{known}))[^,]*,)*\s*{_fits(code)}"


def longest_first(codes: Sequence[str]) -> list[str]:
    """Return the codes in the order in which they have to be tried: `sr-Latn` before `sr`."""
    return sorted(codes, key=lambda code: (-len(code), code))


def _fits(code: str) -> str:
    return re.escape(code).replace(r"\-", "-") + "(?![a-z0-9])"
