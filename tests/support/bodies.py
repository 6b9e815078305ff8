"""Bodies in Markdown, read alone."""

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.problems import Lines, Problem
from sitegen.text.markdown.body import Body, read_body


def read(text: str, policy: RawHtml | None = None, trusted: bool = False) -> tuple[Body, list[Problem]]:
    """Read a body in English."""
    return read_body(Lines("a.md", text), "en", MarkdownOptions(), policy or RawHtml(), trusted)
