"""Callouts: `:::note Title … :::`, `!!! note "Title"` with its content indented, and `> [!NOTE]` as on GitHub.

Problems: callout-unknown, callout-unclosed, at the line that opens.
"""

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.marks import AT, CALLOUTS
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rules.attributes import BRACES, attributes_of
from sitegen.text.spelling import near

OPEN = lazily(r"(?P<colons>:{3,}+)[ ]*+(?P<name>[A-Za-z][\w-]*+)(?![.:])[ ]*+(?P<rest>[^\n]*+)\Z")
_CLOSE = lazily(r"(:{3,})[ \t]*\Z")
_BANG = lazily(r"!!![ ]*+(?P<name>[A-Za-z][\w-]*+)(?:[ ]++(?P<rest>[^\n]*+))?[ \t]*+\Z")
_ALERT = lazily(r"\[!(?P<name>[A-Za-z][\w-]*)\][+-]?[ \t]*(?P<rest>[^\n]*)(?:\n|\Z)")
_BRACES = lazily(r"(?:(?<=[\s\]])|\A)\{[^{}]*\}\Z")  # braces right behind a word belong to that
# what others call them → what they are called here
ALIASES = {"info": "note", "success": "tip", "danger": "caution", "hint": "tip", "error": "caution"}


def plugin(md: MarkdownIt) -> None:
    """Add the three spellings."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "callout", _fenced, ends)
    md.block.ruler.before("fence", "callout-indented", _indented, ends)
    md.core.ruler.after("block", "callout-quoted", _quoted)


def opening(state: StateBlock, line: int) -> str:
    """Return a line that is no code, from its first letter."""
    if state.is_code_block(line):
        return ""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]):
        return False
    line = opening(state, start)
    match = OPEN.match(line)
    if silent:
        return bool(match) or bool(state.env.get("callouts") and _CLOSE.match(line))
    if not match:
        return False
    at = state.bMarks[start] + state.tShift[start]
    at_rest = at + match.start("rest")
    token = _open(state, match["name"], at, start)
    _title(state, token, match["rest"], at_rest, start)
    contained(state, start, end, len(match["colons"]), at)
    state.push("callout_close", "div", -1)
    return True


def contained(state: StateBlock, start: int, end: int, colons: int, at: int) -> None:
    """Read the content between colons. Problems: callout-unclosed."""
    around = state.env.setdefault("callouts", [])
    outer = list(around)
    around.append(colons)
    parent, state.parentType = state.parentType, "callout"

    def ends(state: StateBlock, line: int) -> bool:
        match = _CLOSE.match(opening(state, line))
        return bool(match) and (len(match[1]) >= colons or len(match[1]) in outer)  # type: ignore[index]

    state.env["ends"] = ends
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, end)
    around.pop()
    state.parentType = parent
    match = _CLOSE.match(opening(state, state.line)) if state.line < end else None
    if match and (len(match[1]) == colons or (len(match[1]) > colons and len(match[1]) not in outer)):
        state.line += 1
    else:
        notes: Notes = state.env["notes"]
        notes.report("callout-unclosed", at)


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("!!!", at):
        return False
    match = _BANG.match(opening(state, start))
    if not match:
        return False
    if silent:
        return True
    token = _open(state, match["name"], at, start)
    _title(state, token, match["rest"] or "", at + match.start("rest"), start)
    last = start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent + 4):
        last += 1
    while last > start + 1 and state.isEmpty(last - 1):
        last -= 1
    parent, maximum = state.parentType, state.lineMax
    state.parentType, state.lineMax = "callout", last
    state.blkIndent += 4
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, last)
    state.blkIndent -= 4
    state.parentType, state.lineMax, state.line = parent, maximum, last
    state.push("callout_close", "div", -1)
    return True


def kind_of(notes: Notes, name: str, at: int) -> str:
    """Return what a callout of this name is here. Problems: callout-unknown."""
    kind = ALIASES.get(name.lower(), name.lower())
    if kind not in CALLOUTS:
        notes.report("callout-unknown", at, near(name, CALLOUTS) or "", name=name, known=", ".join(CALLOUTS))
        return "note"
    return kind


def _open(state: StateBlock, name: str, at: int, line: int) -> Token:
    token = state.push("callout_open", "div", 1)
    kind = kind_of(state.env["notes"], name, at)
    token.attrs = {"class": f"callout callout-{kind}", "role": "note"}
    token.map = [line, line + 1]
    token.info = kind
    return token


def _title(state: StateBlock, box: Token, rest: str, at: int, line: int) -> None:
    """Add the title: in square brackets, between quotation marks, or plain; else the name of the kind."""
    tokens = titled(state.env["notes"], box, rest, at, line, state.level)
    state.tokens.extend(tokens)


def titled(notes: Notes, box: Token, rest: str, at: int, line: int, level: int) -> list[Token]:
    """Return the tokens of the title of a callout, which begins at the offset `at`; braces after it are of `box`.

    An empty title (`""`) asks for none: the name of the kind is there for those who hear the page.
    """
    text = rest.rstrip()
    braces = _BRACES.search(text)
    if braces and BRACES.fullmatch(braces.group()):
        number = notes.spot(at + braces.start())
        box.attrs[AT] = str(number)
        for name, value, offset in attributes_of(braces.group()):
            notes.spots[number].attributes[name] = at + braces.start() + offset
            box.attrs[name] = f"{box.attrs['class']} {value}" if name == "class" else value
        text = text[: braces.start()].rstrip()
    for first, last in ("[]", '""'):
        if len(text) > 1 and text[0] == first and text[-1] == last:
            text, at = text[1:-1], at + 1
    hidden = " hidden" if rest.strip() in ('""', "[]") else ""
    opening_ = Token("paragraph_open", "p", 1, attrs={"class": f"callout-title{hidden}"}, level=level, block=True)
    closing = Token("paragraph_close", "p", -1, level=level, block=True)
    if text.strip():
        inside = Token("inline", "", 0, content=text.strip(), map=[line, line + 1], children=[], level=level + 1)
        inside.meta["at"] = at + len(text) - len(text.lstrip())
    else:
        inside = Token("label", "", 0, content=CALLOUTS[box.info])
    return [opening_, inside, closing]


def _quoted(state: StateCore) -> None:
    """Turn quotations that begin with `[!NOTE]` into callouts."""
    if "[!" not in state.src:
        return
    tokens = state.tokens
    notes: Notes = state.env["notes"]
    for number in range(len(tokens) - 3, -1, -1):
        quote, text = tokens[number], tokens[number + 2]
        if quote.type != "blockquote_open" or text.type != "inline" or tokens[number + 1].type != "paragraph_open":
            continue
        match = _ALERT.match(text.content)
        if not match or text.map is None:
            continue
        at = notes.offset(text, 0)
        quote.info = kind_of(notes, match["name"], at)
        quote.tag, quote.attrs = "div", {"class": f"callout callout-{quote.info}", "role": "note"}
        end = next(
            token for token in tokens[number:] if token.type == "blockquote_close" and token.level == quote.level
        )
        end.tag = "div"
        title = titled(
            notes, quote, match["rest"], notes.offset(text, match.start("rest")), text.map[0], quote.level + 1
        )
        rest = text.content[match.end() :]
        if rest.strip():
            text.content, text.map = rest, [text.map[0] + 1, text.map[1]]
            tokens[number + 1 : number + 1] = title
        else:
            tokens[number + 1 : number + 4] = title
