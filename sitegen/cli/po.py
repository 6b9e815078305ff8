"""`translate --export` and `--import`: a page to a .po file and back. Never overwrites what somebody else wrote."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.writing import replace_file
from sitegen.cli.console import print_problems
from sitegen.model.files import Source
from sitegen.model.messages import is_error
from sitegen.model.problems import Place, problem
from sitegen.site.status import Row, Translation, beside
from sitegen.text.edit import record_lines, scalar, with_body, with_record, with_texts
from sitegen.text.frontmatter import read_head
from sitegen.text.parts import decode
from sitegen.text.sections import FRONT, TRANSLATED, cut_body
from sitegen.translations.export import SOURCE, TARGET, Unit, exported, units_of
from sitegen.translations.history import cuts_of
from sitegen.translations.importing import Arrived, arrived, body_with, read_exchange

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


def export(root: Path, row: Row, own: Translation, file: Path, say: "Speech") -> int:
    """Write the .po file of a page; return the exit code: 1 when there is such a file already."""
    if file.exists():
        print(say("{path} already exists; choose another name, or remove it.", path=file), file=sys.stderr)
        return 1
    target = _target(row, own)
    units = _units(root, row, own)
    stale = frozenset(one.id for one in own.sections if one.state in ("changed", "new"))
    known = own.standing is not None and own.standing.confirmed is not None
    data = exported(units, row.source.path, target, own.lang, row.source.lang, stale if known else frozenset())
    replace_file(file, data)
    count = sum(len(unit.texts()) for unit in units)
    print(say.plural("{path}: {n} message", "{path}: {n} messages", count, path=file))
    return 0


def import_(root: Path, row: Row, own: Translation, file: Path, say: "Speech") -> int:
    """Write what came back into the translation; return the exit code.

    1 for errors, and then nothing is written; and when a section was left out because something has changed meanwhile.
    """
    if not file.is_file():
        print(say("There is no file {path}.", path=file), file=sys.stderr)
        return 2
    exchange, problems = read_exchange(Source(file.as_posix(), file.read_bytes()))
    target = _target(row, own)
    if exchange and (exchange.fields.get(SOURCE), exchange.fields.get(TARGET)) != (row.source.path, target):
        problems = [problem("po-foreign", Place(file.as_posix()), source=row.source.path, path=target)]
    if exchange is None or problems:
        print_problems(problems, say=say)
        return 1
    units = _units(root, row, own)
    news, problems = arrived(units, exchange)
    if own.standing is None and not news.front.get("title"):
        problems.append(problem("po-title", Place(file.as_posix())))
    print_problems(problems, say=say)
    if any(is_error(one) for one in problems):
        print(say("Nothing was written."), file=sys.stderr)
        return 1
    if not _write(root, row, own, units, news, target, say):
        return 1
    return 1 if any(one.code.endswith("-changed") for one in problems) else 0


def _write(
    root: Path, row: Row, own: Translation, units: list[Unit], news: Arrived, target: str, say: "Speech"
) -> bool:
    """Write the file when there is something new; say what was done."""
    file = root / target
    old = file.read_bytes() if own.standing is not None else None
    if old is None and file.exists():
        print(say("{path} already exists; choose another name, or remove it.", path=target), file=sys.stderr)
        return False
    new = _changed(old, row, own, units, news) if old is not None else _begun(root, row, units, news)
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


def _target(row: Row, own: Translation) -> str:
    return own.standing.path if own.standing else f"content/{own.lang}/{row.source.name}.md"


def _units(root: Path, row: Row, own: Translation) -> list[Unit]:
    source = cuts_of(row.source.path, (root / row.source.path).read_bytes())
    path = own.standing.path if own.standing else ""
    return units_of(source, cuts_of(path, (root / path).read_bytes()) if path else [])


def _changed(data: bytes, row: Row, own: Translation, units: list[Unit], news: Arrived) -> bytes | None:
    """Return a translation with what is new; its record says so for every section that is whole now."""
    assert own.standing is not None
    new: bytes | None = data
    if news.sections:
        text, _ = decode(Source(own.standing.path, data))
        head = read_head(own.standing.path, text)[0]
        assert head is not None
        pairs = {id_: one.id for id_, one in beside(row.source.sections, own.standing.sections).items()}
        order = [unit.id for unit in units if unit.id != FRONT]
        new = with_body(data, body_with(cut_body(head.body), order, pairs, news.sections))
    if new is not None and news.front:
        new = with_texts(new, news.front)
    record = _record(row, own, news)
    return with_record(new, record) if new is not None and record else new


def _record(row: Row, own: Translation, news: Arrived) -> dict[str, str]:
    """Return the new record, {} when it stays as it is.

    A page that was never confirmed gets one only when all of it came back whole, and something was new.
    """
    assert own.standing is not None
    now = {one.id: one.mark for one in row.source.sections}
    touched = {*news.sections, *((FRONT,) if news.front else ())}
    if own.standing.confirmed is None:
        return now if touched and set(now) <= set(news.whole) else {}
    agreed = {id_: now[id_] for id_ in news.whole if id_ in now and own.standing.confirmed.get(id_) != now[id_]}
    return own.standing.confirmed | agreed if agreed else {}


def _begun(root: Path, row: Row, units: list[Unit], news: Arrived) -> bytes:
    """Return a new translation: its head, and the sections that came back whole."""
    text, _ = decode(Source(row.source.path, (root / row.source.path).read_bytes()))
    head = read_head(row.source.path, text)[0]
    assert head is not None
    marks = {one.id: one.mark for one in row.source.sections}
    lines = [f"{key}: {scalar(news.front[key])}" for key in TRANSLATED if key in news.front]
    if head.front.translation_key:
        lines.append(f"translation_key: {scalar(head.front.translation_key)}")
    done = {id_: marks[id_] for id_ in news.whole if id_ in news.sections or id_ == FRONT}
    lines += ["l10n:", "  sections:", *record_lines(done, "    ")] if done else []
    order = [unit.id for unit in units if unit.id != FRONT]
    body = body_with([], order, {}, news.sections)
    return (
        "---\n" + "".join(f"{line}\n" for line in lines) + "---\n" + ("" if body.startswith("\n") else "\n") + body
    ).encode()
