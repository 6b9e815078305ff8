"""All that the site offers is reached by keyboard alone, in the order of reading, with the focus in sight."""

import pytest
from playwright.sync_api import Page

from benchmarks.host import Host
from browser.conftest import LANGUAGES, Tab

HERE = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const ringed = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const drawn = element.closest('svg') && [...element.querySelectorAll('path')].some((path) =>
    parseFloat(getComputedStyle(path).strokeWidth) >= 3);
  // Somewhere in its boxes (a link may go over two lines) the element itself is on top.
  const top = [...element.getClientRects()].some((part) => {
    const found = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
    return found && (element.contains(found) || found.contains(element));
  });
  return { name: look.name(element), at: tabbable().indexOf(element), ringed: ringed || Boolean(drawn), top,
    inside: box.bottom > 0 && box.top < innerHeight };
}"""
TABBABLE = """window.tabbable = () => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
  .filter((element) => look.shown(element) && element.tabIndex >= 0 && !element.disabled)"""


def walk(page: Page, path: str) -> list[str]:
    """Press Tab until the page ends. Returns the faults: out of order, out of sight, without a mark."""
    faults = []
    page.evaluate("scrollTo(0, 0)")
    total = page.evaluate("tabbable().length")
    for step in range(total):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            return [*faults, f"{path}: the focus is lost after {step} of {total}"]
        wrong = [word for word in ("ringed", "top", "inside") if not here[word]]
        wrong += [] if here["at"] == step else [f"place {here['at']}, not {step}"]
        faults += [f"{path}: {here['name']}: {', '.join(wrong)}"] if wrong else []
    page.keyboard.press("Tab")
    after = page.evaluate(HERE)
    return faults + ([f"{path}: the page holds the focus"] if after and after["at"] else [])


@pytest.mark.parametrize("width", [390, 1280])
def test_tab_goes_through_the_page_in_order(few: list[str], host: Host, tab: Tab, look: str, width: int) -> None:
    page = tab(width)
    found = []
    for path in few:
        page.goto(host.url(path))
        page.evaluate(look)
        page.evaluate(TABBABLE)
        found += walk(page, path)
    assert not found, "\n".join(found)


def test_the_skip_link_comes_first_and_leads_to_the_text(few: list[str], host: Host, tab: Tab) -> None:
    page = tab()
    for path in few:
        page.goto(host.url(path))
        if not page.locator(".skip").count():
            assert path == "index.html", "only the choice of language has nothing to skip"
            continue
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("(element) => element === document.activeElement")
        assert skip.bounding_box()["y"] >= 0, "in sight when it has the focus"  # type: ignore[index]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "page-main"
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside or not page.locator("main a").count(), path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_menu_of_narrow_screens_opens_and_closes(host: Host, tab: Tab, scripts: bool) -> None:
    page = tab(390, java_script_enabled=scripts)
    page.goto(host.url("en/index.html"))
    menu, link = page.locator("#page-menu"), page.locator("#page-menu a").first
    assert not menu.is_visible()
    page.locator("button[popovertarget=page-menu]").first.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the button that closes
    page.keyboard.press("Tab")
    address = link.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/{address}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_is_switched_by_keyboard_to_the_same_page(
    lang: str, templates: dict[tuple[str, str], str], host: Host, tab: Tab
) -> None:
    page = tab()
    page.goto(host.url(templates[lang, "glossary"]))
    for other in LANGUAGES:
        link = page.locator(f".languages a[lang={other}]")
        assert link.get_attribute("hreflang") == other
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(host.url(templates[other, "glossary"]))
        assert page.locator("html").get_attribute("lang") == other
        assert page.locator(".languages [aria-current]").get_attribute("lang") == other


def test_the_root_page_honours_an_earlier_choice_and_never_moves_a_deep_link(host: Host, tab: Tab) -> None:
    page = tab(locale="es-MX")
    page.goto(host.url("en/glossary/index.html"))
    assert page.url == host.url("en/glossary/index.html")
    page.goto(host.url("index.html"))
    page.wait_for_url(host.url("es/index.html"))
    page.locator(".languages a[lang=sl]").click()
    page.wait_for_url(host.url("sl/index.html"))
    page.goto(host.url("index.html"))
    page.wait_for_url(host.url("sl/index.html"))
