"""Social cards: one for the home page and for each section, words set on a drawing, as PNG files (package Pillow).

A card is kept beside the section's own page, under a name that never changes: a page does not change with a drawing.

A pure function of the view and the stock: no system font, no clock. The same library gives the same bytes.
"""

import io
import math
import posixpath
import struct
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.languages.typography import typeset
from sitegen.model.config import CARD_SIZE, Cards, CardStock, CardText, Look
from sitegen.model.files import Source
from sitegen.model.phrases import phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.views import CardView, Task
from sitegen.model.words import T_
from sitegen.outputs.kind import Kind, Linked, sees_nothing
from sitegen.site.look import CHALK, Palette, palette_of
from sitegen.site.output_urls import CARD_NAME, card_page

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from sitegen.outputs.render import Renderer


def card_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return a task for every card that some page shows."""
    tasks = {}
    for code, tree in linked.trees.items() if linked.on_a_host and linked.site.config.cards else ():
        for lang, key in tree.site.nodes:
            node = card_page(tree, key) if lang == code else None
            if node is not None:
                title, language = node.page.front.title, tree.site.config.language(node.page.lang)
                view = CardView(language.code, language.direction, node.url + CARD_NAME, title, tree.language.title)
                tasks[view.url] = Task(view.url, "card", view, node.page.path)
    return list(tasks.values()), []


def _written(view: CardView, renderer: "Renderer") -> tuple[bytes | None, list[Problem]]:
    assert renderer.context.cards is not None
    return card(view, renderer.context.cards)


CARD = Kind(card_tasks, sees_nothing, _written)


_PNG = b"\x89PNG\r\n\x1a\n"


def read_cards(cards: Cards | None, static: list[Source], look: Look) -> tuple[CardStock | None, list[Problem]]:
    """Return the settings of cards from site.yaml, with the bytes of the drawing and fonts. Problems: card-broken."""
    if cards is None:
        return None, []
    if not (cards.texts or cards.font or cards.base):
        reason = phrase("neither “font” nor “texts” is set")
        return None, [problem("card-broken", Place("site.yaml"), reason=reason)]
    by_path = {source.path.removeprefix("static/"): source.data for source in static}
    cards = cards if cards.texts or not cards.font else replace(cards, texts=_usual(cards.font))
    if not cards.base:
        by_path[""] = ground(palette_of(look))
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


def is_material(cards: Cards | None, path: str) -> bool:
    """Say whether a file of static/ is the font or is in the folder of the drawing: such files are not published."""
    folder = posixpath.dirname(cards.base) if cards else ""
    is_font = bool(cards and cards.font) and path == f"static/{cards.font}"  # type: ignore[union-attr]
    return is_font or (bool(folder) and path.startswith(f"static/{folder}/"))


def is_drawn_with(cards: Cards | None, path: str) -> bool:
    """Say whether the bytes of a file of static/ are needed to draw cards."""
    fonts = {text.font for text in cards.texts} if cards else set()
    return is_material(cards, path) or bool(cards and path.removeprefix("static/") in {cards.base, *fonts})


def _png_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the header of a PNG file (W3C PNG, 11.2.1), (0, 0) when it is none."""
    if not data.startswith(_PNG) or len(data) < 24:
        return 0, 0
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _usual(font: str) -> tuple[CardText, ...]:
    """Return the texts of a card for which only a font is given: the site's name above, the title below it."""
    site = CardText(text="site", font=font, size=38, color=CHALK, box=(72, 60, 1056, 84))
    return site, CardText(text="title", font=font, size=96, smallest=44, color=CHALK, box=(72, 166, 1056, 270))


def ground(colours: Palette) -> bytes:
    """Return the drawing of cards without one: hills in the colours of the theme, as on its home page."""
    from PIL import Image, ImageDraw

    width, height = (number * _FINE for number in CARD_SIZE)
    image = Image.new("RGB", (width, height), colours.light["board"])
    draw = ImageDraw.Draw(image)
    for tone, top, wave, start in (("board-far", 0.79, 0.035, 0.0), ("board-low", 0.88, 0.025, 2.2)):
        line = [(x, height * (top + wave * math.sin(start + x / width * 9))) for x in range(0, width + 1, 4)]
        draw.polygon([(0, height), *line, (width, height)], fill=colours.light[tone])
    edge = 8 * _FINE
    draw.rectangle((0, height - edge, width, height), fill=colours.accent)
    data = io.BytesIO()
    image.resize(CARD_SIZE, Image.Resampling.LANCZOS).save(data, "PNG")
    return data.getvalue()


