"""The project's site with the web editor, built once, and a browser in which the editor runs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from support.console import clone
from support.site import PROJECT, needs

from admin.editor import Editor, served
from benchmarks import chromium

ASSETS = PROJECT / "sitegen/admin/assets"
SETTINGS = "\nadmin:\n  backend: github\n  repository: city/site\n  branch: main\n"
Opened = Callable[..., Editor]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of the project whose site.yaml asks for the web editor, built."""
    needs("git", shutil.which("git"))
    needs("Chromium", chromium.found())
    needs("the web editor", (ASSETS / "sveltia-cms.js").is_file())
    folder = clone(tmp_path_factory.mktemp("admin") / "site")
    shutil.copytree(ASSETS, folder / "sitegen/admin/assets")
    return built(folder, SETTINGS)


def built(folder: Path, settings: str) -> Path:
    """Build a clone of the project with these settings at the end of its site.yaml."""
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=folder, check=True, timeout=600)
    return folder


@pytest.fixture
def variant(site: Path, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Return a function that builds and serves the site with other settings of the editor."""
    with ExitStack() as running:

        def of(settings: str) -> str:
            folder = shutil.copytree(site, tmp_path / "variant", symlinks=True)
            text = (folder / "site.yaml").read_text(encoding="utf-8")
            (folder / "site.yaml").write_text(text.removesuffix(SETTINGS), encoding="utf-8")
            return running.enter_context(served(built(folder, settings) / "public"))

        yield of


@pytest.fixture(scope="package")
def origin(site: Path) -> Iterator[str]:
    """Serve it."""
    with served(site / "public") as address:
        yield address


@pytest.fixture(scope="package")
def texts(site: Path) -> dict[str, bytes]:
    """Return path → bytes of the content, as a clone holds it."""
    files = (file for file in sorted((site / "content").rglob("*")) if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="package")
def browser(site: Path) -> Iterator[Browser]:
    """Start the browser when the site is built."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.found(), args=chromium.SWITCHES, env={**os.environ, "TZ": "UTC"}
        )
        yield running
        running.close()


@pytest.fixture
def editor(browser: Browser, origin: str) -> Iterator[Opened]:
    """Return a function that opens the editor in a new tab; what goes wrong there fails the test."""
    opened = []

    def open_editor(*allowed: str, locale: str = "sl-SI", at: str = "") -> Editor:
        # So high that every field of a page is there: the editor draws those in sight only.
        context = browser.new_context(viewport={"width": 1400, "height": 3000}, locale=locale)
        context.set_default_timeout(60_000)
        opened.append((context, Editor(context.new_page(), at or origin, allowed)))
        return opened[-1][1]

    yield open_editor
    wrong = [line for _, one in opened for line in one.wrong]
    for context, _ in opened:
        context.close()
    assert wrong == []
