"""Comments that silence a warning for one line: `<!-- sitegen: ignore CODE: reason -->`.

A comment holds for its own line; one that stands alone holds for the next line with text. It is cut out of the text
before Markdown reads it, so that it never reaches a page and never parts a paragraph.
"""

import re

from sitegen.core.problems import Ignore, Lines, Problem
from sitegen.core.records import MarkdownOptions
from sitegen.read.ignores import checked
from sitegen.read.markdown.code import code_spans
from sitegen.read.markdown.positions import Span

_COMMENT = re.compile(r"<!--[ ]*sitegen:[ ]*ignore\b[ ]*([^\s:>]*)[ ]*:?([^\n]*?)[ ]*-->")
_TEXT = re.compile(r"\S")


def take_ignores(
    lines: Lines, options: MarkdownOptions
) -> tuple[str, tuple[Ignore, ...], tuple[Span, ...], list[Problem]]:
    """Return the text without the comments, what they say, and what was cut out.

    Problems: those of read.ignores.checked.
    """
    text = lines.text
    comments = list(_COMMENT.finditer(text)) if "sitegen:" in text else []
    code = code_spans(text, options) if comments else []
    comments = [one for one in comments if not any(start <= one.start() < end for start, end in code)]
    if not comments:
        return text, (), (), []
    hidden = text
    for match in comments:
        hidden = hidden[: match.start()] + " " * (match.end() - match.start()) + hidden[match.end() :]
    found: list[Ignore] = []
    problems: list[Problem] = []
    kept, cut, end = [], [], 0
    for match in comments:
        start, stop = _line(text, match.start(), match.end())
        alone = not hidden[start:stop].strip()
        place = lines.place(match.start())
        line = _next_line(lines, hidden, stop) if alone else place.line
        ignore, wrong = checked(match[1], place.path, line, match[2], place)
        found += [ignore] if ignore else []
        problems += wrong
        first, last = (start, min(stop + 1, len(text))) if alone else match.span()
        if last > end:
            kept.append(text[end:first])
            cut.append((max(first, end), last))
            end = last
    return "".join(kept) + text[end:], tuple(found), tuple(cut), problems


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line of this part begins and ends."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _next_line(lines: Lines, hidden: str, stop: int) -> int:
    """Return the number of the next line with text; comments are hidden by now."""
    rest = _TEXT.search(hidden, stop)
    return lines.place(rest.start() if rest else stop).line
