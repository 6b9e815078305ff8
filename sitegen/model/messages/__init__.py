"""The texts of problems: code → level, text, hint. They are only in the modules of this folder.

A text says what is wrong, its hint how to mend it. Errors are what cannot be built or would mislead a visitor; warnings
fail only with --strict.
"""

from sitegen.model.messages.editing import EDITING
from sitegen.model.messages.links import LINKS
from sitegen.model.messages.outputs import OUTPUTS
from sitegen.model.messages.pages import PAGES
from sitegen.model.messages.sources import SOURCES
from sitegen.model.messages.translations import EXCHANGE, STALENESS
from sitegen.model.phrases import English, Says, spoken
from sitegen.model.problems import Level, Message, Problem
from sitegen.model.words import T_

__all__ = [
    "BY_CHECK",
    "BY_IMPORT",
    "TEXTS",
    "Level",
    "Message",
    "hint_of",
    "is_error",
    "is_warning",
    "level_of",
    "text_of",
]

TEXTS: dict[str, Message] = {**SOURCES, **PAGES, **LINKS, **OUTPUTS, **EDITING, **STALENESS, **EXCHANGE}
ENGLISH = English()
BY_CHECK = frozenset({**EDITING, **STALENESS})  # codes that a build does not look for
BY_IMPORT = frozenset(EXCHANGE)  # codes that neither a build nor a check looks for


def level_of(problem: Problem) -> Level:
    """Return how serious a problem is."""
    return "info" if problem.noted else TEXTS[problem.code].level


def is_error(problem: Problem) -> bool:
    """Say whether a problem forbids publishing."""
    return level_of(problem) == "error"


def is_warning(problem: Problem) -> bool:
    """Say whether a problem fails with --strict only; a note never does."""
    return level_of(problem) == "warning"


def text_of(problem: Problem, say: Says = ENGLISH) -> str:
    """Return the text of a problem, with its values filled in; `say` translates the text, and phrases in it."""
    return say(TEXTS[problem.code].text).format(**_spoken(problem, say))


def hint_of(problem: Problem, say: Says = ENGLISH) -> str:
    """Return how to fix a problem; advice and suggestions are before the general hint."""
    if problem.advice:
        return spoken(problem.advice, say)
    if problem.suggestion:
        return say(T_("Did you mean “{suggestion}”?")).format(suggestion=problem.suggestion)
    return say(TEXTS[problem.code].hint).format(**_spoken(problem, say))


def _spoken(problem: Problem, say: Says) -> dict[str, str]:
    return {name: spoken(value, say) for name, value in problem.values}
