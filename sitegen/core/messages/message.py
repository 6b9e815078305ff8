"""What one kind of problem says."""

from typing import Literal, NamedTuple

Level = Literal["error", "warning", "info"]


class Message(NamedTuple):
    """The level, the text and the hint; values of the problem stand in braces."""

    level: Level
    text: str
    hint: str = ""
