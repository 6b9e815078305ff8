"""Task lists: `- [ ] open` and `- [x] done`. The box and its text are one label, so that the box has a name."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


def plugin(md: MarkdownIt) -> None:
    """Add the rule: it runs before the text of blocks is read."""
    md.core.ruler.before("inline", "tasks", _rule)


def _rule(state: StateCore) -> None:
    tokens = state.tokens
    for number in range(2, len(tokens)):
        text = tokens[number]
        if text.type != "inline" or tokens[number - 2].type != "list_item_open":
            continue
        match = _BOX.match(text.content)
        if match and tokens[number - 1].type == "paragraph_open":
            text.content = text.content[match.end() :]
            text.meta["task"] = match[1] != " "
            tokens[number - 2].attrSet("class", "task")
