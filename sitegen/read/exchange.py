"""A .po file that came back from a translator: bytes to messages with their places, and the fields of its header."""

import codecs
import io
import re

from msgspec import Struct

from sitegen.core.phrases import phrase
from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.core.records import Source
from sitegen.read.catalogs import TORN
from sitegen.read.catalogslips import reason_of

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
        return None, [problem("po-broken", place, reason=reason_of(error))]
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
