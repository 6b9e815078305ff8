"""Words and what they mean: definition lists, and abbreviations."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin

from sitegen.model.lazy import lazily

# Abbreviations: `*[BCP]: Best Current Practice` explains every “BCP” of the page.

_LINE = lazily(r"\*\[([^\]\n]+)\]:[ \t]*(\S[^\n]*)\Z")


def abbreviations(md: MarkdownIt) -> None:
    """Add the definitions; `tree` sets them into the text."""
    md.block.ruler.before("list", "abbreviation", _rule)
    md.core.ruler.after("block", "abbreviations", _gather)


def _rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", at) or state.is_code_block(start):
        return False
    match = _LINE.match(state.src[at : state.eMarks[start]])
    if not match:
        return False
    if not silent:
        title = match[2].strip()
        quoted = len(title) > 1 and title[0] == title[-1] and title[0] in "\"'"
        state.env.setdefault("abbreviated", {})[match[1].strip()] = title[1:-1] if quoted else title
        state.line = start + 1
    return True


def _gather(state: StateCore) -> None:
    """Make one pattern of all of them, the longest first."""
    titles = {name: title.replace("&", "&amp;") for name, title in state.env.get("abbreviated", {}).items() if title}
    if titles:
        words = "|".join(re.escape(name) for name in sorted(titles, key=len, reverse=True))
        state.env["abbreviations"] = re.compile(rf"(?<!\w)(?:{words})(?!\w)"), titles


# Definition lists: a term, and below it `: The definition`. Only the colon defines: `~` is a common sign.

Rule = Callable[[StateBlock, int, int, bool], bool]


def definitions(md: MarkdownIt) -> None:
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
