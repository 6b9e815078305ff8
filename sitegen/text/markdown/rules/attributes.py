"""Attributes in braces: `{#id .class key=value}`, or `{: … }` as in kramdown.

They belong to the element just before them; at the end of a heading to the heading, behind a blank also at the end of
a term or cell to that; on a line of their own below a block to the block (`tree`). An id may hold dots.
"""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.model.lazy import lazily

_ITEM = (
    r"(?:#[^\s{}#=\"']+|\.[^\s{}.#=\"']+|[^\s{}.#=\"'<>/][^\s{}=\"'<>/]*=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s{}\"']+))"
)
BRACES = lazily(rf"\{{:?[ ]*{_ITEM}(?:[ ]+{_ITEM})*[ ]*\}}")
_PIECE = lazily(
    r"(?:(?<![^\s{])|(?<=\{:))"  # where an item begins
    r"(?:(?P<mark>[#.])(?P<word>(?<=#)[^\s{}#=\"']++|[^\s{}.#=\"']++)"
    r"|(?P<name>[^\s{}=\"']++)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\s{}]++)))"
)


def attributes_of(braces: str) -> Iterator[tuple[str, str, int]]:
    """Give name, value and offset of each attribute."""
    for match in _PIECE.finditer(braces):
        if match["mark"]:
            yield "id" if match["mark"] == "#" else "class", match["word"], match.start()
        else:
            name = match["name"].removeprefix("{").removeprefix(":")
            yield name, match[4] or match[5] or match[6] or "", match.end("name") - len(name)


def plugin(md: MarkdownIt) -> None:
    """Add the rule."""
    md.inline.ruler.before("link", "attributes", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = BRACES.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = match.group()
    state.pos = match.end()
    return True
