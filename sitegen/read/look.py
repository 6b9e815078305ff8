"""The theme's own files in the owner's look: palette, fonts, icons. Never changes a file of the site."""

import io
from collections.abc import Sequence
from functools import lru_cache, reduce

from sitegen.core.outlets import Look
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Source
from sitegen.core.views import LookView
from sitegen.read.palette import Palette, palette, stylesheet

_ICON_COLORS = ("#113f36", "#ffd152")  # of icons/favicon.svg: its ground, its lit corner
_CHALK = "#f7faf5"
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
    return Source(file.path, _dressed(file, look))


def _dressed(file: Source, look: Look) -> bytes:
    """Return the bytes of one file in the owner's look; most stay as they are."""
    if file.path == "static/css/fonts.css":
        names = {"book": look.fonts.text, "plain": look.fonts.interface}
        rules = "".join(f"--{name}:{_families(value)};" for name, value in names.items() if value)
        return file.data + f":root{{{rules}}}".encode() if rules else file.data
    if not (look.brand or look.accent):
        return file.data
    if file.path == "static/css/palette.css":
        return file.data + stylesheet(_palette(look)).encode()
    if file.path == "static/icons/favicon.svg":
        colours = zip(_ICON_COLORS, (_palette(look).brand, _palette(look).accent), strict=True)
        return reduce(lambda text, pair: text.replace(*pair), colours, file.data.decode()).encode()
    return _png(_PNGS[file.path], _palette(look)) if file.path in _PNGS else file.data


def look_problems(look: Look, static: Sequence[Source], places: dict[str, Place]) -> list[Problem]:
    """Return what has to be said of the look. Problems: logo-missing; theme-contrast (a note: the colour used)."""
    found = []
    if look.logo and f"static/{look.logo}" not in {source.path for source in static}:
        found.append(problem("logo-missing", places["logo"], path=f"static/{look.logo}"))
    if look.brand or look.accent:
        keys = {look.brand: "brand", look.accent: "accent"}
        found += [
            problem("theme-contrast", places[keys[given]], given=given, used=used)
            for given, used in _palette(look).changed
            if keys.get(given) in places
        ]
    return found


def look_view(look: Look) -> LookView:
    """Return what templates know of the look."""
    plain = LookView(logo=look.logo, hero=look.hero)
    if not (look.brand or look.accent):
        return plain
    colours = _palette(look)
    return LookView(colours.light["board"], colours.dark["board"], look.logo, look.hero)


def _families(names: str) -> str:
    """Return families as CSS wants them: `Source Serif 4, serif` is `"Source Serif 4",serif` (CSS Fonts 4, 2.1)."""
    families = [name.strip(" \"'") for name in names.split(",")]
    return ",".join(name if name in _GENERIC else f'"{name}"' for name in families if name)


@lru_cache(maxsize=4)
def _palette(look: Look) -> Palette:
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

    draw.polygon([tuple(at(*point)) for point in _SHEET], fill=_CHALK)
    for line in _LINES:
        draw.rectangle(at(*line), fill=colours.brand)
    draw.polygon([tuple(at(*point)) for point in _CORNER], fill=colours.accent)
    data = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(data, "PNG", optimize=True)
    return data.getvalue()
