"""The same templates and styles in a right-to-left language: the page is the mirror image, and nothing overflows.

Arabic is added to a copy of the site, with the English texts: what is looked at is the frame, not the words.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from support.site import PROJECT, TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import faults
from sitegen.build.pipeline import build
from sitegen.build.request import Options

PAGES = (
    "index.html",
    "key-features/index.html",
    "conference/outcomes/index.html",
    "network/members-over-time/index.html",
    "glossary/index.html",
    "news/index.html",
    "a-z/index.html",
)
# What begins at the start edge of its place, whatever its words are.
STARTS = ".brand, .main-menu li:first-child, .breadcrumb li:first-child, h1, .toc, .section-menu, .prose, .site-map li"
EDGES = """(selector) => [...document.querySelectorAll(selector)].filter(look.shown).map((element) => {
  const { left, right } = element.getBoundingClientRect();
  return [look.name(element).split(' ')[0], Math.round(document.dir === 'rtl' ? innerWidth - right : left)];
})"""


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Build and serve the site with Arabic as its fourth language."""
    root = tmp_path_factory.mktemp("mirrored")
    for name in ("content", "data", "templates", "static", "locales"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copytree(PROJECT / "content/en", root / "content/ar")
    settings = yaml.safe_load((PROJECT / "site.yaml").read_text(encoding="utf-8"))
    settings["languages"]["ar"] = {"label": "العربية", "locale": "ar", "direction": "rtl", "weight": 4}
    settings["title"]["ar"] = "مدن التعلم"
    settings["description"]["ar"] = "موقع مستقل عن مدن التعلم."
    for texts in (settings["publisher"]["name"], settings["publisher"]["address"]):
        texts["ar"] = texts["en"]
    (root / "site.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    result = build(Options(root=root, today=TODAY, jobs=1))
    assert not result.failed
    with Host(Path(root / "public")) as host:
        yield host


def test_the_language_and_its_direction_are_said(mirrored: Host, tab: Tab) -> None:
    page = tab()
    page.goto(mirrored.url("ar/index.html"))
    assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
    assert page.locator(".languages a[lang=ar]").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_overflows_or_is_cut(mirrored: Host, tab: Tab, look: str, width: int) -> None:
    page = tab(width)
    found = []
    for path in PAGES:
        page.goto(mirrored.url("ar/" + path))
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(), ...look.cut()]")]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_begins_at_the_other_edge(mirrored: Host, tab: Tab, look: str, width: int) -> None:
    page = tab(width)
    for path in PAGES:
        edges = []
        for lang in ("en", "ar"):
            page.goto(mirrored.url(f"{lang}/{path}"))
            page.evaluate(look)
            found = {}
            for name, start in page.evaluate(EDGES, STARTS):
                found.setdefault(name, start)
            edges.append(found)
        left, right = edges
        assert list(left) == list(right), path
        apart = {name: (left[name], right[name]) for name in left if abs(left[name] - right[name]) > 1}
        assert not apart, path


def test_axe_finds_nothing(mirrored: Host, tab: Tab, axe: str) -> None:
    page = tab(390)
    found = []
    for path in PAGES:
        page.goto(mirrored.url("ar/" + path))
        found += [f"{path}: {fault}" for fault in faults(page, axe)]
    assert not found, "\n".join(found)


def test_the_search_works_and_mirrors(mirrored: Host, tab: Tab) -> None:
    page = tab()
    page.goto(mirrored.url("ar/index.html"))
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("glossary")
    page.locator("[role=option]").first.wait_for()
    box = page.locator(".search-field button").bounding_box()
    assert box
    assert box["x"] < 640, "the button that closes stands at the left"
    page.keyboard.press("Enter")
    page.wait_for_url(mirrored.url("ar/glossary/index.html") + "*")
