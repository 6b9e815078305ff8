"""Blanks that are missing or too many: after the mark of a list or heading, in an id, and before a block."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rules.containers import LINE

# Marks of lists and headings whose blank is missing, and ids that have one: `-item`, `##Heading`, `## A {#my id}`.

_HEADING = lazily(r"#{2,6}(?=[^\W_])")
_TITLE = lazily(r"#(?=[^\W\d_])[^\s#]++[ ][^#\n]++\Z")  # a line of its own; “#1” is a number, “#word” and more are tags
_ITEM = lazily(r"(?:[-+]|\d{1,2}[.)])(?=[^\W\d_])")
_ID = lazily(r"\{#([^{}\n]*+)\}[ \t]*+\Z")
_STAR = lazily(r"\*(?=[^\W_])")


def check_blanks(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report each paragraph that begins with such a mark, and each such id. Problems: blank-missing, id-invalid."""
    for number, token in enumerate(tokens):
        if token.type == "inline" and number and tokens[number - 1].type == "heading_open":
            _id(token, notes)
        if token.type != "inline" or token.content[:1] not in "-+*#0123456789" or not number:
            continue
        if tokens[number - 1].type != "paragraph_open" or not token.children or token.children[0].type != "text":
            continue
        match = (
            _HEADING.match(token.content)
            or _title(token.content)
            or _ITEM.match(token.content)
            or _stars(token.content)
        )
        if match and token.children[0].content.startswith(match.group()):
            notes.report("blank-missing", notes.offset(token, 0), mark=match.group())


def _title(text: str) -> re.Match[str] | None:
    """Return the mark of a line that would be a title: `#Two words`; a single word may be a tag."""
    return re.match("#", text) if _TITLE.match(text) else None


def _id(token: Token, notes: Notes) -> None:
    """Report the id at the end of a heading that is no id, and is shown as a part of the heading."""
    last = token.children[-1] if token.children else None
    if last is None or last.type != "text" or not last.content.rstrip().endswith("}"):
        return
    start = token.content.rfind("{#")
    match = _ID.match(token.content, start) if start >= 0 and token.content[start - 1 : start] != "\\" else None
    if match and not match[1].endswith("#"):  # “{# … #}” is a comment of a template, not an id
        notes.report("id-invalid", notes.offset(token, start), id=match[1])


def _stars(text: str) -> re.Match[str] | None:
    """Return the mark of two lines or more that begin with a star; a single one is often the mark of a remark."""
    lines = text.split("\n")
    return _STAR.match(text) if len(lines) > 1 and all(_STAR.match(line) for line in lines) else None


# Lines of a paragraph that would be something else behind a blank line: a block, and a list that begins above 1.

_NUMBER = re.compile(r"(\d{1,3})[.)][ ]+\S")


def check_paragraphs(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report them. Problems: block-without-blank-line, list-without-blank-line."""
    for token in tokens:
        if token.type != "inline" or "\n" not in token.content:
            continue
        lines = token.content.split("\n")
        at = len(lines[0]) + 1
        for number, line in enumerate(lines[1:], start=1):
            if line.startswith("::") and LINE.match(line):
                notes.report("block-without-blank-line", notes.offset(token, at))
            elif line[:1].isdigit() and _begins_list(lines, number):
                notes.report("list-without-blank-line", notes.offset(token, at))
            at += len(line) + 1


def _begins_list(lines: list[str], number: int) -> bool:
    """Say whether a line with a number is an item: what is before it announces a list, or the next number follows."""
    match = _NUMBER.match(lines[number])
    if not match or (_NUMBER.match(lines[number - 1]) and number > 1):
        return False
    after = _NUMBER.match(lines[number + 1]) if number + 1 < len(lines) else None
    return lines[number - 1].rstrip().endswith(":") or bool(after and int(after[1]) == int(match[1]) + 1)
