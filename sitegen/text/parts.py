"""A file to its parts: bytes to text, and a page's text to front matter and body, each with its place in the file.

What the front matter says is for `frontmatter`, which needs the library of YAML.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.files import Source
from sitegen.model.lazy import lazily
from sitegen.model.page import FrontMatter
from sitegen.model.phrases import phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.text.characters import control_in
from sitegen.text.damage import conflicts

MAX_BYTES = 1_000_000
_OPENING = lazily(r"(?>(?:[ \t]*+\n)*)---[ \t]*+(?:\n|\Z)")
_CLOSING = lazily(r"^(?:---|\.\.\.)[ \t]*+$", re.M)

# How a head of Hugo's in another language begins and ends, and what that language is called
_FOREIGN = (
    (lazily(r"\A(?>(?:[ \t]*+\n)*)\+\+\+[ \t]*+\n"), lazily(r"^\+\+\+[ \t]*+$", re.M), "TOML"),
    (lazily(r"\A(?>(?:[ \t]*+\n)*)\{[ \t]*+\n"), lazily(r"^\}[ \t]*+$", re.M), "JSON"),
    (lazily(r"\A(?>(?:[ \t]*+\n)*)(?=\{[ \t]*+\"[^\n]*\}[ \t]*+\n)"), lazily("$", re.M), "JSON"),  # in one line
)


class Front(Struct, frozen=True):
    """The values of a page's front matter, and its problems; `values` is None where there is no title."""

    values: FrontMatter | None
    places: dict[str, Place]
    problems: tuple[Problem, ...] = ()


def too_long(path: str, size: int) -> Problem:
    """Return the problem of a text of more than MAX_BYTES."""
    report = problem("file-too-long", Place(path), size=size, limit=MAX_BYTES)
    return report if path.endswith(".md") else replace(report, advice=phrase("Split the file."))


def decode(source: Source) -> tuple[str, list[Problem]]:
    """Return the text of a file with line feeds only, and without BOM.

    Problems: file-too-long, not-utf8, nul-character, control-character, merge-conflict. The text is "" then.
    """
    if len(source.data) > MAX_BYTES:
        return "", [too_long(source.path, len(source.data))]
    try:
        text = source.data.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = source.data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return "", [problem("not-utf8", Place(source.path, line, column), position=error.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        return "", [problem("nul-character", Lines(source.path, text).place(text.index("\0")))]
    control = control_in(text)
    if control >= 0:
        place = Lines(source.path, text).place(control)
        return "", [problem("control-character", place, number=f"U+{ord(text[control]):04X}")]
    torn = conflicts(Lines(source.path, text), markdown=source.path.endswith(".md"))
    return ("" if torn else text), torn


def body_of(path: str, text: str) -> Lines:
    """Return the text after the front matter, even if that is damaged; nothing when it is not closed."""
    return split(path, text)[1]


def top_of(path: str, text: str) -> Place:
    """Return the first line of a page, where what its front matter lacks is shown."""
    return Place(path, 1, 0, text.split("\n", 1)[0][:160])


def split(path: str, text: str) -> tuple[Lines | None, Lines, list[Problem]]:
    """Return front matter and body; the front matter is empty, and begins in line 1, when the file has none.

    Blank lines may stand above it, blanks behind its hyphens, and `...` may close it, as YAML has it. It is None when
    it is not closed, or none of ours. Problems: frontmatter-foreign, frontmatter-unclosed.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _without_front(path, text)
    first = opening.group().count("\n") + 1
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        at = text.index("---")
        return None, Lines(path, ""), [problem("frontmatter-unclosed", Lines(path, text).place(at))]
    front, body = text[opening.end() : closing.start()], text[closing.end() + 1 :]
    return Lines(path, front, first), Lines(path, body, first + front.count("\n") + 1), []


def _without_front(path: str, text: str) -> tuple[Lines | None, Lines, list[Problem]]:
    """Return what `split` does of a text that does not begin with three hyphens. Problems: frontmatter-foreign."""
    for beginning, end, name in _FOREIGN:
        opening = beginning.match(text)
        closing = end.search(text, opening.end()) if opening else None
        if opening and closing:
            at = len(opening.group()) - len(opening.group().lstrip())
            body = Lines(path, text[closing.end() + 1 :], text.count("\n", 0, closing.end() + 1) + 1)
            return None, body, [problem("frontmatter-foreign", Lines(path, text).place(at), name=name)]
    return Lines(path, "", 1), Lines(path, text, 1), []
