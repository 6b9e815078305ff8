"""How wide a text is where every character stands in cells: what a mark below a source line has to know."""

import unicodedata

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
