"""What a rule about a foreign construct is made of."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from sitegen.core.phrases import Phrase


class Page(NamedTuple):
    """What a rule may ask of the page: components that are closed, references and names that are defined."""

    closed: frozenset[str]
    references: Mapping[str, object]
    exported: frozenset[str]  # names that a line `export` of MDX gives a value


class Lazy:
    """A regular expression that is compiled when it is first asked for: a site needs few of them."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self.text, self.flags = text, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Return it ready for use."""
        return re.compile(self.text, self.flags)


class Row(NamedTuple):
    """One construct of one dialect."""

    dialect: str
    regex: Lazy
    advice: Phrase
    signs: tuple[str, ...]  # one of them is in every match
    # "text" of any block, "line" (a paragraph's), "markup" (text, addresses and HTML), "fence", "listing" (inside code)
    where: str = "text"
    by_name: Mapping[str, Phrase] = {}  # what to write for the name that the first group holds
    confirm: Callable[[re.Match[str], Page], bool] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return its regular expression."""
        return self.regex.compiled
