"""`translate --export` and `--import`: a page to a .po file and back. Never overwrites other people's files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.writing import replace_file
from sitegen.cli.console import print_problems
from sitegen.model.files import Source
from sitegen.model.messages import is_error
from sitegen.model.problems import Place, problem
from sitegen.site.status import PageStatus, PageTranslation, matched_sections
from sitegen.text.edit import record_lines, scalar, with_body, with_record, with_texts
from sitegen.text.frontmatter import read_head
from sitegen.text.parts import decode
from sitegen.text.sections import FRONT, TRANSLATED, cut_body
from sitegen.translations.export import SOURCE, TARGET, Unit, exported, units_of
from sitegen.translations.history import cuts_of
from sitegen.translations.importing import ImportedTexts, body_with, imported_texts, read_po_file

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


def export(root: Path, page: PageStatus, translation: PageTranslation, file: Path, say: "Speech") -> int:
    """Write the .po file of a page; return the exit code: 1 when there is such a file already."""
    if file.exists():
        print(say("{path} already exists; choose another name, or remove it.", path=file), file=sys.stderr)
        return 1
    target = _target(page, translation)
    units = _units(root, page, translation)
    stale = frozenset(section.id for section in translation.sections if section.state in ("changed", "new"))
    is_confirmed = translation.file is not None and translation.file.confirmed is not None
    data = exported(
        units, page.source.path, target, translation.lang, page.source.lang, stale if is_confirmed else frozenset()
    )
    replace_file(file, data)
    count = sum(len(unit.texts()) for unit in units)
    print(say.plural("{path}: {n} message", "{path}: {n} messages", count, path=file))
    return 0


def import_(root: Path, page: PageStatus, translation: PageTranslation, file: Path, say: "Speech") -> int:
    """Write the translated texts into the translation; return the exit code.

    1 for errors, and then nothing is written; and when a section was left out because something has changed meanwhile.
    """
    if not file.is_file():
        print(say("There is no file {path}.", path=file), file=sys.stderr)
        return 2
    po_file, problems = read_po_file(Source(file.as_posix(), file.read_bytes()))
    target = _target(page, translation)
    if po_file and (po_file.fields.get(SOURCE), po_file.fields.get(TARGET)) != (page.source.path, target):
        problems = [problem("po-foreign", Place(file.as_posix()), source=page.source.path, path=target)]
    if po_file is None or problems:
        print_problems(problems, say=say)
        return 1
    units = _units(root, page, translation)
    news, problems = imported_texts(units, po_file)
    if translation.file is None and not news.front.get("title"):
        problems.append(problem("po-title", Place(file.as_posix())))
    print_problems(problems, say=say)
    if any(is_error(p) for p in problems):
        print(say("Nothing was written."), file=sys.stderr)
        return 1
    if not _write(root, page, translation, units, news, target, say):
        return 1
    return 1 if any(p.code.endswith("-changed") for p in problems) else 0


def _write(
    root: Path,
    page: PageStatus,
    translation: PageTranslation,
    units: list[Unit],
    news: ImportedTexts,
    target: str,
    say: "Speech",
) -> bool:
    """Write the file when there is something new; say what was done."""
    file = root / target
    old = file.read_bytes() if translation.file is not None else None
    if old is None and file.exists():
        print(say("{path} already exists; choose another name, or remove it.", path=target), file=sys.stderr)
        return False
    new = _changed(old, page, translation, units, news) if old is not None else _begun(root, page, units, news)
    if new is None:
        print(
            say("{path}: the front matter cannot be changed safely. Edit it by hand.", path=target),
            file=sys.stderr,
        )
        return False
    if new != old:
        replace_file(file, new, root)
    count = len(news.sections) + bool(news.front)
    print(say.plural("{path}: {n} section changed", "{path}: {n} sections changed", count, path=target))
    return True


def _target(page: PageStatus, translation: PageTranslation) -> str:
    return translation.file.path if translation.file else f"content/{translation.lang}/{page.source.name}.md"


def _units(root: Path, page: PageStatus, translation: PageTranslation) -> list[Unit]:
    source = cuts_of(page.source.path, (root / page.source.path).read_bytes())
    path = translation.file.path if translation.file else ""
    return units_of(source, cuts_of(path, (root / path).read_bytes()) if path else [])


def _changed(
    data: bytes, page: PageStatus, translation: PageTranslation, units: list[Unit], news: ImportedTexts
) -> bytes | None:
    """Return a translation with what is new; its record says so for every section that is whole now."""
    assert translation.file is not None
    new: bytes | None = data
    if news.sections:
        text, _ = decode(Source(translation.file.path, data))
        head = read_head(translation.file.path, text)[0]
        assert head is not None
        pairs = {
            id_: section.id
            for id_, section in matched_sections(page.source.sections, translation.file.sections).items()
        }
        order = [unit.id for unit in units if unit.id != FRONT]
        new = with_body(data, body_with(cut_body(head.body), order, pairs, news.sections))
    if new is not None and news.front:
        new = with_texts(new, news.front)
    record = _record(page, translation, news)
    return with_record(new, record) if new is not None and record else new


def _record(page: PageStatus, translation: PageTranslation, news: ImportedTexts) -> dict[str, str]:
    """Return the new record, {} when it stays as it is.

    A page that was never confirmed gets one only when all of it came back whole, and something was new.
    """
    assert translation.file is not None
    now = {section.id: section.mark for section in page.source.sections}
    touched = {*news.sections, *((FRONT,) if news.front else ())}
    if translation.file.confirmed is None:
        return now if touched and set(now) <= set(news.whole) else {}
    agreed = {id_: now[id_] for id_ in news.whole if id_ in now and translation.file.confirmed.get(id_) != now[id_]}
    return translation.file.confirmed | agreed if agreed else {}


def _begun(root: Path, page: PageStatus, units: list[Unit], news: ImportedTexts) -> bytes:
    """Return a new translation: its head, and the sections that came back whole."""
    text, _ = decode(Source(page.source.path, (root / page.source.path).read_bytes()))
    head = read_head(page.source.path, text)[0]
    assert head is not None
    marks = {section.id: section.mark for section in page.source.sections}
    lines = [f"{key}: {scalar(news.front[key])}" for key in TRANSLATED if key in news.front]
    if head.front.translation_key:
        lines.append(f"translation_key: {scalar(head.front.translation_key)}")
    record = {id_: marks[id_] for id_ in news.whole if id_ in news.sections or id_ == FRONT}
    lines += ["l10n:", "  sections:", *record_lines(record, "    ")] if record else []
    order = [unit.id for unit in units if unit.id != FRONT]
    body = body_with([], order, {}, news.sections)
    return (
        "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" + ("" if body.startswith("\n") else "\n") + body
    ).encode()
