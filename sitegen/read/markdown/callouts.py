"""Callouts for Python-Markdown: `:::note … :::` (no indentation needed) and `!!! note` (indented, as in MkDocs)."""

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from sitegen.read.markdown.marks import CALLOUTS, label

_OPEN = re.compile(r":::[ ]*([A-Za-z][\w-]*)[ ]*(.*)\Z")
_CLOSE = re.compile(r":::[ ]*\Z")
_BANG = re.compile(r'!!![ ]*([A-Za-z][\w-]*)[ ]*(?:"(.*)")?[ ]*\Z')


class CalloutExtension(Extension):
    """Adds both spellings. What is wrong with a callout is noted in `problems` as (code, the line as written)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__()
        self.problems = problems

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Register the two block processors, before paragraphs and lists."""
        md.parser.blockprocessors.register(FencedCallout(md.parser, self.problems), "callout", 175)
        md.parser.blockprocessors.register(IndentedCallout(md.parser, self.problems), "callout-indented", 174)


class FencedCallout(BlockProcessor):
    """`:::note Title`, any blocks, `:::` on a line of its own. May stand inside another one."""

    def __init__(self, parser: BlockParser, problems: list[tuple[str, str]]) -> None:
        super().__init__(parser)
        self.problems = problems

    def test(self, parent: ET.Element, block: str) -> bool:
        """Say whether a line of this block opens a callout."""
        return ":::" in block and any(_OPEN.match(line.strip()) for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Take the lines up to the matching `:::` out of `blocks` and parse them inside."""
        lines = blocks.pop(0).split("\n")
        at = next(i for i, line in enumerate(lines) if _OPEN.match(line.strip()))
        if lines[:at]:
            self.parser.parseBlocks(parent, ["\n".join(lines[:at])])
        opening = _OPEN.match(lines[at].strip())
        assert opening is not None
        blocks.insert(0, "\n".join(lines[at + 1 :]))
        inner = self._inner(blocks, lines[at])
        box = _box(parent, opening[1], opening[2], lines[at], self.problems)
        self.parser.parseBlocks(box, inner)

    def _inner(self, blocks: list[str], opening: str) -> list[str]:
        """Take the blocks up to the closing fence away from `blocks` and return them."""
        depth = 1
        for number, block in enumerate(blocks):
            lines = block.split("\n")
            for at, line in enumerate(lines):
                if _OPEN.match(line.strip()):
                    depth += 1
                elif _CLOSE.match(line.strip()):
                    depth -= 1
                if depth == 0:
                    inner = [*blocks[:number], "\n".join(lines[:at])]
                    after = "\n".join(lines[at + 1 :])
                    blocks[: number + 1] = [after] if after.strip() else []
                    return inner
        self.problems.append(("callout-unclosed", opening))
        inner = blocks[:]
        blocks.clear()
        return inner


class IndentedCallout(BlockProcessor):
    """`!!! note "Title"` with the content indented by four spaces."""

    def __init__(self, parser: BlockParser, problems: list[tuple[str, str]]) -> None:
        super().__init__(parser)
        self.problems = problems

    def test(self, parent: ET.Element, block: str) -> bool:
        """Say whether this block begins with `!!! kind`."""
        return block.startswith("!!!") and bool(_BANG.match(block.split("\n", 1)[0]))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Take the indented blocks that follow, and parse them inside."""
        first, _, rest = blocks.pop(0).partition("\n")
        opening = _BANG.match(first)
        assert opening is not None
        content, after = self.detab(rest)
        inner = [content] if content.strip() else []
        if after.strip():
            blocks.insert(0, after)
        else:
            while blocks and blocks[0].startswith(" " * self.tab_length):
                content, after = self.detab(blocks.pop(0))
                inner.append(content)
                if after.strip():
                    blocks.insert(0, after)
                    break
        box = _box(parent, opening[1], opening[2] or "", first, self.problems)
        self.parser.parseBlocks(box, inner)


def _box(parent: ET.Element, kind: str, title: str, line: str, problems: list[tuple[str, str]]) -> ET.Element:
    name = kind.lower()
    if name not in CALLOUTS:
        problems.append(("callout-unknown", line))
        name = "note"
    box = ET.SubElement(parent, "div", {"class": f"callout callout-{name}", "role": "note"})
    heading = ET.SubElement(box, "p", {"class": "callout-title"})
    heading.text = title.strip().strip('"') or label(CALLOUTS[name])
    return box
