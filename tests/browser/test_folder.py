"""The folder edition in a browser that opens it from disk: nothing is asked of any server."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.site import PROJECT, TODAY

from browser.conftest import LANGUAGES, Tab
from browser.test_search import OPTION, QUERIES, ask, opened
from sitegen.build.pipeline import build
from sitegen.build.request import Options

# Of drawings too, whose `href` is no text.
LINKS = "(all) => all.map((a) => new URL(a.getAttribute('href'), document.baseURI).href.split('#')[0])"


@pytest.fixture(scope="package")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder edition of this project's site."""
    output = tmp_path_factory.mktemp("folder") / "on a stick č"
    result = build(Options(root=PROJECT, today=TODAY, output=output, offline=True))
    assert not result.failed, result.problems
    return output


def watched(page: Page) -> list[str]:
    """Return a list that will hold what goes wrong, and every address outside of the disk that is asked for."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    return wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_finds_and_opens_from_disk(lang: str, folder: Path, tab: Tab) -> None:
    page = tab()
    wrong = watched(page)
    opened(page, (folder / lang / "index.html").as_uri())
    row = QUERIES[lang][0]
    ask(page, row["query"])
    page.keyboard.press("Enter")
    path, _, anchor = row["first"].partition("#")
    page.wait_for_url((folder / path / "index.html").as_uri() + (f"#{anchor}" if anchor else ""))
    assert page.locator("h1").is_visible()
    assert page.locator(OPTION).count() == 0
    assert wrong == []


def test_a_reader_goes_from_the_start_through_all_languages(folder: Path, tab: Tab) -> None:
    page = tab()
    wrong = watched(page)
    page.goto((folder / "index.html").as_uri())
    page.locator("a[data-language=en]").first.click()
    page.wait_for_url((folder / "en/index.html").as_uri())
    for lang in ("es", "sl"):
        page.locator(f"a[data-language={lang}]").first.click()
        page.wait_for_url((folder / lang / "index.html").as_uri())
    assert wrong == []


@pytest.mark.proof
def test_every_page_is_reached_by_its_links(folder: Path, tab: Tab) -> None:
    """From the start, link by link, as the browser resolves them; what is reached is every page there is."""
    page = tab(java_script_enabled=False)
    start = (folder / "index.html").as_uri()
    waiting, seen = [start], {start}
    while waiting:
        page.goto(waiting.pop(), wait_until="domcontentloaded")
        found = page.locator("a[href]").evaluate_all(
            "(links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).href.split('#')[0])"
        )
        new = {link for link in found if link.startswith("file:") and link.endswith(".html")} - seen
        seen |= new
        waiting += sorted(new)
    assert seen == {file.as_uri() for file in folder.rglob("*.html")}
