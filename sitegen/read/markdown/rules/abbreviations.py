"""Abbreviations: `*[BCP]: Best Current Practice` explains every “BCP” of the page."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from sitegen.read.markdown.lazy import lazily

_LINE = lazily(r"\*\[([^\]\n]+)\]:[ \t]*(\S[^\n]*)\Z")


def plugin(md: MarkdownIt) -> None:
    """Add the definitions; `tree` sets them into the text."""
    md.block.ruler.before("list", "abbreviation", _rule)
    md.core.ruler.after("block", "abbreviations", _gather)


def _rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", at) or state.is_code_block(start):
        return False
    found = _LINE.match(state.src[at : state.eMarks[start]])
    if not found:
        return False
    if not silent:
        title = found[2].strip()
        quoted = len(title) > 1 and title[0] == title[-1] and title[0] in "\"'"
        state.env.setdefault("abbreviated", {})[found[1].strip()] = title[1:-1] if quoted else title
        state.line = start + 1
    return True


def _gather(state: StateCore) -> None:
    """Make one pattern of all of them, the longest first."""
    titles = {name: title.replace("&", "&amp;") for name, title in state.env.get("abbreviated", {}).items() if title}
    if titles:
        words = "|".join(re.escape(name) for name in sorted(titles, key=len, reverse=True))
        state.env["abbreviations"] = re.compile(rf"(?<!\w)(?:{words})(?!\w)"), titles
