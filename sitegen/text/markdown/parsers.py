"""The parsers of markdown-it-py, with three things added: where each token begins, an end to deep nesting, and speed.

A block token knows its lines; the first token of each block gets `meta["at"]`, the offset of its first character that
is no blank. An inline token gets in `map` its offset in the text of its block. A rule is asked only where the character
stands that it must begin with (`BLOCK_SIGNS`, `INLINE_SIGNS`); one that is not in these tables, such as a rule of a
site, is asked everywhere. Rules are never added here.
"""

import re
from collections.abc import Callable
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.model.phrases import Phrase, phrase

DEEPEST = 160  # blocks in blocks
# What the first character of a block must be for a rule to match; "" for indented code, which begins anyhow.
BLOCK_SIGNS = {
    "code": "",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "html_block": "<",
    "heading": "#",
    "callout": ":",
    "tabs": ":",
    "boxes": ":",
    "callout-indented": "!",
    "directive": ":[",
    "abbreviation": "*",
}
INLINE_SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "plain-emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "plain-link": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "attributes": "{",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
    "undefined": "[",
    "linkify": "",  # not in use
    "text": "",  # done by `Inlines` itself
}
# What is done behind the inline rules only with marks such as those of emphasis.
OF_MARKS = frozenset({"balance_pairs", "strikethrough", "emphasis", "open-emphasis"})
_new = Token.__new__
Nesting = Literal[-1, 0, 1]


def token_of(kind: str, tag: str, nesting: Nesting) -> Token:
    """Return an empty token; its own constructor, which also takes what other programs may have kept, takes longer."""
    token = _new(Token)
    token.type, token.tag, token.nesting = kind, tag, nesting
    token.attrs, token.map, token.level, token.children = {}, None, 0, None
    token.content = token.markup = token.info = ""
    token.meta, token.block, token.hidden = {}, False, False
    return token


