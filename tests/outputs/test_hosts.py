"""The key `hosts`: which files are made, what stands in them, and that compressed twins are true and remembered."""

import gzip
import re
import sys
from pathlib import Path

import brotli
import pytest
from support.site import SiteFolder, tree
from support.truth import clean, difference, run, story

from sitegen.build.precompressed import compressed
from sitegen.outputs.hosts.description import asks_for, longest_first

ALL = "hosts: {names: [apache, cloudflare, github, netlify, nginx]}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return story(tmp_path / "story")


def ask(root: Path, text: str) -> None:
    """Add to site.yaml."""
    file = root / "site.yaml"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def published(root: Path) -> set[str]:
    return set(tree(root / "public")) - {".sitegen"}


def header(root: Path, name: str) -> str:
    """Return the value of a header, as `_headers` has it."""
    text = (root / "public/_headers").read_text(encoding="utf-8")
    found = re.search(rf"^  {name}: (.*)$", text, re.M)
    return found[1] if found else ""


def test_without_the_key_there_are_only_two_files_for_hosts(root: Path) -> None:
    assert run(root).code == 0
    assert {".nojekyll", "404.html"} <= published(root)
    assert not published(root) & {".htaccess", "nginx.conf", "_headers", "_redirects", "CNAME"}


def test_each_name_gives_its_files(root: Path) -> None:
    run(root)
    before = published(root)
    text = (root / "site.yaml").read_text(encoding="utf-8")
    apache = {".htaccess", "sl/.htaccess", "en/.htaccess", "es/.htaccess"}
    for name, files in {
        "apache": apache,
        "cloudflare": {"_headers", "_redirects"},
        "github": {"CNAME"},
        "netlify": {"_headers", "_redirects"},
        "nginx": {"nginx.conf"},
    }.items():
        (root / "site.yaml").write_text(f"{text}\nhosts: {{names: [{name}]}}\n", encoding="utf-8")
        assert run(root, "--base-url", "https://mesto.example/").code == 0
        assert published(root) - before == files


@pytest.mark.parametrize(("names", "times"), [("cloudflare", 1), ("netlify", 0), ("cloudflare, netlify", 0)])
def test_a_pdf_has_no_policy_where_a_header_can_be_taken_back(root: Path, names: str, times: int) -> None:
    ask(root, f"hosts: {{names: [{names}]}}\n")
    run(root)
    headers = (root / "public/_headers").read_text(encoding="utf-8")
    assert headers.count("*.pdf\n  ! Content-Security-Policy\n") == headers.count(".pdf") == times
    assert headers.count("*.svg\n  Content-Security-Policy: sandbox\n") == 1


def test_the_folder_edition_has_none(root: Path) -> None:
    ask(root, ALL + "  \n")
    run(root, "--offline")
    names = {Path(path).name for path in tree(root / "public-offline")}
    assert not names & {".htaccess", "nginx.conf", "_headers", "_redirects", "CNAME", ".nojekyll"}


def test_the_policy_has_the_hashes_of_what_stands_in_pages(root: Path) -> None:
    import base64
    import hashlib

    ask(root, ALL)
    page = root / "templates/404.html"  # or what it extends
    page = page if "<body>" in page.read_text(encoding="utf-8") else root / "templates/standalone.html"
    style, script = "p{color:red}", "document.title='a<b'"
    extra = f"<style>{style}</style><script>{script}</script><script type='application/ld+json'>{{}}</script>"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<body>", "<body>" + extra), encoding="utf-8")
    assert run(root).code == 0
    policy = header(root, "Content-Security-Policy")
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (style, script)]
    assert f"style-src 'self' 'sha256-{hashes[0]}'" in policy
    assert f"script-src 'self' 'sha256-{hashes[1]}'" in policy
    assert policy.count("sha256") == 2


def test_what_no_policy_allows_is_warned_of_once(root: Path) -> None:
    for file in (root / "templates").glob("*.html"):
        text = file.read_text(encoding="utf-8").replace("<body>", '<body><p style="color:red" onclick="a()">x</p>')
        file.write_text(text, encoding="utf-8")
    before = (root / "site.yaml").read_text(encoding="utf-8")
    for text, options, times in (
        ("", (), 1),  # the policy in the pages refuses it, too
        ("", ("--offline",), 1),
        (ALL, (), 1),
        ("hosts: {policy_in_pages: false}\n", (), 0),
        ("hosts: {names: [nginx], policy_in_pages: false}\n", (), 1),
        ("hosts: {names: [nginx], policy_in_pages: false}\n", ("--offline",), 0),
    ):
        (root / "site.yaml").write_text(f"{before}\n{text}", encoding="utf-8")
        said = run(root, *options)
        assert said.code == 0
        assert said.problems.count("[policy-refuses]") == times, (text, options)


def test_headers_and_sources_can_be_added_replaced_and_left_out(root: Path) -> None:
    ask(
        root,
        "hosts:\n  names: [netlify, nginx, apache]\n"
        "  headers: {referrer-policy: no-referrer, X-Frame-Options: '', X-Robots-Tag: '50% noindex'}\n"
        "  policy: {img-src: ['https://img.example'], frame-src: ['https://video.example']}\n",
    )
    assert run(root).code == 0
    assert header(root, "referrer-policy") == "no-referrer"
    assert header(root, "X-Frame-Options") == ""
    assert header(root, "X-Robots-Tag") == "50% noindex"
    assert "img-src 'self' data: https://img.example;" in header(root, "Content-Security-Policy")
    assert "; frame-src https://video.example" in header(root, "Content-Security-Policy")
    assert '"50%% noindex"' in (root / "public/.htaccess").read_text(encoding="utf-8")
    assert 'X-Robots-Tag "50% noindex"' in (root / "public/nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "headers: {'X Y': a}",
        "headers: {X-Y: 'a\"b'}",
        "headers: {X-Y: '$uri'}",
        'headers: {X-Y: "a\\nb"}',
        "headers: {X-Y: č}",
        "headers: {Cache-Control: no-store}",
        "policy: {img-src: ['a b']}",
        "policy: {img-src: ['a;b']}",
        "policy: {'img-src;': [a]}",
    ],
)
def test_what_could_break_a_file_is_refused(text: str, root: Path) -> None:
    ask(root, f"hosts: {{{text}}}\n")
    said = run(root)
    assert said.code == 1
    assert "[header-invalid]" in said.problems
    assert not (root / "public").exists()


