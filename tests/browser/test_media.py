"""What a person has set: forced colours, no motion, dark, paper. Everything stays legible, drawings too."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks.host import Host
from browser.conftest import LANGUAGES, Tab
from browser.eyes import invisible

Templates = dict[tuple[str, str], str]


@pytest.fixture(scope="package")
def drawn(published: Path, every_page: list[str], extent: str) -> list[str]:
    """Return the pages with a drawing that means something, in one language or (in the proof) in all."""
    found = [path for path in every_page if "<desc id=" in (published / path).read_text(encoding="utf-8")]
    return found if extent == "whole" else [path for path in found if path.startswith("es/")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_all_text_legible(
    few: list[str], drawn: list[str], host: Host, tab: Tab, look: str, scheme: str
) -> None:
    page = tab(forced_colors="active", color_scheme=scheme)
    found = []
    for path in {*few, *drawn}:
        page.goto(host.url(path))
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in invisible(page)]
    assert not found, "\n".join(found)


def test_forced_colours_show_where_one_is(host: Host, tab: Tab) -> None:
    page = tab(forced_colors="active")
    page.goto(host.url("en/conference/index.html"))
    for place in (".languages [aria-current]", ".main-menu [aria-current]"):
        lines = page.locator(place).first.evaluate("(link) => getComputedStyle(link).textDecorationLine")
        assert lines == "underline", place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_are_legible(drawn: list[str], host: Host, tab: Tab, look: str, scheme: str) -> None:
    page = tab(color_scheme=scheme)
    found = []
    for path in drawn:
        page.goto(host.url(path))
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("look.faint(7)")]
    assert not found, "\n".join(found)


def test_drawings_are_legible_on_paper(drawn: list[str], host: Host, tab: Tab, look: str) -> None:
    page = tab(794)  # A4 at 96 dots an inch
    found = []
    for path in drawn:
        page.goto(host.url(path))
        page.emulate_media(media="print")
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in [*page.evaluate("look.faint(4.5)"), *page.evaluate("look.cut()")]]
        page.emulate_media(media="screen")
    assert not found, "\n".join(found)


def test_nothing_moves_for_those_who_want_no_motion(few: list[str], host: Host, tab: Tab) -> None:
    page = tab(reduced_motion="reduce")
    for path in few:
        page.goto(host.url(path))
        moving = page.evaluate(
            """[...document.querySelectorAll('*')].filter((element) => {
              const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
              return parseFloat(transitionDuration) > 0 || animationName !== 'none' || scrollBehavior === 'smooth';
            }).map((element) => element.outerHTML.slice(0, 80))"""
        )
        assert moving == [], path
        assert page.evaluate("document.getAnimations().length") == 0, path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_has_the_text_and_the_addresses_but_no_navigation(
    lang: str, templates: Templates, host: Host, tab: Tab
) -> None:
    page = tab()
    page.goto(host.url(templates[lang, "section"]))
    title = page.locator("h1").inner_text()
    sources = page.locator(".sources a[href^=http]").evaluate_all("(links) => links.map((link) => link.href)")
    menus = page.locator("nav").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label') || one.innerText)"
    )
    printed = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    letters = re.sub(r"\s", "", printed)
    assert re.sub(r"\s", "", title) in letters
    assert sources
    for address in sources:
        assert address in letters
    assert len(menus) >= 5
    page.emulate_media(media="print")
    for place in ("nav", "button", "input", ".skip", ".skyline"):
        assert [one.inner_html()[:80] for one in page.locator(place).all() if one.is_visible()] == [], place


def test_every_page_can_be_printed(few: list[str], host: Host, tab: Tab, look: str) -> None:
    page = tab(794)
    # The sheet has margins of 2.2 cm, 83 px, that the window has not.
    page.emulate_media(media="print", color_scheme="dark")  # a dark screen does not make a black sheet
    found = []
    for path in few:
        page.goto(host.url(path))
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(80), ...look.cut()]")]
        if page.evaluate("getComputedStyle(document.body).backgroundColor") not in (
            "rgb(255, 255, 255)",
            "rgba(0, 0, 0, 0)",
        ):
            found.append(f"{path}: the sheet is not white")
    assert not found, "\n".join(found)
