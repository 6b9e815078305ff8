"""What `translate` shows: the source as it is and as it was confirmed, beside the translation. Changes nothing."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.commands.terminal import calm, has_colour
from sitegen.commands.worddiff import compared, set_in_lines, side_by_side, words_of
from sitegen.core.words import T_
from sitegen.pipeline.wording import Wordings, cuts_of, old_wordings
from sitegen.read.sections import Cut, normalised
from sitegen.site.staleness import Compared, Row, Translation, beside

if TYPE_CHECKING:
    from sitegen.commands.speech import Speech

_STATES = {
    "changed": T_("changed"),
    "new": T_("new"),
    "gone": T_("removed from the source"),
    "unknown": T_("never confirmed"),
}
_NARROW = 110  # columns; from here on the translation stands beside the source, else below it


def show(root: Path, row: Row, own: Translation, say: "Speech") -> None:
    """Print every section that somebody should look at."""
    if own.standing is None:
        print(say("There is no {lang} translation of {source} yet.", lang=own.lang, source=row.source.path))
        return
    path = own.standing.path
    wanted = [one for one in own.sections if one.state != "current"]
    print(say("{path} translates {source}", path=path, source=row.source.path))
    if not wanted:
        print(say.plural("{n} section, up to date", "{n} sections, all up to date", len(own.sections)))
        return
    confirmed = own.standing.confirmed or {}
    marks = {one.id: confirmed[one.id] for one in wanted if one.state in ("changed", "gone") and one.id in confirmed}
    old = old_wordings(root, row.source.path, marks)
    print(say.plural("{n} section to review", "{n} sections to review", len(wanted)))
    lost = [id_ for id_ in marks if id_ not in old.found]
    if lost:
        print(_why(old, ", ".join(lost), say))
    source = {one.id: one for one in cuts_of(row.source.path, (root / row.source.path).read_bytes())}
    theirs = {one.id: one for one in cuts_of(path, (root / path).read_bytes())}
    pairs = beside(row.source.sections, own.standing.sections)
    for one in wanted:
        answer = theirs.get(pairs[one.id].id if one.id in pairs else one.id)
        _section(one, source.get(one.id), answer, old, say)
    names = " ".join(one.id for one in wanted)
    print()
    print(say("When they match again:"), f"build.py translate {path} --confirm {names}")


def _why(old: Wordings, names: str, say: "Speech") -> str:
    if not old.is_git:
        return say("The previous text is missing, because there is no git history: {names}", names=names)
    if old.is_shallow:
        return say(
            "The previous text is missing, because the history is incomplete (shallow clone): {names}", names=names
        )
    return say("The previous text is missing, because no commit contains it: {names}", names=names)


def _section(one: Compared, source: Cut | None, own: Cut | None, old: Wordings, say: "Speech") -> None:
    """Print one section: its name, the source (as a word diff where the old wording is known), the translation."""
    colour, width = has_colour(sys.stdout), _width()
    before, edit = old.found.get(one.id, (None, None))
    head = f"{one.id} · {calm(one.title)}" if one.title else one.id
    state = say(_STATES[one.state])
    if edit and one.state == "changed":
        state = say("changed since {date} ({author})", date=edit.date, author=calm(edit.author))
    print(f"\n── {head} · {state} ──")
    if before and source and one.state == "changed":
        left = compared(_calm(before), _calm(source))
    else:
        left = words_of(_calm(source or before))
    right = words_of(_calm(own))
    titles = say("Source"), say("Translation")
    if width >= _NARROW:
        half = (width - 3) // 2
        lines = [(titles[0], len(titles[0])), *set_in_lines(left, half, colour)]
        print("\n".join(side_by_side(lines, [(titles[1], 0), *set_in_lines(right, half, colour)], half)))
        return
    for title, words in zip(titles, (left, right), strict=True):
        lines = set_in_lines(words, width - 2, colour) if words else [("—", 1)]
        print("\n".join([f"{title}:", *(f"  {line}".rstrip() for line, _ in lines)]))


def _calm(cut: Cut | None) -> str:
    return "\n".join(map(calm, normalised(cut.text).split("\n"))) if cut else ""


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else 80
