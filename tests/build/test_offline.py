"""The folder edition: every link names its file, what only a host needs is left out, it never mixes with the site."""

import re
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.site import tree
from support.truth import clean, difference, run, story

LINK = re.compile(r"""<(?!meta)[^>]*\s(?:href|src|action|data-index|data-engine)=["']([^"']*)["']""")
OUTSIDE = re.compile(r"[a-z]+:|//")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return story(tmp_path / "story")


def links(file: Path) -> list[str]:
    """Return the links of a page that lead inside the folder, without their anchors."""
    found = LINK.findall(file.read_text(encoding="utf-8"))
    return [unquote(link.partition("#")[0]) for link in found if not OUTSIDE.match(link) and not link.startswith("#")]


def test_every_link_names_a_file_of_the_folder(root: Path) -> None:
    assert run(root, "--offline").code == 0
    folder = root / "public-offline"
    pages = sorted(folder.rglob("*.html"))
    found = [(page, link) for page in pages for link in links(page)]
    assert len(pages) > 15
    assert len(found) > 100
    assert [f"{page}: {link}" for page, link in found if not (page.parent / link).is_file()] == []


def test_what_only_a_host_needs_is_left_out(root: Path) -> None:
    assert run(root).code == run(root, "--offline").code == 0
    online, offline = (set(tree(root / name)) - {".sitegen"} for name in ("public", "public-offline"))
    left_out = {path for path in online - offline if not path.startswith("assets/cards/")}
    redirects = {path for path in left_out if b'http-equiv="refresh"' in (root / "public" / path).read_bytes()}
    assert redirects
    rest = {".nojekyll", "404.html", "sl/404.html", "en/404.html", "es/404.html", "robots.txt", "sitemap.xml"}
    rest |= {"sl/feed.xml", "en/feed.xml", "es/feed.xml"}
    assert left_out - redirects == rest
    assert offline <= online


def test_a_page_names_its_original_on_the_web(root: Path) -> None:
    run(root, "--offline")
    page = (root / "public-offline/sl/news/first/index.html").read_text(encoding="utf-8")
    assert re.search(r'hreflang="sl" href="https://[^"]*/sl/news/first/"', page)


def test_no_address_is_needed_for_it(root: Path) -> None:
    file = root / "site.yaml"
    file.write_text(re.sub(r"(?m)^base_url:.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert "base-url-missing" in run(root).problems
    assert "base-url-missing" not in run(root, "--offline").problems


def test_the_two_editions_never_mix(root: Path, tmp_path: Path) -> None:
    """Built in turns, with an edit between, each is what a clean build makes; and each knows when nothing changed."""
    body = root / "content/sl/index.md"
    for text in ("", "\nEna.\n", "\nDve.\n"):
        body.write_text(body.read_text(encoding="utf-8") + text, encoding="utf-8")
        for options in ([], ["--offline"]):
            name = "public-offline" if options else "public"
            assert run(root, *options).code == 0
            clean(root, tmp_path / "clean", *options)
            assert difference(tree(root / name), tree(tmp_path / "clean")) == []


def test_each_edition_knows_when_nothing_changed(root: Path) -> None:
    """Files made in this very moment are not trusted, and others may be installing packages: soon it must be true."""
    for _ in range(8):
        said = [run(root), run(root, "--offline")]
        if all(one.repeated for one in said):
            return
        time.sleep(1.1)
    pytest.fail(str(said))


def test_another_folder_can_be_named(root: Path, tmp_path: Path) -> None:
    assert run(root, "--offline", "--output", str(tmp_path / "stick")).code == 0
    assert (tmp_path / "stick/index.html").is_file()
    assert not (root / "public-offline").exists()


def test_a_folder_with_files_of_others_is_refused(root: Path) -> None:
    (root / "public-offline").mkdir()
    (root / "public-offline/mine.txt").write_text("mine")
    said = run(root, "--offline")
    assert said.code == 1
    assert "mine.txt" in said.problems
    assert (root / "public-offline/mine.txt").read_text() == "mine"
