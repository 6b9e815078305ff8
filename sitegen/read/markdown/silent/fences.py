"""Fences: one that is never closed takes all that follows; marks of one that is none stay text."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.read.markdown.foreign.fences import are_foreign
from sitegen.read.markdown.notes import Notes

_MARKS = ("```", "~~~", ":::")
_MARK = re.compile("|".join(_MARKS))


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report them. Problems: fence-unclosed, fence-left."""
    for token in tokens:
        if token.type == "fence":
            if not _is_closed(token):
                notes.report("fence-unclosed", token.meta.get("at", 0), mark=token.markup)
        elif token.type == "inline" and _MARK.search(token.content):
            _left(token, notes)


def _is_closed(fence: Token) -> bool:
    start, end = fence.map or (0, 0)
    inside = fence.content.count("\n") + (bool(fence.content) and not fence.content.endswith("\n"))
    return end - start - 1 > inside


def _left(token: Token, notes: Notes) -> None:
    texts = [child.content for child in token.children or () if child.type == "text"]
    at = 0
    for line in token.content.split("\n"):
        mark = line[:3]
        is_left = mark in _MARKS and any(mark in text for text in texts)
        if is_left and not (mark == ":::" and are_foreign(line)):
            notes.report("fence-left", notes.offset(token, at), mark=mark)
        at += len(line) + 1
