"""A site made with `init` in German and Arabic: every page in the browser, by axe, narrow and wide, mirrored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import SCHEMES, faults
from browser.test_sizes import FAULTS, TEXT, WIDTHS, enlarge
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.cli.main import main


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make and build the site."""
    root = tmp_path_factory.mktemp("town") / "site"
    assert main(["init", str(root), "--languages", "de,ar", "--title", "Stadtbücherei"]) == 0
    result = build(Options(root=root, today=TODAY, strict=True, jobs=1))
    assert not result.problems
    return root


@pytest.fixture(scope="module")
def town(root: Path) -> Iterator[Host]:
    """Serve it."""
    with Host(root / "public") as host:
        yield host


@pytest.fixture(scope="module")
def pages(root: Path) -> list[str]:
    """Return the paths of all its pages."""
    public = root / "public"
    return sorted(file.relative_to(public).as_posix() for file in public.rglob("*.html") if file.name != "404.html")


def test_there_are_all_pages_in_both_languages(pages: list[str]) -> None:
    assert len([path for path in pages if path.startswith("de/")]) == 8
    assert len([path for path in pages if path.startswith("ar/")]) == 8


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_and_the_eye_find_nothing(
    town: Host, tab: Tab, axe: str, look: str, pages: list[str], scheme: str, width: int
) -> None:
    page = tab(width, color_scheme=scheme)
    found = []
    for path in pages:
        page.goto(town.url(path))
        found += [f"{path}: {fault}" for fault in faults(page, axe)]
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(), ...look.cut()]")]
    assert not found, "\n".join(found)


@pytest.mark.proof
@pytest.mark.parametrize("size", TEXT)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_holds_everywhere(
    town: Host, tab: Tab, axe: str, look: str, pages: list[str], scheme: str, size: int
) -> None:
    page = tab(color_scheme=scheme)
    enlarge(page, size)
    found = []
    for path in pages:
        page.goto(town.url(path))
        page.evaluate(look)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            here = [*page.evaluate(FAULTS), *faults(page, axe)]
            found += [f"{path}, {width} px: {fault}" for fault in here]
    assert not found, "\n".join(found)


def test_a_reader_goes_from_page_to_page_and_from_language_to_language(town: Host, tab: Tab) -> None:
    page = tab()
    page.goto(town.url("index.html"))
    page.get_by_role("link", name="العربية").click()
    assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
    assert page.locator("h1").inner_text() == "Stadtbücherei"
    page.locator(".ways").get_by_role("link", name="الدليل").click()
    page.locator(".section-menu").get_by_role("link", name="ترجم صفحة").click()
    assert page.locator("h1").inner_text() == "ترجم صفحة"
    brand, menu = page.locator(".brand").bounding_box(), page.locator(".languages").bounding_box()
    assert brand
    assert menu
    assert brand["x"] > menu["x"]
    page.locator(".languages").get_by_role("link", name="Deutsch").click()
    assert page.locator("h1").inner_text() == "Eine Seite übersetzen"
    assert page.url.endswith("/de/leitfaden/seite-uebersetzen/")


def test_the_search_finds_in_both_languages(town: Host, tab: Tab) -> None:
    page = tab()
    for start, word, found in (("de/", "Barrierefreiheit", "de/ueber-diese-website/"), ("ar/", "الترخيص", "ar/")):
        page.goto(town.url(f"{start}index.html"))
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(word)
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{found}**")


def test_code_tables_and_callouts_hold_from_right_to_left(town: Host, tab: Tab, pages: list[str], root: Path) -> None:
    holds = [path for path in pages if path.startswith("ar/") and "<pre" in (root / "public" / path).read_text("utf-8")]
    page = tab()
    page.goto(town.url(holds[0]))
    styles = "(all) => all.map((one) => getComputedStyle(one)).map((one) => [one.direction, one.textAlign])"
    assert set(map(tuple, page.locator(".prose pre").evaluate_all(styles))) == {("ltr", "left")}
    inline = page.locator(".prose :not(pre) > code").evaluate_all(styles)
    assert {direction for direction, _ in inline} == {"ltr"}
    # Letters of a path stand in their order: the first begins left of the last.
    assert page.locator(".prose :not(pre) > code").first.evaluate(
        """(code) => {
          const [first, last] = [0, code.textContent.length - 1].map((at) => {
            const letter = document.createRange();
            letter.setStart(code.firstChild, at);
            letter.setEnd(code.firstChild, at + 1);
            return letter.getBoundingClientRect().left;
          });
          return first < last;
        }"""
    )
    ends = page.locator(".prose table tr").evaluate_all(
        """(rows) => rows.map((row) => [row.firstElementChild, row.lastElementChild])
          .map((cells) => cells.map((cell) => getComputedStyle(cell)))
          .map(([first, last]) => [first.paddingRight, last.paddingLeft])"""
    )
    assert ends
    assert set(map(tuple, ends)) == {("0px", "0px")}
    callout = page.locator(".callout").first.evaluate("(one) => getComputedStyle(one).borderRightWidth")
    assert callout == "4px"
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).letterSpacing") in ("normal", "0px")
