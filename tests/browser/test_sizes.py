"""Every size: a pixel to each side of every breakpoint, and text of 100, 150 and 200 % from phones to wide screens."""

import re

import pytest
from playwright.sync_api import Page
from support.site import PROJECT

from benchmarks.host import Host
from browser.conftest import BOTH_FONTS, Tab

STYLES = (PROJECT / "sitegen/theme/static/css", PROJECT / "static/css")
QUERY = re.compile(r"@media [^{]*")
LENGTH = re.compile(r"([\d.]+)rem")
TEXT = (100, 150, 200)  # per cent
WIDTHS = (320, 390, 640, 896, 1280, 1600)
BOXES = ".brand, .languages a, .bar-button, .main-menu a, h1, .toc, .section-menu, .prose, .site-footer"
FAULTS = f"[...look.overflow(), ...look.cut(), ...look.overlaps({BOXES!r})]"
SHOWN = """['.building', '.framework'].map((place) => document.querySelector(place)).filter(Boolean).map(look.shown)"""
# The figure, a chart and tables, the home page, a list: in the language with the longest words.
PAGES = ("caracteristicas-fundamentales/", "red/miembros-en-el-tiempo/", "", "glosario/")


def enlarge(page: Page, size: int) -> None:
    """Set the size of letters that a reader has chosen, in per cent."""
    sizes = {"standard": 16 * size // 100, "fixed": 13 * size // 100}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def breakpoints() -> list[int]:
    """Return all widths, in pixels, at which a stylesheet of the theme or the site changes something."""
    texts = [file.read_text(encoding="utf-8") for folder in STYLES for file in folder.rglob("*.css")]
    queries = [query for text in texts for query in QUERY.findall(text)]
    return sorted({int(float(width) * 16) for query in queries for width in LENGTH.findall(query)})


def test_breakpoints_are_ranges() -> None:
    """Two rules for `max-width: 40rem` and `min-width: 40rem` would both hold at 640 px, which is 1280 px at 200 %."""
    for folder in STYLES:
        for file in folder.rglob("*.css"):
            assert not re.search(r"(?:max|min)-width:\s*[\d.]+\w+\s*\)", file.read_text(encoding="utf-8")), file
    assert {640, 896} <= set(breakpoints())


@pytest.mark.parametrize("path", PAGES)
def test_at_every_breakpoint_the_layout_is_whole(host: Host, tab: Tab, look: str, path: str) -> None:
    page = tab()
    page.goto(host.url(f"es/{path}index.html"))
    page.evaluate(look)
    found = []
    for width in sorted({point + step for point in breakpoints() for step in (-1, 0, 1)}):
        page.set_viewport_size({"width": width, "height": 800})
        faults = page.evaluate(FAULTS)
        shown = page.evaluate(SHOWN)
        faults += [f"figure and lists: {shown}"] if shown and sorted(shown) != [False, True] else []
        found += [f"{width} px: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@BOTH_FONTS
@pytest.mark.parametrize("size", TEXT)
def test_with_large_text_nothing_lies_on_anything(few: list[str], host: Host, tab: Tab, look: str, size: int) -> None:
    page = tab()
    enlarge(page, size)
    found = []
    for path in few:
        page.goto(host.url(path))
        page.evaluate(look)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults = page.evaluate(FAULTS)
            found += [f"{path} at {width} px, text {size} %: {fault}" for fault in faults]
    assert not found, "\n".join(found)


def test_a_phone_shows_the_first_sentence_of_a_long_page(host: Host, tab: Tab) -> None:
    page = tab(390, 844)
    for path in ("en/key-features/building-blocks/", "en/conference/all-conferences/", "en/beijing-declaration/"):
        page.goto(host.url(path + "index.html"))
        first = page.locator(".prose > p").first.bounding_box()
        assert first
        assert first["y"] < 500, path


def test_contents_unfold_without_scripts_and_are_open_on_wide_screens(host: Host, tab: Tab) -> None:
    page = tab(390, java_script_enabled=False)
    page.goto(host.url("en/key-features/building-blocks/index.html"))
    link = page.locator(".toc a").first
    assert not link.is_visible()
    page.locator(".toc summary").click()
    assert link.is_visible()
    page = tab(1280, java_script_enabled=False)
    page.goto(host.url("en/key-features/building-blocks/index.html"))
    assert page.locator(".toc a").first.is_visible()
    assert page.locator(".section-menu a").first.is_visible()
    assert not page.locator(".toc summary").is_visible()


def test_text_head_and_lede_begin_at_one_edge_on_every_kind_of_page(host: Host, tab: Tab) -> None:
    page = tab(1280)
    edges = set()
    for path in ("key-features", "network/ptuj", "news", "news/new-members-2025", "glossary", "a-z", "about"):
        page.goto(host.url(f"en/{path}/index.html"))
        for place in ("h1", ".prose > p"):
            box = page.locator(place).first.bounding_box()
            assert box
            edges.add(round(box["x"]))
    assert len(edges) == 1


# Words of these elements that begin on one line and end on another. A browser may hyphenate; it may not just break.
BROKEN = """(selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word[0]);
    }
  }
  return found;
})"""


@pytest.mark.parametrize("size", TEXT)
def test_a_table_breaks_no_word(host: Host, tab: Tab, size: int) -> None:
    page = tab(320)
    enlarge(page, size)
    page.goto(host.url("en/network/learning-in-slovenia/index.html"))
    assert page.evaluate(BROKEN, "th, td") == []


@pytest.mark.parametrize(
    ("width", "path"), [(320, "es/conferencia/resultados/"), (390, "en/conference/all-conferences/")]
)
def test_titles_break_no_word_of_usual_length_with_text_twice_as_large(
    host: Host, tab: Tab, width: int, path: str
) -> None:
    page = tab(width)
    enlarge(page, 200)
    page.goto(host.url(path + "index.html"))
    assert [word for word in page.evaluate(BROKEN, "h1, h2") if len(word) < 12] == []


def test_a_drawing_leaves_no_gap_with_large_text(host: Host, tab: Tab) -> None:
    page = tab(640)
    enlarge(page, 200)
    page.goto(host.url("sl/mreza/stevilo-clanic/index.html"))
    gap = page.evaluate(
        """() => { const bottom = (element) => element.getBoundingClientRect().bottom;
        return bottom(document.querySelector('.chart')) -
          Math.max(...[...document.querySelectorAll('.chart text')].map(bottom)); }"""
    )
    assert 0 <= gap < 40
