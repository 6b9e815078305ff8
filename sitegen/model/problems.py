"""A problem is a value: a code, a place and named values. Its text is looked up when it is shown.

Never raises, never prints; an exception in this project means a bug of ours, a Problem means something to mend in
the site's own files.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from sitegen.model.phrases import Value, counted, kept
from sitegen.model.words import T_

Level = Literal["error", "warning", "info"]
LEVELS = (T_("error"), T_("warning"), T_("info"))


class Message(NamedTuple):
    """The level, the text and the hint; values of the problem are in braces."""

    level: Level
    text: str
    hint: str = ""


_WIDEST = 160  # characters of a source line that are shown
_FAR = 400  # letters on either side of a column: more than are ever shown
_BEFORE = 60  # of them before the column, where the line is longer
_AHEAD = 40  # and at least so many behind it


class Place(Struct, frozen=True, order=True):
    """Where in a source file: `line` and `column` count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0
    source: str = ""  # the text of that line, for showing; of a long one, the part around the column
    start: int = 0  # how many characters of the line are missing before `source`
    ref: str = ""  # what it is of in a page whose lines are not at hand, such as `link 3`: `records.Positions` know it


class Problem(Struct, frozen=True):
    """One thing to fix. `values` fill the text that `messages.TEXTS` keeps for `code`; words of ours are phrases."""

    code: str
    place: Place
    values: tuple[tuple[str, Value], ...] = ()
    suggestion: str = ""  # "did you mean …"
    advice: Value = ""  # what to do about this one, where that is more than the general hint says
    noted: bool = False  # a mistake in what is not published: shown as a note, whatever its code says


class Ignore(Struct, frozen=True):
    """A warning or a note that somebody decided to live with: which, where, and why."""

    code: str
    path: str  # of the files it holds for; `*` stands for anything
    line: int  # 0: for the files as a whole
    reason: str
    place: Place  # where it is written


def problem(code: str, place: Place, suggestion: str | None = None, /, **values: object) -> Problem:
    """Make a Problem; values are turned into text, in the order given, but for phrases."""
    return Problem(code, place, kept(values), suggestion or "")


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return the problems without repetitions, sorted by place, then code.

    A mistake in a template appears on every page that uses it: it is reported once, with the first page.
    """
    unique: dict[tuple[Place, str, tuple[tuple[str, str], ...]], list[Problem]] = {}
    for p in problems:
        values = tuple((name, str(value)) for name, value in p.values)
        rest = tuple(value for value in values if value[0] != "page")
        key = (p.place, p.code, rest if p.code.startswith("template-") else values)
        unique.setdefault(key, []).append(p)
    return [_gathered(unique[key]) for key in sorted(unique)]


def _gathered(same: list[Problem]) -> Problem:
    pages = sorted({str(value) for p in same for name, value in p.values if name == "page"})
    if len(pages) < 2:
        return same[0]
    words = counted("{page} and {n} other", "{page} and {n} others", len(pages) - 1, page=pages[0])
    values = tuple((name, words if name == "page" else value) for name, value in same[0].values)
    return structs.replace(same[0], values=values)


class Lines(Struct, frozen=True):
    """A text whose offsets can be turned into places; `first` is the number of its first line in the file."""

    path: str
    text: str
    first: int = 1

    def place(self, offset: int) -> Place:
        """Return the place of a character offset in `text`."""
        begins = begins_of(self.text)
        number = bisect_right(begins, offset)
        column = offset - begins[number - 1] + 1
        return Place(self.path, number - 1 + self.first, column, *line_of(self.text, begins[number - 1], column))

    def line(self, number: int, column: int = 0) -> Place:
        """Return the place of a line of `text` (counted from 1 within `text`)."""
        begins = begins_of(self.text)
        shown = line_of(self.text, begins[number - 1], column) if 0 < number <= len(begins) else ("", 0)
        return Place(self.path, number + self.first - 1, column, *shown)


@lru_cache(maxsize=8)
def begins_of(text: str) -> list[int]:
    """Return where each line of a text begins; kept, as many problems of one text are placed after one another."""
    begins, at = [0], text.find("\n") + 1
    while at:
        begins.append(at)
        at = text.find("\n", at) + 1
    return begins


def line_of(text: str, start: int, column: int) -> tuple[str, int]:
    """Return the line of `text` that begins at `start`, as `window` shows it around `column`.

    Of a long line no more is looked at than may be shown.
    """
    left = max(0, column - _FAR)
    left = left if left and text.find("\n", start, start + left) < 0 and start + left <= len(text) else 0
    limit = start + max(column, 1) + _FAR
    end = text.find("\n", start + left, limit)
    part, first = window(text[start + left : limit if end < 0 else end], max(column, 0) - left)
    return part, first + left


def whole_line(text: str, start: int) -> str | None:
    """Return the line of `text` that begins at `start` where `line_of` shows it whole, around whatever column in it."""
    end = text.find("\n", start, start + _WIDEST + 1)
    line = text[start : end if end >= 0 else start + _WIDEST + 1]
    return line if len(line) <= _WIDEST and line.isprintable() else None


def window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a source line that is shown around `column`, and how many characters are missing before it.

    It holds no control characters and at most 160 characters; an ellipsis stands where the line goes on.
    """
    if line.endswith(("\r", "\n")):
        line = line.rstrip("\r\n")
    at = min(max(column, 1), len(line) + 1) - 1
    first = 0 if len(line) <= _WIDEST or at < _WIDEST - _AHEAD else max(0, min(at - _BEFORE, len(line) - _WIDEST))
    before = "…" if first else ""
    part = line[first : first + _WIDEST + 1]
    part = before + part[len(before) :]
    part = part if len(part) <= _WIDEST else part[: _WIDEST - 1] + "…"
    return fit(part), first


def fit(part: str) -> str:
    """Return a piece of a source line without control characters, one character for one."""
    if part.isprintable():
        return part
    return "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in part)
