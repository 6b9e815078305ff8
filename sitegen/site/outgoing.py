"""A page and its translation to a .po file, for translators who never open git: one message a block."""

import io
from collections.abc import Mapping

from sitegen.read.sections import mark_of
from sitegen.site.units import Unit

SOURCE, TARGET = "X-Sitegen-Source", "X-Sitegen-Translation"
SOURCE_MARKS, TARGET_MARKS = "X-Sitegen-Source-Sections", "X-Sitegen-Translation-Sections"


def exported(units: list[Unit], source: str, target: str, lang: str, source_lang: str, stale: frozenset[str]) -> bytes:
    """Return the .po file. Sections in `stale` were confirmed with other words: their translations are marked fuzzy.

    The header holds the marks of all sections as they are now, so that an import knows what has changed since.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(charset="utf-8")
    for unit in units:
        texts = unit.texts()
        own = unit.own_texts() if unit.is_matched else [""] * len(texts)
        for number, (block, text) in enumerate(zip(texts, own, strict=True), start=1):
            notes = [block.kind]
            if number == 1 and unit.own and not unit.is_matched:
                notes += ["until now:", *unit.own.text.strip().split("\n")]
            flags = ["fuzzy"] if text and unit.id in stale else []
            message = catalog.add(block.text, text, context=f"{unit.id}/{number}", auto_comments=notes, flags=flags)
            message.flags -= {"python-format", "python-brace-format"}  # Babel's guess from a {lang=en}
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True)
    header = _header(
        {
            "Project-Id-Version": source,
            "Language": lang,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "X-Source-Language": source_lang,
            SOURCE: source,
            TARGET: target,
            SOURCE_MARKS: marks_line({unit.id: mark_of(unit.source.text) for unit in units}),
            TARGET_MARKS: marks_line({unit.id: mark_of(unit.own.text) for unit in units if unit.own}),
        }
    )
    return header + b"\n" + out.getvalue().strip() + b"\n"


def marks_line(marks: Mapping[str, str]) -> str:
    """Return marks as one line of a header."""
    return " ".join(f"{id_}={mark}" for id_, mark in marks.items())


def _header(fields: Mapping[str, str]) -> bytes:
    from babel.messages.pofile import escape

    lines = "".join(f"{escape(f'{name}: {value}' + chr(10))}\n" for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}'.encode()
