"""Texts that a regular expression may take too long over, made from the pattern itself, and how long it takes."""

import itertools
import re
import signal
import time
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any, NamedTuple

LENGTH = 4000
_FLOOR = 0.001  # seconds of processor time below which nothing is compared
_ROUNDS = 8  # of measurements, before a pattern is called slow
_LIMIT = 1.0  # seconds of processor time after which a pattern counts as hanging
_CHARACTERS = "a0 -_\n<>[](){}\"'`*~|#:./=!?&%@,;\\^+$éA\t\r\x00"
# What people type, again and again: nesting, blanks, brackets, stars, quotes, pipes, backticks.
_UNITS = (
    *" \n`*[]()<>{}\"'|~#:-_=.!&%@/\\a0",
    *(
        "- a\n",
        "    - a\n",
        "> ",
        "](",
        "[a](",
        "![",
        "<a ",
        "<!--",
        "<a href='",
        '<a b="',
        "| a ",
        "|-",
        "**a",
        "a ",
        " a",
        "a\n",
    ),
    *(
        " \n",
        "\n ",
        "\n\n",
        "a.",
        "a-",
        "a@a.",
        "::: ",
        "[^a]: ",
        "{: ",
        "```\n",
        "``a",
        "~~a",
        "&#",
        "%(",
        "# a #",
        "1. ",
    ),
)


class Text(NamedTuple):
    """A hostile text of any length: a beginning, what comes again and again, and an end."""

    start: str
    unit: str
    end: str

    def of(self, length: int) -> str:
        """Return the text with about so many characters."""
        return self.start + self.unit * (length // max(len(self.unit), 1) + 1) + self.end


def texts(pattern: re.Pattern[Any]) -> Iterator[Text]:
    """Return hostile texts: of what everybody types, and of parts of what the pattern looks for."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = "".join(dict.fromkeys(re.sub(r"\\.|[\w()|?+]", "", source)))[:6]
    pairs = ("".join(pair) for pair in itertools.permutations("a 0\n" + own, 2))
    pumped = list(dict.fromkeys(_pumps(list(tree), "", {})))
    starts = [start + body for start, body in pumped]
    lines = (before + start for start in starts for before in ("\n", " "))
    for unit in dict.fromkeys(itertools.chain(_UNITS, pairs, starts, lines)):
        yield Text("", unit, "")
    for start, body in pumped:
        for end in ("", "\x00", "\n!"):
            yield Text(start, body, end)


def _pumps(items: list[Any], before: str, groups: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Return (a beginning that matches, what may follow it again and again) for every part of a pattern."""
    start = before
    for op, value in items:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            inside = list(value[2])
            for body in _bodies(inside, groups):
                yield before, body
            yield from _pumps(inside, before, groups)
        elif op is ops.SUBPATTERN:
            yield from _pumps(list(value[3]), before, groups)
        elif op is ops.ATOMIC_GROUP:
            yield from _pumps(list(value), before, groups)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), before, groups)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _pumps(list(value[1]), before, groups)
        before += _example([(op, value)], groups)
        yield before, before
    for first, last in itertools.combinations(_seams(items), 2):
        if middle := _example(items[first:last], groups):
            yield start + _example(items[:first], groups), middle


def _seams(items: list[Any]) -> list[int]:
    """Return where a part of a pattern ends and a word of it begins, or the other way around; at most ten places."""
    kinds = [op is ops.LITERAL for op, _ in items]
    return [at for at in range(len(items) + 1) if at in (0, len(items)) or not kinds[at] or not kinds[at - 1]][:10]


def _bodies(items: list[Any], groups: dict[int, str]) -> Iterator[str]:
    """Return what one round of a repetition may be."""
    if len(items) == 1 and items[0][0] in (ops.IN, ops.ANY, ops.NOT_LITERAL):
        allowed = [one for one in _CHARACTERS if _takes(items[0], one)]
        yield from allowed[:4]
    elif len(items) == 1 and items[0][0] is ops.BRANCH:
        for branch in items[0][1][1]:
            yield from _bodies(list(branch), groups)
    elif example := _example(items, groups):
        yield example


