"""Links of the plainest kind, `[text](address)` with no mark in the text, and bare addresses.

The rule of CommonMark reads the text of a link twice, and its address letter by letter; it gets all other links.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from sitegen.model.lazy import lazily
from sitegen.text.markdown.parsers import Inlines


def autolinks(md: MarkdownIt) -> None:
    """Add the rules of the plugin."""
    gfm_autolink_plugin(md)


# Links of the plainest kind, `[text](address)` with no mark in the text, read at once.

_PLAIN = lazily(r"\[([^\[\]]++)\]\(([\w./#?=%+:~,;@-]++)\)", re.A)


def plain_links(md: MarkdownIt) -> None:
    """Add the rule."""
    md.inline.ruler.before("link", "plain-link", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    match = _PLAIN.match(state.src, state.pos, state.posMax)
    parser = state.md.inline
    if not match or not isinstance(parser, Inlines) or parser.has_signs(state.src, *match.span(1)):
        return False
    if not silent:
        state.pos = match.start(1)
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(match[2])}
        state.append_pending(match[1])
        state.pos = match.end(1)
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
