"""Marks of emphasis that stay text: `**bold ` does not close, `** bold**` does not open. The places are noted."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_LONE = re.compile(r"(?<![\w*])\*(?=\w)[^*\n]*[ ]\*(?![\w*])|(?<![\w*])\*[ ](?=\w)[^*\n]*(?<=\S)\*(?![\w*])")


def plugin(md: MarkdownIt) -> None:
    """Add the rule before marks that are left over are joined with the text around them."""
    md.inline.ruler2.before("fragments_join", "open-emphasis", _rule)


def _rule(state: StateInline) -> None:
    left: dict[int, str] = {}
    for token in state.tokens:
        if token.type == "text" and token.map and token.content and token.content[0] in "*_~":
            left[token.map[0]] = left.get(token.map[0], "") + token.content
    if not left:
        return
    source, slips = state.src, []
    seen: dict[str, int] = {}
    lone = [found.span() for found in _LONE.finditer(source)] if "*" in left.values() else []
    for at, mark in left.items():
        end = at
        while end < len(source) and source[end] == mark[0]:
            end += 1
        touches = (at > 0 and source[at - 1].isalnum()) or (end < len(source) and source[end].isalnum())
        is_whole = end - at == len(mark)
        if mark[0] == "_":
            is_slip = is_whole and len(mark) == 2 and touches
        elif is_whole and len(mark) == 1:
            is_slip = any(start == at for start, _ in lone)
        else:
            is_slip = touches and len(mark) <= 3
        seen[mark] = seen.get(mark, 0) + is_slip
        if is_slip and seen[mark] % 2:  # the second of a pair says nothing more
            slips.append(("emphasis-open", at, {"mark": mark}))
    if slips:
        state.env.setdefault("slips", {}).setdefault(id(state.tokens), []).extend(slips)
