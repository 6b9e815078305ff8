"""Blocks: a line `::name{key=value}` becomes the template `blocks/name.html` later; `[TOC]` is taken for `::toc`.

The spelling is that of the generic directives proposal for CommonMark, one colon fewer than a callout.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.read.markdown.lazy import lazily
from sitegen.read.markdown.notes import Directive, Notes

LINE = lazily(r"(?:::([a-z][a-z0-9-]*)(?:\{([^{}]*)\})?|\[TOC\])[ \t]*\Z")
_OPTION = lazily(r"""(?<![a-z0-9-])([a-z][a-z0-9-]*+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")


def plugin(md: MarkdownIt) -> None:
    """Add the rule. It does not end a paragraph: `silent.paragraphs` warns of a block that is part of one."""
    md.block.ruler.before("fence", "directive", _rule)


def _rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("::", "[TOC]"), at) or state.is_code_block(start):
        return False
    found = LINE.match(state.src[at : state.eMarks[start]])
    if not found:
        return False
    if not silent:
        notes: Notes = state.env["notes"]
        options = tuple((m[1], m[2] or m[3] or m[4] or "") for m in _OPTION.finditer(found[2] or ""))
        token = state.push("directive", "", 0)
        token.meta["number"] = len(notes.directives)
        token.map = [start, start + 1]
        notes.directives.append(Directive(found[1] or "toc", options, at))
        state.line = start + 1
    return True
