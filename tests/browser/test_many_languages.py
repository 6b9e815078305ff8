"""A new site in twelve languages, some of its pages untranslated: the header holds, and everything stays accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import faults
from browser.test_sizes import enlarge
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.cli.main import main

LANGUAGES = ("de", "ar", "sl", "en", "es", "fr", "it", "pt", "nl", "pl", "nb", "hu")
HEADER = ".brand, .languages, .search, .main-menu, .site-header > .bar > .menu-button"
WIDTHS = (320, 639, 896, 1280)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make and build the site: one page is shown in German to French readers, others are only in some languages."""
    root = tmp_path_factory.mktemp("many") / "site"
    title = "Stadtbibliothek Musterstadt"
    assert main(["init", str(root), "--languages", ",".join(LANGUAGES), "--title", title, "--sure"]) == 0
    about = root / "content/de/about.md"
    about.write_text(about.read_text(encoding="utf-8").replace("---\n", "---\nfallback: show\n", 1), encoding="utf-8")
    for lang in ("fr", "it", "nb"):
        (root / f"content/{lang}/about.md").unlink()
        (root / f"content/{lang}/guide/pages.md").unlink()
    assert not build(Options(root=root, today=TODAY, jobs=1)).failed
    return root / "public"


@pytest.fixture(scope="module")
def many(public: Path) -> Iterator[Host]:
    """Serve it."""
    with Host(public) as host:
        yield host


@pytest.fixture(scope="module")
def homes(public: Path) -> list[str]:
    """Return the home page of every language: the header of a language is the same on all its pages."""
    return sorted(path.relative_to(public).as_posix() for path in public.glob("*/index.html"))


@pytest.fixture(scope="module")
def inner(public: Path) -> list[str]:
    """Return all other pages of two languages, one of them right to left, and one home page."""
    found = [*public.glob("de/index.html"), *public.glob("fr/*/index.html"), *public.glob("ar/*/index.html")]
    return sorted(path.relative_to(public).as_posix() for path in found)


@pytest.mark.parametrize("size", [100, *(pytest.param(size, marks=pytest.mark.proof) for size in (150, 200))])
def test_the_header_holds(many: Host, tab: Tab, look: str, homes: list[str], size: int) -> None:
    page = tab()
    enlarge(page, size)
    found = []
    for path in homes:
        page.goto(many.url(path))
        page.evaluate(look)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults = page.evaluate(f"[...look.overflow(), ...look.cut(), ...look.overlaps({HEADER!r})]")
            header = page.locator(".site-header").bounding_box()
            assert header
            if header["height"] > 2 * size:
                faults.append(f"the header is {header['height']} px high")
            search, bar = page.locator(".search").bounding_box(), page.locator(".site-header .bar").bounding_box()
            assert search
            assert bar
            if size == 100 and page.evaluate("document.dir") == "ltr" and search["x"] < bar["width"] / 3:
                faults.append(f"the search is at the left, {search['x']}")
            found += [f"{path} at {width} px: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing(many: Host, tab: Tab, axe: str, inner: list[str], scheme: str, width: int) -> None:
    page = tab(width, color_scheme=scheme)
    found = []
    for path in inner:
        page.goto(many.url(path))
        page.locator("[popovertarget=page-languages]").click()
        found += [f"{path}: {fault}" for fault in faults(page, axe)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_list_opens_says_what_is_not_translated_and_leads_on(many: Host, tab: Tab, scripts: bool) -> None:
    page = tab(java_script_enabled=scripts)
    page.goto(many.url("de/leitfaden/seite-schreiben/index.html"))
    french = page.locator(".languages a[lang=fr]")
    assert not french.is_visible()
    page.locator("[popovertarget=page-languages]").click()
    assert french.is_visible()
    assert "noch nicht übersetzt" in page.locator(".languages li", has=page.locator("a[lang=fr]")).inner_text()
    page.keyboard.press("Escape")
    assert not french.is_visible()
    page.locator("[popovertarget=page-languages]").click()
    page.locator(".languages a[lang=en]").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_root_says_each_title_once(many: Host, tab: Tab) -> None:
    page = tab()
    page.goto(many.url("index.html"))
    assert page.locator("h1").inner_text() == "Stadtbibliothek Musterstadt"
    assert page.locator("main a").count() == len(LANGUAGES)
