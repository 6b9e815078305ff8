"""Without scripts: the same text, the same links, and a way to everything."""

import pytest

from benchmarks.host import Host
from browser.conftest import LANGUAGES, Tab

LINKS = "[...document.querySelectorAll('a[href]')].map((link) => link.href)"


def test_text_and_links_are_the_same(few: list[str], host: Host, tab: Tab) -> None:
    plain, scripted = tab(java_script_enabled=False), tab()
    for path in few:
        for page in (plain, scripted):
            page.goto(host.url(path))
        assert plain.locator("body").inner_text() == scripted.locator("body").inner_text(), path
        assert plain.evaluate(LINKS) == scripted.evaluate(LINKS), path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_button_leads_to_the_list_of_everything(
    lang: str, templates: dict[tuple[str, str], str], host: Host, tab: Tab
) -> None:
    page = tab(java_script_enabled=False)
    page.goto(host.url(templates[lang, "page"]))
    page.locator(".search-button").click()
    page.wait_for_url(host.url(templates[lang, "a-z"]) + "*")
    assert page.locator(".index a").count() > 60


def test_the_root_page_offers_every_language(host: Host, tab: Tab) -> None:
    page = tab(java_script_enabled=False, locale="es-ES")
    page.goto(host.url("index.html"))
    assert page.locator("main a").evaluate_all("(links) => links.map((link) => link.lang)") == list(LANGUAGES)
    page.locator("main a[lang=es]").click()
    page.wait_for_url(host.url("es/index.html"))


def test_the_menu_of_wide_screens_is_simply_there(host: Host, tab: Tab) -> None:
    page = tab(1280, java_script_enabled=False)
    page.goto(host.url("en/index.html"))
    assert page.locator("#page-menu a").first.is_visible()
    assert not page.locator("button[popovertarget]").first.is_visible()
