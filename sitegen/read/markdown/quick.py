"""Python-Markdown's own steps, skipped where they cannot have an effect. Never changes a result.

Each inline pattern begins with a character that most texts do not have; Python-Markdown tries every pattern on every
text all the same. Here a pattern is tried only where its first characters occur. Patterns that we do not know (those
of a site's own extensions) are always tried.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from sitegen.read.markdown.limits import check_inline

# name of the pattern in Python-Markdown's registry → what a text must contain for the pattern to match
_NEEDS = {
    "backtick": ("`", "\\"),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_ANY = re.compile(r"[`\\\[<&*_]|  \n")


class QuickInline(InlineProcessor):
    """The inline step of Python-Markdown with patterns chosen by the characters of a text."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = _names(md.inlinePatterns)
        self.patterns: list[Any] = [md.inlinePatterns[name] for name in names]
        self.needs = [_NEEDS.get(name) for name in names]
        self.known = all(need is not None for need in self.needs)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Take the place of the private method that applies the patterns one after the other."""
        if isinstance(data, AtomicString) or (self.known and not _ANY.search(data)):
            return data
        check_inline(data)
        at, start, count = patternIndex, 0, len(self.patterns)
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        while at < count:
            need = self.needs[at]
            if need is not None and not any(words in data for words in need):
                at, start = at + 1, 0
                continue
            data, matched, start = apply(self.patterns[at], data, at, start)
            if not matched:
                at += 1
        return data


def _names(registry: Any) -> list[str]:
    """Return the names in a registry of Python-Markdown, in the order of their priorities."""
    list(registry)  # a registry sorts itself when it is walked
    return [item.name for item in registry._priority]


_PLAIN = re.compile(r"[^\W\d_][^\n]*(?:\n[^\W\d_][^\n]*)*\Z")
_KNOWN_BLOCKS = frozenset(
    "empty indent code hashheader setextheader hr olist ulist quote reference paragraph table footnote defindent "
    "deflist abbr callout callout-indented directive".split()
)


class QuickParagraph(ParagraphProcessor):
    """Takes at once a block whose every line begins with a letter: no other processor of ours can want it."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Say whether the block is a paragraph beyond doubt."""
        return ":::" not in block and bool(_PLAIN.match(block))


def quicken(md: Markdown) -> None:
    """Put the quick steps in place of Python-Markdown's; to be called when all extensions are registered."""
    md.treeprocessors.register(QuickInline(md), "inline", 20)
    md.treeprocessors.deregister("prettify")  # `body` writes a line end behind each block
    if _KNOWN_BLOCKS.issuperset(_names(md.parser.blockprocessors)):
        md.parser.blockprocessors.register(QuickParagraph(md.parser), "quick-paragraph", 1000)
    if "html_block" in md.preprocessors:
        _only_with_markup(md.preprocessors["html_block"])


def _only_with_markup(step: Any) -> None:
    """Let the step that finds raw HTML run only on a text that may have some."""
    run = step.run

    def run_if_needed(lines: list[str]) -> list[str]:
        return list(run(lines)) if any("<" in line or "&" in line for line in lines) else lines

    step.run = run_if_needed
