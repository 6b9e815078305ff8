"""The control for light and dark: off it is not there; on it is remembered, holds on every page and never flashes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import TODAY, tree

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import SCHEMES, faults
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.cli.main import main

GROUND = "getComputedStyle(document.body).backgroundColor"
BARS = "[...document.querySelectorAll('meta[name=theme-color]')].map(bar => bar.content)"
# Notes the colour of the ground at the first time that anything is drawn.
FIRST = """
requestAnimationFrame(function look() {
  if (!document.body) return requestAnimationFrame(look);
  window.first = getComputedStyle(document.body).backgroundColor;
});
"""


def made(root: Path, theme: str) -> Path:
    """Build a new site with these settings of its theme; return the output."""
    settings = (root / "site.yaml").read_text(encoding="utf-8").partition("\ntheme:")[0]
    (root / "site.yaml").write_text(f"{settings}\ntheme: {theme}\n", encoding="utf-8")
    shutil.rmtree(root / "public", ignore_errors=True)
    assert not build(Options(root=root, today=TODAY, jobs=1)).failed
    return root / "public"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a new site in two directions."""
    root = tmp_path_factory.mktemp("switch") / "site"
    assert main(["init", str(root), "--languages", "en,ar", "--title", "Town"]) == 0
    return root


@pytest.fixture(scope="module", params=["{switch: true}", '{switch: true, brand: "#3b1d5a"}'], ids=["own", "brand"])
def shop(root: Path, request: pytest.FixtureRequest) -> Iterator[Host]:
    """Serve a site whose readers choose."""
    with Host(made(root, request.param)) as running:
        yield running


def test_without_it_nothing_of_it_is_published(root: Path) -> None:
    files = tree(made(root, "default"))
    assert not [path for path in files if "scheme" in path or "switch" in path]
    assert not [path for path, data in files.items() if b"data-scheme" in data or b"switch" in data]


@pytest.mark.parametrize("system", SCHEMES)
@pytest.mark.parametrize("chosen", SCHEMES)
def test_a_choice_is_that_scheme_on_every_page_from_the_first_moment(
    shop: Host, tab: Tab, system: str, chosen: str
) -> None:
    wanted = tab(1280, color_scheme=chosen)
    wanted.goto(shop.url("en/index.html"))
    ground, bar = wanted.evaluate(GROUND), wanted.evaluate(BARS)[SCHEMES.index(chosen)]

    page = tab(1280, color_scheme=system)
    page.add_init_script(FIRST)
    page.goto(shop.url("en/index.html"))
    page.select_option(".switch select", chosen)
    assert page.evaluate(GROUND) == ground
    assert set(page.evaluate(BARS)) == {bar}
    page.goto(shop.url("ar/index.html"))
    page.wait_for_function("window.first")
    assert page.evaluate("window.first") == ground
    assert page.evaluate("document.querySelector('.switch select').value") == chosen
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    page.emulate_media(media="screen")
    page.select_option(".switch select", "")
    assert page.evaluate("document.documentElement.dataset.scheme") is None
    assert page.evaluate("localStorage.getItem('scheme')") is None


def test_what_is_remembered_is_believed_only_where_it_is_a_scheme(shop: Host, tab: Tab) -> None:
    page = tab(1280)
    page.goto(shop.url("en/index.html"))
    page.evaluate("localStorage.setItem('scheme', '\"><script>')")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.scheme") is None


def test_there_is_nothing_without_scripts_and_nothing_moves_with_them(shop: Host, tab: Tab) -> None:
    page = tab(1280, java_script_enabled=False)
    page.goto(shop.url("en/index.html"))
    assert not page.locator(".switch").is_visible()
    page = tab(1280)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.moved += one.value))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(shop.url("en/index.html"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") == 0


def test_the_script_that_the_page_waits_for_is_small(root: Path) -> None:
    scripts = [data for path, data in tree(made(root, "{switch: true}")).items() if "/scheme." in path]
    assert len(scripts) == 1
    assert len(scripts[0]) < 500


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_axe_finds_nothing_and_it_is_inside_the_header(shop: Host, tab: Tab, axe: str, width: int) -> None:
    page = tab(width)
    for path in ("en/index.html", "ar/index.html"):
        page.goto(shop.url(path))
        page.select_option(".switch select", "dark")
        assert not faults(page, axe)
        box, bar = page.locator(".switch").bounding_box(), page.locator(".site-header .bar").bounding_box()
        assert box
        assert bar
        assert bar["x"] <= box["x"]
        assert box["x"] + box["width"] <= bar["x"] + bar["width"] + 0.5
        assert box["height"] >= 24  # WCAG 2.2, 2.5.8
        page.evaluate("localStorage.clear()")
