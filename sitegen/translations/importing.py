"""A .po file that came back to the new text of a translation. Refuses what a translator lost; never writes.

What is fuzzy or empty leaves the text as it is. A section whose source or translation changed since the export is left
out, and said; a section that has no text yet is taken only when it is whole.
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

# A .po file that came back from a translator: bytes to messages with their places, and the fields of its header.

_HEADER = re.compile(r'^msgid ""[ \t]*\nmsgstr (?P<value>(?:"[^\n]*"[ \t]*\n?)+)', re.M)
_CONTEXT = re.compile(r"(?P<section>.+)/(?P<number>\d+)\Z", re.S)


class Translated(Struct, frozen=True):
    """One message: its text and what a translator wrote; `text` is "" for what is not done, fuzzy ones among it."""

    source: str
    text: str
    place: Place


class Exchange(Struct, frozen=True):
    """A file that came back: the header's fields, and the messages by section and number (from 1)."""

    fields: dict[str, str]
    messages: dict[tuple[str, int], Translated]


def read_exchange(source: Source) -> tuple[Exchange | None, list[Problem]]:
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
    messages: dict[tuple[str, int], Translated] = {}
    for message in catalog:
        found = _CONTEXT.match(message.context or "")
        if not found or not isinstance(message.id, str) or not isinstance(message.string, str):
            continue
        text = "" if message.fuzzy else "\n".join(line.strip() for line in message.string.strip().split("\n"))
        place = lines.line(message.lineno) if message.lineno else Place(source.path)
        messages[found["section"], int(found["number"])] = Translated(message.id, text, place)
    return Exchange(_fields(lines.text), messages), []


def _fields(text: str) -> dict[str, str]:
    """Return the header's fields; Babel forgets those that it does not know."""
    from babel.messages.pofile import denormalize

    found = _HEADER.search(text)
    lines = denormalize(found["value"].strip()).split("\n") if found else []
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def marks_in(field: str) -> dict[str, str]:
    """Return the marks that one line of a header holds."""
    pairs = (one.rpartition("=") for one in field.split())
    return {id_: mark for id_, _, mark in pairs if id_}


# A .po file that came back to the new text of a translation. Refuses what a translator lost; never writes.

_LINK = re.compile(r"(!?)\[[^\[\]]*\]\(\s*<?([^)\s>]*)")
_TOKENS = re.compile(
    r"(?<!`)(?P<ticks>`++).{1,1000}?(?<!`)(?P=ticks)(?!`)|<(?:https?:|mailto:)[^<>\s]*>|</?[a-zA-Z][^<>\n]*>|\[\^[^\[\]\n]+\]"
    r"|\]\[[^\[\]\n]*\]|%\(\w+\)[sd]|\{:?[^{}\n]*\}"
)
_ONLY_LANGUAGE = re.compile(r"\{:?\s*lang=[^\s{}]*\s*\}\Z")


class Arrived(Struct, frozen=True):
    """What is new: values of front matter, sections by the id in the source, and those that are whole now.

    Each text stands for the section of the translation that answers the id, or is to be put in where there is none.
    """

    front: dict[str, str]
    sections: dict[str, str]
    whole: tuple[str, ...]


def arrived(units: list[Unit], exchange: Exchange) -> tuple[Arrived, list[Problem]]:
    """Return what a file brings. Where there is no translation at all, sections without a word come from the source.

    Problems: po-lost, po-added, po-shape (errors: nothing may be taken), po-source-changed, po-translation-changed,
    po-incomplete (warnings: that section is left out).
    """
    front: dict[str, str] = {}
    sections: dict[str, str] = {}
    whole: list[str] = []
    problems: list[Problem] = []
    is_new = not any(unit.own for unit in units)
    for unit in units:
        messages = [exchange.messages.get((unit.id, number + 1)) for number in range(len(unit.texts()))]
        texts = [message.text if message else "" for message in messages]
        own = unit.own_texts() if unit.is_matched else [""] * len(texts)
        changed = [at for at, text in enumerate(texts) if text and text != own[at]]
        outdated = _outdated(unit, exchange)
        given = [one for (id_, _), one in exchange.messages.items() if id_ == unit.id and one.text]
        if outdated and (changed or (given and not unit.is_matched)):
            problems.append(problem(outdated, _place(messages, given), id=unit.id))
        elif changed and not unit.is_matched and not all(texts):
            values = {"id": unit.id, "done": sum(map(bool, texts)), "total": len(texts)}
            problems.append(problem("po-incomplete", _place(messages, given), **values))
        elif changed:
            for at in changed:
                problems += _check(unit.texts()[at], messages[at], own[at])
            if unit.id == FRONT:
                front = {unit.texts()[at].kind: texts[at] for at in changed}
            else:
                sections[unit.id] = _text(unit, texts)
        elif is_new and not texts:
            sections[unit.id] = unit.source.text
        if all(texts) and not outdated and (unit.own or unit.id in sections or unit.id == FRONT):
            whole.append(unit.id)
    return Arrived(front, sections, tuple(whole)), problems


