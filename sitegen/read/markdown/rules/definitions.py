"""Definition lists: a term, and below it `: The definition`. Only the colon defines: `~` is a common sign."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin

Rule = Callable[[StateBlock, int, int, bool], bool]


def plugin(md: MarkdownIt) -> None:
    """Add the rule of the plugin, with a check in front."""
    deflist_plugin(md)
    rule = next(rule for rule in md.block.ruler.getRules("") if rule.__name__ == "deflist")
    md.block.ruler.at("deflist", _with_colon(rule), {"alt": ["paragraph", "reference", "blockquote"]})


def _with_colon(rule: Rule) -> Rule:
    def deflist(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent else start + 1
        if line < end and not silent and state.isEmpty(line):
            line += 1
        return (
            line < end
            and state.src.startswith(":", state.bMarks[line] + state.tShift[line])
            and rule(state, start, end, silent)
        )

    return deflist
