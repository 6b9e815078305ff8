"""The search as a person uses it: by keyboard, by ear, from a host, below a path and from a folder on disk."""

import random
import shutil
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page
from support.site import TESTS

from benchmarks.host import Host
from browser.conftest import LANGUAGES, Tab
from browser.test_axe import RUN, SCHEMES, WIDTHS

Templates = dict[tuple[str, str], str]
QUERIES = yaml.safe_load((TESTS / "search_queries.yaml").read_text(encoding="utf-8"))
# The number decides the form of the word: (Slovenian) one, two, few, other.
FORMS = {
    "sl": lambda number: {1: "zadetek", 2: "zadetka", 3: "zadetki", 4: "zadetki"}.get(number % 100, "zadetkov"),
    "en": lambda number: "result" if number == 1 else "results",
    "es": lambda number: "resultado" if number == 1 else "resultados",
}
OPTION = "[role=option]"


def opened(page: Page, address: str) -> Page:
    """Open a page and its search, by the key for it."""
    page.goto(address)
    page.keyboard.press("/")
    page.locator("dialog[open]").wait_for()
    return page


def ask(page: Page, query: str) -> None:
    """Type a query anew and wait for what comes."""
    field = page.get_by_role("combobox")
    field.fill("")
    page.locator(OPTION).first.wait_for(state="detached")
    field.fill(query)
    page.locator(OPTION).first.wait_for()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_queries_find_their_page_first(lang: str, extent: str, templates: Templates, host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url(templates[lang, "page"]))
    rows = QUERIES[lang] if extent == "whole" else QUERIES[lang][:3]
    for row in rows:
        ask(page, row["query"])
        assert page.locator(OPTION).first.evaluate("(link) => link.href") == host.origin + "/" + row["first"], row[
            "query"
        ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_below_a_path_results_lead_below_it(lang: str, templates: Templates, host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url(templates[lang, "page"], below=True))
    row = QUERIES[lang][0]
    ask(page, row["query"])
    page.keyboard.press("Enter")
    page.wait_for_url(host.url(row["first"], below=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_works_from_a_folder_on_disk(lang: str, published: Path, templates: Templates, tab: Tab) -> None:
    page = opened(tab(), (published / templates[lang, "page"]).as_uri())
    row = QUERIES[lang][0]
    ask(page, row["query"])
    page.keyboard.press("Enter")
    folder, _, anchor = row["first"].partition("#")
    page.wait_for_url((published / folder / "index.html").as_uri() + (f"#{anchor}" if anchor else ""))
    assert page.locator("h1").is_visible()


def test_arrows_choose_and_enter_opens(host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url("en/index.html"))
    ask(page, "conference")
    field = page.get_by_role("combobox")
    options = page.locator(OPTION)
    total = options.count()
    assert total > 3
    assert field.get_attribute("aria-expanded") == "true"
    for keys, at in (
        (["ArrowDown"], 0),
        (["ArrowDown"], 1),
        (["ArrowUp", "ArrowUp"], total - 1),
        (["ArrowDown"] * 3, 2),
    ):
        for key in keys:
            page.keyboard.press(key)
        chosen = page.locator(f"{OPTION}[aria-selected=true]")
        assert chosen.count() == 1
        assert (
            chosen.get_attribute("id")
            == options.nth(at).get_attribute("id")
            == field.get_attribute("aria-activedescendant")
        )
    address = options.nth(2).evaluate("(link) => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    anchor = address.partition("#")[2]
    assert not anchor or page.locator(f"[id='{anchor}']").is_visible()


def test_escape_closes_and_gives_the_focus_back(host: Host, tab: Tab) -> None:
    page = tab()
    page.goto(host.url("sl/index.html"))
    page.locator(".search-button").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    ask(page, "mesto")
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.search-button')")


def test_the_key_for_it_can_be_switched_off(host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url("en/index.html"))
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    assert not page.locator("dialog").is_visible()
    page.locator(".search-button").click()
    assert page.locator("dialog").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_count_is_told_in_the_right_form(lang: str, templates: Templates, host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url(templates[lang, "page"]))
    seen = set()
    nothing = page.locator("dialog").get_attribute("data-none")
    for query in ("UNESCO", "Ptuj", "Melton", "xqzwv"):
        page.get_by_role("combobox").fill("")
        page.locator("[role=status]:empty").wait_for(state="attached")
        page.get_by_role("combobox").fill(query)
        page.locator("[role=status]:not(:empty)").wait_for()  # it is told when the typing pauses
        text, total = page.locator("[role=status]").inner_text(), page.locator(OPTION).count()
        number, _, words = text.partition(" ")
        assert (int(number), words) == (total, FORMS[lang](total)) if total else text == nothing, query
        seen.add(words)
    assert nothing
    assert len(seen) > 1


def test_nothing_is_loaded_before_a_person_opens_it(host: Host, tab: Tab) -> None:
    page = tab()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.url("es/index.html"))
    page.wait_for_timeout(200)
    before = [url for url in asked if "search-engine" in url or "/search/" in url]
    page.keyboard.press("/")
    page.locator("dialog[open]").wait_for()
    ask(page, "ciudad")
    after = [url for url in asked if "search-engine" in url or url == asked[-1]]
    assert before == []
    assert len(after) == 2, "the engine and the index of this language"


def test_words_with_signs_do_no_harm(host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url("en/index.html"))
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    letters = random.Random(7)  # the same queries at each run
    for query in ("<img src=x onerror=alert(1)>", "c++ (.*) [a-", "\\", "🏛", "é" * 80, "' OR 1=1", "   "):
        page.get_by_role("combobox").fill(query)
        page.wait_for_timeout(30)
    for _ in range(20):
        page.get_by_role("combobox").fill("".join(letters.choices("abc ščž/.*?\\\"'<>&", k=9)))
    assert said == []
    assert page.locator("dialog img, dialog script").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_open_search_is_accessible(
    lang: str, templates: Templates, host: Host, tab: Tab, axe: str, look: str
) -> None:
    found = []
    for scheme in SCHEMES:
        page = opened(tab(color_scheme=scheme), host.url(templates[lang, "page"]))
        ask(page, QUERIES[lang][0]["query"])
        page.keyboard.press("ArrowDown")
        page.evaluate(axe)
        page.evaluate(look)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(RUN)
            faults = [*page.evaluate("answer"), *page.evaluate("[...look.overflow(), ...look.cut()]")]
            found += [f"{scheme}, {width} px: {fault}" for fault in faults]
    assert not found, "\n".join(found)


def test_a_search_that_cannot_be_loaded_says_so(published: Path, tmp_path: Path, tab: Tab) -> None:
    shutil.copytree(published, tmp_path / "broken")
    for file in (tmp_path / "broken").rglob("search-engine*.js"):
        file.unlink()
    with Host(tmp_path / "broken") as broken:
        page = opened(tab(), broken.url("en/index.html"))
        page.locator("[role=status]:not(:empty)").wait_for()
        assert page.locator("[role=status]").inner_text() == page.locator("dialog").get_attribute("data-failed")


@pytest.mark.parametrize("scripts", [True, False])
def test_not_found_pages_offer_the_search(host: Host, tab: Tab, scripts: bool) -> None:
    page = tab(java_script_enabled=scripts)
    page.goto(host.url("sl/404.html"))
    page.get_by_role("link", name="Iskanje po spletišču").click()
    page.wait_for_url("**/sl/abecedno-kazalo/#page-search")
    if scripts:
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
    assert page.get_by_role("heading", level=1).is_visible()


def test_before_a_query_the_window_leads_to_the_sections(host: Host, tab: Tab) -> None:
    page = opened(tab(), host.url("en/network/index.html"))
    links = page.locator(".search-start a")
    menu = [link.get_attribute("href") for link in page.locator(".main-menu li a").all()]
    assert [link.get_attribute("href") for link in links.all()] == menu
    ask(page, "city")
    assert not links.first.is_visible()
    page.get_by_role("combobox").fill("")
    links.last.click()
    page.wait_for_url("**/en/news/")
