"""Tables: where each cell begins, so that what is wrong in it has its column.

Problems: table-cells, for a cell that no column of the head belongs to: it is not shown.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.model.phrases import phrase
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.parsers import Tangled

MOST_EMPTY = 10_000  # cells of a page: short rows are filled up, so that few letters could make millions of them
Rule = Callable[[StateBlock, int, int, bool], bool]
_DASHES = re.compile(r"(?:-[|:-]|[|:][|: \t-])[|: \t-]*+")  # the line below a head, as markdown-it has it
PIPE = re.compile(r"(?<!\\)\|")


def plugin(md: MarkdownIt) -> None:
    """Add the rule, and a check in front of that of markdown-it."""
    rule = next(rule for rule in md.block.ruler.getRules("") if rule.__name__ == "table")
    md.block.ruler.at("table", _with_dashes(rule), {"alt": ["paragraph", "reference"]})
    md.core.ruler.before("inline", "cells", _rule)


def _with_dashes(rule: Rule) -> Rule:
    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start + 1
        if line >= end or state.isEmpty(line) or state.src.find("|", state.bMarks[start], state.eMarks[start]) < 0:
            return False
        at = state.bMarks[line] + state.tShift[line]
        return bool(_DASHES.fullmatch(state.src, at, state.eMarks[line])) and rule(state, start, end, silent)

    return table


def _rule(state: StateCore) -> None:
    """Note the places of all cells. Raises Tangled."""
    notes: Notes = state.env["notes"]
    state.env["tables"] = True
    if "|" not in state.src:
        return
    row: list[Token] = []
    empty = 0
    for token in state.tokens:
        if token.type == "tr_open":
            row = []
        elif token.type in ("th_open", "td_open"):
            row.append(token)
        elif token.type == "inline" and row and row[-1].meta.get("text") is None:
            row[-1].meta["text"] = token
            empty += not token.content
            if empty > MOST_EMPTY:
                raise Tangled(phrase("its tables have more than {count} empty cells", count=MOST_EMPTY))
        elif token.type == "tr_close" and row:
            _place(notes, [cell.meta["text"] for cell in row])
            row = []


def _place(notes: Notes, cells: list[Token]) -> None:
    """Note where the text of each cell begins."""
    number = cells[0].map[0] if cells[0].map else 0
    line = notes.offsets.line(number)
    start = notes.offsets.starts[number]
    pipes = [match.start() for match in PIPE.finditer(line)]
    edges = [-1, *pipes, len(line)]
    pieces = [(first + 1, last) for first, last in pairwise(edges)]
    if pieces and not line[: pieces[0][1]].strip("> \t"):
        pieces.pop(0)
    if pieces and not line[pieces[-1][0] :].strip():
        pieces.pop()
    for first, last in pieces[len(cells) :]:
        notes.report("table-cells", start + first + len(line[first:last]) - len(line[first:last].lstrip()))
    for cell, (first, last) in zip(cells, pieces, strict=False):
        text = line[first:last].rstrip()
        written = cell.content.replace("|", "\\|")
        cell.meta["at"] = start + first + max(len(text) - len(written), 0)
        cell.meta["cell"] = True
