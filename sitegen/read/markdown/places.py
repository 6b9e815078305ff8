"""Where in the source a link, a heading or a tag stands. Python-Markdown keeps no positions, so we look for them.

Things come in the order of the text: each is looked for behind the last one of its kind, outside code.
"""

import re

from sitegen.core.problems import Lines, Place

# Code, in which nothing is looked for: blocks between fences, and spans of a thousand letters at most, so that lone
# marks cost no more; and the beginning of a heading, where there is no code.
CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?^(?P=fence)[`~]*[ ]*$"
    r"|(?<!`)(?P<ticks>`++)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.M | re.S,
)
_LETTER = re.compile(r"[^\n]")
HEADING = re.compile(r"^[ ]{0,3}(#{1,6})(?:[^#\n]|$)|^(?![ ]*$)[^\n]+\n(=+|-+)[ ]*$", re.M)


def masked(pattern: re.Pattern[str], text: str, letter: str = " ") -> str:
    """Return the text with a letter in place of each character that the pattern matches; lines stay lines."""
    return pattern.sub(lambda match: _LETTER.sub(letter, match.group()), text)


class Finder:
    """Finds things of one body, one after the other."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.text = masked(CODE, lines.text)
        self.last: dict[str, int] = {}

    def hide(self, start: int, end: int) -> None:
        """Let nothing be found in this part of the text."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def find(self, words: str, kind: str) -> Place:
        """Return the place of the next `words`; the body's first line when they do not stand there literally."""
        start = self.last.get(kind, 0)
        at = self.text.find(words, start)
        if at < 0:
            at = self.text.find(words)
        if at < 0 or not words:
            return Place(self.lines.path, self.lines.first)
        self.last[kind] = at + len(words)
        return self.lines.place(at)

    def address(self, target: str, kind: str) -> Place:
        """Return the place of the next address of a link or image: behind a bracket, never a word of the text."""
        pattern = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<|=\s*[\"']?)(" + re.escape(target) + ")")
        if not target:  # only its signs tell where an empty address stands
            pattern = re.compile(r"\]\(\s*()(?:<>)?\s*\)|\b(?:href|src)\s*=\s*(?:\"()\"|'()')", re.I)
        match = pattern.search(self.text, self.last.get(kind, 0)) or pattern.search(self.text)
        if not match:
            return self.find(target, kind)
        self.last[kind] = match.end()
        return self.lines.place(match.start(match.lastindex or 1))

    def last_id(self, name: str) -> Place:
        """Return the place of the last id of this name, in braces or in HTML: the one that is too many."""
        matches = list(re.finditer(rf"(?<=[{{\s])(?:#|id=[\"']?){re.escape(name)}(?![\w-])", self.text))
        return self.lines.place(matches[-1].start()) if matches else self.find(name, "id")

    def heading(self) -> Place:
        """Return the place of the next heading."""
        match = HEADING.search(self.text, self.last.get("heading", 0))
        if not match:
            return Place(self.lines.path, self.lines.first)
        self.last["heading"] = match.end()
        return self.lines.place(match.start())

    def is_decoration(self) -> bool:
        """Say whether the image whose address was found last has an empty `alt` of its own, in braces or in HTML."""
        text, at = self.lines.text, self.last.get("image", 0)
        tag = max(text.rfind("<", 0, at), 0)
        if re.match(r"<img\b[^<>]*\Z", text[tag:at], re.I):
            return bool(re.match(r"<img\b[^<>]*?\balt=(\"\"|'')", text[tag : tag + 2000], re.I))
        return bool(re.match(r"[^)\n]*\)\{[^}\n]*\balt=(\"\"|'')", text[at : at + 2000]))

    def behind(self, place: Place) -> str:
        """Return the rest of the source line that follows `place`."""
        return place.source[max(place.column - 1, 0) :]
