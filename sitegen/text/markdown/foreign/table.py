"""All rules about foreign constructs, and the fences of other tools."""

from sitegen.text.markdown.foreign import documents, generators, wiki
from sitegen.text.markdown.foreign.row import Row

ROWS: tuple[Row, ...] = (
    *generators.TEMPLATES,
    *generators.MDX,
    *generators.MATERIAL,
    *documents.SPHINX,
    *documents.ASCIIDOC,
    *wiki.ROWS,
    *documents.TEX,
    *documents.PANDOC,
)
_ROWS = tuple(row for row in (*documents.SPHINX, *documents.TEX) if row.where == "fence")
_COLONS = tuple(row for row in (*generators.MATERIAL, *documents.PANDOC, *documents.SPHINX) if ":::" in row.signs)


def is_foreign(language: str) -> bool:
    """Say whether a language of a block of code is one that `search` reports."""
    return any(row.pattern.match(language) for row in _ROWS)


def are_foreign(line: str) -> bool:
    """Say whether a line of colons is one that `search` reports."""
    return any(row.pattern.match(line) for row in _COLONS)
