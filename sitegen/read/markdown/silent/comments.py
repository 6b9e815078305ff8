"""Comments that never end: what was to be hidden is text, as is all that follows."""

from typing import Any

from markdown_it.token import Token

from sitegen.read.markdown.notes import Notes


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report those in a line; those that begin a block are found with its tags. Problems: html-unfinished."""
    for token in tokens:
        if token.type == "inline" and "<!--" in token.content:
            texts = [child.content for child in token.children or () if child.type == "text"]
            if any("<!--" in text for text in texts):
                at = max(_begins(token.content), 0)
                notes.report("html-unfinished", notes.offset(token, at), html="<!--")


def _begins(text: str) -> int:
    """Return where the first comment begins that no end follows, and that does not stand in code."""
    at = text.find("<!--", text.rfind("-->") + 1)
    while at > 0 and text[at - 1] == "`":
        at = text.find("<!--", at + 1)
    return at
