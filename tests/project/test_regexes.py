"""No regular expression of the project takes more than linear time, however hostile the text.

Every pattern is found by the syntax tree of the package, so a new one is tried without a word here. A pattern whose
text only a call knows needs an example of it in `patterns.SAMPLES`. What was found linear is kept in pytest's cache,
by a digest of the pattern, of the texts and of this Python.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from support import attacks, patterns

_ONE = (constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY)  # a repeated character
PATTERNS, UNKNOWN = patterns.every_pattern()


def test_every_pattern_is_reached() -> None:
    assert not UNKNOWN, "\n".join(UNKNOWN)
    assert len(PATTERNS) >= sum(len(list(patterns.calls(tree))) for _, tree in patterns.modules())


@pytest.mark.parametrize("pattern", PATTERNS, ids=[f"{one.place}-{at}" for at, one in enumerate(PATTERNS)])
def test_pattern_takes_linear_time(pattern: patterns.Pattern, request: pytest.FixtureRequest) -> None:
    cache = getattr(request.config, "cache", None)  # there is none with `-p no:cacheprovider`
    mark = cache.mkdir("regexes") / _digest(pattern) if cache else None
    if mark and mark.exists():
        return
    found = attacks.slow(pattern.compiled, pattern.anchored)
    assert not found, f"{pattern.place}: {pattern.compiled.pattern!r} takes more than linear time on {found}"
    if mark:
        mark.touch()


@pytest.mark.parametrize("pattern", PATTERNS, ids=[f"{one.place}-{at}" for at, one in enumerate(PATTERNS)])
@pytest.mark.cheap
def test_no_group_is_repeated_possessively(pattern: patterns.Pattern) -> None:
    """Before 3.11.5, Python matches `(?:ab?c)*+` wrongly (python/cpython#106052); `(?>(?:ab?c)*)` means the same."""
    parsed = parser.parse(pattern.compiled.pattern, pattern.compiled.flags)
    assert not _has_possessive_group(parsed), f"{pattern.place}: {pattern.compiled.pattern!r}"


def test_possessive_groups_are_recognised() -> None:
    assert _has_possessive_group(parser.parse(r"x|(a(?:b?|c)*+)"))
    assert not _has_possessive_group(parser.parse(r"[^<]*+a++(?>(?:b?|c)*).?+"))


def _has_possessive_group(parsed: Any) -> bool:
    """Say whether more than one character is repeated by a possessive quantifier in a parsed pattern."""
    for kind, value in parsed:
        if kind is constants.POSSESSIVE_REPEAT and value[2][0][0] not in _ONE:
            return True
        if any(_has_possessive_group(part) for part in _parts(value)):
            return True
    return False


def _parts(value: Any) -> Iterator[Any]:
    """Return the parsed patterns inside an item of one."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _parts(one)


def _digest(pattern: patterns.Pattern) -> str:
    parts = (pattern.compiled.pattern, pattern.compiled.flags, pattern.anchored, sys.version)
    return hashlib.sha256(Path(attacks.__file__).read_bytes() + repr(parts).encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    "text",
    ["<!--.*?-->", "a++b", r"(?:a|a)*b", r"\s+$", "<a[^>]*>", r"<a[^<>]*\bl=[^<>]*>", r"(?m)^(?:- .*\n(?: .*\n)*)*x"],
)
def test_slow_patterns_are_recognised(text: str) -> None:
    assert attacks.slow(re.compile(text, re.S if "!" in text else 0), anchored=False)


@pytest.mark.parametrize("text", [r"<!--.*?(?:-->|\Z)", "a+", r"\S+", "<a[^<>]*>", r"(?<!a)a++b", r"\[[^\[\]]*\]"])
def test_linear_patterns_are_left_in_peace(text: str) -> None:
    assert not attacks.slow(re.compile(text, re.S), anchored=False)
