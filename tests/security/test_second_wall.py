"""CSP as a second wall: every page holds the policy first in its head, and a browser acts on it."""

import base64
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from support.site import PROJECT, TODAY, SiteFolder, needs

from benchmarks import chromium
from sitegen.build.pipeline import build
from sitegen.build.request import Options, Result
from sitegen.outputs.policy import with_policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
FIRST = re.compile(r'\s*<!DOCTYPE html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8">\n<meta http-equiv="Content-Sec')
INLINE = re.compile(r"<(style|script)(?![^>]*(?:\ssrc=|application/ld\+json))[^>]*>(.*?)</\1>", re.S)
PATHS = ("index.html", "404.html", "sl/index.html", "en/glossary/index.html", "es/404.html", "en/network/index.html")
PAGE = "<!DOCTYPE html><html><head>{}</head><body></body></html>"
POLICY = {"default-src": ("'self'",)}
ADDED = '\n<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'


@pytest.fixture(scope="module")
def folder(real: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder edition of this project's site."""
    output = tmp_path_factory.mktemp("disk") / "on a stick č"
    assert not build(Options(root=PROJECT, today=TODAY, output=output, offline=True)).failed
    return output


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Browser]:
    needs("Chromium", chromium.found())
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        yield running
        running.close()


class _Silent(SimpleHTTPRequestHandler):
    """A host of files that sends no headers of a policy."""

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def policy_of(text: str) -> str:
    found = META.findall(text)
    assert len(found) == 1
    return str(found[0])


def wrong_at(browser: Browser, addresses: list[str]) -> list[str]:
    """Open pages and return what the console says; each must have its stylesheet, or it is named."""
    context = browser.new_context(locale="fi-FI")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    for address in addresses:
        page.goto(address)
        if "serif" not in page.evaluate("getComputedStyle(document.body).fontFamily"):
            wrong.append(f"{address} has no styles")
    context.close()
    return wrong


@pytest.mark.parametrize("edition", ["web", "folder"])
def test_every_page_has_it_first_with_its_own_hashes(edition: str, real: Result, folder: Path) -> None:
    pages = sorted((Path(real.output) if edition == "web" else folder).rglob("*.html"))
    assert len(pages) > 100
    hashed = 0
    for file in pages:
        text = file.read_text(encoding="utf-8")
        policy = policy_of(text)
        digests = {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for _, one in INLINE.findall(text)}
        assert FIRST.match(text), file
        assert set(re.findall(r"'sha256-([^']+)'", policy)) == digests, file
        assert not re.search("frame-ancestors|sandbox|report-|unsafe", policy), file
        assert ("file:" in policy) == (edition == "folder"), file
        hashed += len(digests)
    assert hashed or edition == "folder"


@pytest.mark.parametrize("path", ["/", "/some/sub/"])
def test_the_console_is_clean_on_a_host_without_headers(path: str, browser: Browser, tmp_path: Path) -> None:
    output = tmp_path / path.strip("/")
    base = f"https://town.example{path}"
    assert not build(Options(root=PROJECT, today=TODAY, output=output, base_url=base)).failed
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(tmp_path))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        wrong = wrong_at(browser, [f"http://127.0.0.1:{host.server_port}{path}{one}" for one in PATHS])
        host.shutdown()
    assert wrong == []


def test_the_console_is_clean_from_disk(browser: Browser, folder: Path) -> None:
    pages = [folder / path for path in PATHS if "404" not in path]
    assert wrong_at(browser, [page.as_uri() for page in pages]) == []


@pytest.mark.parametrize(("sources", "shown"), [("file:", True), ("'none'", False)])
def test_from_disk_the_policy_acts_and_the_name_of_the_disk_is_enough(
    sources: str, shown: bool, browser: Browser, folder: Path
) -> None:
    """A browser that keeps to the standard matches 'self' with nothing on a disk."""
    page = folder / "en/alone.html"
    text = (folder / "en/index.html").read_text(encoding="utf-8")
    page.write_text(text.replace("'self' file:", sources), encoding="utf-8")
    wrong = wrong_at(browser, [page.as_uri()])
    page.unlink()
    assert (wrong == []) == shown, wrong


