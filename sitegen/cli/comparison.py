"""`translate` without options: print the source as it is and as it was confirmed, next to the translation."""

import difflib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.cli.console import calm, has_colour
from sitegen.model.words import T_
from sitegen.site.status import PageStatus, PageTranslation, SectionStatus, matched_sections
from sitegen.text.sections import Cut, normalised
from sitegen.translations.history import PreviousTexts, cuts_of, previous_texts

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


_TOKEN = re.compile(r"\n[ ]*|\S+")
_LONG = 4000  # words; beyond, frequent ones are passed over in the comparison, or it would take seconds
_SIGNS = {"gone": ("[-", "-]", "\033[31;9m"), "come": ("{+", "+}", "\033[32m"), "same": ("", "", "")}


class Word(NamedTuple):
    """A word, or a line end with the indentation after it; `kind` is same, gone or come."""

    text: str
    kind: str = "same"


def words_of(text: str) -> list[Word]:
    """Return the words of a text that is not compared."""
    return [Word(token) for token in _TOKEN.findall(text)]


def compared(old: str, new: str) -> list[Word]:
    """Return the words of both texts in one row."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=len(a) + len(b) > _LONG)
    words: list[Word] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            words += [Word(token) for token in a[a1:a2]]
        else:
            words += [Word(token, "gone") for token in a[a1:a2] if token.strip()]
            words += [Word(token, "come") for token in b[b1:b2]]
    return words


def set_in_lines(words: list[Word], width: int, colour: bool) -> list[tuple[str, int]]:
    """Return lines of at most `width` characters (longer words have their own line), each with its visible width."""
    lines: list[tuple[str, int]] = []
    line, shown, indent = "", 0, ""
    for word, piece, length in _pieces(words, colour):
        if word.text.startswith("\n"):
            lines.append((line, shown))
            indent = word.text[1:]
            line, shown = indent, len(indent)
            continue
        if shown > len(indent) and shown + 1 + length > width:
            lines.append((line, shown))
            line, shown = indent, len(indent)
        space = " " if shown > len(indent) else ""
        line, shown = line + space + piece, shown + len(space) + length
    lines.append((line, shown))
    return lines


def _pieces(words: list[Word], colour: bool) -> Iterator[tuple[Word, str, int]]:
    """Yield each word, what is printed for it, and how wide that is."""
    for at, word in enumerate(words):
        opening, closing, paint = _SIGNS[word.kind]
        if word.text.startswith("\n") or word.kind == "same":
            yield word, word.text, len(word.text)
        elif colour:
            yield word, f"{paint}{word.text}\033[0m", len(word.text)
        else:
            before = at > 0 and words[at - 1].kind == word.kind and not words[at - 1].text.startswith("\n")
            behind = at + 1 < len(words) and words[at + 1].kind == word.kind
            behind = behind and not words[at + 1].text.startswith("\n")
            text = ("" if before else opening) + word.text + ("" if behind else closing)
            yield word, text, len(text)


def _side_by_side(left: list[tuple[str, int]], right: list[tuple[str, int]], width: int) -> list[str]:
    """Return two columns, the left one `width` wide."""
    rows = zip_longest(left, right, fillvalue=("", 0))
    return [f"{a}{' ' * max(0, width - shown)} │ {b}".rstrip() for (a, shown), (b, _) in rows]


_STATES = {
    "changed": T_("changed"),
    "new": T_("new"),
    "gone": T_("removed from the source"),
    "unknown": T_("never confirmed"),
}
_NARROW = 110  # columns; from this width on, the translation is next to the source, else below it


def show(root: Path, page: PageStatus, translation: PageTranslation, say: "Speech") -> None:
    """Print every section to review."""
    if translation.file is None:
        print(say("There is no {lang} translation of {source} yet.", lang=translation.lang, source=page.source.path))
        return
    path = translation.file.path
    wanted = [section for section in translation.sections if section.state != "current"]
    print(say("{path} translates {source}", path=path, source=page.source.path))
    if not wanted:
        print(say.plural("{n} section, up to date", "{n} sections, all up to date", len(translation.sections)))
        return
    confirmed = translation.file.confirmed or {}
    marks = {
        section.id: confirmed[section.id]
        for section in wanted
        if section.state in ("changed", "gone") and section.id in confirmed
    }
    old = previous_texts(root, page.source.path, marks)
    print(say.plural("{n} section to review", "{n} sections to review", len(wanted)))
    lost = [id_ for id_ in marks if id_ not in old.sections]
    if lost:
        print(_why(old, ", ".join(lost), say))
    source = {section.id: section for section in cuts_of(page.source.path, (root / page.source.path).read_bytes())}
    theirs = {section.id: section for section in cuts_of(path, (root / path).read_bytes())}
    pairs = matched_sections(page.source.sections, translation.file.sections)
    for section in wanted:
        answer = theirs.get(pairs[section.id].id if section.id in pairs else section.id)
        _section(section, source.get(section.id), answer, old, say)
    names = " ".join(section.id for section in wanted)
    print()
    print(say("When they match again:"), f"build.py translate {path} --confirm {names}")


def _why(old: PreviousTexts, names: str, say: "Speech") -> str:
    if not old.is_git:
        return say("The previous text is missing, because there is no git history: {names}", names=names)
    if old.is_shallow:
        return say(
            "The previous text is missing, because the history is incomplete (shallow clone): {names}", names=names
        )
    return say("The previous text is missing, because no commit contains it: {names}", names=names)


def _section(
    section: SectionStatus, source: Cut | None, translation: Cut | None, old: PreviousTexts, say: "Speech"
) -> None:
    """Print one section: its name, the source (as a word diff where the old wording is known), the translation."""
    colour, width = has_colour(sys.stdout), _width()
    before, edit = old.sections.get(section.id, (None, None))
    head = f"{section.id} · {calm(section.title)}" if section.title else section.id
    state = say(_STATES[section.state])
    if edit and section.state == "changed":
        state = say("changed since {date} ({author})", date=edit.date, author=calm(edit.author))
    print(f"\n── {head} · {state} ──")
    if before and source and section.state == "changed":
        left = compared(_calm(before), _calm(source))
    else:
        left = words_of(_calm(source or before))
    right = words_of(_calm(translation))
    titles = say("Source"), say("Translation")
    if width >= _NARROW:
        half = (width - 3) // 2
        lines = [(titles[0], len(titles[0])), *set_in_lines(left, half, colour)]
        print("\n".join(_side_by_side(lines, [(titles[1], 0), *set_in_lines(right, half, colour)], half)))
        return
    for title, words in zip(titles, (left, right), strict=True):
        lines = set_in_lines(words, width - 2, colour) if words else [("—", 1)]
        print("\n".join([f"{title}:", *(f"  {line}".rstrip() for line, _ in lines)]))


def _calm(cut: Cut | None) -> str:
    return "\n".join(map(calm, normalised(cut.text).split("\n"))) if cut else ""


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else 80
