"""PO import: a translated .po file to the new text of a translation. Writes nothing.

Fuzzy and empty messages change nothing. A message that lost or added markup is an error. A section whose source or
translation has changed since the export is skipped and reported; a new section is imported only when it is complete.
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from sitegen.model.files import Source
from sitegen.model.phrases import phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.text.blocks import Block, blocks_of, rewritten
from sitegen.text.gettext.catalogs import TORN, catalog_reason
from sitegen.text.sections import FRONT, INTRODUCTION, Cut, mark_of
from sitegen.translations.export import SOURCE_MARKS, TARGET_MARKS, Unit

_HEADER = re.compile(r'^msgid ""[ \t]*\nmsgstr (?P<value>(?:"[^\n]*"[ \t]*\n?)+)', re.M)
_CONTEXT = re.compile(r"(?P<section>.+)/(?P<number>\d+)\Z", re.S)


class PoMessage(Struct, frozen=True):
    """One message: its text and what a translator wrote; `text` is "" for empty and fuzzy translations."""

    source: str
    text: str
    place: Place


class PoFile(Struct, frozen=True):
    """A translated file: the header's fields, and the messages by section and number (from 1)."""

    fields: dict[str, str]
    messages: dict[tuple[str, int], PoMessage]


def read_po_file(source: Source) -> tuple[PoFile | None, list[Problem]]:
    """Read a .po file. Problems: po-broken."""
    from babel.messages.pofile import PoFileError, read_po

    data = source.data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    try:
        lines = Lines(source.path, data.decode("utf-8"))
    except UnicodeDecodeError:
        return None, [problem("po-broken", Place(source.path), reason=phrase("it is not encoded in UTF-8"))]
    torn = TORN.search(lines.text)
    if torn:
        return None, [
            problem("po-broken", lines.place(torn.start()), reason=phrase("the quotation marks do not match"))
        ]
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        place = lines.line(line + 1) if isinstance(line, int) else Place(source.path)
        return None, [problem("po-broken", place, reason=catalog_reason(error))]
    messages: dict[tuple[str, int], PoMessage] = {}
    for message in catalog:
        match = _CONTEXT.match(message.context or "")
        if not match or not isinstance(message.id, str) or not isinstance(message.string, str):
            continue
        text = "" if message.fuzzy else "\n".join(line.strip() for line in message.string.strip().split("\n"))
        place = lines.line(message.lineno) if message.lineno else Place(source.path)
        messages[match["section"], int(match["number"])] = PoMessage(message.id, text, place)
    return PoFile(_fields(lines.text), messages), []


def _fields(text: str) -> dict[str, str]:
    """Return the header's fields; Babel forgets those that it does not know."""
    from babel.messages.pofile import denormalize

    match = _HEADER.search(text)
    lines = denormalize(match["value"].strip()).split("\n") if match else []
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _marks_in(field: str) -> dict[str, str]:
    """Return the marks that one line of a header holds."""
    pairs = (pair.rpartition("=") for pair in field.split())
    return {id_: mark for id_, _, mark in pairs if id_}


_LINK = re.compile(r"(!?)\[[^\[\]]*\]\(\s*<?([^)\s>]*)")
_TOKENS = re.compile(
    r"(?<!`)(?P<ticks>`++).{1,1000}?(?<!`)(?P=ticks)(?!`)|<(?:https?:|mailto:)[^<>\s]*>|</?[a-zA-Z][^<>\n]*>|\[\^[^\[\]\n]+\]"
    r"|\]\[[^\[\]\n]*\]|%\(\w+\)[sd]|\{:?[^{}\n]*\}"
)
_ONLY_LANGUAGE = re.compile(r"\{:?\s*lang=[^\s{}]*\s*\}\Z")


class ImportedTexts(Struct, frozen=True):
    """The changes: values of front matter, texts by the section's id in the source, and the sections now complete.

    Each text replaces the section of the translation that matches the id, or is inserted where there is none.
    """

    front: dict[str, str]
    sections: dict[str, str]
    whole: tuple[str, ...]


