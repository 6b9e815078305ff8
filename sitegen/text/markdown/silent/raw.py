"""Markdown in the midst of raw HTML: without a blank line before it, it is shown as it is typed."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.notes import Notes

_PIECE = lazily(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/><]*+)(?>(?:[^\"'<>]|\"[^\"]*+\"|'[^']*+')*)>", re.S)
# Elements whose text is not read by anybody, or is an example.
_EXAMPLES = frozenset("code kbd math pre samp script style svg template textarea title tt var xmp".split())
_MARKDOWN = lazily(
    r"(?<![*\\\w])\*\*(?![\s*])[^*\n]{1,200}(?<!\s)\*\*(?!\*)"  # **strong**
    r"|(?<!\\)\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)"  # [link](address)
    r"|(?<![`\\])`[^`\n]{1,200}`(?!`)"
    r"|^[ \t]{0,3}#{1,6}[ ]\S"
    r"|^[ \t]{0,3}([-*+])[ ](?=\S[^\n]{0,400}\n[ \t]{0,3}\1[ ]\S)"  # two items at least
    r"|^[ \t]{0,3}1[.)][ ](?=\S[^\n]{0,400}\n[ \t]{0,3}2[.)][ ]\S)",
    re.M,
)


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report the first in each block of HTML. Problems: html-markdown."""
    for token in tokens:
        if token.type == "html_block" and not token.content.isspace():
            match = _MARKDOWN.search(_text(token.content))
            if match:
                at = match.start() + len(match.group()) - len(match.group().lstrip())
                notes.report("html-markdown", notes.offset(token, at), mark=_mark(match.group().strip()))


def _mark(markdown: str) -> str:
    """Return Markdown as it is shown in a message: the whole of what is short, the beginning of the rest."""
    return markdown if len(markdown) <= 40 else markdown[:39] + "…"


def _text(html: str) -> str:
    """Return HTML with blanks in the place of all tags, comments and examples, as long as it is."""
    pieces: list[str] = []
    end, skip = 0, ""
    for match in _PIECE.finditer(html):
        name = (match[2] or "").lower()
        pieces.append(_blank(html[end : match.start()]) if skip else html[end : match.start()])
        pieces.append(_blank(match.group()))
        end = match.end()
        if skip:
            skip = "" if match[1] and name == skip else skip
        elif name in _EXAMPLES and not match[1]:
            skip = name
    rest = html[end:]
    return "".join([*pieces, _blank(rest) if skip or rest.startswith("<") else rest])


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
