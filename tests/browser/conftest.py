"""One browser and one build for all tests of this folder, and a host that is as strict as a good one."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support.site import PROJECT, needs

from benchmarks import chromium
from benchmarks.host import Host
from browser.fonts import SETS, configuration
from sitegen.build.request import Result

LANGUAGES = ("sl", "en", "es")
AXE = PROJECT / "node_modules/axe-core/axe.min.js"
LOOK = Path(__file__).with_name("look.js")
KIND = re.compile(r'<body class="([^"]*)"')
Tab = Callable[..., Page]
BOTH_FONTS = pytest.mark.parametrize("fonts", SETS, indirect=True)


@pytest.fixture(scope="package")
def published(real: Result) -> Path:
    """Return the folder of this project's site."""
    needs("Chromium", chromium.found())
    return Path(real.output)


@pytest.fixture(scope="package")
def host(published: Path) -> Iterator[Host]:
    """Serve it."""
    with Host(published) as running:
        yield running


@pytest.fixture(scope="package")
def fonts(request: pytest.FixtureRequest) -> str:
    """Return the name of the set of fonts; a test that must hold with several asks for them with `BOTH_FONTS`."""
    return str(getattr(request, "param", SETS[0]))


@pytest.fixture(scope="package")
def browser(published: Path, fonts: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start the browser when the site is built (by processes that are forked, before there are threads).

    It ends before the tests of other folders begin.
    """
    needs("Chromium", chromium.found())
    settings = {"FONTCONFIG_FILE": str(configuration(fonts, tmp_path_factory.mktemp("fonts"))), "TZ": "UTC"}
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.found(), args=chromium.SWITCHES, env={**os.environ, **settings}
        )
        yield running
        running.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Return a function that opens an empty tab: tab(width=390, color_scheme="dark", java_script_enabled=False, …).

    Its reader speaks none of the site's languages, so that the root page stays where it is.
    """
    contexts = []

    def open_tab(width: int = 1280, height: int = 800, **options: object) -> Page:
        window = {"width": width, "height": height}
        context = browser.new_context(viewport=window, **{"locale": "fi-FI", **options})  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="package")
def axe() -> str:
    """Return the source of axe-core."""
    needs("axe-core", AXE.is_file())
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def look() -> str:
    """Return the source of what the tests measure in a page."""
    return LOOK.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def kinds(published: Path) -> dict[str, str]:
    """Return path → kind of every HTML page (the class of its body), redirects aside."""
    found = {}
    for file in sorted(published.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in html:
            match = KIND.search(html)
            assert match, file
            found[file.relative_to(published).as_posix()] = match[1]
    return found


@pytest.fixture(scope="package")
def every_page(kinds: dict[str, str]) -> list[str]:
    """Return the paths of all pages that a host serves by their own address."""
    return [path for path in kinds if not path.endswith("404.html")]


@pytest.fixture(scope="package")
def templates(published: Path, every_page: list[str], kinds: dict[str, str]) -> dict[tuple[str, str], str]:
    """Return (language, kind) → the largest page of each kind; the language of the root is ""."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(every_page, key=lambda path: (published / path).stat().st_size):
        found[path.partition("/")[0] if "/" in path else "", kinds[path]] = path
    return found


@pytest.fixture(scope="package", params=["sample", pytest.param("whole", marks=pytest.mark.proof)])
def extent(request: pytest.FixtureRequest) -> str:
    """Say how much is looked at: every template in each language, or (in the proof) everything."""
    return str(request.param)


@pytest.fixture(scope="package")
def paths(extent: str, every_page: list[str], templates: dict[tuple[str, str], str]) -> list[str]:
    """Return the pages to look at."""
    return every_page if extent == "whole" else sorted(templates.values())


@pytest.fixture(scope="package")
def few(extent: str, every_page: list[str], templates: dict[tuple[str, str], str]) -> list[str]:
    """Return the pages to look at where languages hardly differ: every template in one language, or all pages."""
    if extent == "whole":
        return every_page
    return sorted(path for (lang, _), path in templates.items() if lang in ("", "es"))  # the longest words
