"""The text of a gettext catalogue, brought up to date, counted and compiled. Never touches a disk.

What a person wrote stays: the head of the file, translations, comments. A text that was reworded keeps its translation
as a suggestion, marked fuzzy, with the old text above it (as msgmerge does); but only a string that is *gone* is taken
for the old wording of a new one: a similar string that is still there is another one. A translation whose string is
gone stays at the end of the file (`#~`), and comes back with the string. No dates are written, so that nothing
changes when nothing changed.
"""

import ast
import difflib
import io
import re
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sitegen.text.templates import Key, Words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_HEAD = re.compile(r'(?:#[^\n]*\n|\n)*msgid ""\nmsgstr ("[^\n]*"\n(?:"[^\n]*"\n)*)')
_ALIKE = 0.7  # how alike an old and a new wording must be, as difflib counts it
_FIELDS = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")


class Counts(Struct, frozen=True):
    """How far a catalogue is: strings translated, not translated, and fuzzy."""

    translated: int
    missing: int
    fuzzy: int


def updated(text: str, code: str, wanted: Mapping[Key, Words], *, obsolete: bool = True) -> str:
    """Return a catalogue that holds exactly the strings `wanted`, translated as far as `text` is.

    `text` is the catalogue as it is, good as read_catalog says; "" for a new language. Without `obsolete`, translations
    of strings that are gone are dropped.
    """
    head, catalog = _read(text, code)
    old = {_key(message): message for message in catalog if message.id}
    spare = {_key(message): message for message in catalog.obsolete.values() if _has_text(message)}
    gone = {key: message for key, message in old.items() if key not in wanted and _has_text(message)}
    for message in old.values():
        catalog.delete(message.id, message.context)
    catalog.obsolete.clear()
    reworded = _reworded([key for key in wanted if key not in old and key not in spare], gone)
    for key, words in wanted.items():
        was = reworded.get(key)
        _add(catalog, words, gone.pop(was) if was else old.get(key) or spare.pop(key, None), fuzzy=was is not None)
    if obsolete:
        catalog.obsolete.update({key[0]: message for key, message in sorted({**spare, **gone}.items())})
    return _written(head, catalog)


def template(wanted: Mapping[Key, Words]) -> str:
    """Return a catalogue without translations (.pot): every string, with the files that ask for it."""
    from babel.messages.catalog import Catalog

    catalog = Catalog(charset="utf-8")
    for words in wanted.values():
        places = [(file, 0) for file in words.files]
        ids = words.id if len(words.id) > 1 else words.id[0]
        catalog.add(ids, locations=places, auto_comments=words.notes, context=words.context or None)
    return _written(_head(("Project-Id-Version: ", *_FIELDS)), catalog, files=True)


def counts(text: str, code: str) -> Counts:
    """Return how far a catalogue is."""
    messages = [message for message in _read(text, code)[1] if message.id]
    fuzzy = sum(1 for message in messages if message.fuzzy)
    translated = sum(1 for message in messages if not message.fuzzy and is_translated(message))
    return Counts(translated, len(messages) - fuzzy - translated, fuzzy)


def compiled(text: str) -> bytes:
    """Return the .mo file of a catalogue (GNU gettext manual, "The Format of GNU MO Files"); fuzzy strings stay out.

    Babel's own writer puts the clock and its version into it; this one gives the same bytes on every machine.
    """
    head, catalog = _read(text, "en")
    fields = _HEAD.match(head)
    lines = fields[1].splitlines() if fields else []
    texts = {b"": "".join(ast.literal_eval(line) for line in lines).encode()}
    for message in catalog:
        if message.id and is_translated(message) and not message.fuzzy:
            context = f"{message.context}\x04" if message.context else ""
            texts[context.encode() + _packed(message.id)] = _packed(message.string)
    pairs = sorted(texts.items())
    first, at, body = 28, 28 + 16 * len(pairs), b""
    tables: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), at + len(body)))
            body += pair[column] + b"\0"
    start = struct.pack("<7I", 0x950412DE, 0, len(pairs), first, first + 8 * len(pairs), 0, at)
    return start + b"".join(tables) + body


