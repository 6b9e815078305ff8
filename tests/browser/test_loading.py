"""How a page comes: without a message in the console, a foreign request, a refusal of the policy, or a shift."""

import pytest
from playwright.sync_api import Page, Request

from benchmarks.host import Host
from browser.conftest import Tab

# A font that comes after the first paint, on a busy machine, may move a line by a pixel: less than .001 is not told.
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) =>
  value >= .001 && shifts.push(value.toFixed(4) + ' ' +
    sources.map(({ node }) => node && (node.className || node.nodeName)).join(', '))
)).observe({ type: 'layout-shift', buffered: true });
window.refused = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  refused.push(violatedDirective + ' ' + blockedURI));
"""
SCROLL = """async () => {
  await document.fonts.ready;
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: 'instant' });
    await new Promise(requestAnimationFrame);
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


def failure(request: Request) -> list[str]:
    """Return what is wrong with a request that failed. An icon that the next page leaves behind is not."""
    aborted = request.failure == "net::ERR_ABORTED" and "/icons/" in request.url
    return [] if aborted else [f"failed: {request.url}: {request.failure}"]


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Return two lists that grow: what the page tells the console, and what it asks for."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.extend(failure(request)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


@pytest.mark.parametrize("below", [False, True], ids=["at the root", "below a path"])
def test_a_page_comes_quietly(few: list[str], host: Host, tab: Tab, below: bool) -> None:
    found = []
    for width in (390,) if below else (390, 1280):
        page = tab(width)
        page.add_init_script(SHIFTS)
        said, asked = watch(page)
        for path in few:
            address = host.url(path, below)
            answer = page.goto(address)
            assert answer
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            page.evaluate(SCROLL)
            start = f"{path} at {width} px"
            found += [f"{start}: status {answer.status}"] if answer.status != 200 else []
            found += [f"{start}: not here, but at {page.url}"] if page.url != address else []
            found += [f"{start}: the console says {text}" for text in said]
            found += [f"{start}: asks for {url}" for url in asked if not url.startswith(host.origin + "/")]
            found += [f"{start}: the policy refuses {text}" for text in page.evaluate("refused")]
            found += [f"{start}: shifts by {text}" for text in page.evaluate("shifts")]
            said.clear()
            asked.clear()
    assert not found, "\n".join(found)


def test_a_first_visit_asks_for_at_most_five_files(few: list[str], host: Host, tab: Tab) -> None:
    for path in few:
        page = tab(390)
        _, asked = watch(page)
        page.goto(host.url(path))
        page.wait_for_load_state("load")
        files = [url for url in asked if "/icons/" not in url]
        assert len(files) <= 5, (path, files)
        page.context.close()


def test_the_policy_is_enforced(host: Host, tab: Tab) -> None:
    page = tab()
    page.goto(host.url("en/index.html"))
    page.add_init_script(SHIFTS)
    page.reload()
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.broken = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red">');
        }"""
    )
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.getElementById('styled').style.color") == ""
    page.wait_for_timeout(100)  # the refusals are told a moment later
    assert set(page.evaluate("refused")) == {"script-src-elem inline", "style-src-attr inline"}


def test_not_found_pages_are_styled_under_the_policy(host: Host, tab: Tab) -> None:
    page = tab()
    page.add_init_script(SHIFTS)
    for path in ("no/such/page/", "sl/a/b/c/ni", "en/none/", "es/nada/"):
        answer = page.goto(host.url(path))
        assert answer
        assert answer.status == 404
        assert page.evaluate("refused") == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 63, 54)"
        assert page.locator("a.button").count() >= 1
