"""Slips that Markdown takes for something else without a word: what an editor meant, and what comes out, differ.

Python-Markdown is not CommonMark: a list needs a blank line before it, and four spaces to nest. Returns warnings.
"""

import re

from sitegen.core.problems import Problem, problem
from sitegen.read.markdown.places import Finder

_ITEM = r"(?:[-*+]|\d{1,3}\.)[ ]+\S"
_LINE = r"(?=[^\S\n]*\S)[^\n]*+\n"  # a line that is not blank; it is gone over once, be it ever so long
_LIST_BEHIND_TEXT = re.compile(rf"^(?![ ]|{_ITEM}|[#>|:]|\[\^?[^\]]*\]:|$){_LINE}(?P<slip>{_ITEM})", re.M)
_SHALLOW = re.compile(rf"^(?:[-*+]|\d{{1,3}}\.)[ ][^\n]*+\n(?:[ ]{{4,}}+[^\n]*+\n)*+(?P<slip>[ ]{{1,3}}{_ITEM})", re.M)
_STRUCK = re.compile(r"(?P<slip>~~[^\s~][^~\n]*~~)")
_DIRECTIVE = re.compile(rf"^(?!::){_LINE}(?P<slip>::[a-z][a-z0-9-]*(?:\{{[^{{}}\n]*\}})?[ ]*)$", re.M)
_RULES = (
    ("list-without-blank-line", _LIST_BEHIND_TEXT),
    ("list-too-shallow", _SHALLOW),
    ("strike-through", _STRUCK),
    ("block-without-blank-line", _DIRECTIVE),
)


def slips(finder: Finder) -> list[Problem]:
    """Return what looks like a slip, outside code.

    Problems: list-without-blank-line, list-too-shallow, strike-through, block-without-blank-line.
    """
    return [
        problem(code, finder.lines.place(match.start("slip")))
        for code, rule in _RULES
        for match in rule.finditer(finder.text)
    ]
