"""Comments that silence a warning for one line: `<!-- sitegen: ignore CODE: reason -->`.

A comment holds for its own line; one that stands alone holds for the next line with text. It is taken out of the text
before Markdown sees it, so that it never reaches a page and never parts a paragraph.
"""

import re

from sitegen.core.problems import Ignore, Problem
from sitegen.read.ignores import checked
from sitegen.read.markdown.places import Finder

_COMMENT = re.compile(r"<!--[ ]*sitegen:[ ]*ignore\b[ ]*([^\s:>]*)[ ]*:?([^\n]*?)[ ]*-->")


def take_ignores(finder: Finder) -> tuple[str, tuple[Ignore, ...], list[Problem]]:
    """Return the text without the comments, and what they say; hides them from the finder.

    Problems: those of read.ignores.checked.
    """
    text = finder.lines.text
    if "sitegen:" not in text:
        return text, (), []
    found: list[Ignore] = []
    problems: list[Problem] = []
    kept, end = [], 0
    comments = list(_COMMENT.finditer(finder.text))
    for match in comments:
        finder.hide(*match.span())
    for match in comments:
        start, stop = _line(text, match.start(), match.end())
        alone = not finder.text[start:stop].strip()
        place = finder.lines.place(match.start())
        line = _next_line(finder, stop) if alone else place.line
        ignore, wrong = checked(match[1], place.path, line, match[2], place)
        found += [ignore] if ignore else []
        problems += wrong
        first, last = (start, min(stop + 1, len(text))) if alone else match.span()
        kept.append(text[end:first])
        end = max(end, last)
    return "".join(kept) + text[end:], tuple(found), problems


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line of this part begins and ends."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _next_line(finder: Finder, stop: int) -> int:
    """Return the number of the next line with text; comments are hidden by now."""
    rest = re.compile(r"\S").search(finder.text, stop)
    return finder.lines.place(rest.start() if rest else stop).line
