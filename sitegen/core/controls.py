"""Characters that no text of a site may hold: XML forbids most, HTML and iCalendar the others (RFC 5545, 3.1)."""

import re

# All controls but tab, line feed and carriage return, halves of a pair, and what Unicode calls no character.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


# Those that programs leave in a text, and the two that turn the direction of what follows: it is not read as typed.
_TYPED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e]")


def control_in(text: str) -> int:
    """Return where the first control character of `text` is that a person can have put there; -1: nowhere."""
    found = None if text.isprintable() else _TYPED.search(text)
    return found.start() if found else -1


def without_controls(text: str) -> str:
    """Return `text` with a replacement character in the place of each of them: a reader sees that there was one."""
    return text if text.isprintable() else _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
