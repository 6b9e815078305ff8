"""Where the code and the headings of a text are, as the grammar sees it: for those who never convert it."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.model.config import MarkdownOptions
from sitegen.model.problems import Lines
from sitegen.text.markdown.grammar import rules_of
from sitegen.text.markdown.marks import without_marks
from sitegen.text.markdown.notes import Notes, Span
from sitegen.text.markdown.parsers import Tangled

_LETTER = re.compile(r"[^\n]")


@lru_cache(maxsize=8)
def _rules(options: MarkdownOptions) -> MarkdownIt:
    return rules_of(options, escape_html=False)


def code_spans(text: str, options: MarkdownOptions) -> list[Span]:
    """Return from where to where there is code: blocks with their fences, and spans in paragraphs."""
    notes = Notes(Lines("", text))
    notes.read(text, text)
    try:
        tokens = _rules(options).parse(without_marks(text), {"notes": notes})
    except (Tangled, RecursionError):
        return []
    starts = [*notes.offsets.starts, len(text)]
    spans = []
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            spans.append((starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]))
        for child in token.children or ():
            if child.type == "code_inline" and child.map:
                start = notes.offset(token, child.map[0])
                spans.append((start, start + len(child.content) + 2 * len(child.markup)))
    return spans


def without_code(text: str, letter: str) -> str:
    """Return the text with a letter in place of each character of code; lines stay lines."""
    pieces, end = [], 0
    for start, stop in sorted(code_spans(text, MarkdownOptions())):
        if stop > end:
            pieces += [text[end:start], _LETTER.sub(letter, text[max(start, end) : stop])]
            end = stop
    return "".join([*pieces, text[end:]])


def heading_starts(text: str) -> list[int]:
    """Return where the line of each heading begins; not of those in quotations and in the first line of an item."""
    notes = Notes(Lines("", text))
    notes.read(text, text)
    tokens: list[Token] = []
    rules = _rules(MarkdownOptions())
    try:
        rules.block.parse(without_marks(text), rules, {"notes": notes}, tokens)
    except (Tangled, RecursionError):
        return []
    starts = []
    for token in tokens:
        if token.type == "heading_open" and token.map:
            start = notes.offsets.starts[token.map[0]]
            if not text[start : token.meta.get("at", start)].strip():
                starts.append(start)
    return starts
