"""Twelve brand colours, light and dark: axe finds nothing to say of any."""

import shutil
from pathlib import Path

import pytest
from support.brands import BRANDS
from support.site import TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import SCHEMES, faults
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.cli.main import main

PAGES = ("index.html", "en/index.html", "en/news/index.html", "en/guide/index.html", "en/guide/write-a-page/index.html")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a new site."""
    root = tmp_path_factory.mktemp("brands") / "site"
    assert main(["init", str(root), "--languages", "en,ar", "--title", "Town"]) == 0
    return root


@pytest.mark.parametrize("brand", BRANDS)
def test_axe_finds_nothing(root: Path, tab: Tab, axe: str, brand: str) -> None:
    settings = (root / "site.yaml").read_text(encoding="utf-8").partition("\ntheme:")[0]
    (root / "site.yaml").write_text(f'{settings}\ntheme: {{brand: "{brand}"}}\n', encoding="utf-8")
    shutil.rmtree(root / "public", ignore_errors=True)
    assert not build(Options(root=root, today=TODAY, jobs=1)).failed
    found = []
    with Host(root / "public") as host:
        for scheme in SCHEMES:
            page = tab(1280, color_scheme=scheme)
            for path in PAGES:
                page.goto(host.url(path))
                found += [f"{path} ({scheme}): {fault}" for fault in faults(page, axe)]
    assert not found, "\n".join(found)