class Tangled(Exception):  # noqa: N818 - it says what the text is
    """A text that is too tangled, and why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


class Blocks(ParserBlock):
    """The block parser; a block rule may end a container by setting `state.env["ends"]` to the test of its end."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, list[RuleFuncBlockType]] = {}
        self.enders: dict[str, list[RuleFuncBlockType]] = {}

    def rules_for(self, sign: str) -> list[RuleFuncBlockType]:
        """Return the rules that may match a block which begins with this character."""
        if sign not in self.chosen:
            named = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
            self.chosen[sign] = [rule for name, rule in named if sign in BLOCK_SIGNS.get(name, sign)]
        return self.chosen[sign]

    def enders_for(self, sign: str) -> list[RuleFuncBlockType]:
        """Return the rules that may end a paragraph above a line which begins with this character."""
        if sign not in self.enders:
            ending = self.ruler.getRules("paragraph")
            self.enders[sign] = [rule for rule in self.rules_for(sign) if rule in ending]
        return self.enders[sign]

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Add the tokens of a whole text."""
        if not src:
            return None
        state = _BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - their names
        """Make tokens of the lines from `startLine` to before `endLine`. Raises Tangled."""
        line, empty = startLine, False
        if state.level >= DEEPEST:
            raise Tangled(phrase("lists, quotes or callouts are nested too deeply"))
        ends: Callable[[StateBlock, int], bool] | None = state.env.pop("ends", None)
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent or (ends and ends(state, line)):
                return
            at, number = state.bMarks[line] + state.tShift[line], len(state.tokens)
            rules = self.ruler.getRules("") if state.is_code_block(line) else self.rules_for(state.src[at])
            for rule in rules:  # a paragraph is always possible
                if rule(state, line, endLine, False):
                    break
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


class _BlockState(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """Add a token, as markdown-it does."""
        token = token_of(ttype, tag, nesting)
        token.block = True
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class _State(StateInline):
    """Notes where in the text of the block each token begins."""

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """Add a token, as markdown-it does."""
        if self.pending:
            self.pushPending()
        token = token_of(ttype, tag, nesting)
        token.map = [self.pos, self.pos]
        opened = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token.level = self.level
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            opened = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(opened)
        return token

    def pushPending(self) -> Token:  # noqa: N802 - the name that markdown-it calls
        """Add what is pending as a text, as markdown-it does."""
        token = token_of("text", "", 0)
        token.content, token.level = self.pending, self.pendingLevel
        self.tokens.append(token)
        self.pending = ""
        return token


class Inlines(ParserInline):
    """The inline parser; each token knows its offset."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, list[RuleFuncInlineType]] = {}
        self.signs: re.Pattern[str] | None = None
        self.unmarked: list[RuleFuncInline2Type] | None = None

    def rules_for(self, sign: str) -> list[RuleFuncInlineType]:
        """Return the rules that may match at this character."""
        if sign not in self.chosen:
            named = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
            fitting = [rule for name, rule in named if sign in (INLINE_SIGNS.get(name, sign) or "\0")]
            self.chosen[sign] = fitting
        return self.chosen[sign]

    def has_signs(self, text: str, start: int, end: int) -> bool:
        """Say whether there is a character between two offsets that a rule may begin with."""
        return self.signs is None or self.signs.search(text, start, end) is not None

    def _pattern(self) -> re.Pattern[str]:
        """Return what a rule may begin with: the signs of the rules, or those of markdown-it if one is not known."""
        names = self.ruler.get_active_rules()
        if any(name not in INLINE_SIGNS for name in names):
            return self.terminator_re
        return re.compile(f"[{re.escape(''.join(INLINE_SIGNS[name] for name in names))}\\]]")  # ] ends a link's text

    def _rules_without_marks(self) -> list[RuleFuncInline2Type]:
        """Return the rules that have something to do in a text where nothing may be emphasis."""
        if self.unmarked is None:
            named = zip(self.ruler2.get_active_rules(), self.ruler2.getRules(""), strict=True)
            self.unmarked = [rule for name, rule in named if name not in OF_MARKS]
        return self.unmarked

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the name that markdown-it calls
        """Go past one token without making it."""
        at, cache = state.pos, state.cache
        if at in cache:
            state.pos = cache[at]
            return
        if state.level >= state.md.options.maxNesting:
            state.pos = state.posMax  # too deep: the rest of the block is text
        else:
            state.level += 1
            matched = any(rule(state, True) for rule in self.rules_for(state.src[at]))
            state.level -= 1
            if not matched:
                match = self.signs.search(state.src, at) if self.signs else None
                end = match.start() if match else state.posMax
                state.pos = min(end, state.posMax) if end > at else at + 1
        cache[at] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """Make tokens up to the end of the state."""
        end, source = state.posMax, state.src
        assert self.signs is not None
        search, deepest = self.signs.search, state.md.options.maxNesting
        while state.pos < end:
            at = state.pos
            match = search(source, at, end)
            if match is None:
                state.append_pending(source[at:end])
                state.pos = end
                break
            sign = match.start()
            if sign > at:
                state.append_pending(source[at:sign])
                state.pos = sign
            if state.level < deepest:
                for rule in self.rules_for(source[sign]):
                    if rule(state, False):
                        break
                else:
                    state.append_pending(source[sign])
                    state.pos = sign + 1
            else:
                state.append_pending(source[sign])
                state.pos = sign + 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Make tokens of the text of one block."""
        self.signs = self.signs or self._pattern()
        if not self.signs.search(src):
            if src:
                tokens.append(token_of("text", "", 0))
                tokens[-1].content = src
            return tokens
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        if len(state.tokens) > 1:
            is_marked = state.delimiters or any(meta and meta["delimiters"] for meta in state.tokens_meta)
            for rule in self.ruler2.getRules("") if is_marked else self._rules_without_marks():
                rule(state)
        return state.tokens