def test_the_sites_own_file_goes_before(root: Path) -> None:
    ask(root, ALL)
    for name in ("_headers", "CNAME", "nginx.conf"):
        (root / "static" / name).write_text("mine\n")
    assert run(root).code == 0
    assert {(root / "public" / name).read_text() for name in ("_headers", "CNAME", "nginx.conf")} == {"mine\n"}


def test_the_root_can_stay_where_it_is(root: Path) -> None:
    ask(root, "hosts: {names: [apache, netlify, nginx], root_by_language: false}\n")
    assert run(root).code == 0
    files = [(root / "public" / name).read_text(encoding="utf-8") for name in (".htaccess", "nginx.conf", "_redirects")]
    assert not any("anguage" in text for text in files)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://mesto.example/", "mesto.example\n"),
        ("https://mesto.example:8443/", "mesto.example\n"),
        ("https://mesto.example/below/", None),
        ("https://someone.github.io/", None),
    ],
)
def test_github_is_told_a_domain_of_ones_own(address: str, domain: str | None, root: Path) -> None:
    ask(root, ALL)
    assert run(root, "--base-url", address).code == 0
    file = root / "public/CNAME"
    assert (file.read_text() if file.exists() else None) == domain


CODES = ["en", "es", "pt", "pt-BR", "sr", "sr-Latn"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("de, en;q=0.5", "en"),
        ("de,en", "en"),
        ("pt-BR,pt;q=0.9", "pt-BR"),
        ("pt-PT", "pt"),
        ("pt,pt-BR", "pt"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr-RS", "sr"),
        ("eng,es", "es"),
        ("fr", ""),
        ("", ""),
        ("*", ""),
    ],
)
def test_the_language_that_is_asked_for_first(asked: str, code: str) -> None:
    found = (one for one in longest_first(CODES) if re.search(asks_for(one, CODES), asked, re.I))
    assert next(found, "") == code


def test_a_hostile_header_costs_no_time() -> None:
    for text in ("a" * 20000, "a," * 10000, " " * 20000, "e,n" * 5000):
        for code in CODES:
            re.search(asks_for(code, CODES), text, re.I)


def test_twins_unpack_to_their_text_and_are_the_same_again() -> None:
    texts = [b"<p>text</p>" * 200, b"", b"x"]
    for _ in range(2):
        packed = compressed("gzip", texts)
        assert gzip.decompress(packed[0]) == texts[0]
        assert packed[0][4:8] == b"\0\0\0\0"
        assert packed[1:] == [b"", b""]
        assert packed == compressed("gzip", texts)
        assert brotli.decompress(compressed("br", texts)[0]) == texts[0]


def test_every_text_has_its_twins_and_nothing_else(root: Path) -> None:
    ask(root, "hosts: {precompress: [br, gzip]}\n")
    assert run(root).code == 0
    files = tree(root / "public")
    packed = {path for path in files if path.endswith((".br", ".gz"))}
    assert {"sl/index.html.br", "sl/index.html.gz", "search/sl.js.br", "sitemap.xml.gz"} <= packed
    for path in packed:
        text = brotli.decompress(files[path]) if path.endswith(".br") else gzip.decompress(files[path])
        assert text == files[path[:-3]]
        assert len(files[path]) < len(text)
    assert not [path for path in packed if ".png" in path or ".htaccess" in path]


def test_twins_follow_every_change(root: Path, tmp_path: Path) -> None:
    ask(root, "hosts: {precompress: [br, gzip]}\n")
    run(root)
    body = root / "content/sl/news/first.md"
    body.write_text(body.read_text(encoding="utf-8") + "\nNovo.\n", encoding="utf-8")
    assert run(root).code == 0
    clean(root, tmp_path / "clean")
    assert difference(tree(root / "public"), tree(tmp_path / "clean")) == []
    (root / ".cache/memo.sqlite").unlink()
    (root / "public/sl/index.html.gz").write_bytes(b"changed by another hand")
    assert run(root, "--verify").code == 0
    assert difference(tree(root / "public"), tree(tmp_path / "clean")) == []
    file = root / "site.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[br, gzip]", "[gzip]"), encoding="utf-8")
    assert run(root).code == 0
    assert not [path for path in published(root) if path.endswith(".br")]


def test_what_is_compressed_is_remembered(root: Path) -> None:
    ask(root, "hosts: {precompress: [gzip]}\n")
    folder = SiteFolder(root)
    folder.build()
    folder.edit("content/sl/news/first.md", "---\ntitle: Prva\ndate: 2026-01-01\n---\n\nNovo.\n")
    folder.build()
    assert folder.result is not None
    assert not folder.result.failed, folder.problems
    assert folder.result.made["precompressed"] < 15


def test_without_brotli_one_clear_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(root, "hosts: {precompress: [br]}\n")
    monkeypatch.setitem(sys.modules, "brotli", None)
    said = run(root)
    assert said.code == 1
    assert "The package Brotli is not installed. [brotli-missing]" in said.problems
    assert "pip install Brotli" in said.problems
