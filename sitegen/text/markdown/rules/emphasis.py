"""Emphasis: what is plain is read at once, and marks that stay text are noted.

`**bold ` does not close, `** bold**` does not open: the checks in `silent` report their places.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.model.lazy import lazily

_LONE = lazily(r"(?<![\w*])\*(?=\w)[^*\n]*[ ]\*(?![\w*])|(?<![\w*])\*[ ](?=\w)[^*\n]*(?<=\S)\*(?![\w*])")


# A word or some between marks, with nothing else in them and no letter around: beyond doubt, whatever else there is.
_PLAIN = lazily(r"([*_]{1,2}+)([^\W_](?:[^*_`\[\]<>&\\!~{:@\n]*[^\W_])?)\1(?=[\s.,;:!?)\]}{\"'»«”’…–—]|\Z)")
_BEFORE = frozenset(" \n\t([{\"'«»„“‘–—")


def plugin(md: MarkdownIt) -> None:
    """Add both rules; marks are noted before those that are left over are joined with the text around them."""
    md.inline.ruler.before("emphasis", "plain-emphasis", _plain)
    md.inline.ruler2.before("fragments_join", "open-emphasis", _rule)


def _plain(state: StateInline, silent: bool) -> bool:
    source, at = state.src, state.pos
    if silent or (at and source[at - 1] not in _BEFORE):
        return False
    match = _PLAIN.match(source, at)
    if not match or match.end() > state.posMax or len(set(match[1])) > 1:
        return False
    name, tag = ("em", "em") if len(match[1]) == 1 else ("strong", "strong")
    state.push(f"{name}_open", tag, 1).markup = match[1]
    state.append_pending(match[2])
    state.push(f"{name}_close", tag, -1).markup = match[1]
    state.pos = match.end()
    return True


def _rule(state: StateInline) -> None:
    left: dict[int, str] = {}
    for token in state.tokens:
        if token.type == "text" and token.map and token.content and token.content[0] in "*_~":
            left[token.map[0]] = left.get(token.map[0], "") + token.content
    if not left:
        return
    source, slips = state.src, []
    counts: dict[str, int] = {}
    lone = [match.span() for match in _LONE.finditer(source)] if "*" in left.values() else []
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
        counts[mark] = counts.get(mark, 0) + is_slip
        if is_slip and counts[mark] % 2:  # the second of a pair says nothing more
            slips.append(("emphasis-open", at, {"mark": mark}))
    if slips:
        state.env.setdefault("slips", {}).setdefault(id(state.tokens), []).extend(slips)
