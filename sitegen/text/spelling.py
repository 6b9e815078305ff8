"""Finds the known word that an unknown one is a misspelling of. Knows no YAML, since every layer uses it."""

import re
from collections.abc import Mapping


def snake(word: str) -> str:
    """Return a word as our keys are written: `sidebarLabel` and `sidebar-label` are sidebar_label."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).replace("-", "_").lower()


def near(word: str, candidates: Mapping[str, object] | frozenset[str] | set[str]) -> str | None:
    """Return the known word that the editor most likely meant, or None."""
    written = snake(word)
    if written in candidates:
        return written
    import difflib

    matches = difflib.get_close_matches(word, sorted(candidates), n=1, cutoff=0.6)
    return matches[0] if matches else None
