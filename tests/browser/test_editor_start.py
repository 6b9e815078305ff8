"""The page of the web editor behind nginx, with its policy: it says what to do, and asks nobody else."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from servers.conftest import running
from support.site import TESTS, TODAY, needs

from browser.conftest import Tab
from browser.test_axe import faults
from sitegen.build.admin import ASSETS, NEEDED
from sitegen.build.pipeline import build
from sitegen.build.request import Options

SETTINGS = """
hosts: {names: [nginx]}
admin: {backend: github, repository: town-office/website, workflow: review}
"""
LONG = "word " * 40
PAGES = {
    "content/sl/a.md": "---\ntitle: Vstop\n---\nBesedilo.\n",
    "content/sl/mreža/b.md": "---\ntitle: Še ena\n---\nBesedilo.\n",
    "content/en/c.md": f"---\ntitle: C\ndescription: {LONG}\n---\nText.\n",
}


@pytest.fixture(scope="module")
def editor(browser: Browser) -> Iterator[str]:
    """Return the address of the page."""
    needs("nginx", shutil.which("nginx"))
    needs("the web editor", all((ASSETS / name).is_file() for name in NEEDED))
    top = Path(tempfile.mkdtemp(prefix="sitegen-editor-"))
    try:
        top.chmod(0o755)
        shutil.copytree(TESTS / "minimal", top / "source")
        for path, text in PAGES.items():
            (top / "source" / path).parent.mkdir(exist_ok=True)
            (top / "source" / path).write_text(text, encoding="utf-8")
        with (top / "source/site.yaml").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        result = build(Options(root=top / "source", today=TODAY, output=top / "public"))
        assert not result.failed, result.problems
        (top / "nginx").mkdir()
        with running("nginx", top / "public", top / "public", top / "nginx") as port:
            yield f"http://127.0.0.1:{port}/admin/"
    finally:
        shutil.rmtree(top)


@pytest.fixture
def wrong() -> list[str]:
    """Return a list for everything that a page should not say or ask."""
    return []


def listened(page: Page, editor: str, wrong: list[str]) -> Page:
    """Note errors and warnings of a page, and requests to other hosts; these get no answer."""
    origin = editor.removesuffix("/admin/")
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda one: wrong.append(f"failed: {one.url}"))

    def refuse(url: str) -> bool:
        return not url.startswith((origin, "blob:", "data:"))

    page.on("request", lambda one: wrong.append(f"asked: {one.url}") if refuse(one.url) else None)
    page.route(refuse, lambda route: route.abort())
    return page


def test_the_start_page_says_what_to_do(editor: str, tab: Tab, wrong: list[str]) -> None:
    page = listened(tab(locale="sl-SI"), editor, wrong)
    page.goto(editor)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesto")
    expect(page.get_by_text("Kar shranite, je predlog")).to_be_visible()
    assert page.get_by_role("link", name="Vstop").get_attribute("href") == "#/collections/pages/entries/a?_locale=en"
    other = page.get_by_role("link", name="Še ena").get_attribute("href")
    assert other == "#/collections/pages/entries/mre%C5%BEa/b?_locale=en"
    warning = page.get_by_role("link", name="content/en/c.md")
    assert warning.first.get_attribute("href") == "#/collections/pages/entries/c?_locale=en"
    runs = page.get_by_role("link", name="Ali je zadnja sprememba objavljena?")
    assert runs.get_attribute("href") == "https://github.com/town-office/website/actions?query=branch%3Amain"
    assert page.evaluate("document.scripts.length") == 1  # the program is not loaded yet
    assert wrong == []


def test_texts_of_a_site_stay_texts_in_the_start_page(editor: str, tab: Tab, wrong: list[str]) -> None:
    """A title with a tag, sections that begin with a number sign or are called as a word of the page."""
    page = listened(tab(locale="en-GB"), editor, wrong)
    title = "<img src=x onerror=alert(1)> {words}"

    def answer(route: Route) -> None:
        listed = route.fetch().json()
        work = {"lang": "en", "state": "outdated", "title": title, "route": '/"><b>', "words": 3}
        sections = [{"title": "#one"}, {"title": "constructor"}, {"title": "new"}, {"word": "front"}]
        route.fulfill(json=listed | {"work": [work | {"sections": sections}]})

    page.route("**/status.json", answer)
    page.goto(editor)
    expect(page.get_by_role("link", name=title)).to_be_visible()
    expect(page.get_by_text("Sections: #one · constructor · new · title and description")).to_be_visible()
    assert page.locator("#start img, #start b").count() == 0
    assert wrong == []


def test_a_site_in_one_language_has_no_translations(editor: str, tab: Tab, wrong: list[str]) -> None:
    page = listened(tab(locale="en-GB"), editor, wrong)

    def answer(route: Route) -> None:
        listed = route.fetch().json()
        route.fulfill(json=listed | {"languages": listed["languages"][:1], "work": []})

    page.route("**/status.json", answer)
    page.goto(editor)
    expect(page.get_by_role("heading", name="Warnings")).to_be_visible()
    expect(page.get_by_role("heading", name="Translations")).to_have_count(0)
    assert wrong == []


def test_it_speaks_the_language_that_somebody_chooses(editor: str, tab: Tab, wrong: list[str]) -> None:
    page = listened(tab(), editor, wrong)  # of Finnish, the site knows nothing: its own language
    page.goto(editor)
    expect(page.get_by_role("link", name="Odpri urejevalnik")).to_be_visible()
    page.get_by_role("combobox").select_option("en")
    expect(page.get_by_role("link", name="Open the editor")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name="Open the editor").click()
    expect(page.get_by_role("button", name="Sign In Using Access Token")).to_be_visible()
    assert page.evaluate("document.querySelector('link[rel=cms-config-url]').getAttribute('href')") == "config.en.yml"
    assert wrong == []


@pytest.mark.parametrize("way", ["#/collections/pages/entries/mre%C5%BEa/b?_locale=en", "#/"])
def test_the_editor_opens_under_its_policy_and_asks_nobody(way: str, editor: str, tab: Tab, wrong: list[str]) -> None:
    page = listened(tab(locale="sl-SI"), editor, wrong)
    page.goto(editor + way)
    expect(page.get_by_role("button", name="Sign In Using Access Token")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesto")
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("[...document.fonts].filter((one) => one.status === 'error').length") == 0
    assert page.evaluate("document.fonts.check('16px \"Material Symbols Outlined\"')")
    assert wrong == []


def test_in_spanish_its_words_come_from_this_host(editor: str, tab: Tab, wrong: list[str]) -> None:
    page = listened(tab(locale="es-ES"), editor, wrong)
    page.goto(f"{editor}#/")
    expect(page.get_by_role("button", name="Iniciar sesión con un token de acceso")).to_be_visible()
    assert wrong == []


def test_a_script_of_another_host_is_refused(editor: str, tab: Tab) -> None:
    page = tab()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.goto(editor)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {src: 'https://x.example/a.js'}))"
    )
    page.evaluate("fetch('https://x.example/').catch(() => 0)")
    page.wait_for_timeout(200)
    assert len([text for text in said if "Content Security Policy" in text]) >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_start_page_is_accessible(width: int, scheme: str, editor: str, tab: Tab, axe: str) -> None:
    page = tab(width=width, color_scheme=scheme, locale="es-ES", bypass_csp=True)
    page.goto(editor)
    expect(page.locator("#start ul").first).to_be_visible()
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_page_says_so(editor: str, tab: Tab) -> None:
    page = tab(java_script_enabled=False)
    page.goto(editor)
    expect(page.get_by_text("Spletni urejevalnik potrebuje JavaScript.")).to_be_visible()
