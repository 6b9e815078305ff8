"""Where YAML makes something else of a text than its writer meant: what it made, why, and how to write it.

`title: Issue #5` is “Issue” for YAML, and `title: &more things` is “things”. What was typed is compared with what came
out; what is only a comment stays one: `#` and a blank.
"""

import json
from collections.abc import Iterator
from typing import Any

from sitegen.model.lazy import lazily
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Problem, problem

# What stands behind a value and looks like a part of it: `#5`, `#tag`; or `# 5` with a single blank before it.
_EATEN = lazily(r"[ \t]++#[^\W_]|[ ]# \d")


def eaten(after: str) -> bool:
    """Say whether what follows a value in its line, a comment to YAML, looks like a part of the text."""
    return bool(_EATEN.match(after))


def lost(typed: str, value: str, place: Any) -> Problem:
    """Return the problem that YAML reads less of a text than was typed in its line."""
    if typed.startswith("&"):
        cause = phrase("“&” begins the name of a value")
    elif value:
        cause = phrase("“#” after a space begins a comment")
    else:
        cause = phrase("“#” begins a comment")
    what = phrase("“{text}”", text=value) if value else phrase("an empty value")
    return problem("yaml-lost", place, None, typed=typed, made=what, cause=cause, quoted=quoted(typed))


def quoted(text: str) -> str:
    """Return a text between quotation marks, as YAML writes it."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def doubtful(typed: str, value: object) -> tuple[Phrase, str] | None:
    """Return how YAML reads a plain word where any value is allowed, and an unambiguous way to write it.

    None where a person gets what they typed.
    """
    if isinstance(value, str):
        meant = _WORDS.get(typed.lower())
        return (phrase("text here, but {value} in other programs", value=meant), meant) if meant else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or "e" in typed.lower() or str(value) == typed:
        return None
    return phrase("the number {number}", number=value), str(value)


_WORDS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false", "null": "null"}


def doubts(typed: str, value: object, place: Any) -> Iterator[Problem]:
    """Yield the problem of a word or number that YAML may read differently than intended (a warning)."""
    doubt = doubtful(typed, value)
    if doubt:
        yield problem("yaml-doubtful", place, None, typed=typed, made=doubt[0], value=doubt[1])
