"""The owner's look of the theme's files: palette, fonts, icons. Never changes a file of the site.

All colours are computed in OKLCH from one or two of the owner's, so that steps look even. Every text has the contrast
of WCAG 2.2 level AAA (7:1): the lightness of a colour is changed until it has, also of an owner's colour that cannot
carry text. The result is hexadecimal, so browsers compute nothing.
"""

import io
from collections.abc import Collection, Sequence
from functools import cache, lru_cache, reduce
from typing import TYPE_CHECKING

from msgspec import Struct

from sitegen.model.config import Look
from sitegen.model.files import Source
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.views import LookView
from sitegen.site.schemes import switched

if TYPE_CHECKING:
    from coloraide import Color


TEXT, MARK = 7.0, 3.0  # contrast ratios: WCAG 2.2, 1.4.6 and 1.4.11
_ACCENT = "#ffd152"
_SUN_INK = (0.17, 0.02)  # lightness and chroma of text on the accent
_GREY = 0.012  # chroma below which a colour has no hue worth keeping
Tokens = dict[str, str]


class Palette(Struct, frozen=True):
    """The tokens of each scheme, the two colours as they are used, and those of the owner's that had to give way."""

    light: Tokens
    dark: Tokens
    brand: str
    accent: str
    changed: tuple[tuple[str, str], ...]  # given, used


def palette(brand: str, accent: str = "") -> Palette:
    """Return the colours from the owner's: `brand` and `accent` are #rrggbb; without an accent it is yellow."""
    lightness, chroma, hue = _parts(brand)
    hues = _Hues(chroma, hue)
    board = _reaching(hues.tone(lightness), ("#ffffff",), TEXT + 1.5, -1)
    sun = _reaching(accent or _ACCENT, (board,), MARK + 1.5, 1)
    sun = _reaching(sun, (hues.tone(*_SUN_INK),), TEXT, 1)
    light, dark = _light(hues, board, sun), _dark(hues, board, sun)
    pairs = ((brand, board), (accent or _ACCENT, sun))
    changed = tuple((given, used) for given, used in pairs if given.lower() != used.lower())
    return Palette(light, dark, board, sun, changed)


class _Hues(Struct, frozen=True):
    """The brand's chroma and hue, from which tones are taken."""

    chroma: float
    hue: float

    def tone(self, lightness: float, most: float = 0.4) -> str:
        """Return the brand's hue in this lightness (0 to 1), with at most this chroma."""
        chroma = 0.0 if self.chroma < _GREY else min(self.chroma, most)
        return _hex(lightness, chroma, self.hue)

    def strong(self, lightness: float, chroma: float) -> str:
        """Return the brand's hue in this lightness and chroma; a grey stays grey."""
        return _hex(lightness, 0.0 if self.chroma < _GREY else chroma, self.hue)


def _light(hues: _Hues, board: str, sun: str) -> Tokens:
    ink = hues.tone(0.235, 0.02)
    paper, tint = hues.tone(0.993, 0.003), hues.tone(0.962, 0.009)
    grounds = (paper, tint)
    link = _reaching(hues.strong(0.41, 0.09), grounds, TEXT, -1)
    return {
        "paper": paper,
        "tint": tint,
        "ink": ink,
        "soft": _reaching(hues.tone(0.417, 0.02), grounds, TEXT, -1),
        "line": hues.tone(0.862, 0.017),
        "link": link,
        "mark": link,
        "focus": ink,
        "tip": link,
        **_boards(hues, board, sun),
    }


