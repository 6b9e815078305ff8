"""Leaf directives for Python-Markdown: a line `::name{key=value}` becomes the template `blocks/name.html` later.

The spelling is that of the generic directives proposal for CommonMark, one colon fewer than a callout.
Python-Markdown's `[TOC]` is taken for `::toc`.
"""

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from msgspec import Struct

from sitegen.read.markdown.marks import block

_LINE = re.compile(r"(?:::([a-z][a-z0-9-]*)(?:\{([^{}]*)\})?|\[TOC\])[ ]*\Z")
_OPTION = re.compile(r"""([a-z][a-z0-9-]*)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")


class Directive(Struct, frozen=True):
    """One directive: its name, its options, and the line as written."""

    name: str
    options: tuple[tuple[str, str], ...]
    line: str


class DirectiveExtension(Extension):
    """Adds directives; each one found is noted in `found`, in the order of the text."""

    def __init__(self, found: list[Directive]) -> None:
        super().__init__()
        self.found = found

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Register the block processor, before paragraphs."""
        md.parser.blockprocessors.register(_Processor(md.parser, self.found), "directive", 173)


class _Processor(BlockProcessor):
    def __init__(self, parser: BlockParser, found: list[Directive]) -> None:
        super().__init__(parser)
        self.found = found

    def test(self, parent: ET.Element, block: str) -> bool:
        return block.startswith(("::", "[TOC]")) and all(_LINE.match(line) for line in block.strip().split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        for line in blocks.pop(0).strip().split("\n"):
            match = _LINE.match(line)
            assert match is not None
            options = tuple((m[1], m[2] or m[3] or m[4] or "") for m in _OPTION.finditer(match[2] or ""))
            ET.SubElement(parent, "div", {"class": block(len(self.found))})
            self.found.append(Directive(match[1] or "toc", options, line))
