"""“Edit this page” and its like: each leads to the right file, whatever the page is called, and to no other place."""

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import sync_playwright
from support.site import PROJECT, SiteFolder, needs

from benchmarks import chromium
from sitegen.inputs.config_rules import PLACEHOLDERS, pattern_problems
from sitegen.model.config import CodeHost
from sitegen.model.problems import Place

Make = Callable[..., SiteFolder]
FORGE = "https://code.example/o/r"
PATTERNS = f"""\
edit_url: {FORGE}/edit/main/{{path}}
create_url: {FORGE}/new/main/{{folder}}?filename={{name}}
report_url: {FORGE}/issues/new?title={{title}}&body={{url}}
"""
SHOWN = """\
-- templates/page.html --
{% extends 'base.html' %}
{% block main %}
{{ content }}<i>edit={{ page.edit_url }}</i><i>create={{ page.create_url }}</i><i>report={{ page.report_url }}</i>
{% endblock %}
"""


def links(folder: SiteFolder, path: str) -> dict[str, str]:
    """Return the addresses that a page shows, by name."""
    return {name: unescape(text) for name, text in re.findall(r"<i>(\w+)=(.*?)</i>", folder.read(path))}


def with_patterns(site: Make, files: str = "", patterns: str = PATTERNS) -> SiteFolder:
    """Return the smallest site with patterns, whose pages show their addresses."""
    folder = site(SHOWN + files)
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8") + patterns)
    assert folder.problems == []
    return folder


def test_page_leads_to_its_own_file(site: Make) -> None:
    folder = with_patterns(site, "-- content/sl/mreža/vstop.md --\n---\ntitle: Vstop & izstop\nslug: v\n---\nA\n")
    found = links(folder, "sl/mreža/v/index.html")
    assert found["edit"] == f"{FORGE}/edit/main/content/sl/mre%C5%BEa/vstop.md"
    assert found["create"] == ""
    query = parse_qs(urlsplit(found["report"]).query)
    assert query == {"title": ["Vstop & izstop"], "body": ["https://example.org/sl/mre%C5%BEa/v/"]}


def test_fallback_page_edits_the_source_and_makes_the_translation(site: Make) -> None:
    folder = with_patterns(site, "-- content/sl/a/b.md --\n---\ntitle: B\nfallback: show\n---\nA\n")
    found = links(folder, "en/a/b/index.html")
    assert found["edit"] == f"{FORGE}/edit/main/content/sl/a/b.md"
    assert found["create"] == f"{FORGE}/new/main/content/en/a?filename=b.md"
    assert parse_qs(urlsplit(found["report"]).query)["body"] == ["https://example.org/en/a/b/"]


def test_title_cannot_leave_its_place(site: Make) -> None:
    title = "\"'><script>alert(1)</script>&x=1#y {path} %41"
    folder = with_patterns(
        site, f"-- content/sl/a.md --\n---\ntitle: '{title.replace(chr(39), chr(39) * 2)}'\n---\nA\n"
    )
    assert parse_qs(urlsplit(links(folder, "sl/a/index.html")["report"]).query)["title"] == [title]
    assert "<script>" not in folder.read("sl/a/index.html")


def test_without_patterns_there_is_nothing(site: Make) -> None:
    folder = with_patterns(site, "-- content/sl/a.md --\n---\ntitle: A\n---\nA\n", patterns="")
    assert links(folder, "sl/a/index.html") == {"edit": "", "create": "", "report": ""}


def test_pattern_may_be_a_letter(site: Make) -> None:
    patterns = "report_url: mailto:web@example.org?subject={title}\n"
    folder = with_patterns(site, "-- content/sl/a.md --\n---\ntitle: Čas & čaj\n---\nA\n", patterns)
    assert links(folder, "sl/a/index.html")["report"] == "mailto:web@example.org?subject=%C4%8Cas%20%26%20%C4%8Daj"


def test_changed_pattern_makes_the_pages_anew(site: Make) -> None:
    folder = with_patterns(site, "-- content/sl/a.md --\n---\ntitle: A\n---\nA\n")
    text = (folder.root / "site.yaml").read_text(encoding="utf-8")
    folder.edit("site.yaml", text.replace("edit/main", "edit/next"))
    folder.build()
    assert links(folder, "sl/a/index.html")["edit"] == f"{FORGE}/edit/next/content/sl/a.md"