@pytest.mark.parametrize(
    "planted",
    [
        "<script>document.title = 'ran'</script>",
        "<img src=x onerror=\"document.title = 'ran'\">",
        "<svg onload=\"document.title = 'ran'\"></svg>",
        "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
        "<iframe src=\"javascript:parent.document.title = 'ran'\"></iframe>",
        "<script src=\"data:text/javascript,document.title = 'ran'\"></script>",
        "<object data=\"data:text/html,<script>1</script>\"></object><script>document.title = 'ran'</script>",
        "<script type=module>document.title = 'ran'</script>",
        "<base href='https://evil.example/'><script>document.title = 'ran'</script>",
        "<details open ontoggle=\"document.title = 'ran'\">x</details>",
    ],
)
def test_what_gets_into_a_finished_page_does_not_run(planted: str, browser: Browser, folder: Path) -> None:
    text = (folder / "en/index.html").read_text(encoding="utf-8").replace("</main>", f"{planted}</main>")
    page = folder / "en/planted.html"
    tab = browser.new_page()
    titles = []
    for policy in (True, False):
        page.write_text(text if policy else META.sub("", text), encoding="utf-8")
        tab.goto(page.as_uri())
        tab.wait_for_timeout(150)
        titles.append(tab.title())
    tab.close()
    page.unlink()
    assert "ran" not in titles[0]
    assert "iframe src=" in planted or titles[1] == "ran"


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("{policy_in_pages: false}", None),
        ("{headers: {content-security-policy: ''}}", None),
        (
            '{headers: {Content-Security-Policy: "img-src *; Sandbox; report-uri /r; img-src a.example"}}',
            "img-src *",
        ),
        (
            "{policy: {script-src: ['https://a.example'], report-to: [x], frame-ancestors: ['https://b.example']}}",
            (
                "object-src 'none'; frame-src 'none'; default-src 'self'; script-src 'self' https://a.example; "
                "img-src 'self' data:; form-action 'self'; base-uri 'none'"
            ),
        ),
        (
            "{policy: {frame-src: ['https://v.example'], object-src: [\"'self'\"]}}",
            (
                "object-src 'self'; frame-src https://v.example; default-src 'self'; img-src 'self' data:; "
                "form-action 'self'; base-uri 'none'"
            ),
        ),
    ],
)
def test_site_yaml_changes_it_as_it_changes_the_header(
    text: str, policy: str | None, site: Callable[..., SiteFolder]
) -> None:
    made = site()
    settings = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", f"{settings}\nhosts: {text}\n")
    made.build()
    found = META.findall(made.read("sl/index.html"))
    assert found == ([] if policy is None else [policy])


def test_a_changed_setting_reaches_pages_that_are_remembered(site: Callable[..., SiteFolder]) -> None:
    made = site()
    made.build()
    settings = (made.root / "site.yaml").read_text(encoding="utf-8")
    assert META.search(made.read("sl/index.html"))
    made.edit("site.yaml", f"{settings}\nhosts: {{policy_in_pages: false}}\n")
    made.build()
    assert not META.search(made.read("sl/index.html"))


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ("<meta charset=utf-8>|<script>1</script>", "charset"),
        ("<title>A</title><meta charset='utf-8' />|<link rel=x>", "after a title"),
        ("<meta name=a content=b>\n<META HTTP-EQUIV=a content='text/html; charset=utf-8'>|", "the old way"),
        ("<!-- <meta charset=x> --><meta charset=utf-8>|", "a comment"),
        ("|<title>A</title><script>1</script><meta charset=utf-8>", "a script before it"),
        ("|<style>a{}</style><meta charset=utf-8>", "a style before it"),
        ("|<base href=x><meta charset=utf-8>", "a base before it"),
        ("|<title>no encoding</title>", "none"),
    ],
)
def test_it_stands_behind_the_encoding_and_before_what_loads(head: str, at: str) -> None:
    assert with_policy(PAGE.format(head.replace("|", "")), POLICY, ()) == PAGE.format(head.replace("|", ADDED)), at


def test_a_hash_does_not_take_back_what_a_site_allows() -> None:
    policy = {"script-src": ("'unsafe-inline'",), "style-src": ("'self'",)}
    text = with_policy("<head></head>", policy, (("script-src", "'sha256-a'"), ("style-src", "'sha256-b'"), ("", "x")))
    assert policy_of(text) == "script-src 'unsafe-inline'; style-src 'self' 'sha256-b'"
