"""The text of a section to blocks for a translator: paragraphs, headings, items, rows; and back, byte for byte.

Works line by line on the Markdown as written. What is no text (code, blocks, rules, definitions of links) stays between
the blocks. Never renders, never judges.
"""

import re

from msgspec import Struct

_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")
_LEAD = re.compile(
    r"(?P<quote>[ \t]*(?:>[ ]?)*)"
    r"(?P<mark>[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|\[\^[^\]\n]+\]:[ \t]*|:[ \t]+|\*\[[^\]\n]+\]:[ \t]*)?)"
)
# How a line of one block begins; what closes it is cut off from its end, not looked for from each letter.
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]*")
_CALLOUT = re.compile(r"[ ]*+(?::::[ ]*[\w-]++[ ]+|!!![ ]*[\w-]++[ ]+\")")
_ROW = re.compile(r"[ ]*+\|[ ]*")
_NO_TEXT = re.compile(
    r"[ \t]*+(?::::?.*+|!!!.*+|\{:?[^{}\n]*\}|\[TOC\]|\[(?!\^)[^\]\n]+\]:.*+"
    r"|(?=[|:\- ]*--)[|:\- ]++|=++|(?>(?:[-*_][ ]*+){3,})|(?>(?:</?[a-zA-Z][^<>\n]*+>[ ]*+)+))[ \t]*+\Z"
)


class Block(Struct, frozen=True):
    """A piece of a section: `before` + `raw` + `after` is exactly what the file has. `text` is "" where there is none.

    `text` is `raw` on one line; a line end in it is a line break of the page. `indent` stands before further lines.
    """

    kind: str
    before: str
    raw: str
    after: str
    text: str
    indent: str = ""
    lead: str = ""  # the end of `before` that stands on the block's own line


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a section; the last one may hold no text, only the lines after all others."""
    return _Splitter(text).run()


def rewritten(block: Block, text: str) -> str:
    """Return what the file has for a block when its text is another one."""
    raw = block.raw if text == block.text else text.replace("\n", f"  \n{block.indent}")
    return block.before + raw + block.after


def _end_of_heading(line: str, start: int) -> int:
    """Return where the text of a heading ends: before its attributes and the marks that close it."""
    text = line[start:].rstrip(" \t")
    at = text.rfind("{")
    if text.endswith("}") and at >= 0 and "}" not in text[at:-1]:
        text = text[:at].rstrip(" \t")
    return start + len(text.rstrip("#").rstrip(" \t"))


def _end_of_callout(line: str, start: int) -> int:
    """Return where the title of a callout ends: before the quotation mark that closes it."""
    return start + len(line[start:].rstrip(" ").removesuffix('"'))


def _end_of_row(line: str, start: int) -> int:
    """Return where the cells of a row end: before the last bar."""
    return start + len(line[start:].rstrip(" ").removesuffix("|").rstrip(" "))


_OF_ONE_LINE = (
    ("heading", _HEADING.match, _end_of_heading),
    ("callout", _CALLOUT.match, _end_of_callout),
    ("row", _ROW.match, _end_of_row),
)


class _Splitter:
    """The state of one walk over the lines: what is between the blocks, and the block that is still open."""

    def __init__(self, text: str) -> None:
        self.lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
        self.blocks: list[Block] = []
        self.between = ""
        self.open: list[str] = []  # lines of a block that may go on
        self.lead = self.indent = self.kind = ""
        self.fence = ""
        self.comment = False

    def run(self) -> list[Block]:
        behind_blank = False
        for line in self.lines:
            bare = line.rstrip("\n")
            blank = not bare.strip("> \t")
            if blank or self._is_no_text(bare, behind_blank):
                self._close()
                self.between += line
            else:
                self._line(bare, line[len(bare) :])
            behind_blank = blank
        self._close()
        if self.between:
            self.blocks.append(Block("", self.between, "", "", ""))
        return self.blocks

    def _is_no_text(self, bare: str, behind_blank: bool) -> bool:
        if self.comment or bare.lstrip().startswith("<!--"):
            self.comment = "-->" not in bare
            return True
        match = _FENCE.match(bare)
        if self.fence or match:
            if not self.fence and match:
                self.fence = match["fence"]
            elif match and match["fence"].startswith(self.fence) and not bare[match.end() :].strip():
                self.fence = ""
            return True
        callout = _CALLOUT.match(bare)
        if _NO_TEXT.match(bare) and not (callout and _end_of_callout(bare, callout.end()) > callout.end()):
            return True
        in_list = bool(self.blocks) and self.blocks[-1].kind in ("item", "note", "definition")
        return behind_blank and not in_list and bool(re.match(r"(?: {4}|\t)", bare))

    def _line(self, bare: str, end: str) -> None:
        for kind, begins, ends in _OF_ONE_LINE:
            match = begins(bare)
            if match and not (self.open and kind == "heading" and bare.startswith("  ")):
                stop = ends(bare, match.end())
                self._close()
                self._add(kind, match.group(), bare[match.end() : stop], bare[stop:] + end)
                return
        match = _LEAD.match(bare)
        assert match is not None
        mark = match["mark"].strip()
        is_item = mark == "*" or (bool(mark) and mark[0] not in ":[*")
        if self.open and (not mark or (is_item and self.kind not in ("item", "note", "definition"))):
            self.open.append(bare + end)
            return
        self._close()
        self.lead = match.group()
        self.indent = match["quote"] + " " * len(match["mark"])
        self.kind = "item" if is_item else {"": "paragraph", "[": "note", ":": "definition"}.get(mark[:1], "note")
        self.open = [bare[match.end() :] + end]

    def _close(self) -> None:
        if not self.open:
            return
        raw = "".join(self.open)
        text = raw.rstrip()
        lines = [
            re.sub(r"\A[ \t]*(?:>[ ]?)*[ \t]*", "", line) if at else line for at, line in enumerate(text.split("\n"))
        ]
        joined = ""
        for line in lines:
            joined += line.strip() + ("\n" if line.endswith("  ") else " ")
        self.open = []
        self._put(self.kind, self.lead, text, raw[len(text) :], joined.strip())

    def _add(self, kind: str, lead: str, text: str, after: str) -> None:
        self.indent = ""
        self._put(kind, lead, text, after, text.strip())

    def _put(self, kind: str, lead: str, raw: str, after: str, text: str) -> None:
        if not text:
            self.between += lead + raw + after
            return
        self.blocks.append(Block(kind, self.between + lead, raw, after, text, self.indent, lead))
        self.between = ""
