"""The accessibility rules of axe-core find nothing, on any page, in light and dark, narrow and wide."""

from playwright.sync_api import Page

from benchmarks.host import Host
from browser.conftest import Tab

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
# Beyond what axe does by itself: text contrast of 7:1, and targets of 24 px.
RUN = """(() => { window.answer = axe.run({
  resultTypes: ['violations'],
  rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } },
}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
  `${id}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`))); })()"""


def faults(page: Page, axe: str) -> list[str]:
    """Return what axe says against a page as it is: rule, element, advice."""
    page.evaluate(axe)
    page.evaluate(RUN)
    found: list[str] = page.evaluate("answer")
    return found


def test_axe_finds_nothing(paths: list[str], extent: str, host: Host, tab: Tab, axe: str) -> None:
    tabs = {scheme: tab(color_scheme=scheme) for scheme in SCHEMES}
    found = []
    for path in paths:
        for page in tabs.values():
            page.goto(host.url(path))
            page.evaluate(axe)
        for at, width in enumerate(WIDTHS):
            # Both schemes at once, each in a process of its own; the sample takes each scheme and each width once.
            here = tabs.items() if extent == "whole" else [(SCHEMES[at], tabs[SCHEMES[at]])]
            for _, page in here:
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate(RUN)
            for scheme, page in here:
                found += [f"{path} ({scheme}, {width} px): {fault}" for fault in page.evaluate("answer")]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_with_more_contrast(few: list[str], host: Host, tab: Tab, axe: str) -> None:
    page = tab(contrast="more")
    found = []
    for path in few:
        page.goto(host.url(path))
        found += [f"{path}: {fault}" for fault in faults(page, axe)]
    assert not found, "\n".join(found)


def test_not_found_pages_are_accessible_too(host: Host, tab: Tab, axe: str) -> None:
    found = []
    for scheme in SCHEMES:
        page = tab(320, color_scheme=scheme)
        for path in ("no/such/page/", "sl/ni/", "en/none/", "es/nada/"):
            answer = page.goto(host.url(path))
            assert answer
            assert answer.status == 404
            found += [f"{path} ({scheme}): {fault}" for fault in faults(page, axe)]
    assert not found, "\n".join(found)