def _outdated(unit: Unit, exchange: Exchange) -> str:
    """Return why a section cannot be taken as it came, "" when nothing has changed since the export."""
    if marks_in(exchange.fields.get(SOURCE_MARKS, "")).get(unit.id) != mark_of(unit.source.text):
        return "po-source-changed"
    before = marks_in(exchange.fields.get(TARGET_MARKS, "")).get(unit.id)
    return "" if before == (mark_of(unit.own.text) if unit.own else None) else "po-translation-changed"


def _place(messages: list[Translated | None], given: list[Translated]) -> Place:
    return next(one.place for one in (*messages, *given) if one is not None)


def _text(unit: Unit, texts: list[str]) -> str:
    """Return the section's new text: the blocks of the translation where they answer, else those of the source."""
    blocks = unit.own_blocks if unit.is_matched else unit.blocks
    given = iter(texts)
    return "".join(rewritten(block, (next(given) or block.text) if block.text else "") for block in blocks)


def _check(block: Block, message: Translated | None, own: str) -> Iterator[Problem]:
    """Look at one message that is to be taken. What the translation had before may stay as it was."""
    assert message is not None
    wanted, has = _tokens(block.text, block.kind), _tokens(message.text, block.kind)
    if has not in (wanted, _tokens(own, block.kind) if own else wanted):
        for token in sorted((wanted - has).elements()):
            yield problem("po-lost", message.place, token=token)
        for token in sorted((has - wanted).elements()):
            yield problem("po-added", message.place, token=token)
    if block.kind in ("title", "description", "nav"):
        if "\n" in message.text or not message.text.strip():
            yield problem("po-shape", message.place)
        return
    line = rewritten(Block(block.kind, block.lead, "", "\n", "", block.indent), message.text)
    if [(one.kind, one.text) for one in blocks_of(line)] != [(block.kind, message.text)]:
        yield problem("po-shape", message.place)


def _tokens(text: str, kind: str) -> Counter[str]:
    """Return what of a text is no word: addresses, images, code, attributes, placeholders; and the bars of a row."""
    found = Counter(match.group() for match in _TOKENS.finditer(text) if not _ONLY_LANGUAGE.match(match.group()))
    found.update(f"{image}]({target})" for image, target in _LINK.findall(text))
    if kind == "row":
        found.update(re.findall(r"(?<!\\)\|", text))
    return found


def body_with(own: list[Cut], order: list[str], answers: dict[str, str], new: dict[str, str]) -> str:
    """Return the body of a translation with the sections that arrived.

    `own` are its sections, which together are its body now; `order` the ids of the source's; `answers` id in the
    source → id in the translation. A section that it lacks goes behind the one that stands before it in the source.
    """
    texts = {one.id: one.text for one in own}
    places = [one.id for one in own]
    fresh: set[str] = set()
    last = INTRODUCTION
    for id_ in order:
        here = answers.get(id_) or (id_ if id_ == INTRODUCTION and id_ in texts else None)
        if id_ in new:
            if here is None:
                here = f"\0{id_}"
                places.insert(places.index(last) + 1 if last in places else 0, here)
            texts[here] = new[id_]
            fresh.add(here)
        last = here if here in texts else last
    parts = []
    for at, place in enumerate(places):
        follows = places[at + 1] if at + 1 < len(places) else ""
        parts.append(_ended(texts[place]) if follows and fresh & {place, follows} else texts[place])
    return "".join(parts)


def _ended(part: str) -> str:
    """Return a section that another one may follow: what came from the end of a file may lack its blank line."""
    return part if part.endswith("\n\n") or not part.strip() else part.rstrip("\n") + "\n\n"
