"""Code and headings in Markdown as plain text, for those who never convert it: `sections` and `proofread`."""

import re

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
