"""Blocks of code that other tools do not show as code: diagrams, formulas, directives."""

from sitegen.read.markdown.foreign import sphinx, tex

_ROWS = tuple(row for row in (*sphinx.ROWS, *tex.ROWS) if row.where == "fence")


def is_foreign(language: str) -> bool:
    """Say whether a language of a block of code is one that `search` reports."""
    return any(row.pattern.match(language) for row in _ROWS)
