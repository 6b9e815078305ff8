"""Comments that silence a warning for one line: `<!-- sitegen: ignore CODE: reason -->`.

A comment holds for its own line; one that stands alone holds for the next line with text. It is cut out of the text
before Markdown reads it, so that it never reaches a page and never parts a paragraph.
"""

import re
from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct

from sitegen.model.config import MarkdownOptions
from sitegen.model.problems import Ignore, Lines, Problem
from sitegen.text.markdown.code import code_spans
from sitegen.text.markdown.notes import Positions, Span
from sitegen.text.suppressions import checked

_COMMENT = re.compile(r"<!--[ ]*+sitegen:[ ]*+ignore\b[ ]*+([^\s:>]*+)[ ]*+:?+")
_TEXT = re.compile(r"\S")


class _Comment(Struct, frozen=True):
    """One comment: its start and end, its code and its reason."""

    start: int
    end: int
    code: str
    reason: str


def take_ignores(
    lines: Lines, options: MarkdownOptions
) -> tuple[str, tuple[Ignore, ...], tuple[Span, ...], list[Problem]]:
    """Return the text without the comments, what they say, and what was cut out.

    Problems: those of text.suppressions.checked.
    """
    text = lines.text
    comments = _comments(text) if "sitegen:" in text else []
    comments = _outside(comments, code_spans(text, options)) if comments else []
    if not comments:
        return text, (), (), []
    hidden = _hidden(text, comments)
    positions, following = Positions(lines), (-1, 0)
    ignores: list[Ignore] = []
    problems: list[Problem] = []
    kept, cut, end = [], [], 0
    for comment in comments:
        start, stop = _line(text, comment.start, comment.end)
        alone = not hidden[start:stop].strip()
        place = positions.place(comment.start)
        if alone and following[0] < stop:
            rest = _TEXT.search(hidden, stop)
            at = rest.start() if rest else len(hidden)
            following = at, positions.place(at if rest else stop).line
        ignore, mistakes = checked(
            comment.code, place.path, following[1] if alone else place.line, comment.reason, place
        )
        ignores += [ignore] if ignore else []
        problems += mistakes
        first, last = (start, min(stop + 1, len(text))) if alone else (comment.start, comment.end)
        if last > end:
            kept.append(text[end:first])
            cut.append((max(first, end), last))
            end = last
    return "".join(kept) + text[end:], tuple(ignores), tuple(cut), problems


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line of this part begins and ends."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _comments(text: str) -> list[_Comment]:
    """Return all comments. Each ends in the line that it begins in; goes over the text once."""
    comments: list[_Comment] = []
    at, end, line = text.find("<!--"), 0, 0
    while at >= 0:
        end = text.find("-->", at + 4) if end < at + 4 else end
        if end < 0:
            break
        line = text.find("\n", at) if 0 <= line < at else line
        head = _COMMENT.match(text, at, end) if line < 0 or end < line else None
        if head:
            comments.append(_Comment(at, end + 3, head[1], text[head.end() : end].strip(" ")))
            at = end
        at = text.find("<!--", at + 1)
    return comments


def _outside(comments: list[_Comment], code: list[Span]) -> list[_Comment]:
    """Return the comments that do not begin inside of code."""
    spans = sorted(code)
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))

    def is_code(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < reach[number]

    return [comment for comment in comments if not is_code(comment.start)]


def _hidden(text: str, comments: list[_Comment]) -> str:
    """Return the text with blanks in the place of comments."""
    pieces, at = [], 0
    for comment in comments:
        pieces += [text[at : comment.start], " " * (comment.end - comment.start)]
        at = comment.end
    return "".join([*pieces, text[at:]])
