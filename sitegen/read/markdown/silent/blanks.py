"""Marks of lists and headings whose blank is missing: `-item`, `3.item`, `##Heading` are text."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.read.markdown.lazy import lazily
from sitegen.read.markdown.notes import Notes

_HEADING = lazily(r"#{2,6}(?=[^\W_])")
_ITEM = lazily(r"(?:[-+]|\d{1,2}[.)])(?=[^\W\d_])")
_STAR = lazily(r"\*(?=[^\W_])")


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report each paragraph that begins with such a mark. Problems: blank-missing."""
    for number, token in enumerate(tokens):
        if token.type != "inline" or token.content[:1] not in "-+*#0123456789" or not number:
            continue
        if tokens[number - 1].type != "paragraph_open" or not token.children or token.children[0].type != "text":
            continue
        found = _HEADING.match(token.content) or _ITEM.match(token.content) or _stars(token.content)
        if found and token.children[0].content.startswith(found.group()):
            notes.report("blank-missing", notes.offset(token, 0), mark=found.group())


def _stars(text: str) -> re.Match[str] | None:
    """Return the mark of two lines or more that begin with a star; a single one is often the mark of a remark."""
    lines = text.split("\n")
    return _STAR.match(text) if len(lines) > 1 and all(_STAR.match(line) for line in lines) else None