def _dark(hues: _Hues, board: str, sun: str) -> Tokens:
    paper, tint = hues.tone(0.204, 0.014), hues.tone(0.256, 0.018)
    grounds = (paper, tint)
    link = _reaching(hues.strong(0.856, 0.075), grounds, TEXT, 1)
    ground = _darker(board, min(0.3, _parts(board)[0]))
    return {
        "paper": paper,
        "tint": tint,
        "ink": hues.tone(0.948, 0.011),
        "soft": _reaching(hues.tone(0.813, 0.02), grounds, TEXT, 1),
        "line": hues.tone(0.396, 0.024),
        "link": link,
        "mark": _reaching(hues.strong(0.764, 0.1), grounds, TEXT, 1),
        "focus": _reaching(sun, grounds, MARK, 1),
        "tip": link,
        **_boards(hues, ground, sun),
    }


def _darker(colour: str, lightness: float) -> str:
    """Return a colour in less light: its chroma sinks with it, else it would glow."""
    full, chroma, hue = _parts(colour)
    return _hex(lightness, chroma * lightness / full if full else 0.0, hue)


def _boards(hues: _Hues, board: str, sun: str) -> Tokens:
    """Return the dark backgrounds, and the colours of text on them."""
    lightness = _parts(board)[0]
    low, far = _darker(board, max(lightness - 0.06, 0.1)), hues.tone(lightness + 0.065)
    return {
        "board": board,
        "board-low": low,
        "board-far": far,
        "board-line": hues.tone(lightness + 0.18),
        "chalk": hues.tone(0.981, 0.007),
        "chalk-soft": _reaching(hues.tone(0.901, 0.021), (board, low), TEXT, 1),
        "sun": sun,
        "sun-ink": hues.tone(*_SUN_INK),
    }


def stylesheet(colours: Palette) -> str:
    """Return the CSS that goes after css/palette.css; who wants more contrast has most of what is there."""
    contrast = {"link": colours.light["link"], "mark": colours.light["link"], "board": colours.light["board-low"]}
    dark = {"link": colours.dark["ink"], "mark": colours.dark["ink"]}
    return (
        f"@media not all and (prefers-contrast: more) {{ {_rule(colours.light)}\n"
        f"@media (prefers-color-scheme: dark) {{ {_rule(colours.dark)} }} }}\n"
        f"@media (prefers-contrast: more) {{ {_rule(contrast)} }}\n"
        f"@media (prefers-contrast: more) and (prefers-color-scheme: dark) {{ {_rule(dark)} }}\n"
    )


def _rule(tokens: Tokens) -> str:
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in tokens.items()) + " }"


def _reaching(colour: str, grounds: Sequence[str], least: float, way: int) -> str:
    """Return the colour, made darker (way -1) or lighter (1) until its contrast with all grounds is `least`."""
    lightness, chroma, hue = _parts(colour)
    reached = colour
    end = 0 if way < 0 else 1
    while min(_contrast(reached, ground) for ground in grounds) < least and lightness != end:
        lightness = min(max(lightness + way * 0.01, 0), 1)
        reached = _hex(lightness, chroma, hue)
    return reached


@cache
def _color() -> "type[Color]":
    from coloraide import Color

    return Color


def _parts(colour: str) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (degrees) of a colour; one without chroma has the hue 0."""
    lightness, chroma, hue = _color()(colour).convert("oklch").coords(nans=False)
    return lightness, chroma, hue


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the nearest colour that screens can show (less chroma, same hue), as #rrggbb."""
    return str(_color()("oklch", [lightness, chroma, hue]).fit("srgb").convert("srgb").to_string(hex=True))


def _contrast(colour: str, other: str) -> float:
    return float(_color()(colour).contrast(other, method="wcag21"))


_ICON_COLORS = ("#113f36", "#ffd152")  # of icons/favicon.svg: its ground, its lit corner
CHALK = "#f7faf5"
_PNGS = {"static/icons/favicon-32.png": 32, "static/icons/touch-180.png": 180}

# The emblem (components/emblem.html) in a square of 48: the sheet, its lines, its lit corner.
_SHEET = ((9, 3), (28, 3), (28, 16), (41, 16), (41, 45), (9, 45))
_LINES = ((15, 22, 35, 25), (15, 29, 35, 32), (15, 36, 28, 39))
_CORNER = ((31, 3), (41, 13), (31, 13))
_GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif")
)
_FINE = 4  # drawn so many times larger, and reduced, for smooth edges


