"""No regular expression of the project takes more than linear time, however hostile the text.

Every pattern is found by the syntax tree of the package, so a new one is tried without a word here. A pattern whose
text only a call knows needs an example of it in `patterns.SAMPLES`. What was found linear is kept in pytest's cache,
by a digest of the pattern, of the texts and of this Python.
"""

import hashlib
import re
import sys
from pathlib import Path

import pytest
from support import attacks, patterns

PATTERNS, UNKNOWN = patterns.every_pattern()


def test_every_pattern_is_reached() -> None:
    assert not UNKNOWN, "\n".join(UNKNOWN)
    assert len(PATTERNS) >= sum(len(list(patterns.calls(tree))) for _, tree in patterns.modules())


@pytest.mark.parametrize("pattern", PATTERNS, ids=[f"{one.place}-{at}" for at, one in enumerate(PATTERNS)])
def test_pattern_takes_linear_time(pattern: patterns.Pattern, request: pytest.FixtureRequest) -> None:
    assert request.config.cache
    mark = request.config.cache.mkdir("regexes") / _digest(pattern)
    if not mark.exists():
        found = attacks.slow(pattern.compiled, pattern.anchored)
        assert not found, f"{pattern.place}: {pattern.compiled.pattern!r} takes more than linear time on {found}"
        mark.touch()


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
