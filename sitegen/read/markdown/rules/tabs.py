"""Tabs: `:::tabs` around several `:::tab Title`. Each is a `details` of one group: of them the browser shows one.

So tabs need no script, each can be opened from the keyboard, and a search in the page finds what is in them.
Problems: callout-unclosed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.read.markdown.lazy import lazily
from sitegen.read.markdown.rules.callouts import contained, opening

_OPEN = lazily(r"(?P<colons>:{3,}+)[ ]*+(?P<name>tabs|tab)(?![\w-])[ ]*+(?P<rest>[^\n]*+)\Z")


def plugin(md: MarkdownIt) -> None:
    """Add the rule before that of callouts, whose ends it shares."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("callout", "tabs", _rule, ends)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    found = _OPEN.match(opening(state, start))
    if not found:
        return False
    if silent:
        return True
    if found["name"] == "tabs":
        _group(state, start, end, len(found["colons"]), at)
    else:
        _tab(state, start, end, found, at)
    return True


def _group(state: StateBlock, start: int, end: int, colons: int, at: int) -> None:
    groups = state.env.setdefault("tabs", [0])  # how many there were, then the number of tabs in each open one
    groups[0] += 1
    token = state.push("tabs_open", "div", 1)
    token.attrs, token.map = {"class": "tabs"}, [start, start + 1]
    groups.append(0)
    contained(state, start, end, colons, at)
    groups.pop()
    state.push("tabs_close", "div", -1)


def _tab(state: StateBlock, start: int, end: int, found: re.Match[str], at: int) -> None:
    groups = state.env.setdefault("tabs", [0])
    token = state.push("tab_open", "details", 1)
    token.attrs, token.map = {"class": "tab"}, [start, start + 1]
    if len(groups) > 1:
        token.attrs["name"] = f"tabs-{groups[0]}"
        if not groups[-1]:
            token.attrs["open"] = ""
        groups[-1] += 1
    title, shift = found["rest"].rstrip(), found.start("rest")
    for first, last in ("[]", '""'):
        if len(title) > 1 and title[0] == first and title[-1] == last:
            title, shift = title[1:-1], shift + 1
    text = Token("inline", "", 0, content=title.strip() or "–", map=[start, start + 1], children=[])
    text.meta["at"] = at + shift + len(title) - len(title.lstrip())
    state.tokens += [Token("summary_open", "summary", 1, block=True), text, Token("summary_close", "summary", -1)]
    contained(state, start, end, len(found["colons"]), at)
    state.push("tab_close", "details", -1)