def is_translated(message: "Message") -> bool:
    """Say whether a string has all its forms."""
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def _packed(text: Any) -> bytes:
    return (text if isinstance(text, str) else "\0".join(text)).encode()


def _read(text: str, code: str) -> tuple[str, "Catalog"]:
    """Return the head of a catalogue as it is written, or a new one, and its strings."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").rstrip("\n") + "\n"
    locale = code.replace("-", "_")
    match = _HEAD.match(text)
    if match:
        return match[0].lstrip("\n"), read_po(io.BytesIO(text.encode()), locale=locale)
    new = Catalog(locale=locale)
    rule = f"Plural-Forms: nplurals={new.num_plurals}; plural={new.plural_expr};"
    head = _head((f"Language: {code}", *_FIELDS, rule))
    return head, read_po(io.BytesIO(f"{head}\n{text}".encode()), locale=locale)


def _head(fields: tuple[str, ...]) -> str:
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields)


def _written(head: str, catalog: "Catalog", files: bool = False) -> str:
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=0,
        no_location=not files,
        include_lineno=False,
        omit_header=True,
        sort_output=True,
        include_previous=True,
    )
    return f"{head}\n{out.getvalue().decode().strip()}".rstrip("\n") + "\n"


def _key(message: "Message") -> Key:
    ids = message.id
    return (ids if isinstance(ids, str) else ids[0]), message.context or ""


def _has_text(message: "Message") -> bool:
    return any(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def _reworded(new: list[Key], gone: Mapping[Key, "Message"]) -> dict[Key, Key]:
    """Return which string that is gone each new one is most likely the new wording of; none is taken twice."""
    pairs = [
        (-difflib.SequenceMatcher(None, old[0].lower(), key[0].lower()).ratio(), key, old)
        for key in new
        for old in gone
        if old[1] == key[1]
    ]
    matches: dict[Key, Key] = {}
    for likeness, key, old in sorted(pairs):
        if -likeness >= _ALIKE and key not in matches and old not in matches.values():
            matches[key] = old
    return matches


def _add(catalog: "Catalog", words: Words, existing: "Message | None", *, fuzzy: bool) -> None:
    """Add a string with the translation that is `existing`; one of another number of forms is a suggestion only."""
    ids = words.id if len(words.id) > 1 else words.id[0]
    if existing is None:
        catalog.add(ids, auto_comments=words.notes, context=words.context or None)
        return
    string = existing.string
    forms = list(string) if isinstance(string, (list, tuple)) else [string or ""]
    plural = len(words.id) > 1
    changed = plural == isinstance(string, str) and any(forms)
    before = () if not (fuzzy or changed or existing.fuzzy) else _previous(existing) or _ids(existing)
    if plural and len(forms) == 1:
        forms *= catalog.num_plurals
    catalog.add(
        ids,
        tuple(forms) if plural else forms[0],
        flags={*existing.flags, *(("fuzzy",) if fuzzy or changed else ())},
        auto_comments=words.notes,
        user_comments=[line for line in existing.user_comments if not line.startswith("|")],
        previous_id=before if before != words.id else (),
        context=words.context or None,
    )


def _ids(message: "Message") -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _previous(message: "Message") -> tuple[str, ...]:
    """Return the previous text above a fuzzy string (`#| msgid "…"`), which Babel reads as a comment."""
    from babel.messages.pofile import denormalize

    lines = "\n".join(line[1:].strip() for line in message.user_comments if line.startswith("|"))
    parts = re.findall(r'^(?:msgid|msgid_plural) ("[^\n]*"(?:\n"[^\n]*")*)', lines, re.M)
    return tuple(denormalize(part) for part in parts)
