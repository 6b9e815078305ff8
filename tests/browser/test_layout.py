"""Nothing overflows, nothing is cut, nothing is too small: at every width, with larger text, with more space."""

import pytest

from benchmarks.host import Host
from browser.conftest import BOTH_FONTS, Tab

# What WCAG 1.4.12 asks a page to bear.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}  # twice what browsers begin with
BODY = "parseFloat(getComputedStyle(document.body).fontSize)"


@BOTH_FONTS
def test_nothing_overflows_and_targets_are_large(paths: list[str], host: Host, tab: Tab, look: str) -> None:
    page = tab(1280)
    found = []
    for path in paths:
        page.goto(host.url(path))
        page.evaluate(look)
        for width in (320, 390, 1280, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            faults = page.evaluate("[...look.overflow(), ...look.cut(), ...look.small()]")
            found += [f"{path} at {width} px: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@BOTH_FONTS
@pytest.mark.parametrize("width", [320, 1280])
def test_more_space_in_text_cuts_nothing(few: list[str], host: Host, tab: Tab, look: str, width: int) -> None:
    page = tab(width)
    found = []
    for path in few:
        page.goto(host.url(path))
        page.evaluate(look)
        page.evaluate("css => look.restyle(css)", SPACED)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(), ...look.cut()]")]
    assert not found, "\n".join(found)


@BOTH_FONTS
@pytest.mark.parametrize("width", [640, 1280])
def test_text_twice_as_large_is_not_cut(few: list[str], host: Host, tab: Tab, look: str, width: int) -> None:
    page = tab(width)
    page.goto(host.url(few[0]))
    before = page.evaluate(BODY)
    page.context.new_cdp_session(page).send("Page.setFontSizes", LARGE)
    found = []
    for path in few:
        page.goto(host.url(path))
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(), ...look.cut()]")]
    assert page.evaluate(BODY) >= 1.8 * before  # sizes grow with the window too, so not by 2
    assert not found, "\n".join(found)


@BOTH_FONTS
def test_lines_have_a_readable_length(few: list[str], host: Host, tab: Tab) -> None:
    page = tab(1920)
    for path in few:
        page.goto(host.url(path))
        longest = page.evaluate(
            """Math.max(0, ...[...document.querySelectorAll('.prose > p')].map((p) => {
              const letters = document.createRange();
              letters.selectNodeContents(p);
              const lines = new Set([...letters.getClientRects()].map((box) => Math.round(box.bottom / 8))).size;
              return lines > 3 ? p.textContent.length / lines : 0;
            }))"""
        )
        assert longest <= 80, path
