"""Where the code of a text is, as the grammar sees it."""

from functools import lru_cache

from markdown_it import MarkdownIt

from sitegen.core.problems import Lines
from sitegen.core.records import MarkdownOptions
from sitegen.read.markdown.grammar import rules_of
from sitegen.read.markdown.marks import without_marks
from sitegen.read.markdown.notes import Notes
from sitegen.read.markdown.parsers import Tangled
from sitegen.read.markdown.positions import Span


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
