"""Callouts that are none, or hold nothing: `[!NOTE]` not at the beginning, text that is not indented enough."""

from typing import Any

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.marks import CALLOUTS
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rules.callouts import ALIASES

_ALERT = lazily(r"\[[ \t]{0,3}![ \t]{0,3}([A-Za-z]{1,20})[ \t]{0,3}\]")
_ITEM = lazily(r"(?:[-*+]|\d{1,9}[.)])[ \t]")


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report them. Problems: callout-left, callout-empty."""
    for number, token in enumerate(tokens):
        if token.type == "inline" and "!" in token.content and "[" in token.content:
            _left(token, notes)
        elif token.type == "callout_open" and token.map:
            _empty(tokens, number, token.map[0], notes)


def _left(token: Token, notes: Notes) -> None:
    """Report the names of callouts that begin a line of text."""
    texts = [child.content for child in token.children or () if child.type == "text"]
    at = 0
    for line in token.content.split("\n"):
        match = _ALERT.match(line)
        name = match[1].lower() if match else ""
        is_name = name in CALLOUTS or name in ALIASES
        is_link = line.startswith(("(", ":"), match.end()) if match else True
        if match and is_name and not is_link and any(text.startswith(match.group()) for text in texts):
            notes.report("callout-left", notes.offset(token, at), mark=match.group(), name=name.upper())
        at += len(line) + 1


def _empty(tokens: list[Token], number: int, line: int, notes: Notes) -> None:
    """Report a callout that begins with `!!!` and holds nothing: no text and no title, or text is right below it."""
    closed = number + 4 < len(tokens) and tokens[number + 4].type == "callout_close"
    lines = notes.offsets
    mark = lines.line(line).find("!!!")
    if not closed or mark < 0:
        return
    if tokens[number + 2].type == "label":  # it shows nothing but its kind
        notes.report("callout-empty", lines.starts[line] + mark)
        return
    if line + 1 >= len(lines.starts):
        return
    below = lines.line(line + 1)
    text = below.lstrip(" \t>")
    is_other = text.startswith(("!!!", "#", ":::")) or (below == text and _ITEM.match(text))
    if text and not is_other:
        notes.report("callout-empty", lines.starts[line] + mark)
