"""What reading one body gives besides its HTML: problems, blocks, and where the elements of the HTML come from.

Comments for `sitegen` are cut out before Markdown reads a text: the offsets behind them are moved back.

An element carries the number of its spot in an attribute that no editor can write (`AT`), through the serialiser and
the cleaning of raw HTML up to the pass in `body`.
"""

from bisect import bisect_right
from itertools import accumulate

from markdown_it.token import Token
from msgspec import Struct

from sitegen.model.problems import Lines, Place, Problem, begins_of, line_of, problem, whole_line
from sitegen.text.markdown.marks import opening

Span = tuple[int, int]


class Positions:
    """The places of one body."""

    def __init__(self, lines: Lines, cut: tuple[Span, ...] = ()) -> None:
        self.lines = lines
        self.starts = begins_of(lines.text)
        # for each part that was cut out: the offset in the text without it, and how much is missing from there on
        lengths = list(accumulate(end - start for start, end in cut))
        self.behind = [start - length for (start, _), length in zip(cut, [0, *lengths], strict=False)]
        self.missing = [0, *lengths]
        self.short: dict[int, str | None] = {}  # lines that are shown whole, by their numbers; None for another

    def place(self, at: int) -> Place:
        """Return the place of an offset in the text that Markdown read."""
        if self.behind:
            at += self.missing[bisect_right(self.behind, at)]
        number = bisect_right(self.starts, at) - 1
        start = self.starts[number]
        column = at - start + 1
        if number not in self.short:
            self.short[number] = whole_line(self.lines.text, start)
        line = self.short[number]
        if line is not None:
            return Place(self.lines.path, number + self.lines.first, column, line, 0)
        return Place(self.lines.path, number + self.lines.first, column, *line_of(self.lines.text, start, column))


class _Offsets:
    """_Offsets in the blocks of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = begins_of(text)
        self.block: tuple[tuple[str, int], list[int], dict[int, int]] = ("", -1), [], {}  # looked at last

    def line(self, number: int) -> str:
        """Return a line, counted from 0."""
        start = self.starts[number]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end]

    def of(self, block: Token, at: int) -> int:
        """Return the offset in the text of the character `at` of what a block token holds.

        A block that is a piece of one line knows where it begins. Of all others each line is the end of a line of the
        text, without the blanks at the end of the last.
        """
        content = block.content
        if "at" in block.meta and block.type != "html_block":  # that has lines, which may be indented
            shift = content.count("|", 0, at) if block.meta.get("cell") else 0  # each was written as `\|`
            return int(block.meta["at"]) + at + shift
        if block.map is None:
            return 0
        if self.block[0] != (content, block.map[0]):
            self.block = (content, block.map[0]), begins_of(content), {}
        _, starts, offsets = self.block
        number = bisect_right(starts, at) - 1
        if number not in offsets:
            is_last = number + 1 == len(starts)
            line = content[starts[number] : len(content) if is_last else starts[number + 1] - 1]
            offsets[number] = self._start(block.map[0] + number, line, is_last)
        return offsets[number] + at - starts[number]

    def _start(self, number: int, line: str, is_last: bool) -> int:
        """Return the offset in the text where a line of a block begins."""
        number = min(number, len(self.starts) - 1)
        source = self.line(number)
        if is_last or not source.endswith(line):
            source, line = source.rstrip(" \t"), line.rstrip(" \t")
        column = len(source) - len(line) if source.endswith(line) else max(source.rfind(line), 0)
        return self.starts[number] + column


class Spot(Struct):
    """Where an element comes from, as offsets: its beginning, its address, its attributes that were written."""

    at: int
    address: int
    attributes: dict[str, int]
    raw: str = ""  # of raw HTML: the name of the element


class Directive(Struct, frozen=True):
    """One block `::name{key=value}`: its name, its options, where it is written."""

    name: str
    options: tuple[tuple[str, str], ...]
    at: int


class Notes:
    """The notes of one conversion; each has its own."""

    def __init__(self, lines: Lines, cut: tuple[Span, ...] = (), trusted: bool = False) -> None:
        self.positions = Positions(lines, cut)
        self.trusted = trusted
        self.offsets = _Offsets("")
        self.spots: list[Spot] = []
        self.problems: list[Problem] = []
        self.directives: list[Directive] = []
        self.targets: dict[str, str] = {}  # addresses as HTML has them → as they are written
        self.has_html = False
        self.components: set[str] = set()  # names of tags that are components of MDX, reported by `foreign`
        self.mark = opening(lines.text)  # what the marks of this page begin with

    def read(self, text: str, expected: str) -> None:
        """Note the text that Markdown reads; a function of the site may have changed it."""
        self.offsets = _Offsets(text)
        if text != expected:
            lines = self.positions.lines
            self.positions = Positions(Lines(lines.path, text, lines.first))

    def spot(self, at: int, address: int = -1) -> int:
        """Note where an element and its address begin; return the number of the spot."""
        self.spots.append(Spot(at, at if address < 0 else address, {}))
        return len(self.spots) - 1

    def offset(self, block: Token, at: int) -> int:
        """Return the offset in the text of a character of a block."""
        return self.offsets.of(block, at)

    def place(self, at: int) -> Place:
        """Return the place of an offset in the text."""
        return self.positions.place(at)

    def report(self, code: str, at: int, suggestion: str = "", **values: object) -> None:
        """Note a problem at an offset."""
        self.problems.append(problem(code, self.place(at), suggestion, **values))

    def has(self, code: str, at: int) -> bool:
        """Say whether a problem of this code is noted at an offset."""
        place = self.place(at)
        return any(p.code == code and p.place == place for p in self.problems)