_LEADING = 1.16  # of the size: from line to line
_FINE = 2  # drawn so many times larger, and reduced, for smooth edges
_COLORS = 64  # a flat drawing needs no more, and the file is a third as large
_STEP = 4  # pixels between the sizes that are tried


def card(view: CardView, stock: CardStock) -> tuple[bytes | None, list[Problem]]:
    """Return the PNG file. Problems: card-broken, when the drawing or a font cannot be read."""
    from PIL import Image, ImageDraw

    name = stock.cards.base
    try:
        image = Image.open(io.BytesIO(stock.files[name])).convert("RGB")
        draw = ImageDraw.Draw(image)
        for text in stock.cards.texts:
            name = text.font
            words = _words(view, text)
            if words:
                _write(draw, words, text, stock.files[name], view.dir == "rtl")
    except (OSError, SyntaxError):
        reason = T_("it is damaged") if name == stock.cards.base else T_("it is not a font that can be read")
        return None, [problem("card-broken", Place(f"static/{name}"), reason=phrase(reason))]
    file = io.BytesIO()
    image.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue(), []


def _words(view: CardView, text: CardText) -> str:
    """Return the words of a text, without the site's name where the title already contains it."""
    if text.text == "site":
        return "" if view.site == view.title else typeset(view.site, view.lang)
    return typeset(view.title, view.lang)


def _write(draw: "ImageDraw", words: str, text: CardText, data: bytes, rtl: bool) -> None:
    """Set words into their box: as large as they fit, in the middle of its height, at the side where reading begins."""
    left, top, width, height = text.box
    font, lines = _fitted(words, text, data, rtl)
    leading = font.size * _LEADING
    capitals = -font.getbbox("H", anchor="ls")[1]
    baseline = top + (height - leading * (len(lines) - 1) - capitals) / 2 + capitals
    for number, line in enumerate(lines):
        place = (left + width if rtl else left, round(baseline + number * leading))
        draw.text(place, line, font=font, fill=text.color, anchor="rs" if rtl else "ls")


def _fitted(words: str, text: CardText, data: bytes, rtl: bool) -> tuple["FreeTypeFont", list[str]]:
    """Return the largest font in which the words fit into the box, and the lines, of even lengths."""
    width, height = text.box[2:]
    size = text.size
    while True:
        font = _font(data, size, rtl)
        lines = _lines(words, font, width)
        fits = len(lines) * size * _LEADING <= height and all(font.getlength(line) <= width for line in lines)
        if fits or size - _STEP < text.smallest:
            return font, _even(words, font, width, len(lines)) if fits else lines
        size -= _STEP


def _font(data: bytes, size: int, rtl: bool) -> "FreeTypeFont":
    """Return a font. Only right-to-left text is shaped by Raqm: the basic layout is the same on every computer."""
    from PIL import ImageFont, features

    shaped = rtl and features.check("raqm")
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=engine)


def _lines(words: str, font: "FreeTypeFont", width: float) -> list[str]:
    """Break words at spaces (never at a no-break space) into lines of at most `width` pixels."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _even(words: str, font: "FreeTypeFont", width: int, count: int) -> list[str]:
    """Break words that fit into `count` lines so that the lines are as even as can be: their squares sum up to least.

    Line by line keeps the best way to set the first words, for each number of words (Knuth and Plass 1981, in small).
    """
    parts = words.split(" ")
    best: dict[int, tuple[float, list[str]]] = {0: (0, [])}
    for _ in range(count):
        longer: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for end in range(start + 1, len(parts) + 1):
                line = " ".join(parts[start:end])
                length = font.getlength(line)
                if length > width:
                    break
                candidate = (cost + length**2, [*lines, line])
                if end not in longer or candidate < longer[end]:
                    longer[end] = candidate
        best = longer
    return best[len(parts)][1]
