"""Looks at the pixels: whether text can be told from what is behind it, whatever the styles claim."""

import io

from PIL import Image
from playwright.sync_api import Page

LINES = """(selector) => look.lines().filter(([element]) => element.closest(selector)).map(([element, box]) =>
  [look.name(element), box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY])"""


def invisible(page: Page, selector: str = "body", least: float = 4.5) -> list[str]:
    """Return the lines of text in these elements whose darkest and lightest pixels have less than this contrast."""
    found = page.evaluate(LINES, selector)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    faults = []
    for name, *box in found:
        left, top, right, bottom = (round(edge) for edge in box)
        inside = (max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
        if inside[0] >= inside[2] or inside[1] >= inside[3]:
            continue  # outside the page, as the skip link is
        dark, light = (_light(value) for value in picture.crop(inside).getextrema())
        ratio = (light + 0.05) / (dark + 0.05)
        faults += [f"{name}: {ratio:.2f}"] if ratio < least else []
    return faults


def _light(grey: int) -> float:
    """Return the relative luminance of a grey value (WCAG 2.2)."""
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
