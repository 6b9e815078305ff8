"""Problems and results as lines of text, for people and CI logs."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from sitegen.build.i18n import Speech
from sitegen.model.messages import hint_of, level_of, text_of
from sitegen.model.problems import Level, Problem
from sitegen.text.characters import blank, visible

ENGLISH = Speech()
MOST = 10  # problems of one code that are printed in full
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOURS: dict[str, str] = {"error": "\033[1;31m", "warning": "\033[1;33m", "info": "\033[1;36m", "": "\033[0m"}


def shown(problem: Problem, colour: bool = False, say: Speech = ENGLISH) -> str:
    """Return one problem as text: place, level, what is wrong, code; the source line with a mark; the hint."""
    place = problem.place
    where = place.path
    if place.line:
        where += f":{place.line}" + (f":{place.column}" if place.column else "")
    level = level_of(problem)
    word = _coloured(say(level), level, colour)
    lines = [f"{calm(where)}: {word}: {calm(text_of(problem, say))} [{problem.code}]"]
    if place.line and place.source.strip():
        lines.append(f"{place.line:>6} | {visible(place.source)}")
        if place.column:
            lines.append(f"       | {blank(place.source[: place.column - 1 - place.start])}^")
    hint = hint_of(problem, say)
    if hint:
        lines.append(f"       = {calm(hint)}")
    trace = dict(problem.values).get("trace")
    if trace:  # asked for with --debug
        lines += [f"       | {calm(line)}" for line in str(trace).splitlines()]
    return "\n".join(lines)


def _coloured(word: str, level: str, colour: bool) -> str:
    return f"{_COLOURS[level]}{word}{_COLOURS['']}" if colour else word


def calm(text: str) -> str:
    """Return words of a site without characters that would command the terminal, or turn the line round."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


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


def print_problems(
    problems: Iterable[Problem], stream: TextIO | None = None, say: Speech = ENGLISH, *, everything: bool = True
) -> None:
    """Print problems, a blank line after each: errors, then warnings, then notes; at last a summary of many.

    Without `everything`, of each code only the first ten are printed; the summary says how many there are.
    """
    stream = stream or sys.stderr
    colour = has_colour(stream)
    ordered = by_level(problems)
    printed: Counter[str] = Counter()
    for problem in ordered:
        printed[problem.code] += 1
        if everything or printed[problem.code] <= MOST:
            print(shown(problem, colour, say) + "\n", file=stream)
    if len(ordered) > MOST:
        print(_by_code(ordered, colour, say) + "\n", file=stream)
    left = sum(count - MOST for count in printed.values() if count > MOST)
    if left and not everything:
        print(_left_out(left, say) + "\n", file=stream)


def _left_out(count: int, say: Speech) -> str:
    """Say that not all was printed, and how to see the rest."""
    return say.plural(
        "{n} more is not printed; --all prints it.", "{n} more are not printed; --all prints them.", count
    )


def by_level(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with errors first, then warnings, then notes; otherwise in the order given."""
    return sorted(problems, key=lambda problem: LEVELS.index(level_of(problem)))


def _by_code(problems: Iterable[Problem], colour: bool = False, say: Speech = ENGLISH) -> str:
    """Return the summary: for each code how many there are, one example and how to fix it; the most frequent first."""
    same_code: dict[str, list[Problem]] = {}
    for problem in by_level(problems):
        same_code.setdefault(problem.code, []).append(problem)
    groups = sorted(same_code.values(), key=lambda same: (LEVELS.index(level_of(same[0])), -len(same)))
    width = max(len(str(len(same))) for same in groups)
    lines = [say("Summary, by code:")]
    for same in groups:
        level, place = level_of(same[0]), same[0].place
        where = place.path + (f":{place.line}" if place.line else "")
        word = _coloured(say(level), level, colour)
        lines.append(f"{len(same):>{width}} × {same[0].code} ({word})")
        lines.append(
            " " * width + "   " + calm(say("for example {where}: {text}", where=where, text=text_of(same[0], say)))
        )
        hint = hint_of(same[0], say)
        lines += [" " * width + "   = " + calm(hint)] if hint else []
    return "\n".join(lines)
