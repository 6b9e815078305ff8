"""Pandoc, Quarto, CriticMarkup, and directives in text as remark and Nuxt Content read them."""

import re

from sitegen.read.markdown.foreign.advice import BLOCK, BY_NAME, CALLOUT, FOOTNOTE, RAISED, REMOVE, SPAN
from sitegen.read.markdown.foreign.row import Page, Row
from sitegen.read.markdown.lazy import lazily

_DIV = lazily(r"^:{3,9}[ \t]*+\{[ \t]*+[.#][^\n]{0,200}", re.M)
_SPAN = lazily(r"(?<![\]!\\])\[([^\[\]\n]{1,200})\]\{[.#][^{}\n]{1,200}\}")
_CITATION = lazily(r"\[-?@[A-Za-z][\w:.#/-]*+(?:[,;][^\[\]\n]{0,200})?\](?![(\[])")
_NOTE = lazily(r"(?<!\w)\^\[[^\[\]\n]{1,300}\]")
_RAISED = lazily(r"(?<=\w)(?:\^[\w+−-]{1,20}\^|~[\w+−-]{1,20}~)(?![~^])")
_CRITIC = lazily(
    r"\{(?:\+\+[^{}+\n]{1,300}\+\+|--[^{}\n]{1,300}--|~~[^{}~\n]{1,300}~>|>>[^{}<\n]{1,300}<<|==[^{}=\n]{1,300}==)\}?"
)
_INLINE = lazily(r":(?<![\w:/]:)([a-z][\w-]*+)(?:\[[^\[\]\n]{1,200}\]|\{[a-z][\w-]*+=[^{}\n]{0,200}\})")


def _is_no_reference(found: re.Match[str], page: Page) -> bool:
    return found[1].strip().upper() not in page.references


ROWS = (
    Row("Pandoc, Quarto", _DIV, CALLOUT, (":::",), "line"),
    Row("Pandoc", _SPAN, SPAN, ("]{",), confirm=_is_no_reference),
    Row("Pandoc", _CITATION, FOOTNOTE, ("[@", "[-@")),
    Row("Pandoc", _NOTE, FOOTNOTE, ("^[",)),
    Row("Pandoc", _RAISED, RAISED, ("^", "~")),
    Row("CriticMarkup", _CRITIC, REMOVE, ("{++", "{--", "{~~", "{>>", "{==")),
    Row("remark-directive, Nuxt Content", _INLINE, BLOCK, (":",), "text", BY_NAME),
)
