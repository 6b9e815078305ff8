"""How tangled a text may be: what would keep Python-Markdown busy for seconds, or lead it too deep, is refused.

Some of its steps look ahead from each mark to the end of the paragraph, block or text, so that their time grows with
the product of both. The limits are counts, never clocks: the same text is refused everywhere. They lie far above what
people write: a paragraph of 30,000 characters may hold 500 links.
"""

import re

from sitegen.core.phrases import Phrase, counted, phrase

_INLINE = 15_000_000  # opening brackets × characters, in the text of one element: about a second
_COPIED = 1_000_000_000  # other marks × characters, there: the text is copied for each of them
_BLOCK = 100_000_000  # headings × characters, between two blank lines
_HTML = 50_000_000  # characters from the beginning of each tag to its end
_HEADING = re.compile(r"^[ ]{0,3}(?:#|=+[ ]*$|-+[ ]*$)", re.M)
_BLANK = re.compile(r"\n[ \t]*\n")
_TAG = re.compile(r"<[a-zA-Z]")


class Tangled(Exception):  # noqa: N818 - it says what the text is
    """A text that is too tangled, and why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


def check_inline(text: str) -> None:
    """Raise Tangled for the text of one element that has too many marks."""
    if len(text) * len(text) > _INLINE:
        brackets, marks = text.count("["), sum(map(text.count, "`<*_&\\"))
        if brackets * len(text) > _INLINE or marks * len(text) > _COPIED:
            raise Tangled(counted("{n} mark in one paragraph", "{n} marks in one paragraph", brackets + marks))


def check_blocks(text: str) -> None:
    """Raise Tangled for a body with too many headings that no blank line divides."""
    if len(text) * len(text) < _BLOCK:
        return
    for block in _BLANK.split(text):
        headings = len(_HEADING.findall(block))
        if headings * len(block) > _BLOCK:
            raise Tangled(
                counted(
                    "{n} heading without a blank line between them",
                    "{n} headings without a blank line between them",
                    headings,
                )
            )


def check_html(text: str) -> None:
    """Raise Tangled for a body with too many tags that nothing ends."""
    if text.count("<") * len(text) < _HTML:
        return
    length, end = 0, -1
    for tag in _TAG.finditer(text):
        if end < tag.start():
            found = text.find(">", tag.start())
            end = found if found >= 0 else len(text)
        length += end - tag.start()
        if length > _HTML:
            raise Tangled(phrase("too many tags without an end"))
