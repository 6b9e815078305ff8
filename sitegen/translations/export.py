"""PO export: a page and its translation as a .po file with one message for each block."""

import io
from collections.abc import Mapping

from msgspec import Struct

from sitegen.site.status import matched_sections
from sitegen.text.blocks import Block, blocks_of
from sitegen.text.sections import FRONT, TRANSLATED, Cut, mark_of


class Unit(Struct, frozen=True):
    """One section and its translation; `translation` is None where the translation lacks the section."""

    id: str
    title: str
    source: Cut
    translation: Cut | None
    blocks: tuple[Block, ...]
    translated_blocks: tuple[Block, ...]

    @property
    def is_matched(self) -> bool:
        """Say whether each block of the source has its translation in the same place."""
        if self.id == FRONT:
            return self.translation is not None
        return self.translation is not None and kinds(self.blocks) == kinds(self.translated_blocks)

    def texts(self) -> list[Block]:
        """Return the blocks of the source that hold text, in their order; their number makes their name."""
        return [block for block in self.blocks if block.text]

    def translated_texts(self) -> list[str]:
        """Return the translations in the same order, "" where there is none; only of a unit that is matched."""
        if self.id == FRONT:
            texts = {block.kind: block.text for block in self.translated_blocks}
            return [texts.get(block.kind, "") for block in self.texts()]
        return [block.text for block in self.translated_blocks if block.text]


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    """Return the kinds of the blocks that hold text."""
    return [block.kind for block in blocks if block.text]


def units_of(source: list[Cut], translation: list[Cut]) -> list[Unit]:
    """Return a unit for each section of the source."""
    pairs = matched_sections([section.section for section in source], [section.section for section in translation])
    by_id = {section.id: section for section in translation}
    units = []
    for section in source:
        answer = by_id[pairs[section.id].id] if section.id in pairs else None
        units.append(
            Unit(section.id, section.title, section, answer, _blocks(section), _blocks(answer) if answer else ())
        )
    return units


def _blocks(cut: Cut) -> tuple[Block, ...]:
    if cut.id != FRONT:
        return tuple(blocks_of(cut.text))
    lines = (paragraph.partition(": ") for paragraph in cut.text.split("\n\n") if paragraph)
    return tuple(Block(key, "", value, "", value) for key, _, value in lines if key in TRANSLATED)


SOURCE, TARGET = "X-Sitegen-Source", "X-Sitegen-Translation"
SOURCE_MARKS, TARGET_MARKS = "X-Sitegen-Source-Sections", "X-Sitegen-Translation-Sections"


def exported(units: list[Unit], source: str, target: str, lang: str, source_lang: str, stale: frozenset[str]) -> bytes:
    """Return the .po file. Sections in `stale` have changed since they were confirmed: their translations are fuzzy.

    The header holds the marks of all sections as they are now, so that an import knows what has changed since.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(charset="utf-8")
    for unit in units:
        texts = unit.texts()
        translations = unit.translated_texts() if unit.is_matched else [""] * len(texts)
        for number, (block, text) in enumerate(zip(texts, translations, strict=True), start=1):
            notes = [block.kind]
            if number == 1 and unit.translation and not unit.is_matched:
                notes += ["until now:", *unit.translation.text.strip().split("\n")]
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
            SOURCE_MARKS: _marks_line({unit.id: mark_of(unit.source.text) for unit in units}),
            TARGET_MARKS: _marks_line({unit.id: mark_of(unit.translation.text) for unit in units if unit.translation}),
        }
    )
    return header + b"\n" + out.getvalue().strip() + b"\n"


def _marks_line(marks: Mapping[str, str]) -> str:
    """Return marks as one line of a header."""
    return " ".join(f"{id_}={mark}" for id_, mark in marks.items())


def _header(fields: Mapping[str, str]) -> bytes:
    from babel.messages.pofile import escape

    lines = "".join(f"{escape(f'{name}: {value}' + chr(10))}\n" for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}'.encode()