def dressed(file: Source, look: Look, *, offline: bool) -> Source:
    """Return a static file of the theme in the owner's look: palette, fonts and icons change, all others do not.

    The folder edition (`offline`) has no transitions between pages.
    """
    if offline and file.path == "static/css/motion.css":
        return Source(file.path, b"")
    source = Source(file.path, _dressed(file, look))
    return switched(source) if look.switch else source


def _dressed(file: Source, look: Look) -> bytes:
    """Return the bytes of one file in the owner's look; most stay as they are."""
    if file.path == "static/css/fonts.css":
        names = {"book": look.fonts.text, "plain": look.fonts.interface}
        rules = "".join(f"--{name}:{_families(value)};" for name, value in names.items() if value)
        return file.data + f":root{{{rules}}}".encode() if rules else file.data
    if not (look.brand or look.accent):
        return file.data
    if file.path == "static/css/palette.css":
        return file.data + stylesheet(palette_of(look)).encode()
    if file.path == "static/icons/favicon.svg":
        colours = zip(_ICON_COLORS, (palette_of(look).brand, palette_of(look).accent), strict=True)
        return reduce(lambda text, pair: text.replace(*pair), colours, file.data.decode()).encode()
    return _png(_PNGS[file.path], palette_of(look)) if file.path in _PNGS else file.data


def look_problems(look: Look, paths: Collection[str], places: dict[str, Place]) -> list[Problem]:
    """Return what has to be said of the look; `paths` are the files of static/.

    Problems: logo-missing; theme-contrast (a note: the colour used).
    """
    problems = []
    if look.logo and f"static/{look.logo}" not in paths:
        problems.append(problem("logo-missing", places["logo"], path=f"static/{look.logo}"))
    if look.brand or look.accent:
        keys = {look.brand: "brand", look.accent: "accent"}
        problems += [
            problem("theme-contrast", places[keys[given]], given=given, used=used)
            for given, used in palette_of(look).changed
            if keys.get(given) in places
        ]
    return problems


def look_view(look: Look) -> LookView:
    """Return what templates know of the look."""
    plain = LookView(logo=look.logo, hero=look.hero, switch=look.switch)
    if not (look.brand or look.accent):
        return plain
    colours = palette_of(look)
    return LookView(colours.light["board"], colours.dark["board"], look.logo, look.hero, look.switch)


def _families(names: str) -> str:
    """Return families as CSS wants them: `Source Serif 4, serif` is `"Source Serif 4",serif` (CSS Fonts 4, 2.1)."""
    families = [name.strip(" \"'") for name in names.split(",")]
    return ",".join(name if name in _GENERIC else f'"{name}"' for name in families if name)


@lru_cache(maxsize=4)
def palette_of(look: Look) -> Palette:
    """Return all colours of a site: of the owner's, or the theme's where the owner sets none."""
    return palette(look.brand or _ICON_COLORS[0], look.accent)


def _png(size: int, colours: Palette) -> bytes:
    """Return the emblem on the brand's ground as a PNG of so many pixels (package Pillow)."""
    from PIL import Image, ImageDraw

    whole = size * _FINE
    scale, edge = whole * 0.82 / 48, whole * 0.09
    picture = Image.new("RGB", (whole, whole), colours.brand)
    draw = ImageDraw.Draw(picture)

    def at(*numbers: float) -> list[float]:
        return [edge + number * scale for number in numbers]

    draw.polygon([tuple(at(*point)) for point in _SHEET], fill=CHALK)
    for line in _LINES:
        draw.rectangle(at(*line), fill=colours.brand)
    draw.polygon([tuple(at(*point)) for point in _CORNER], fill=colours.accent)
    data = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(data, "PNG", optimize=True)
    return data.getvalue()
