"""The files that social cards are drawn with: they stand below static/; the folder of the drawing is not published."""

import posixpath
import struct

from sitegen.core.outlets import CARD_SIZE, Cards, CardStock
from sitegen.core.phrases import phrase
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Source

_PNG = b"\x89PNG\r\n\x1a\n"


def read_cards(cards: Cards | None, static: list[Source]) -> tuple[CardStock | None, list[Problem]]:
    """Return what site.yaml says about cards, with the bytes of its drawing and fonts. Problems: card-broken."""
    if cards is None:
        return None, []
    by_path = {source.path.removeprefix("static/"): source.data for source in static}
    names = sorted({cards.base, *(text.font for text in cards.texts)})
    missing = [name for name in names if name not in by_path]
    if missing:
        reason = phrase("{path} does not exist", path=f"static/{missing[0]}")
        return None, [problem("card-broken", Place("site.yaml"), reason=reason)]
    if _png_size(by_path[cards.base]) != CARD_SIZE:
        size = " × ".join(map(str, CARD_SIZE))
        reason = phrase("not a PNG file of {size} pixels", size=size)
        return None, [problem("card-broken", Place(f"static/{cards.base}"), reason=reason)]
    return CardStock(cards, {name: by_path[name] for name in names}), []


def is_material(cards: Cards | None, source: Source) -> bool:
    """Say whether a file of static/ stands in the folder of the drawing, and so is for our own use only."""
    folder = posixpath.dirname(cards.base) if cards else ""
    return bool(folder) and source.path.startswith(f"static/{folder}/")


def _png_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the header of a PNG file (W3C PNG, 11.2.1), (0, 0) when it is none."""
    if not data.startswith(_PNG) or len(data) < 24:
        return 0, 0
    width, height = struct.unpack(">II", data[16:24])
    return width, height
