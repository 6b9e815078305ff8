"""A problem is a value: a code, a place and named values. Its text is looked up when it is shown.

Never raises, never prints; an exception in this project means a bug of ours, a Problem means something to mend in
the site's own files.
"""

from msgspec import Struct, structs

from sitegen.core.phrases import Value, counted, kept


class Place(Struct, frozen=True, order=True):
    """Where in a source file: `line` and `column` count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0
    source: str = ""  # the text of that line, for showing


class Problem(Struct, frozen=True):
    """One thing to mend. `values` fill the text that `messages.TEXTS` keeps for `code`; words of ours are phrases."""

    code: str
    place: Place
    values: tuple[tuple[str, Value], ...] = ()
    suggestion: str = ""  # "did you mean …"
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

    A mistake in a template is met on every page that uses it: it is one problem, which names the first page.
    """
    unique: dict[tuple[Place, str, tuple[tuple[str, str], ...]], list[Problem]] = {}
    for one in problems:
        values = tuple((name, str(value)) for name, value in one.values)
        rest = tuple(value for value in values if value[0] != "page")
        key = (one.place, one.code, rest if one.code.startswith("template-") else values)
        unique.setdefault(key, []).append(one)
    return [_gathered(unique[key]) for key in sorted(unique)]


def _gathered(same: list[Problem]) -> Problem:
    pages = sorted({str(value) for one in same for name, value in one.values if name == "page"})
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
        before = self.text.rfind("\n", 0, offset) + 1
        return Place(
            self.path,
            self.text.count("\n", 0, offset) + self.first,
            offset - before + 1,
            line_of(self.text, before),
        )

    def line(self, number: int, column: int = 0) -> Place:
        """Return the place of a line of `text` (counted from 1 within `text`)."""
        lines = self.text.split("\n")
        source = lines[number - 1] if 0 < number <= len(lines) else ""
        return Place(self.path, number + self.first - 1, column, shown(source))


def line_of(text: str, start: int) -> str:
    """Return the line of `text` that begins at `start`, made fit for showing."""
    end = text.find("\n", start)
    return shown(text[start : len(text) if end < 0 else end])


def shown(line: str) -> str:
    """Return a source line fit for a terminal: no control characters, at most 160 characters."""
    line = line.rstrip("\r\n")
    if not line.isprintable():
        line = "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in line)
    return line if len(line) <= 160 else line[:159] + "…"
