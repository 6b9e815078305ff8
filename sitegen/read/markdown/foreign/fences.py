"""Fences of other tools: blocks of code that are not shown as code, and lines of colons that are no callouts."""

from sitegen.read.markdown.foreign import material, pandoc, sphinx, tex

_ROWS = tuple(row for row in (*sphinx.ROWS, *tex.ROWS) if row.where == "fence")
_COLONS = tuple(row for row in (*material.ROWS, *pandoc.ROWS, *sphinx.ROWS) if ":::" in row.signs)


def is_foreign(language: str) -> bool:
    """Say whether a language of a block of code is one that `search` reports."""
    return any(row.pattern.match(language) for row in _ROWS)


def are_foreign(line: str) -> bool:
    """Say whether a line of colons is one that `search` reports."""
    return any(row.pattern.match(line) for row in _COLONS)
