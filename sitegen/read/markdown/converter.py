"""Markdown text to HTML with the package Markdown: which extensions, and one instance for each set of options.

An instance is made once per process and reset for every page: making one costs more than a short page.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown import Markdown
from msgspec import Struct

from sitegen.core.extensions import NONE, ExtensionError, Extensions, fault, is_theirs
from sitegen.core.phrases import phrase
from sitegen.core.records import MarkdownOptions
from sitegen.core.words import N_
from sitegen.read.markdown.callouts import CalloutExtension
from sitegen.read.markdown.directives import Directive, DirectiveExtension
from sitegen.read.markdown.figures import FigureExtension
from sitegen.read.markdown.limits import Tangled, check_blocks, check_html
from sitegen.read.markdown.marks import label, without_marks
from sitegen.read.markdown.quick import quicken

_BUNDLED = {
    "tables": "tables",
    "footnotes": "footnotes",
    "definitions": "def_list",
    "abbreviations": "abbr",
    "attributes": "attr_list",
}


Further = tuple[Callable[[Any], None], ...]  # functions of the site that register what they like


class Converted(Struct, frozen=True):
    """The HTML of a body, the raw pieces in it, its directives, and what was wrong as (code, line as written)."""

    html: str
    raw: tuple[str, ...]
    directives: tuple[Directive, ...]
    mistakes: tuple[tuple[str, str], ...]


class _Machine:
    """One Markdown instance with the lists that its extensions write to."""

    def __init__(self, options: MarkdownOptions, escape_html: bool, quick: bool = True, further: Further = ()) -> None:
        self.directives: list[Directive] = []
        self.mistakes: list[tuple[str, str]] = []
        names: list[Any] = [_BUNDLED[name] for name in options.extensions]
        ours = [CalloutExtension(self.mistakes), DirectiveExtension(self.directives), FigureExtension()]
        settings = {"footnotes": {"BACKLINK_TITLE": label(N_("Back to the text (note %(number)s)"), "{}")}}
        self.markdown = Markdown(
            extensions=[*names, "fenced_code", *ours],
            extension_configs={k: v for k, v in settings.items() if k in names},
            output_format="html",
        )
        self.escape_html = escape_html
        if escape_html:
            self.markdown.preprocessors.deregister("html_block")
            self.markdown.inlinePatterns.deregister("html")
        for function in further:
            function(self.markdown)
        if quick and not further:  # what is quick is proved for our own patterns only
            quicken(self.markdown)

    def convert(self, text: str) -> Converted:
        self.directives.clear()
        self.mistakes.clear()
        self.markdown.reset()
        check_blocks(text)
        if not self.escape_html:
            check_html(text)
        html = self.markdown.convert(without_marks(text))
        raw = tuple(piece for piece in self.markdown.htmlStash.rawHtmlBlocks if isinstance(piece, str))
        return Converted(html, raw, tuple(self.directives), tuple(self.mistakes))


@lru_cache(maxsize=8)
def _machine(options: MarkdownOptions, escape_html: bool, further: Further) -> _Machine:
    return _Machine(options, escape_html, further=further)


def convert(text: str, options: MarkdownOptions, escape_html: bool, extensions: Extensions = NONE) -> Converted:
    """Return the body as HTML. Raises Tangled, ExtensionError. Not for threads: an instance keeps state at work."""
    try:
        return _machine(options, escape_html, extensions.markdown).convert(text)
    except BaseException as error:
        _machine.cache_clear()  # an instance that was interrupted does not forget where it was
        if not isinstance(error, Exception):
            raise
        if is_theirs(error, extensions):
            raise ExtensionError(fault(error, extensions.markdown[0], extensions.root)) from error
        if not isinstance(error, (Tangled, RecursionError)):
            raise
        deep = phrase("lists, quotes or callouts are nested too deeply")
        raise Tangled(error.reason if isinstance(error, Tangled) else deep) from error
