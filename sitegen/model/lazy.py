"""Regular expressions that are compiled when they are first used: a start that reads one page needs few of them."""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern until something is asked of it."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)  # from now on it is found at once
        return value


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled later; what is wrong with it is found by the tests, which compile all."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
