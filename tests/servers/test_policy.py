"""The site in a browser on real servers: nothing that a page needs is refused by the policy that the server sends."""

import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from support.site import needs

from benchmarks import chromium
from servers.conftest import Served
from servers.test_answers import asset

PATHS = ("", "sl/", "en/glossary/", "es/noticias/", "en/network/", "en/conference/", "nothing", "sl/nothing/here")
REFUSED = """addEventListener('securitypolicyviolation', (event) => console.error('refused', event.blockedURI))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needs("Chromium", chromium.found())
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        yield running
        running.close()


def test_no_page_asks_for_what_the_policy_refuses(served: Served, browser: Browser) -> None:
    context = browser.new_context(locale="fi-FI")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(REFUSED)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    for path in PATHS:
        answer = page.goto(served.origin + served.prefix + path)
        assert answer is not None
        assert answer.status == (404 if "nothing" in path else 200), path
        styled = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "serif" in styled, path
    lost = [text for text in wrong if "404" in text and "/nothing" in text]  # the browser says so of the page itself
    assert [text for text in wrong if text not in lost] == []
    context.close()


def test_search_works_under_the_policy(served: Served, browser: Browser) -> None:
    context = browser.new_context(locale="fi-FI")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.add_init_script(REFUSED)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{served.origin}{served.prefix}en/")
    page.keyboard.press("/")
    page.locator("dialog[open]").wait_for()
    page.get_by_role("combobox").fill("glossary")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.origin}{served.prefix}en/**")
    assert wrong == []
    context.close()


def test_a_pdf_is_shown(served: Served) -> None:
    needs("Chromium", chromium.found())
    with ThreadPoolExecutor(1) as apart:  # the browser of all other tests may hold the loop of this thread
        assert apart.submit(shown_red, f"{served.origin}{served.prefix}{asset(served, '.pdf')}").result() > 10_000


def shown_red(address: str) -> int:
    """Open a PDF in a browser of its own; return how many pixels of the window become red, within a minute."""
    with sync_playwright() as playwright:  # the viewer is in the newer mode without a window only
        running = playwright.chromium.launch(
            executable_path=chromium.found(),
            args=[*chromium.SWITCHES, "--headless=new"],
            ignore_default_args=["--headless", "--headless=old"],
        )
        page = running.new_page(viewport={"width": 500, "height": 400})
        page.goto(address)
        end = time.monotonic() + 60
        while not reds(page.screenshot()) and time.monotonic() < end:
            page.wait_for_timeout(300)
        found = reds(page.screenshot())
        running.close()
        return found


def reds(picture: bytes) -> int:
    """Return how many pixels of a picture are red."""
    colours = Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 20) or []
    return sum(count for count, (red, green, blue) in colours if red > 200 and green < 60 and blue < 60)
