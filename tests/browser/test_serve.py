"""`serve` in a real browser: pages reload, styles change under them, mistakes are laid over them and go away."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.site import TESTS, unpack

from benchmarks.preview import Preview
from browser.conftest import Tab
from browser.test_axe import RUN

SITE = """
-- content/sl/about.md --
---
title: O mestu
description: Dovolj dolg opis mesta, da nihče nima česa pripomniti na njegov račun.
---

Prvo besedilo.
-- content/sl/other.md --
---
title: Drugo
---

Drugo besedilo.
-- static/css/site.css --
main { color: rgb(255, 0, 0) }
-- static/css/more.css --
h1 { color: rgb(0, 0, 9) }
.tall { height: 4000px }
-- templates/page.html --
<!DOCTYPE html>
<html lang="{{ lang }}"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
<meta name="viewport" content="width=device-width">
<title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ asset('css/site.css') }}">
<link rel="stylesheet" href="{{ asset('css/more.css') }}">
{% for code, address in page.alternates %}
<link rel="alternate" hreflang="{{ code }}" href="{{ address }}">
{% endfor %}
</head><body><main><h1>{{ page.title }}</h1>{{ content }}<p class="tall">.</p></main></body></html>
"""
HEAD = "---\ntitle: O mestu\n---\n\n"
BROKEN = HEAD + "[a](gone.md)\n"
LONG = "Besedilo.\n\n" * 200


@pytest.fixture
def serve(tmp_path: Path, browser: object) -> Iterator[Callable[..., Preview]]:
    """Return a function that serves a site of its own: serve({path: text}, "--option", …)."""
    running: list[Preview] = []

    def start(files: dict[str, str] | None = None, *options: str) -> Preview:
        root = tmp_path / f"site{len(running)}"
        shutil.copytree(TESTS / "minimal", root)
        for path, text in {**unpack(SITE), **(files or {})}.items():
            write(root, path, text)
        running.append(Preview(root, *options))
        return running[-1].__enter__()

    yield start
    for one in running:
        one.__exit__(None, None, None)


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def opened(tab: Tab, preview: Preview, path: str = "sl/about/", **options: object) -> Page:
    """Open a page, and wait until livereload has shaken hands."""
    page = tab(**options)
    page.set_default_timeout(60_000)
    page.add_init_script("addEventListener('LiveReloadConnect', () => { window.ready = true })")
    page.goto(preview.address + path)
    page.wait_for_function("window.LiveReload && LiveReload.connector.protocol >= 7")
    return page


def marked(page: Page) -> None:
    page.evaluate("window.mark = 1")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 1"))


def test_a_save_reloads_the_page_and_no_other(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page, other = opened(tab, preview), opened(tab, preview, "sl/other/")
    marked(other)
    for number in range(5):
        write(preview.root, "content/sl/about.md", f"{HEAD}Beseda {number}.\n")
        expect(page.get_by_text(f"Beseda {number}.")).to_be_visible(timeout=60_000)
    assert is_marked(other)


def test_the_reader_stays_where_they_were(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve({"content/sl/about.md": HEAD + LONG})
    page = opened(tab, preview)
    page.evaluate("scrollTo(0, 1234)")
    page.wait_for_function("scrollY === 1234")
    write(preview.root, "content/sl/about.md", HEAD + LONG + "Konec.\n")
    expect(page.get_by_text("Konec.")).to_be_attached(timeout=60_000)
    page.wait_for_function("scrollY === 1234")


def test_styles_come_without_a_reload(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview)
    page.evaluate("scrollTo(0, 700)")
    marked(page)
    for number in (10, 20, 30):
        write(preview.root, "static/css/site.css", f"main {{ color: rgb(0, {number}, 0) }}")
        page.wait_for_function(f"getComputedStyle(document.querySelector('main')).color === 'rgb(0, {number}, 0)'")
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 2")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 9)"
    assert is_marked(page)
    assert page.evaluate("scrollY") == 700


def test_mistakes_are_laid_over_the_last_good_page(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview)
    marked(page)
    write(preview.root, "content/sl/about.md", BROKEN)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible(timeout=60_000)
    expect(dialog).to_contain_text("content/sl/about.md:5:5")
    expect(dialog).to_contain_text("The page “gone.md” does not exist.")
    expect(dialog).to_contain_text("[a](gone.md)")
    expect(page.get_by_text("Prvo besedilo.")).to_be_attached()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Problems: 1").click()
    expect(dialog).to_be_visible()
    assert is_marked(page)
    write(preview.root, "content/sl/about.md", f"{HEAD}Spet dobro.\n")
    expect(page.get_by_text("Spet dobro.")).to_be_visible(timeout=60_000)
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Problems")).to_have_count(0)


def test_a_mistake_elsewhere_goes_without_a_reload(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview, "sl/other/")
    marked(page)
    write(preview.root, "content/sl/about.md", BROKEN)
    expect(page.get_by_role("alertdialog")).to_be_visible(timeout=60_000)
    write(preview.root, "content/sl/about.md", f"{HEAD}Spet dobro.\n")
    expect(page.get_by_role("alertdialog")).to_have_count(0, timeout=60_000)
    assert is_marked(page)


def test_a_page_opened_while_something_is_wrong_says_so(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    write(preview.root, "content/sl/about.md", BROKEN)
    preview.wait_for("link-missing")
    page = opened(tab, preview)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_text("Prvo besedilo.")).to_be_attached()


def test_a_warning_is_a_badge_that_opens(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve({"content/sl/about.md": "---\ntitle: O mestu\ndescription: " + "a" * 161 + "\n---\n\nA.\n"})
    page = opened(tab, preview)
    expect(page.get_by_role("dialog")).to_have_count(0)
    badge = page.get_by_role("button", name="Problems: 1")
    badge.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("description-long")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_check_would_refuse_is_counted_and_marked(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve({"content/sl/about.md": f"{HEAD}Dva  presledka.\n"})
    page = opened(tab, preview)
    page.get_by_role("button", name="Check: ").click(timeout=60_000)
    entry = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="spaces-double")
    expect(entry).to_contain_text("content/sl/about.md")
    expect(entry).to_contain_text("found by check")
    write(preview.root, "content/sl/about.md", f"{HEAD}En presledek.\n")
    expect(entry).to_have_count(0, timeout=60_000)


def test_problems_are_told_in_the_language_of_the_tool(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve({"content/sl/about.md": HEAD}, "--ui-language", "sl")
    page = opened(tab, preview)
    write(preview.root, "content/sl/about.md", BROKEN)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible(timeout=60_000)
    assert dialog.evaluate("dialog => dialog.getRootNode().host.lang") == "sl"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_laid_over_a_page_is_accessible(
    serve: Callable[..., Preview], tab: Tab, axe: str, scheme: str, width: int
) -> None:
    preview = serve()
    page = opened(tab, preview, width=width, color_scheme=scheme)
    write(preview.root, "content/sl/about.md", BROKEN + "".join(f"\n[a](gone{n}.md)\n" for n in range(30)))
    expect(page.get_by_role("alertdialog")).to_be_visible(timeout=60_000)
    page.evaluate(axe)
    for _ in range(2):
        page.evaluate(RUN.replace("axe.run({", "axe.run('sitegen-preview', {"))
        assert page.evaluate("answer") == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_a_start_with_mistakes_shows_the_site_when_they_are_mended(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve({"content/sl/about.md": BROKEN})
    page = tab()
    page.goto(preview.address + "sl/about/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The site cannot be shown yet")
    expect(page.get_by_text("content/sl/about.md:5:5")).to_be_visible()
    write(preview.root, "content/sl/about.md", BROKEN.replace("gone", "lost"))
    expect(page.get_by_text("lost.md")).to_be_visible(timeout=60_000)
    write(preview.root, "content/sl/about.md", f"{HEAD}Dobro.\n")
    expect(page.get_by_text("Dobro.")).to_be_visible(timeout=60_000)


def test_ten_files_at_once_are_one_reload(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("load"))
    before = len(preview.said)
    for number in range(9):
        write(preview.root, f"content/sl/p{number}.md", f"---\ntitle: P {number}\n---\n\nA.\n")
    write(preview.root, "content/sl/about.md", f"{HEAD}Deset.\n")
    expect(page.get_by_text("Deset.")).to_be_visible(timeout=60_000)
    time.sleep(2)
    page.wait_for_timeout(10)
    assert preview.said[before:].count("rebuilt") == 1
    assert len(loads) == 1


def test_below_a_path_with_styles_and_reload(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve(None, "--base-path", "/some/sub")
    page = opened(tab, preview)
    assert page.evaluate("getComputedStyle(document.querySelector('main')).color") == "rgb(255, 0, 0)"
    write(preview.root, "content/sl/about.md", f"{HEAD}Novo.\n")
    expect(page.get_by_text("Novo.")).to_be_visible(timeout=60_000)


def test_a_page_that_comes_and_goes(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview, "sl/new/")
    expect(page.get_by_text("Ni najdeno")).to_be_visible()
    write(preview.root, "content/sl/new.md", "---\ntitle: Nova\n---\n\nNova stran.\n")
    expect(page.get_by_text("Nova stran.")).to_be_visible(timeout=60_000)
    (preview.root / "content/sl/new.md").unlink()
    expect(page.get_by_text("Ni najdeno")).to_be_visible(timeout=60_000)


def test_a_page_finds_the_preview_again_when_it_was_away(serve: Callable[..., Preview], tab: Tab) -> None:
    preview = serve()
    page = opened(tab, preview)
    assert preview.interrupt() == 130
    write(preview.root, "content/sl/about.md", f"{HEAD}Medtem.\n")
    again = Preview(preview.root, "--port", str(preview.port))
    with again:
        expect(page.get_by_text("Medtem.")).to_be_visible(timeout=60_000)