@pytest.mark.parametrize(
    ("key", "pattern", "code"),
    [
        ("edit_url", "ftp://a.example/{path}", "pattern-address"),
        ("edit_url", "javascript:alert('{path}')", "pattern-address"),
        ("edit_url", "https://{path}/", "pattern-address"),
        ("edit_url", "https://a.example/{path}/{", "pattern-address"),
        ("edit_url", "https://a.example/{path} x", "pattern-address"),
        ("edit_url", "https://a.example/{{path}}", "pattern-address"),
        ("edit_url", "https://a.example/{path}{}", "pattern-placeholder"),
        ("edit_url", "https://a.example/{path.__class__}/{path}", "pattern-placeholder"),
        ("edit_url", "https://a.example/", "pattern-lacks"),
        ("create_url", "https://a.example/new", "pattern-lacks"),
        ("report_url", "https://a.example/{page}", "pattern-placeholder"),
    ],
)
def test_pattern_that_cannot_work_is_refused(key: str, pattern: str, code: str) -> None:
    host = CodeHost(**{key: pattern})
    assert [p.code for p in pattern_problems(host, {key: Place("site.yaml", 1)})] == [code]


def test_manual_names_every_placeholder() -> None:
    manual = (PROJECT / "docs/site-yaml.md").read_text(encoding="utf-8")
    for key, (_, known) in PLACEHOLDERS.items():
        row = re.search(rf"^\| `{key}` \| (`{{.*)$", manual, re.M)
        assert row
        assert all(f"`{{{name}}}`" in row[1] for name in known)


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return this project's site with patterns, and a page that only the source's language has."""
    root = tmp_path_factory.mktemp("themed") / "site"
    root.mkdir()
    for name in ("content", "data", "templates", "static", "locales"):
        shutil.copytree(PROJECT / name, root / name)
    folder = SiteFolder(root)
    folder.edit("site.yaml", (PROJECT / "site.yaml").read_text(encoding="utf-8") + PATTERNS)
    folder.edit("content/sl/about/samo.md", "---\ntitle: Samo tu\nfallback: show\n---\nBesedilo.\n")
    assert not folder.build().failed
    return folder


WORDS = {
    "sl": ["Prevedi to stran", "Uredi to stran", "Sporoči napako"],
    "en": ["Translate this page", "Edit this page", "Report a mistake"],
    "es": ["Traducir esta página", "Editar esta página", "Informar de un error"],
}


@pytest.mark.parametrize("lang", WORDS)
def test_theme_shows_them_in_the_readers_language(themed: SiteFolder, lang: str) -> None:
    pages = [one for one in (themed.root / "public" / lang).glob("**/index.html") if "/samo/" in str(one)]
    text = pages[0].read_text(encoding="utf-8")
    line = text[text.index('<p class="changed contribute"') :].partition("</p>")[0]
    assert re.findall(r">([^<>]+)</a>", line) == (WORDS[lang][1:] if lang == "sl" else WORDS[lang])
    assert f"{FORGE}/edit/main/content/sl/about/samo.md" in line


def test_every_page_of_the_theme_has_them_and_search_does_not_read_them(themed: SiteFolder) -> None:
    pages = sorted((themed.root / "public/en").rglob("index.html"))
    without = [str(page) for page in pages if 'class="changed contribute"' not in page.read_text(encoding="utf-8")]
    redirects = [page for page in without if 'http-equiv="refresh"' in Path(page).read_text(encoding="utf-8")]
    assert without == redirects
    assert "Report a mistake" not in themed.read("search/en.js")


def test_paper_does_not_show_them_and_screen_does(themed: SiteFolder) -> None:
    needs("Chromium", chromium.found())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        page = browser.new_page()
        page.goto((themed.root / "public/en/glossary/index.html").as_uri())
        link = page.get_by_role("link", name="Edit this page", exact=True)
        assert link.is_visible()
        assert (link.bounding_box() or {})["height"] > 0
        page.emulate_media(media="print")
        assert not link.is_visible()
        browser.close()
