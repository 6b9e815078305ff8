"""Tables that are none: no row of dashes below the head, one with other cells than the head, or grids of `+---+`."""

from typing import Any

from markdown_it.token import Token

from sitegen.model.phrases import Phrase, counted
from sitegen.text.markdown.foreign.masks import Masked
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rules.tables import PIPE

_RULE = frozenset("|-:+=–— \t")
_READ = frozenset("|-: \t")
_DASHES = frozenset("-=–—")
_MOST = 30  # cells of a row that is shown


def check(tokens: list[Token], notes: Notes, env: dict[str, Any]) -> None:
    """Report each once, in a site that has tables. Problems: table-delimiter, table-lost."""
    if not env.get("tables"):
        return
    before, reported = None, -1  # the line below a head that was reported
    for token in tokens:
        if token.type == "inline" and "|" in token.content and before is not None:
            if before.type == "paragraph_open" and "\n" in token.content:
                _paragraph(token, notes)
            elif before.type == "paragraph_open" and (not token.map or token.map[0] != reported):
                if _is_spaced(Masked(token).markup.strip()):
                    _lost(token, 0, token.content, notes)
            elif before.type == "heading_open" and before.markup in ("-", "="):
                last = token.content.rpartition("\n")
                if _is_row(last[2].strip()):
                    _lost(token, len(last[0]) + len(last[1]), last[2], notes)
                    reported = before.map[1] if before.map else -1
        before = token


def _paragraph(token: Token, notes: Notes) -> None:
    """Report the first line of a paragraph that belongs to a table."""
    lines = [line.strip() for line in Masked(token).markup.split("\n")]
    written = token.content.split("\n")
    at = 0
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if _is_rule(line) and "|" in line and "|" in above:
            count, wanted = cells(written[number]), cells(written[number - 1])
            if count != wanted and _READ.issuperset(line):
                row = _row(wanted)
                notes.report(
                    "table-delimiter", notes.offset(token, at), cells=_cells(count), wanted=_cells(wanted), row=row
                )
            else:
                _lost(token, at, written[number - 1], notes)
            return
        if (_is_grid(line) and "|" in below) or _are_rows(line, below):
            _lost(token, at, written[number + 1], notes)
            return
        at += len(written[number]) + 1


def _are_rows(line: str, below: str) -> bool:
    """Say whether two lines are rows of as many cells; a row of dashes is looked at for itself."""
    return _is_row(line) and _is_row(below) and line.count("|") == below.count("|") and not _is_rule(below)


def _is_rule(line: str) -> bool:
    return _RULE.issuperset(line) and not _DASHES.isdisjoint(line)


def _is_grid(line: str) -> bool:
    return line[:1] == line[-1:] == "+" and len(line) > 3 and _is_rule(line)


def _is_row(line: str) -> bool:
    return line[:1] == line[-1:] == "|" and line.count("|") > 2


def _is_spaced(line: str) -> bool:
    """Say whether a line that is alone is a row: |x| + |y| is a sum."""
    return _is_row(line) and line[1:2].isspace() and line[-2:-1].isspace()


def _lost(token: Token, at: int, head: str, notes: Notes) -> None:
    notes.report("table-lost", notes.offset(token, at), row=_row(cells(head)))


def cells(line: str) -> int:
    """Return how many cells a row has, as tables count them: a | in code divides too, an escaped one does not."""
    line = line.strip()
    ends = line.startswith("|") + (len(line) > 1 and line.endswith("|") and not line.endswith("\\|"))
    return max(len(PIPE.findall(line)) + 1 - ends, 1)


def _cells(count: int) -> Phrase:
    return counted("{n} cell", "{n} cells", count)


def _row(count: int) -> str:
    return "|---" * min(count, _MOST) + "|"
