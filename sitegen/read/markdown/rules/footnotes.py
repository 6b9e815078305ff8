"""Footnotes: `text[^1]`, and `[^1]: The note.`; the notes come at the end, in the order of their first use."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def


def plugin(md: MarkdownIt) -> None:
    """Add notes with names; those inside the text, `^[…]`, are not read."""
    footnote_plugin(md, inline=False)
    md.block.ruler.at("footnote_def", _definition, {"alt": ["paragraph", "reference"]})


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a note, and keep where it is defined: `silent.names` reports what is wrong with it."""
    at, number = state.bMarks[start] + state.tShift[start], len(state.tokens)
    if not footnote_def(state, start, end, silent):
        return False
    if not silent:
        label = state.tokens[number].meta["label"]
        state.env.setdefault("footnote_definitions", {}).setdefault(label, []).append(at)
    return True
