"""Footnotes: `text[^1]`, and `[^1]: The note.`; the notes come at the end, in the order of their first use."""

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin


def plugin(md: MarkdownIt) -> None:
    """Add notes with names; those inside the text, `^[…]`, are not read."""
    footnote_plugin(md, inline=False)
