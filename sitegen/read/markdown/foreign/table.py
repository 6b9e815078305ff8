"""All rules about foreign constructs."""

from sitegen.read.markdown.foreign import asciidoc, material, mdx, pandoc, sphinx, templates, tex, wiki
from sitegen.read.markdown.foreign.row import Row

ROWS: tuple[Row, ...] = (
    *templates.ROWS,
    *mdx.ROWS,
    *material.ROWS,
    *sphinx.ROWS,
    *asciidoc.ROWS,
    *wiki.ROWS,
    *tex.ROWS,
    *pandoc.ROWS,
)
