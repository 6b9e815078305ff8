"""Problems and results as lines of text: what a person or a CI log reads."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from sitegen.commands.speech import Speech
from sitegen.core.messages import hint_of, level_of, text_of
from sitegen.core.problems import Problem

ENGLISH = Speech()
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOURS: dict[str, str] = {"error": "\033[1;31m", "warning": "\033[1;33m", "info": "\033[1;36m", "": "\033[0m"}


def shown(problem: Problem, colour: bool = False, say: Speech = ENGLISH) -> str:
    """Return one problem as text: place, level, what is wrong, code; the source line with a mark; the hint."""
    place = problem.place
    where = place.path
    if place.line:
        where += f":{place.line}" + (f":{place.column}" if place.column else "")
    level = level_of(problem)
    word = say(level)
    if colour:
        word = f"{_COLOURS[level]}{word}{_COLOURS['']}"
    lines = [f"{calm(where)}: {word}: {calm(text_of(problem, say))} [{problem.code}]"]
    if place.line and place.source.strip():
        lines.append(f"{place.line:>6} | {_visible(place.source)}")
        if place.column:
            lines.append(f"       | {_pointer(place.source, place.column)}")
    hint = hint_of(problem, say)
    if hint:
        lines.append(f"       = {calm(hint)}")
    trace = dict(problem.values).get("trace")
    if trace:  # asked for with --debug
        lines += [f"       | {calm(line)}" for line in str(trace).splitlines()]
    return "\n".join(lines)


def calm(text: str) -> str:
    """Return words of a site without characters that would command the terminal, or turn the line round."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def _visible(source: str) -> str:
    return source.replace("\t", "→   ")


def _pointer(source: str, column: int) -> str:
    return " " * len(_visible(source[: column - 1])) + "^"


def summary(problems: Iterable[Problem], say: Speech = ENGLISH) -> str:
    """Return "2 errors, 1 warning", or "" when there is none."""
    counts: Counter[str] = Counter(level_of(problem) for problem in problems)
    words = {
        "error": say.plural("{n} error", "{n} errors", counts["error"]),
        "warning": say.plural("{n} warning", "{n} warnings", counts["warning"]),
        "info": say.plural("{n} note", "{n} notes", counts["info"]),
    }
    return ", ".join(text for level, text in words.items() if counts[level])


def has_colour(stream: TextIO) -> bool:
    """Say whether to use colours: a terminal, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_problems(problems: Iterable[Problem], stream: TextIO | None = None, say: Speech = ENGLISH) -> None:
    """Print all problems, with a blank line behind each."""
    stream = stream or sys.stderr
    colour = has_colour(stream)
    for problem in problems:
        print(shown(problem, colour, say) + "\n", file=stream)
