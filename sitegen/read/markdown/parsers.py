"""The parsers of markdown-it-py, with two things added: where each token begins, and an end to deep nesting.

A block token knows its lines; the first token of each block gets `meta["at"]`, the offset of its first character that
is no blank. An inline token gets in `map` its offset in the text of its block. Rules are never added here.
"""

from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.core.phrases import Phrase, phrase

DEEPEST = 160  # blocks in blocks


class Tangled(Exception):  # noqa: N818 - it says what the text is
    """A text that is too tangled, and why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


class Blocks(ParserBlock):
    """The block parser; a block rule may end a container by setting `state.env["ends"]` to the test of its end."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - their names
        """Make tokens of the lines from `startLine` to before `endLine`. Raises Tangled."""
        rules = self.ruler.getRules("")
        line, empty = startLine, False
        if state.level >= DEEPEST:
            raise Tangled(phrase("lists, quotes or callouts are nested too deeply"))
        ends = state.env.pop("ends", None)
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent or (ends and ends(state, line)):
                return
            at, number = state.bMarks[line] + state.tShift[line], len(state.tokens)
            next(rule for rule in rules if rule(state, line, endLine, False))  # a paragraph is always possible
            if number < len(state.tokens):
                state.tokens[number].meta["at"] = at
            state.tight = not empty
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                empty = True
            if line < endLine and state.isEmpty(line):
                empty = True
                line += 1
                state.line = line


class _State(StateInline):
    """Notes where in the text of the block each token begins; of a closing tag, where it stands."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token."""
        token = super().push(ttype, tag, nesting)
        token.map = [self.pos, self.pos]
        return token


class Inlines(ParserInline):
    """The inline parser; each token knows its offset."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Make tokens of the text of one block."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
