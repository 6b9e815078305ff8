"""`translate --confirm` and `--trivial`: record in a translation that it matches its source."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.writing import replace_file
from sitegen.model.phrases import spoken, system_reason
from sitegen.site.status import PageStatus, PageTranslation, matched_sections
from sitegen.text.edit import with_record

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


_TELLING = 5  # words: as many are hardly the same in two languages


def unknown_section(page: PageStatus, translation: PageTranslation, names: Collection[str], say: "Speech") -> str:
    """Return what is wrong with the names of sections, "" when they all exist."""
    from sitegen.text.spelling import near

    ids = {section.id for section in page.source.sections} | {section.id for section in translation.sections}
    for name in names:
        if name not in ids:
            text = say("There is no section “{name}” in {path}.", name=name, path=page.source.path)
            guess = near(name, ids)
            hint = say("Did you mean “{suggestion}”?", suggestion=guess) if guess else ""
            return f"{text} {hint}".strip()
    return ""


def _untranslated(page: PageStatus, translation: PageTranslation, wanted: Collection[str]) -> list[str]:
    """Return the sections among `wanted` whose text is, word for word, the source's; [] where that may well be right.

    A name or a number is the same in many languages: a few words count only where nothing else is translated.
    """
    assert translation.file is not None
    present = matched_sections(page.source.sections, translation.file.sections)
    confirmed = translation.file.confirmed or {}
    pairs = [
        (section, present[section.id])
        for section in page.source.sections
        if section.id in wanted and section.id in present
    ]
    spoken = [(source, text) for source, text in pairs if source.words and confirmed.get(source.id) != source.mark]
    same = [source for source, text in spoken if source.mark == text.mark]
    is_all = len(same) == len(spoken)
    return [section.id for section in same] if is_all or any(section.words >= _TELLING for section in same) else []


def _agreed(page: PageStatus, translation: PageTranslation, wanted: Collection[str], say: "Speech") -> bool:
    """Ask about sections that seem to be untranslated; without a terminal, refuse and say why."""
    same = _untranslated(page, translation, wanted)
    if not same or translation.file is None:
        return True
    values = {"path": translation.file.path, "source": page.source.path, "names": ", ".join(f"“{id_}”" for id_ in same)}
    text = say("{path} is identical to {source} in: {names}.", **values)
    if sys.stdin is None or not sys.stdin.isatty():
        print(f"{text} {say('Nothing was confirmed. If the text is right, add --sure.')}", file=sys.stderr)
        return False
    print(text)
    answer = input(say("Confirm it anyway? [y/N]") + " ").strip().casefold()
    return answer in {"y", "yes", say("yes").casefold(), say("yes").casefold()[:1]}


def confirm(
    root: Path, page: PageStatus, translation: PageTranslation, names: Collection[str], say: "Speech", *, sure: bool
) -> int:
    """Confirm the sections `names`, or all; return the exit code.

    A section that the translation lacks is reported, and the code is 1. Text that is identical to the source needs a
    confirmation at the terminal, unless `sure`.
    """
    if translation.file is None:
        print(say("There is no {lang} translation of {source} yet.", lang=translation.lang, source=page.source.path))
        return 1
    now = {section.id: section.mark for section in page.source.sections}
    present = matched_sections(page.source.sections, translation.file.sections)
    wanted = [id_ for id_ in now if not names or id_ in names]
    if not sure and not _agreed(page, translation, wanted, say):
        return 1
    record = {
        id_: mark
        for id_, mark in (translation.file.confirmed or {}).items()
        if id_ in now or (names and id_ not in names)
    }
    record |= {id_: now[id_] for id_ in wanted if id_ in present}
    lacking = [id_ for id_ in wanted if id_ not in present]
    is_written = _written(root, translation, {id_: record[id_] for id_ in _in_order(record, now)}, say)
    if is_written:
        count = len(wanted) - len(lacking)
        text = say.plural(
            "{path}: {n} section confirmed", "{path}: {n} sections confirmed", count, path=translation.file.path
        )
        print(text)
    for id_ in lacking:
        values = {"path": translation.file.path, "name": id_}
        print(say("{path} has no section “{name}”: it was not confirmed.", **values), file=sys.stderr)
    return 0 if is_written and not lacking else 1


def confirm_trivial(root: Path, page: PageStatus, lang: str, say: "Speech") -> int:
    """Confirm what agreed with the source before its last edit, in all translations or in one; return the exit code."""
    from sitegen.translations.history import before_last_edit

    now = {section.id: section.mark for section in page.source.sections}
    before = before_last_edit(root, page.source.path, now)
    if before is None:
        print(
            say(
                "The git history does not contain the previous version of {path}; use --confirm.", path=page.source.path
            ),
            file=sys.stderr,
        )
        return 1
    edited = {id_ for id_ in now if id_ in before and before[id_] != now[id_]}
    code = 0
    for translation in page.translations:
        if translation.file is None or translation.file.confirmed is None or (lang and translation.lang != lang):
            continue
        record = translation.file.confirmed
        agreed = [id_ for id_ in edited if record.get(id_) == before[id_]]
        behind = [id_ for id_ in edited if id_ in record and record[id_] not in (before[id_], now[id_])]
        is_written = not agreed or _written(
            root, translation, {i: now[i] if i in agreed else mark for i, mark in record.items()}, say
        )
        code = code if is_written else 1
        if is_written:
            path = translation.file.path
            print(say.plural("{path}: {n} section confirmed", "{path}: {n} sections confirmed", len(agreed), path=path))
        for id_ in sorted(behind):
            values = {"path": translation.file.path, "name": id_}
            print(say("{path}: “{name}” was outdated before that edit, so it was not confirmed.", **values))
    return code


def _in_order(record: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [id_ for id_ in now if id_ in record] + [id_ for id_ in record if id_ not in now]


def _written(root: Path, translation: PageTranslation, record: Mapping[str, str], say: "Speech") -> bool:
    """Write a record into the front matter of a translation; a file that agrees already stays untouched."""
    assert translation.file is not None
    file = root / translation.file.path
    data = file.read_bytes()
    new = with_record(data, record)
    if new is None:
        values = {"path": translation.file.path}
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
            print(
                say("{path} cannot be written: {reason}.", path=translation.file.path, reason=reason), file=sys.stderr
            )
            return False
    return True
