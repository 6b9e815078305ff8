"""Lines that begin with colons and are no callouts: boxes (`:::cards`), tabs (`:::tabs`), and blocks (`::name`).

They hold ordinary lists and pictures, which other readers of the file see as such. Problems: callout-unclosed.

The spelling is that of the generic directives proposal for CommonMark, one colon fewer than a callout.

So tabs need no script, each can be opened from the keyboard, and a search in the page finds what is in them.
Problems: callout-unclosed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.notes import Directive, Notes
from sitegen.text.markdown.rules.callouts import contained, opening

# Boxes that set what is in them in a form of its own: `:::cards`, `:::steps`, `:::gallery`, each up to a line `:::`.

NAMES = ("cards", "steps", "gallery")
_BOXES_OPEN = lazily(rf"(?P<colons>:{{3,}}+)[ ]*+(?P<name>{'|'.join(NAMES)})[ \t]*+\Z")


def boxes(md: MarkdownIt) -> None:
    """Add the rule before that of callouts, whose ends it shares."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("callout", "boxes", _boxes_rule, ends)


def _boxes_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    match = _BOXES_OPEN.match(opening(state, start))
    if not match:
        return False
    if silent:
        return True
    token = state.push("box_open", "div", 1)
    token.attrs, token.map = {"class": match["name"]}, [start, start + 1]
    contained(state, start, end, len(match["colons"]), at)
    state.push("box_close", "div", -1)
    return True


# Blocks: a line `::name{key=value}` becomes the template `blocks/name.html` later; `[TOC]` is taken for `::toc`.

LINE = lazily(r"(?:::([a-z][a-z0-9-]*)(?:\{([^{}]*)\})?|\[TOC\])[ \t]*\Z")
_OPTION = lazily(r"""(?<![a-z0-9-])([a-z][a-z0-9-]*+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")


def directives(md: MarkdownIt) -> None:
    """Add the rule. It does not end a paragraph: `silent.paragraphs` warns of a block that is part of one."""
    md.block.ruler.before("fence", "directive", _directives_rule)


def _directives_rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("::", "[TOC]"), at) or state.is_code_block(start):
        return False
    match = LINE.match(state.src[at : state.eMarks[start]])
    if not match:
        return False
    if not silent:
        notes: Notes = state.env["notes"]
        options = tuple((m[1], m[2] or m[3] or m[4] or "") for m in _OPTION.finditer(match[2] or ""))
        token = state.push("directive", "", 0)
        token.meta["number"] = len(notes.directives)
        token.map = [start, start + 1]
        notes.directives.append(Directive(match[1] or "toc", options, at))
        state.line = start + 1
    return True


# Tabs: `:::tabs` around several `:::tab Title`. Each is a `details` of one group: of them the browser shows one.

_OPEN = lazily(r"(?P<colons>:{3,}+)[ ]*+(?P<name>tabs|tab)(?![\w-])[ ]*+(?P<rest>[^\n]*+)\Z")


def tabs(md: MarkdownIt) -> None:
    """Add the rule before that of callouts, whose ends it shares."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("callout", "tabs", _rule, ends)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    match = _OPEN.match(opening(state, start))
    if not match:
        return False
    if silent:
        return True
    if match["name"] == "tabs":
        _group(state, start, end, len(match["colons"]), at)
    else:
        _tab(state, start, end, match, at)
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


def _tab(state: StateBlock, start: int, end: int, match: re.Match[str], at: int) -> None:
    groups = state.env.setdefault("tabs", [0])
    token = state.push("tab_open", "details", 1)
    token.attrs, token.map = {"class": "tab"}, [start, start + 1]
    if len(groups) > 1:
        token.attrs["name"] = f"tabs-{groups[0]}"
        if not groups[-1]:
            token.attrs["open"] = ""
        groups[-1] += 1
    title, shift = match["rest"].rstrip(), match.start("rest")
    for first, last in ("[]", '""'):
        if len(title) > 1 and title[0] == first and title[-1] == last:
            title, shift = title[1:-1], shift + 1
    text = Token("inline", "", 0, content=title.strip() or "–", map=[start, start + 1], children=[])
    text.meta["at"] = at + shift + len(title) - len(title.lstrip())
    state.tokens += [Token("summary_open", "summary", 1, block=True), text, Token("summary_close", "summary", -1)]
    contained(state, start, end, len(match["colons"]), at)
    state.push("tab_close", "details", -1)
