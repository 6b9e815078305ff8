"""Paragraphs, and headings that are underlined: the rules of CommonMark, which go over the lines only once.

Those of markdown-it look for the end of every paragraph twice, and ask at every line all rules that may end it. Here
a rule is asked only at lines that begin with a sign of it (`parsers.BLOCK_SIGNS`).
"""

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize

from sitegen.text.markdown.parsers import Blocks


def plugin(md: MarkdownIt) -> None:
    """Put these rules in the place of markdown-it's."""
    md.core.ruler.at("normalize", _normalize)
    md.block.ruler.at("lheading", _heading)
    md.block.ruler.at("paragraph", _paragraph)


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:  # else there is nothing to do
        normalize(state)


def _heading(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    if start + 1 >= end or state.isEmpty(start + 1) or state.is_code_block(start):
        return False
    last, mark = _end_of(state, start, end, underlined=True)
    if not mark:
        state.env["paragraph"] = (start, end, last)
        return False
    tag = "h1" if mark == "=" else "h2"
    _add(state, "heading", tag, start, last, last + 1, mark)
    return True


def _paragraph(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    paragraph = state.env.pop("paragraph", None)
    if paragraph and paragraph[:2] == (start, state.lineMax):
        last = paragraph[2]
    else:
        last, _ = _end_of(state, start, state.lineMax, underlined=False)
    _add(state, "paragraph", "p", start, last, last, "")
    return True


def _end_of(state: StateBlock, start: int, end: int, *, underlined: bool) -> tuple[int, str]:
    """Return the line after a paragraph, and the sign that underlines it or ""."""
    parser = state.md.block
    assert isinstance(parser, Blocks)
    parent, state.parentType = state.parentType, "paragraph"
    line = start + 1
    mark = ""
    while line < end and not state.isEmpty(line):
        indent = state.sCount[line]
        if indent - state.blkIndent > 3:  # never code: it goes on with the paragraph
            line += 1
            continue
        at = state.bMarks[line] + state.tShift[line]
        sign = state.src[at]
        if underlined and sign in "-=" and indent >= state.blkIndent and _is_made_of(sign, state, at, line):
            mark = sign
            break
        if indent >= 0 and any(rule(state, line, end, True) for rule in parser.enders_for(sign)):
            break
        line += 1
    state.parentType = parent
    return line, mark


def _is_made_of(sign: str, state: StateBlock, at: int, line: int) -> bool:
    return not state.src[at : state.eMarks[line]].rstrip(" \t").strip(sign)


def _add(state: StateBlock, name: str, tag: str, start: int, last: int, end: int, mark: str) -> None:
    content = mdTrim(state.getLines(start, last, state.blkIndent, False))
    state.line = end
    opening = state.push(f"{name}_open", tag, 1)
    opening.markup, opening.map = mark, [start, end]
    text = state.push("inline", "", 0)
    text.content, text.map, text.children = content, [start, last], []
    state.push(f"{name}_close", tag, -1).markup = mark
