"""What is never closed: comments, and fences of code, which take all that follows."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.text.markdown.foreign.table import are_foreign
from sitegen.text.markdown.notes import Notes

# Comments that never end: what was to be hidden is text, as is all that follows.


def check_comments(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report those in a line; those that begin a block are found with its tags. Problems: html-unfinished."""
    for token in tokens:
        if token.type == "inline" and "<!--" in token.content:
            texts = [child.content for child in token.children or () if child.type == "text"]
            if any("<!--" in text for text in texts):
                at = max(_begins(token.content), 0)
                notes.report("html-unfinished", notes.offset(token, at), html="<!--")


def _begins(text: str) -> int:
    """Return where the first comment begins that no end follows, and that is not in code."""
    at = text.find("<!--", text.rfind("-->") + 1)
    while at > 0 and text[at - 1] == "`":
        at = text.find("<!--", at + 1)
    return at


# Fences: one that is never closed takes all that follows; marks of one that is none stay text.

MARKS = ("```", "~~~", ":::")
_MARK = re.compile("|".join(MARKS))


def check_fences(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
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
        is_left = mark in MARKS and any(mark in text for text in texts)
        if is_left and not (mark == ":::" and are_foreign(line)):
            notes.report("fence-left", notes.offset(token, at), mark=mark)
        at += len(line) + 1
