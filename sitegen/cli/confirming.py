"""`translate --confirm` and `--trivial`: write into a translation what of its source it agrees with. Nothing else."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.writing import replace_file
from sitegen.model.phrases import spoken, system_reason
from sitegen.site.status import Row, Translation, beside
from sitegen.text.edit import with_record

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


_TELLING = 5  # words: as many are hardly the same in two languages


def unknown_section(row: Row, own: Translation, asked: Collection[str], say: "Speech") -> str:
    """Return what is wrong with the names of sections, "" when they all exist."""
    from sitegen.text.spelling import near

    known = {one.id for one in row.source.sections} | {one.id for one in own.sections}
    for name in asked:
        if name not in known:
            text = say("There is no section “{name}” in {path}.", name=name, path=row.source.path)
            guess = near(name, known)
            hint = say("Did you mean “{suggestion}”?", suggestion=guess) if guess else ""
            return f"{text} {hint}".strip()
    return ""


def untranslated(row: Row, own: Translation, wanted: Collection[str]) -> list[str]:
    """Return the sections among `wanted` whose text is, word for word, the source's; [] where that may well be right.

    A name or a number is the same in many languages: a few words count only where nothing else is translated.
    """
    assert own.standing is not None
    present = beside(row.source.sections, own.standing.sections)
    confirmed = own.standing.confirmed or {}
    pairs = [(one, present[one.id]) for one in row.source.sections if one.id in wanted and one.id in present]
    spoken = [(source, text) for source, text in pairs if source.words and confirmed.get(source.id) != source.mark]
    same = [source for source, text in spoken if source.mark == text.mark]
    is_all = len(same) == len(spoken)
    return [one.id for one in same] if is_all or any(one.words >= _TELLING for one in same) else []


def _agreed(row: Row, own: Translation, wanted: Collection[str], say: "Speech") -> bool:
    """Ask about sections that nobody seems to have translated; where nobody can answer, say no and why."""
    same = untranslated(row, own, wanted)
    if not same or own.standing is None:
        return True
    values = {"path": own.standing.path, "source": row.source.path, "names": ", ".join(f"“{id_}”" for id_ in same)}
    text = say("{path} is identical to {source} in: {names}.", **values)
    if sys.stdin is None or not sys.stdin.isatty():
        print(f"{text} {say('Nothing was confirmed. If the text is right, add --sure.')}", file=sys.stderr)
        return False
    print(text)
    answer = input(say("Confirm it anyway? [y/N]") + " ").strip().casefold()
    return answer in {"y", "yes", say("yes").casefold(), say("yes").casefold()[:1]}


def confirm(root: Path, row: Row, own: Translation, asked: Collection[str], say: "Speech", *, sure: bool) -> int:
    """Record agreement with the sections `asked` for, or with all; return the exit code.

    A section that the translation does not have cannot agree: it is named, and the code is 1. What is word for word
    the source is asked about, unless somebody is `sure`.
    """
    if own.standing is None:
        print(say("There is no {lang} translation of {source} yet.", lang=own.lang, source=row.source.path))
        return 1
    now = {one.id: one.mark for one in row.source.sections}
    present = beside(row.source.sections, own.standing.sections)
    wanted = [id_ for id_ in now if not asked or id_ in asked]
    if not sure and not _agreed(row, own, wanted, say):
        return 1
    record = {
        id_: mark for id_, mark in (own.standing.confirmed or {}).items() if id_ in now or (asked and id_ not in asked)
    }
    record |= {id_: now[id_] for id_ in wanted if id_ in present}
    lacking = [id_ for id_ in wanted if id_ not in present]
    done = _written(root, own, {id_: record[id_] for id_ in _in_order(record, now)}, say)
    if done:
        count = len(wanted) - len(lacking)
        text = say.plural(
            "{path}: {n} section confirmed", "{path}: {n} sections confirmed", count, path=own.standing.path
        )
        print(text)
    for id_ in lacking:
        values = {"path": own.standing.path, "name": id_}
        print(say("{path} has no section “{name}”: it was not confirmed.", **values), file=sys.stderr)
    return 0 if done and not lacking else 1


def confirm_trivial(root: Path, row: Row, lang: str, say: "Speech") -> int:
    """Confirm what agreed with the source before its last edit, in all translations or in one; return the exit code."""
    from sitegen.translations.history import before_last_edit

    now = {one.id: one.mark for one in row.source.sections}
    before = before_last_edit(root, row.source.path, now)
    if before is None:
        print(
            say(
                "The git history does not contain the previous version of {path}; use --confirm.", path=row.source.path
            ),
            file=sys.stderr,
        )
        return 1
    edited = {id_ for id_ in now if id_ in before and before[id_] != now[id_]}
    code = 0
    for own in row.translations:
        if own.standing is None or own.standing.confirmed is None or (lang and own.lang != lang):
            continue
        record = own.standing.confirmed
        agreed = [id_ for id_ in edited if record.get(id_) == before[id_]]
        behind = [id_ for id_ in edited if id_ in record and record[id_] not in (before[id_], now[id_])]
        done = not agreed or _written(
            root, own, {i: now[i] if i in agreed else mark for i, mark in record.items()}, say
        )
        code = code if done else 1
        if done:
            path = own.standing.path
            print(say.plural("{path}: {n} section confirmed", "{path}: {n} sections confirmed", len(agreed), path=path))
        for id_ in sorted(behind):
            values = {"path": own.standing.path, "name": id_}
            print(say("{path}: “{name}” was outdated before that edit, so it was not confirmed.", **values))
    return code


def _in_order(record: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [id_ for id_ in now if id_ in record] + [id_ for id_ in record if id_ not in now]


def _written(root: Path, own: Translation, record: Mapping[str, str], say: "Speech") -> bool:
    """Write a record into the front matter of a translation; a file that agrees already stays untouched."""
    assert own.standing is not None
    file = root / own.standing.path
    data = file.read_bytes()
    new = with_record(data, record)
    if new is None:
        values = {"path": own.standing.path}
        print(
            say("{path}: the front matter cannot be changed safely. Edit it by hand.", **values),
            file=sys.stderr,
        )
        return False
    if new != data:
        try:
            replace_file(file, new, root)
        except OSError as error:
            reason = spoken(system_reason(error), say)
            print(say("{path} cannot be written: {reason}.", path=own.standing.path, reason=reason), file=sys.stderr)
            return False
    return True
