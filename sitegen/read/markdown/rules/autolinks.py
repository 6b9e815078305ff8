"""Bare addresses as links, as on GitHub: `https://…`, `www.…`, `name@example.org`. Off unless site.yaml asks for it."""

from markdown_it import MarkdownIt
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin


def plugin(md: MarkdownIt) -> None:
    """Add the rules of the plugin."""
    gfm_autolink_plugin(md)
