"""One pass over a finished page: its tags and texts in order, told to those who listen.

The HTML is our own: quoted attributes, so a scan over the tags is enough. Comments are left out, and so is what stands
inside of scripts and styles, which is told with their start tags.
"""

import re
from typing import Protocol

# A tag that never ends is found, too, without its last group: were it tried again from each place in it, a page would
# take quadratic time.
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(>?)", re.S
)
_END_OF_SCRIPT = re.compile(r"</script\s*+>", re.I)
_END_OF_STYLE = re.compile(r"</style\s*+>", re.I)


class Tag:
    """A tag as it stands: `whole` is all of it, `inside` what a script or style holds, `ends` if it is complete."""

    __slots__ = ("attributes", "closes", "ends", "inside", "name", "whole")

    def __init__(self, match: re.Match[str]) -> None:
        closes, self.name, self.attributes, ends = match.groups()
        self.closes, self.ends = bool(closes), bool(ends)
        self.whole, self.inside = match.group(), ""


class Listener(Protocol):
    """Who wants to know what a page holds."""

    def tag(self, tag: Tag) -> None:
        """Take the next tag."""

    def text(self, text: str) -> None:
        """Take the text before it, entities as they are."""


def scan(page: str, *listeners: Listener) -> None:
    """Go over a page once."""
    at = 0
    while match := _PIECE.search(page, at):
        before, at = page[at : match.start()], match.end()
        if before:
            for listener in listeners:
                listener.text(before)
        if match[2] is None:
            continue
        tag = Tag(match)
        if not tag.closes and len(tag.name) in (5, 6) and tag.name.lower() in ("script", "style"):
            pattern = _END_OF_SCRIPT if len(tag.name) == 6 else _END_OF_STYLE
            end = pattern.search(page, at)
            start, at = at, end.start() if end else len(page)
            tag.inside = page[start:at]
        for listener in listeners:
            listener.tag(tag)
    if at < len(page):
        for listener in listeners:
            listener.text(page[at:])
