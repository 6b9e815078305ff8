"""What reading one body gives beside its HTML: problems, blocks, and where the elements of the HTML come from.

An element carries the number of its spot in an attribute that no editor can write (`AT`), through the serialiser and
the cleaning of raw HTML up to the pass in `body`.
"""

from markdown_it.token import Token
from msgspec import Struct

from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.read.markdown.marks import opening
from sitegen.read.markdown.positions import Offsets, Positions, Span


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
    """The notes of one conversion, made anew for each."""

    def __init__(self, lines: Lines, cut: tuple[Span, ...] = (), trusted: bool = False) -> None:
        self.positions = Positions(lines, cut)
        self.trusted = trusted
        self.offsets = Offsets("")
        self.spots: list[Spot] = []
        self.problems: list[Problem] = []
        self.directives: list[Directive] = []
        self.targets: dict[str, str] = {}  # addresses as HTML has them → as they are written
        self.has_html = False
        self.components: set[str] = set()  # names of tags that are components of MDX, reported by `foreign`
        self.mark = opening(lines.text)  # what the marks of this page begin with

    def read(self, text: str, expected: str) -> None:
        """Note the text that Markdown reads; a function of the site may have changed it."""
        self.offsets = Offsets(text)
        if text != expected:
            lines = self.positions.lines
            self.positions = Positions(Lines(lines.path, text, lines.first))

    def spot(self, at: int, address: int = -1) -> int:
        """Note where an element begins, and where its address stands; return the number of the spot."""
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
        return any(one.code == code and one.place == place for one in self.problems)