def imported_texts(units: list[Unit], po_file: PoFile) -> tuple[ImportedTexts, list[Problem]]:
    """Return what a file changes. Where there is no translation yet, sections without words come from the source.

    Problems: po-lost, po-added, po-shape (errors: nothing may be imported), po-source-changed, po-translation-changed,
    po-incomplete (warnings: that section is skipped).
    """
    front: dict[str, str] = {}
    sections: dict[str, str] = {}
    whole: list[str] = []
    problems: list[Problem] = []
    is_new = not any(unit.translation for unit in units)
    for unit in units:
        messages = [po_file.messages.get((unit.id, number + 1)) for number in range(len(unit.texts()))]
        texts = [message.text if message else "" for message in messages]
        translations = unit.translated_texts() if unit.is_matched else [""] * len(texts)
        changed = [at for at, text in enumerate(texts) if text and text != translations[at]]
        outdated = _outdated(unit, po_file)
        given = [message for (id_, _), message in po_file.messages.items() if id_ == unit.id and message.text]
        if outdated and (changed or (given and not unit.is_matched)):
            problems.append(problem(outdated, _place(messages, given), id=unit.id))
        elif changed and not unit.is_matched and not all(texts):
            values = {"id": unit.id, "done": sum(map(bool, texts)), "total": len(texts)}
            problems.append(problem("po-incomplete", _place(messages, given), **values))
        elif changed:
            for at in changed:
                problems += _check(unit.texts()[at], messages[at], translations[at])
            if unit.id == FRONT:
                front = {unit.texts()[at].kind: texts[at] for at in changed}
            else:
                sections[unit.id] = _text(unit, texts)
        elif is_new and not texts:
            sections[unit.id] = unit.source.text
        if all(texts) and not outdated and (unit.translation or unit.id in sections or unit.id == FRONT):
            whole.append(unit.id)
    return ImportedTexts(front, sections, tuple(whole)), problems


def _outdated(unit: Unit, po_file: PoFile) -> str:
    """Return why a section cannot be imported as it is, "" when nothing has changed since the export."""
    if _marks_in(po_file.fields.get(SOURCE_MARKS, "")).get(unit.id) != mark_of(unit.source.text):
        return "po-source-changed"
    before = _marks_in(po_file.fields.get(TARGET_MARKS, "")).get(unit.id)
    return "" if before == (mark_of(unit.translation.text) if unit.translation else None) else "po-translation-changed"


def _place(messages: list[PoMessage | None], given: list[PoMessage]) -> Place:
    return next(message.place for message in (*messages, *given) if message is not None)


def _text(unit: Unit, texts: list[str]) -> str:
    """Return the section's new text: the blocks of the translation where they match, else those of the source."""
    blocks = unit.translated_blocks if unit.is_matched else unit.blocks
    given = iter(texts)
    return "".join(rewritten(block, (next(given) or block.text) if block.text else "") for block in blocks)


def _check(block: Block, message: PoMessage | None, translation: str) -> Iterator[Problem]:
    """Check one message to import. What the translation had before is allowed."""
    assert message is not None
    wanted, has = _tokens(block.text, block.kind), _tokens(message.text, block.kind)
    if has not in (wanted, _tokens(translation, block.kind) if translation else wanted):
        for token in sorted((wanted - has).elements()):
            yield problem("po-lost", message.place, token=token)
        for token in sorted((has - wanted).elements()):
            yield problem("po-added", message.place, token=token)
    if block.kind in ("title", "description", "nav"):
        if "\n" in message.text or not message.text.strip():
            yield problem("po-shape", message.place)
        return
    line = rewritten(Block(block.kind, block.lead, "", "\n", "", block.indent), message.text)
    if [(new.kind, new.text) for new in blocks_of(line)] != [(block.kind, message.text)]:
        yield problem("po-shape", message.place)


def _tokens(text: str, kind: str) -> Counter[str]:
    """Return the parts of a text that are not words: URLs, images, code, attributes, placeholders, bars of a row."""
    tokens = Counter(match.group() for match in _TOKENS.finditer(text) if not _ONLY_LANGUAGE.match(match.group()))
    tokens.update(f"{image}]({target})" for image, target in _LINK.findall(text))
    if kind == "row":
        tokens.update(re.findall(r"(?<!\\)\|", text))
    return tokens


def body_with(translation: list[Cut], order: list[str], answers: dict[str, str], new: dict[str, str]) -> str:
    """Return the body of a translation with its imported sections.

    `translation` are its sections, which together are its body now; `order` the ids of the source's sections; `answers`
    id in the source → id in the translation. A new section goes after the one that precedes it in the source.
    """
    texts = {section.id: section.text for section in translation}
    places = [section.id for section in translation]
    changed: set[str] = set()
    last = INTRODUCTION
    for id_ in order:
        place = answers.get(id_) or (id_ if id_ == INTRODUCTION and id_ in texts else None)
        if id_ in new:
            if place is None:
                place = f"\0{id_}"
                places.insert(places.index(last) + 1 if last in places else 0, place)
            texts[place] = new[id_]
            changed.add(place)
        last = place if place in texts else last
    parts = []
    for at, id_ in enumerate(places):
        follows = places[at + 1] if at + 1 < len(places) else ""
        parts.append(_ended(texts[id_]) if follows and changed & {id_, follows} else texts[id_])
    return "".join(parts)


def _ended(part: str) -> str:
    """Return a section with the blank line at its end that the next one needs; the last one of a file may lack it."""
    return part if part.endswith("\n\n") or not part.strip() else part.rstrip("\n") + "\n\n"
