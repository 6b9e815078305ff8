"""What each problem says: code → level, text, hint. Only the modules of this folder hold these words.

A text says what is wrong, its hint how to mend it. Errors are what cannot be built or would mislead a visitor; warnings
fail only with --strict.
"""

from sitegen.core.messages.message import Level, Message
from sitegen.core.messages.outputs import OUTPUTS
from sitegen.core.messages.pages import PAGES
from sitegen.core.messages.sources import SOURCES
from sitegen.core.problems import Problem

__all__ = ["TEXTS", "Level", "Message", "hint_of", "is_error", "level_of", "text_of"]

TEXTS: dict[str, Message] = {**SOURCES, **PAGES, **OUTPUTS}


def level_of(problem: Problem) -> Level:
    """Return how serious a problem is."""
    return TEXTS[problem.code].level


def is_error(problem: Problem) -> bool:
    """Say whether a problem forbids publishing."""
    return level_of(problem) == "error"


def text_of(problem: Problem) -> str:
    """Return what a problem says, with its values filled in."""
    return TEXTS[problem.code].text.format(**dict(problem.values))


def hint_of(problem: Problem) -> str:
    """Return how to mend a problem; a suggestion goes before the general hint."""
    if problem.suggestion:
        return f"Did you mean “{problem.suggestion}”?"
    return TEXTS[problem.code].hint.format(**dict(problem.values))
