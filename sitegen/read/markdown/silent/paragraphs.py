"""Lines of a paragraph that would be something else behind a blank line: a block, and a list that begins above 1."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.read.markdown.notes import Notes
from sitegen.read.markdown.rules.directives import LINE

_NUMBER = re.compile(r"(\d{1,3})[.)][ ]+\S")


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
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
    found = _NUMBER.match(lines[number])
    if not found or (_NUMBER.match(lines[number - 1]) and number > 1):
        return False
    after = _NUMBER.match(lines[number + 1]) if number + 1 < len(lines) else None
    return lines[number - 1].rstrip().endswith(":") or bool(after and int(after[1]) == int(found[1]) + 1)
