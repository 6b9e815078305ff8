"""Text that was read in a wrong encoding and saved again: `Å¡ola` for `šola`, `cafÃ©` for `café`."""

import re

from sitegen.core.problems import Lines, Problem, problem

# The first byte of a letter in UTF-8, then the second, each as an 8-bit encoding of the West or the East shows it.
_PAIR = re.compile(r"[\u00c2-\u00c5\u0102\u0139\u00d0\u00d1\u00ce\u00cf\u010e\u0110\u0143][^\x00-\x7f]")
_ENCODINGS = ("cp1252", "latin-1", "cp1250", "iso-8859-2")
_QUOTES = frozenset(
    "\u201a\u201e\u2026\u2018\u2019\u201c\u201d\u2013\u2014\u00ab\u00bb\u203a\u2039"
)  # may follow a capital


def mojibake(lines: Lines) -> list[Problem]:
    """Return text-mojibake (a warning) at the first place of a text that looks so, with what was meant."""
    for found in _PAIR.finditer(lines.text):
        meant = _meant(found.group())
        if meant and found.group()[1] not in _QUOTES:
            return [problem("text-mojibake", lines.place(found.start()), None, found=found.group(), meant=meant)]
    return []


def _meant(pair: str) -> str:
    """Return the letter that a pair stands for, "" when it stands for none."""
    for encoding in _ENCODINGS:
        try:
            letter = pair.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if letter.isalpha() and len(letter) == 1:
            return letter
    return ""
