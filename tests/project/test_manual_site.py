"""The manual as a site of its own: built by the project without a problem, complete, and found by its search."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from support.search import ask
from support.site import PROJECT

from sitegen.cli.main import main
from tools import make_docs

QUERIES = {
    "fix": "tutorials/tour/#5-fix-the-link",
    "fix error": "reference/problems/",
    "cache": "explanation/security/#the-cache",
    "edit link": "reference/site-yaml/#edit-links",
    "theme colours": "how-to/change-colours-and-logo/",
    "layer": "explanation/architecture/",
    "menu": "how-to/add-a-menu-entry/",
    "add language": "how-to/add-a-language/",
    "contact form": "how-to/add-a-contact-form/",
    "github pages": "how-to/publish-on-github-pages/",
    "embed video": "how-to/embed-a-map-or-video/",
    "redirect": "how-to/move-a-page/",
    "schedule": "how-to/schedule-a-page/",
    "exit code": "reference/commands/",
    "ui strings": "reference/templates/#interface-text",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual; return the folder in which the site and what is published lie."""
    folder = tmp_path_factory.mktemp("manual")
    assert make_docs.make(folder / "site", folder / "public") == 0  # --strict: a warning would fail it
    return folder


def test_check_finds_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", "--all"], root=site / "site") == 0, capsys.readouterr().err


def test_every_file_of_the_manual_has_a_page(site: Path) -> None:
    folders = make_docs.sections()
    pages = {source: make_docs.place(source, "en", folders) for source in make_docs.sources()}
    assert len(pages) > 100
    for source, path in pages.items():
        assert path is not None, source
        folder = path.parent if path.name == "index.md" else path.with_suffix("")
        assert (site / "public" / folder / "index.html").is_file(), source


def test_anchors_are_those_of_the_code_host(site: Path) -> None:
    from support.manual import anchors

    page = (site / "public/en/reference/commands/index.html").read_text(encoding="utf-8")
    wanted = anchors(PROJECT / "docs/commands.md") - {"commands"}  # the title
    assert len(wanted) > 10
    assert not [anchor for anchor in wanted if f'id="{anchor}"' not in page]


@pytest.mark.parametrize("language", ["sl", "en", "es"])
def test_guides_follow_each_other_as_their_list_has_them(site: Path, language: str) -> None:
    readme = (PROJECT / "docs/guide" / language / "README.md").read_text(encoding="utf-8")
    names = [Path(name).stem for name in re.findall(r"^\d+\. \[[^\]]*\]\(([^)]+)\)", readme, re.M)]
    assert len(names) > 8
    for before, after in pairwise(names):
        page = (site / "public" / language / "guide" / before / "index.html").read_text(encoding="utf-8")
        assert f'href="../{after}/" rel="next"' in page, before


def test_links_to_the_repository_are_left_as_words(site: Path) -> None:
    text = (site / "site/content/en/changelog.md").read_text(encoding="utf-8")
    assert not re.findall(r"\]\((?!https?:|mailto:|#)[^)]*(?<!\.md)(?<!\.png)(?:\.py|\.yaml|LICENSE)\)", text)


@pytest.mark.parametrize("query", QUERIES)
def test_what_a_reader_searches_is_found(site: Path, query: str) -> None:
    index = (site / "public/search/en.js").read_text(encoding="utf-8")
    found = [hit["url"].removeprefix("en/") for hit in ask(index=index, queries=[query])[0]["results"]]
    assert [url for url in found[:8] if url.startswith(QUERIES[query])], found[:8]
