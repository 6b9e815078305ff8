"""What of a page a translator translates: sections as blocks, the source's beside the translation's."""

from msgspec import Struct

from sitegen.read.blocks import Block, blocks_of
from sitegen.read.sections import FRONT, TRANSLATED, Cut
from sitegen.site.staleness import beside


class Unit(Struct, frozen=True):
    """One section. `own` is None where the translation lacks it; its blocks then come from the source.

    `is_matched`: the blocks of both answer each other one to one.
    """

    id: str
    title: str
    source: Cut
    own: Cut | None
    blocks: tuple[Block, ...]
    own_blocks: tuple[Block, ...]

    @property
    def is_matched(self) -> bool:
        """Say whether each block of the source has its translation in the same place."""
        if self.id == FRONT:
            return self.own is not None
        return self.own is not None and kinds(self.blocks) == kinds(self.own_blocks)

    def texts(self) -> list[Block]:
        """Return the blocks of the source that hold text, in their order; their number makes their name."""
        return [block for block in self.blocks if block.text]

    def own_texts(self) -> list[str]:
        """Return the translations in the same order, "" where there is none; only of a unit that is matched."""
        if self.id == FRONT:
            found = {block.kind: block.text for block in self.own_blocks}
            return [found.get(block.kind, "") for block in self.texts()]
        return [block.text for block in self.own_blocks if block.text]


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    """Return what kinds of blocks hold text."""
    return [block.kind for block in blocks if block.text]


def units_of(source: list[Cut], own: list[Cut]) -> list[Unit]:
    """Return a unit for each section of the source."""
    pairs = beside([one.section for one in source], [one.section for one in own])
    by_id = {one.id: one for one in own}
    units = []
    for one in source:
        answer = by_id[pairs[one.id].id] if one.id in pairs else None
        units.append(Unit(one.id, one.title, one, answer, _blocks(one), _blocks(answer) if answer else ()))
    return units


def _blocks(cut: Cut) -> tuple[Block, ...]:
    if cut.id != FRONT:
        return tuple(blocks_of(cut.text))
    lines = (paragraph.partition(": ") for paragraph in cut.text.split("\n\n") if paragraph)
    return tuple(Block(key, "", value, "", value) for key, _, value in lines if key in TRANSLATED)
