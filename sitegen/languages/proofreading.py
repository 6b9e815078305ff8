"""Lint rules for the typography of plain text, by language: quotation marks, dashes, inverted marks, spaces.

Covers Slovenian (Slovenski pravopis), English (Oxford style), Spanish (Ortografía de la lengua española) and German
(Duden); other languages get only the rules that hold everywhere. Works on one paragraph at a time; the caller adds its
place in the file.
"""

import re

from msgspec import Struct


class _Marks(Struct, frozen=True):
    """What one language uses. `outer` are the pairs that a quotation may begin with, the usual one first."""

    outer: tuple[str, ...]
    inner: tuple[str, ...] = ()
    dash: str = " – "
    foreign_dash: str = r"(?!)"  # a pattern of dashes that the language does not use
    inverted: bool = False


class LintMatch(Struct, frozen=True):
    """A match of a lint rule: its code, the offset in the paragraph, and the values for the problem's text."""

    code: str
    at: int
    values: tuple[tuple[str, str], ...] = ()


_LETTER = r"[^\W\d_]"
_LANGUAGES = {
    "sl": _Marks(("»«", "„“", "„”"), ("›‹", "‚‘", "‚’"), foreign_dash="—"),
    "en": _Marks(("‘’", "“”"), foreign_dash="(?<= )—(?= )"),
    "es": _Marks(("«»", "“”"), ("‘’",), dash=" —…— ", foreign_dash="(?<= )–(?= )", inverted=True),
    "de": _Marks(("„“", "»«"), ("‚‘", "›‹"), foreign_dash="—"),
}
_ALL = "«»‹›„“”‚‘"  # ’ is also the apostrophe
_SPACES = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_HYPHEN = re.compile(rf"(?<=[^\s-] )--?(?= \S)|(?<={_LETTER})--(?={_LETTER})")
_ENDS = re.compile(r"[¿?]|[¡!]")


def lint(text: str, language: str, typeset: bool) -> list[LintMatch]:
    """Return the matches of all rules in a paragraph. With `typeset`, plain marks are left to the typesetter."""
    marks = _LANGUAGES.get(language.split("-")[0])
    matches = [
        LintMatch("spaces-double", match.start(), (("count", str(len(match.group()))),))
        for match in _SPACES.finditer(text)
    ]
    if marks is None:
        return matches + ([] if typeset else _straight(text, _Marks(("“”",))))
    matches += _foreign(text, language, marks) or _unpaired(text, marks, typeset)
    matches += _dashes(text, language, marks, typeset)
    if not typeset:
        matches += _straight(text, marks)
    return matches + (_inverted(text) if marks.inverted else [])


def quotation(text: str, language: str, typeset: bool) -> tuple[str, int] | None:
    """Return the mark that opens the first quotation of a paragraph, and its offset; with `typeset`, as typeset.

    A page that uses two of them is mixed.
    """
    marks = _LANGUAGES.get(language.split("-")[0])
    if marks is None:
        return None
    openers = "".join(pair[0] for pair in marks.outer) + ('"' if typeset else "")
    match = re.search(rf"(?<!\w)[{openers}](?=\w)", text)
    return (match.group().replace('"', marks.outer[0][0]), match.start()) if match else None


def outer_of(language: str) -> str:
    """Return how a quotation is written in a language, for hints."""
    marks = _LANGUAGES.get(language.split("-")[0])
    pair = marks.outer[0] if marks else "“”"
    return f"{pair[0]}…{pair[1]}"


def _foreign(text: str, language: str, marks: _Marks) -> list[LintMatch]:
    """Marks of other languages, and marks of this one the wrong way round, judged by the characters next to them."""
    pairs = (*marks.outer, *marks.inner)
    opening, closing = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    outer = outer_of(language)
    matches = []
    for match in re.finditer(f"[{_ALL}]", text):
        before = text[: match.start()].rstrip("*_[]")[-1:]
        behind = text[match.end() :].lstrip("*_[]")[:1]
        opens = (
            (not before or not (before.isalnum() or before in ".,!?…:;)’")) and bool(behind) and not behind.isspace()
        )
        closes = bool(before) and not before.isspace() and not behind.isalnum()
        allowed = (match.group() in opening and not (closes and not opens)) or (
            match.group() in closing and not (opens and not closes)
        )
        if not allowed:
            values = (("mark", match.group()), ("code", language), ("outer", outer))
            matches.append(LintMatch("quotes-foreign", match.start(), values))
    return matches


def _unpaired(text: str, marks: _Marks, typeset: bool) -> list[LintMatch]:
    """Quotations that are not closed, or were never opened. ’ is skipped, because it is also the apostrophe."""
    if typeset and text.count('"') % 2:
        return [LintMatch("quotes-unpaired", text.rindex('"'), (("mark", '"'),))]
    for opening, closings in {(pair[0], tuple(p[1] for p in marks.outer if p[0] == pair[0])) for pair in marks.outer}:
        if "’" in closings:
            continue
        closed = sum(text.count(mark) for mark in closings)
        if text.count(opening) != closed:
            last = max(text.rfind(mark) for mark in (opening, *closings))
            return [LintMatch("quotes-unpaired", last, (("mark", text[last]),))]
    return []


def _dashes(text: str, language: str, marks: _Marks, typeset: bool) -> list[LintMatch]:
    matches = [
        LintMatch(
            "dash-foreign", match.start(), (("mark", match.group()), ("code", language), ("dash", marks.dash.strip()))
        )
        for match in re.finditer(marks.foreign_dash, text)
    ]
    if typeset:
        return matches
    dash = (("dash", marks.dash.strip()),)
    return matches + [LintMatch("dash-hyphen", match.start(), dash) for match in _HYPHEN.finditer(text)]


def _straight(text: str, marks: _Marks) -> list[LintMatch]:
    outer = f"{marks.outer[0][0]}…{marks.outer[0][1]}"
    return [LintMatch("quotes-straight", match.start(), (("outer", outer),)) for match in re.finditer('"', text)][:1]


def _inverted(text: str) -> list[LintMatch]:
    """Questions and exclamations without the mark that opens them. One pair may mix the two: ¡Qué? is allowed."""
    matches = []
    opened = 0
    last = -2
    for match in _ENDS.finditer(text):
        mark, at = match.group(), match.start()
        if mark in "¿¡":
            opened += 1
        elif text[max(at - 1, 0) : at] == "(" or at == last + 1:  # (?) is a doubt; ?! ends one sentence
            last = at
        else:
            last = at
            if not opened:
                matches.append(
                    LintMatch("mark-inverted-missing", at, (("mark", mark), ("opening", "¿" if mark == "?" else "¡")))
                )
            opened = 0
    return matches
