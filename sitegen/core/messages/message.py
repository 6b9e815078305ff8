"""What one kind of problem says."""

from typing import Literal, NamedTuple

from sitegen.core.words import T_

Level = Literal["error", "warning", "info"]
LEVELS = (T_("error"), T_("warning"), T_("info"))


class Message(NamedTuple):
    """The level, the text and the hint; values of the problem stand in braces."""

    level: Level
    text: str
    hint: str = ""
