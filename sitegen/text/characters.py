"""Single characters: those that no text of a site may contain, and how wide each is shown."""

import re
import unicodedata

# All controls but tab, line feed and carriage return, halves of a pair, and what Unicode calls no character.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


# Those that programs leave in a text, and the two that turn the direction of what follows: it is not read as typed.
_TYPED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e]")


def is_clean(text: str) -> bool:
    """Say whether a text holds nothing but printable characters and line feeds: most do, and that is seen quickly."""
    return text.replace("\n", " ").isprintable()


def control_in(text: str) -> int:
    """Return the offset of the first control character in `text` that somebody can have typed or pasted, or -1."""
    match = None if is_clean(text) else _TYPED.search(text)
    return match.start() if match else -1


def without_controls(text: str) -> str:
    """Return `text` with a replacement character in the place of each of them: a reader sees that there was one."""
    return text if is_clean(text) else _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


TAB = "→   "  # what a terminal shows of a tab
_JOINED = range(0x1160, 0x1200)  # vowels and finals of Hangul, which stand inside the syllable before them


def cells(character: str) -> int:
    """Return how many cells a printable character takes: 2 for wide ones, 0 for marks on the one before."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me") or ord(character) in _JOINED:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(source: str) -> str:
    """Return a source line as a terminal shows it."""
    return source.replace("\t", TAB)


def blank(source: str) -> str:
    """Return blanks as wide as a source line in a terminal."""
    return " " * sum(map(cells, visible(source)))


def blank_in_browser(source: str) -> str:
    """Return blanks as wide as a source line in a browser, where a wide character is as wide as a wide blank."""
    return "".join(("", " ", "\N{IDEOGRAPHIC SPACE}")[cells(character)] for character in source)
