"""The manual as a site, in a browser: the default theme serves software documentation as well as the other site."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import PROJECT

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import faults

SAMPLE = (
    "en/index.html",
    "en/how-to/add-a-news-item/index.html",
    "en/reference/commands/index.html",
    "en/reference/markdown/index.html",
    "en/explanation/performance/index.html",
    "en/decisions/index.html",
    "sl/index.html",
    "es/guide/index.html",
)
BUILD = (
    "import sys; from pathlib import Path; from tools.make_docs import make; sys.exit(make(*map(Path, sys.argv[1:])))"
)

# Whether the first link in a region takes the focus: axe holds links in a closed <details> for hidden, also where the
# theme shows them (`::details-content`), so it misses that a long menu can be scrolled with the keyboard.
TAKES_FOCUS = """target => {
  const link = document.querySelector(target).querySelector('a');
  link?.focus();
  return link !== null && document.activeElement === link;
}"""


@pytest.fixture(scope="module")
def manual(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual in a process of its own, since the browser has started threads in this one."""
    folder = tmp_path_factory.mktemp("manual")
    command = [sys.executable, "-c", BUILD, str(folder / "site"), str(folder / "public")]
    subprocess.run(command, cwd=PROJECT, check=True, timeout=600)
    return folder / "public"


@pytest.fixture(scope="module")
def its_host(manual: Path) -> Iterator[Host]:
    """Serve it."""
    with Host(manual) as running:
        yield running


@pytest.fixture
def its_pages(manual: Path, extent: str) -> list[str]:
    """Return the pages to look at: some of each kind, or (in the proof) all of them."""
    every = [file.relative_to(manual).as_posix() for file in sorted(manual.rglob("index.html"))]
    assert set(SAMPLE) <= set(every)
    return every if extent == "whole" else list(SAMPLE)


def test_axe_finds_nothing_in_the_manual(its_pages: list[str], extent: str, its_host: Host, tab: Tab, axe: str) -> None:
    found = []
    for at, scheme in enumerate(("light", "dark")):
        page = tab(color_scheme=scheme)
        for path in its_pages if extent == "whole" else its_pages[at::2]:  # the sample takes each page once
            page.goto(its_host.url(path))
            for fault in faults(page, axe):
                rule, target, _ = fault.split(": ", 2)
                if rule != "scrollable-region-focusable" or not page.evaluate(TAKES_FOCUS, target):
                    found.append(f"{path} ({scheme}): {fault}")
    assert not found, "\n".join(found)


def test_pages_of_the_manual_fit_a_phone(its_pages: list[str], its_host: Host, tab: Tab) -> None:
    page = tab(320)
    wide, messages = {}, []
    page.on("console", lambda message: messages.append(message.text))
    for path in its_pages:
        page.goto(its_host.url(path))
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert not wide
    assert not messages
