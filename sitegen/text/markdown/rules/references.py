"""Names that are defined elsewhere on the page: footnotes, and references that lead nowhere.

The silent checks report them when the whole text is read.
"""

from functools import partial

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

# Footnotes: `text[^1]`, and `[^1]: The note.`; the notes come at the end, in the order of their first use.


def footnotes(md: MarkdownIt) -> None:
    """Add notes with names; those inside the text, `^[…]`, are not read."""
    footnote_plugin(md, inline=False)
    md.block.ruler.at("footnote_def", _definition, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("reference", _reference)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a link; what begins like a note is none: `[^a b]: Text` stays text, and is reported."""
    return not state.src.startswith("[^", state.bMarks[start] + state.tShift[start]) and reference(
        state, start, end, silent
    )


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a note, and keep where it is defined: `silent.names` reports what is wrong with it."""
    at, number = state.bMarks[start] + state.tShift[start], len(state.tokens)
    if not footnote_def(state, start, end, silent):
        return False
    if not silent:
        label = state.tokens[number].meta["label"]
        state.env.setdefault("footnote_definitions", {}).setdefault(label, []).append(at)
    return True


# References and footnotes that do not lead anywhere: `[text][name]`, `[^1]`. They stay text; the places are noted.


def references(md: MarkdownIt) -> None:
    """Add the rule after those of links and footnotes: it sees only what they did not take."""
    has_notes = "footnote_def" in md.block.ruler.get_active_rules()
    md.inline.ruler.push("undefined", partial(_rule, has_notes=has_notes))


def _rule(state: StateInline, silent: bool, *, has_notes: bool) -> bool:
    """Note a name that is not defined; never match."""
    source, at = state.src, state.pos
    if silent or source[at] != "[":
        return False
    if source.startswith("[^", at):
        end = source.find("]", at, at + 200)
        label = source[at + 2 : end]
        words = label.split()
        if has_notes and end > 0 and words and "[" not in label:
            if words == [label]:
                _note(state, "footnote-undefined", at, name=label)
            else:
                _note(state, "footnote-name", at, mark=f"[^{' '.join(words)}]", better=f"[^{'-'.join(words)}]")
        return False
    if state.html_terminator_last("][") < at or (at and (source[at - 1].isalnum() or source[at - 1] in "_])")):
        return False
    end = state.md.helpers.parseLinkLabel(state, at)
    if end < 0 or not source.startswith("[", end + 1):
        return False
    last = source.find("]", end + 2, end + 1002)
    label = source[end + 2 : last] if last > 0 else ""
    name = label or source[at + 1 : end]
    if last > 0 and "[" not in label and normalizeReference(name) not in state.env.get("references", {}):
        _note(state, "reference-undefined", at, name=" ".join(name.split()))
    return False


def _note(state: StateInline, code: str, at: int, **values: str) -> None:
    slips = state.env.setdefault("slips", {}).setdefault(id(state.tokens), [])
    slips.append((code, at, values))
