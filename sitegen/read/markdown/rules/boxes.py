"""Boxes that set what is in them in a form of its own: `:::cards`, `:::steps`, `:::gallery`, each up to a line `:::`.

They hold ordinary lists and pictures, which other readers of the file see as such. Problems: callout-unclosed.
"""

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from sitegen.read.markdown.lazy import lazily
from sitegen.read.markdown.rules.callouts import contained, opening

NAMES = ("cards", "steps", "gallery")
_OPEN = lazily(rf"(?P<colons>:{{3,}}+)[ ]*+(?P<name>{'|'.join(NAMES)})[ \t]*+\Z")


def plugin(md: MarkdownIt) -> None:
    """Add the rule before that of callouts, whose ends it shares."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("callout", "boxes", _rule, ends)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    found = _OPEN.match(opening(state, start))
    if not found:
        return False
    if silent:
        return True
    token = state.push("box_open", "div", 1)
    token.attrs, token.map = {"class": found["name"]}, [start, start + 1]
    contained(state, start, end, len(found["colons"]), at)
    state.push("box_close", "div", -1)
    return True