def _example(items: list[Any], groups: dict[int, str]) -> str:
    """Return a short text that these parts of a pattern match; what is only looked at counts as nothing."""
    text = ""
    for op, value in items:
        if op is ops.LITERAL:
            text += chr(value)
        elif op in (ops.IN, ops.ANY, ops.NOT_LITERAL):
            text += next((one for one in _CHARACTERS if _takes((op, value), one)), chr(0xE9))
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            text += _example(list(value[2]), groups) * max(value[0], 1)
        elif op is ops.SUBPATTERN:
            inside = _example(list(value[3]), groups)
            groups[value[0]] = inside
            text += inside
        elif op is ops.ATOMIC_GROUP:
            text += _example(list(value), groups)
        elif op is ops.BRANCH:
            text += _example(list(value[1][0]), groups)
        elif op is ops.GROUPREF:
            text += groups.get(value, "")
    return text


def _takes(item: tuple[Any, Any], letter: str) -> bool:
    """Say whether a part of a pattern that stands for one character takes this one."""
    op, value = item
    if op is ops.ANY:
        return letter != "\n"
    if op is ops.NOT_LITERAL:
        return bool(ord(letter) != value)
    if op is ops.LITERAL:
        return bool(ord(letter) == value)
    if op is ops.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if op is ops.CATEGORY:
        name = str(value)
        kind = r"\d" if "DIGIT" in name else r"\s" if "SPACE" in name else r"\w"
        return bool(re.match(kind, letter)) != ("NOT" in name)
    negated = bool(value) and value[0][0] is ops.NEGATE
    return any(_takes(one, letter) for one in value[negated:]) != negated


def slow(pattern: re.Pattern[Any], anchored: bool) -> str:
    """Return the hostile text whose length costs a pattern more than linear time, shortened; "" when there is none."""
    for text in texts(pattern):
        for length in (LENGTH // 10, LENGTH):
            if _suspect(pattern, text.of(length), anchored) and (growth := _growth(pattern, text, length, anchored)):
                return f"{text.of(60)[:60]!r} … {text.end!r}: {growth}"
    return ""


def _suspect(pattern: re.Pattern[Any], text: str, anchored: bool) -> bool:
    """Say whether a text takes long enough for a comparison, twice."""
    return all(_seconds(pattern, text, anchored) > _FLOOR for _ in range(2))


def _growth(pattern: re.Pattern[Any], text: Text, length: int, anchored: bool) -> str:
    """Compare n, 2n and 4n characters; return the times that linear time cannot explain.

    On a busy machine single times are far too long, so the least of several counts, and only the last round says no.
    """
    lengths = (length // 2, length, 2 * length)
    costs = [_LIMIT * 2] * len(lengths)
    for number in range(_ROUNDS):
        costs = [min(cost, _seconds(pattern, text.of(one), anchored)) for cost, one in zip(costs, lengths, strict=True)]
        small = costs[2] < 3 * _FLOOR or costs[2] < 7 * costs[0] or costs[1] < 2.3 * costs[0]
        if small and costs[2] < _LIMIT:
            return ""
        if number and min(costs) >= _LIMIT:  # even the shortest text hangs
            break
    return " → ".join(f"{1000 * cost:.1f}" for cost in costs) + f" ms for {', '.join(map(str, lengths))} characters"


def _seconds(pattern: re.Pattern[Any], text: str, anchored: bool) -> float:
    """Return the processor time that a pattern takes over a text; it is stopped at the limit."""
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)  # while it is set, the clock of the process goes by ticks only
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
    began = time.thread_time()
    try:
        if anchored:
            pattern.match(subject)
        else:
            for _ in pattern.finditer(subject):
                pass
    except TimeoutError:
        return 2 * _LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.thread_time() - began
