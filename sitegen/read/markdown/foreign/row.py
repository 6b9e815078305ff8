"""What a rule about a foreign construct is made of."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sitegen.core.phrases import Phrase


class Page(NamedTuple):
    """What a rule may ask of the page: components that are closed, references and names that are defined."""

    closed: frozenset[str]
    references: Mapping[str, object]
    exported: frozenset[str]  # names that a line `export` of MDX gives a value


class Row(NamedTuple):
    """One construct of one dialect."""

    dialect: str
    pattern: re.Pattern[str]
    advice: Phrase
    signs: tuple[str, ...]  # one of them is in every match
    # "text" of any block, "line" (a paragraph's), "markup" (text, addresses and HTML), "fence", "listing" (inside code)
    where: str = "text"
    by_name: Mapping[str, Phrase] = {}  # what to write for the name that the first group holds
    confirm: Callable[[re.Match[str], Page], bool] | None = None
