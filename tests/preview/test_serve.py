"""`serve`, on real files, as a real process: what it answers, what it rebuilds, what it survives, what it refuses."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.site import TESTS, SiteFolder, needs, tree, unpack

from benchmarks.preview import Preview
from sitegen.build.i18n import Speech
from sitegen.cli.main import main
from sitegen.cli.serve import _Terminal
from sitegen.preview.requests import Reply

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
SITE = """
-- content/sl/about.md --
---
title: O mestu
aliases: [/staro/]
---

Besedilo.
-- content/sl/later.md --
---
title: Pozneje
draft: true
---

Osnutek.
-- static/css/site.css --
body { color: red }
-- static/robots.txt --
User-agent: *
-- static/js/site.js --
'use strict';
-- templates/standalone.html --
<!DOCTYPE html>
<html lang="{{ lang }}"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>{% block title %}Pot{% endblock %}</title>
<link rel="stylesheet" href="{{ asset('css/site.css') }}">
{% for code, address in page.alternates %}
<link rel="alternate" hreflang="{{ code }}" href="{{ address }}">
{% endfor %}
</head><body><h1>{{ lang }}</h1><main>{% block main %}{% endblock %}</main></body></html>
"""
BROKEN = "---\ntitle: O mestu\n---\n\n[a](gone.md)\n"


class Answer:
    """What came back for a request."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode("utf-8", "replace")


def ask(preview: Preview, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path, written as it goes over the line."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return Answer(connection.getresponse())
    finally:
        connection.close()


def state(preview: Preview, path: str = "/sl/") -> dict[str, object]:
    """Return what an open page is told."""
    return dict(json.loads(ask(preview, f"/__preview__/state?path={path}").text))


def saved(preview: Preview, path: str, text: str | None) -> str:
    """Change a file (None: remove it), and return what the preview then prints, when it has built."""
    before = len(preview.said)
    file = preview.root / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    preview.wait_for(r"\(\d+\.\d s\)\n", before)
    return preview.said[before:]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve one site for the tests that change nothing."""
    root = tmp_path_factory.mktemp("serve") / "site"
    shutil.copytree(TESTS / "minimal", root)
    for path, text in unpack(SITE).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    with Preview(root) as running:
        yield running


@pytest.fixture
def serve(site: Make) -> Iterator[Callable[..., Preview]]:
    """Return a function that serves a site of its own: serve(files, "--option", …)."""
    running: list[Preview] = []

    def start(files: str = "", *options: str, without: tuple[str, ...] = ()) -> Preview:
        made = Preview(site(SITE + files, without=without).root, *options)
        running.append(made)
        return made.__enter__()

    yield start
    for one in running:
        one.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/sl/", "text/html; charset=utf-8"),
        ("/sl/about/", "text/html; charset=utf-8"),
        ("/sl/about/?a=b", "text/html; charset=utf-8"),
        ("/sl/about/index.html", "text/html; charset=utf-8"),
        ("/assets/css/site.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
    ],
)
def test_files_have_their_type(shared: Preview, path: str, kind: str) -> None:
    answer = ask(shared, path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_drafts_are_shown_and_nothing_is_published(shared: Preview) -> None:
    assert "Osnutek." in ask(shared, "/sl/later/").text
    assert not (shared.root / "public").exists()


def test_a_folder_without_its_slash_is_sent_there(shared: Preview) -> None:
    answer = ask(shared, "/sl/about")
    assert (answer.status, answer.headers["Location"]) == (301, "/sl/about/")


def test_an_old_address_leads_to_the_page(shared: Preview) -> None:
    answer = ask(shared, "/staro/")
    assert answer.status == 200
    assert "/sl/about/" in answer.text.replace("../", "/") or 'content="0' in answer.text


@pytest.mark.parametrize(
    ("path", "lang"), [("/en/nothing", "en"), ("/sl/a/b/", "sl"), ("/x", "sl"), ("/en/404.html", "en")]
)
def test_not_found_is_said_in_the_language_of_the_address(shared: Preview, path: str, lang: str) -> None:
    answer = ask(shared, path)
    assert answer.status == 404
    assert f"<h1>{lang}</h1>" in answer.text


def test_pages_get_the_script_and_no_policy(shared: Preview) -> None:
    text = ask(shared, "/sl/nothing/").text
    assert '<script src="/__preview__/preview.js"' in text
    assert '<script src="/livereload.js' in text
    assert "Content-Security-Policy" not in text
    site = shared.root / ".cache/serve/site"
    assert not [path for path, data in tree(site).items() if b"__preview__" in data]
    assert b"Content-Security-Policy" in (site / "sl/404.html").read_bytes()


def test_scripts_come_from_this_server(shared: Preview) -> None:
    for path in ("/livereload.js", "/__preview__/preview.js"):
        answer = ask(shared, path)
        assert answer.status == 200
        assert "javascript" in answer.headers["Content-Type"]
    sources = re.findall(r'<script src="([^"]*)"', ask(shared, "/sl/").text)
    assert len(sources) == 2
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_what_the_browser_has_is_not_sent_again(shared: Preview) -> None:
    tag = ask(shared, "/sl/").headers["ETag"]
    again = ask(shared, "/sl/", If_None_Match=tag)
    assert (again.status, again.text) == (304, "")
    assert ask(shared, "/sl/", If_None_Match='"another"').status == 200


def test_head_sends_headers_only(shared: Preview) -> None:
    answer = ask(shared, "/sl/", "HEAD")
    assert (answer.status, answer.text) == (200, "")
    assert int(answer.headers["Content-Length"]) > 100


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(shared: Preview, method: str) -> None:
    assert ask(shared, "/sl/", method).status == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "", "a.localhost:{port}"]
)
def test_another_name_is_refused(shared: Preview, host: str) -> None:
    assert ask(shared, "/sl/", Host=host.format(port=shared.port)).status in (400, 403)


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_taken(shared: Preview, host: str) -> None:
    assert ask(shared, "/sl/", Host=host.format(port=shared.port)).status == 200


def test_other_machines_cannot_connect(shared: Preview) -> None:
    with socket.socket() as probe:
        probe.settimeout(5)
        with pytest.raises(OSError):
            probe.connect(("127.0.0.2", shared.port))


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/sl/../../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/sl/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fsite.yaml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/.sitegen",
        "/sl/about/%00",
        "/\\..\\site.yaml",
        "/__preview__/../site.yaml",
        "/__preview__/loop.py",
    ],
)
def test_no_address_leads_out_of_the_site(shared: Preview, path: str) -> None:
    answer = ask(shared, path)
    assert answer.status in (400, 404)
    assert "default_language" not in answer.text
    assert "root:" not in answer.text


def test_a_link_out_of_the_folder_is_not_followed(serve: Callable[..., Preview]) -> None:
    preview = serve()
    page = preview.root / ".cache/serve/site/sl/about/index.html"
    page.unlink()
    page.symlink_to(preview.root / "site.yaml")
    assert "default_language" not in ask(preview, "/sl/about/").text


def upgrade(preview: Preview, origin: str, host: str = "") -> int:
    """Ask for a web socket; return the status."""
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec_WebSocket_Version": "13",
        "Origin": origin.format(port=preview.port),
        "Host": host or f"127.0.0.1:{preview.port}",
    }
    return ask(preview, "/livereload", **headers).status


def test_web_sockets_are_for_own_pages_only(shared: Preview) -> None:
    assert upgrade(shared, "http://127.0.0.1:{port}") == 101
    assert upgrade(shared, "http://localhost:{port}") == 101
    assert upgrade(shared, "http://evil.example") == 403
    assert upgrade(shared, "http://localhost:1") == 403
    assert upgrade(shared, "null") == 403
    assert upgrade(shared, "http://127.0.0.1:{port}", "evil.example") == 403
    assert ask(shared, "/forcereload").status == 404


def test_a_save_is_built_and_said(serve: Callable[..., Preview]) -> None:
    preview = serve()
    before = state(preview, "/sl/about/")["page"], state(preview)["page"]
    said = saved(preview, "content/sl/about.md", "---\ntitle: O mestu\naliases: [/staro/]\n---\n\nNovo.\n")
    assert re.search(r"^content/sl/about\.md: 1 file rebuilt \(\d+\.\d s\)$", said, re.M)
    assert "Novo." in ask(preview, "/sl/about/").text
    assert state(preview, "/sl/about/")["page"] != before[0]
    assert state(preview)["page"] == before[1]


def test_a_stylesheet_changes_no_page(serve: Callable[..., Preview]) -> None:
    preview = serve()
    before = state(preview)
    saved(preview, "static/css/site.css", "body { color: green }")
    after = state(preview)
    assert after["page"] == before["page"]
    assert after["styles"] != before["styles"]
    assert "green" in ask(preview, "/assets/css/site.css").text


def test_ten_files_at_once_are_one_build(serve: Callable[..., Preview]) -> None:
    preview = serve()
    before = len(preview.said)
    for number in range(10):
        (preview.root / f"content/sl/p{number}.md").write_text(f"---\ntitle: P {number}\n---\n\nA.\n")
    preview.wait_for(r"\(\d+\.\d s\)\n", before)
    time.sleep(2)
    said = preview.said[before:]
    assert len(re.findall(r"rebuilt", said)) == 1
    assert "content/sl/p0.md, content/sl/p1.md, content/sl/p2.md and 7 more: " in said


def test_no_save_is_lost_while_a_build_runs(serve: Callable[..., Preview]) -> None:
    preview = serve()
    page = preview.root / "content/sl/about.md"
    for number in range(25):
        page.write_text(f"---\ntitle: O mestu\n---\n\nBeseda {number}.\n")
        time.sleep(0.03 * (number % 4))
    until = time.monotonic() + 60
    while "Beseda 24." not in ask(preview, "/sl/about/").text and time.monotonic() < until:
        time.sleep(0.05)
    assert "Beseda 24." in ask(preview, "/sl/about/").text


def test_a_mistake_keeps_the_last_good_page_and_is_told(serve: Callable[..., Preview]) -> None:
    preview = serve()
    good = ask(preview, "/sl/about/").text
    said = saved(preview, "content/sl/about.md", BROKEN)
    assert "content/sl/about.md:5:5: error: The page “gone.md” does not exist. [link-missing]" in said
    assert "content/sl/about.md: the last good version is still shown" in said
    assert ask(preview, "/sl/about/").text == good
    told = state(preview, "/sl/about/")
    assert told["failed"] is True
    (problem,) = of_build(told)
    assert problem == {
        "level": "error",
        "word": "error",
        "where": "content/sl/about.md:5:5",
        "text": "The page “gone.md” does not exist.",
        "code": "link-missing",
        "hint": problem["hint"],
        "line": 5,
        "column": 5,
        "source": "[a](gone.md)",
        "mark": "    ",
    }
    saved(preview, "content/sl/about.md", "---\ntitle: O mestu\n---\n\nDobro.\n")
    assert of_build(state(preview, "/sl/about/")) == []
    assert "Dobro." in ask(preview, "/sl/about/").text


def test_a_start_with_mistakes_explains_itself_until_they_are_mended(site: Make) -> None:
    made = site(SITE)
    made.edit("content/sl/about.md", BROKEN.replace("gone", "<script>gone"))
    with Preview(made.root) as preview:
        answer = ask(preview, "/sl/about/")
        assert answer.status == 503
        assert "content/sl/about.md:5:5" in answer.text
        assert "<script>gone" not in answer.text
        assert state(preview)["page"] == re.findall(r'data-page="(\w+)"', answer.text)[0]
        saved(preview, "content/sl/about.md", "---\ntitle: O mestu\n---\n\nDobro.\n")
        assert ask(preview, "/sl/about/").status == 200


def test_site_yaml_may_break_go_and_grow(serve: Callable[..., Preview]) -> None:
    preview = serve()
    text = (preview.root / "site.yaml").read_text()
    assert "error" in saved(preview, "site.yaml", "title: [\n")
    assert ask(preview, "/sl/").status == 200
    assert "file-missing" in saved(preview, "site.yaml", None)
    assert ask(preview, "/sl/").status == 200
    saved(preview, "site.yaml", text)
    assert state(preview)["failed"] is False
    more = text.replace("  en: {", "  es: {label: Español, locale: es_ES, weight: 3}\n  en: {")
    more = more.replace("en: City", "en: City, es: Ciudad")
    catalogue = (preview.root / "locales/en/LC_MESSAGES/messages.po").read_text()
    for path, one in (
        ("locales/es/LC_MESSAGES/messages.po", catalogue),
        ("content/es/index.md", "---\ntitle: Inicio\n---\n\nA.\n"),
    ):
        (preview.root / path).parent.mkdir(parents=True)
        (preview.root / path).write_text(one, encoding="utf-8")
    (preview.root / "site.yaml").write_text(more, encoding="utf-8")
    until = time.monotonic() + 60
    while ask(preview, "/es/").status != 200 and time.monotonic() < until:
        time.sleep(0.05)
    assert ask(preview, "/es/").status == 200
    assert "Traceback" not in preview.said


def test_preview_below_a_path(serve: Callable[..., Preview]) -> None:
    preview = serve("", "--base-path", "/some/sub")
    assert preview.address.endswith("/some/sub/")
    assert ask(preview, "/some/sub/sl/").status == 200
    assert ask(preview, "/").headers["Location"] == "/some/sub/"
    assert ask(preview, "/some/sub").headers["Location"] == "/some/sub/"
    assert ask(preview, "/sl/").status == 404
    assert "/some/sub/assets/css/site.css" in ask(preview, "/some/sub/sl/no/where").text


def test_the_path_is_that_of_base_url(serve: Callable[..., Preview]) -> None:
    preview = serve()
    text = (preview.root / "site.yaml").read_text()
    saved(preview, "site.yaml", text.replace("https://example.org/", "https://example.org/repo/"))
    assert ask(preview, "/repo/sl/").status == 200
    assert ask(preview, "/").headers["Location"] == "/repo/"


def test_what_is_shown_is_what_a_build_makes(serve: Callable[..., Preview]) -> None:
    preview = serve()
    saved(preview, "content/sl/about.md", "---\ntitle: O kraju\n---\n\nNovo [domov](index.md).\n")
    saved(
        preview,
        "templates/page.html",
        (preview.root / "templates/page.html").read_text().replace("<article", "<article id=a"),
    )
    saved(preview, "content/sl/later.md", None)
    after = tree(preview.root / ".cache/serve/site")
    with Preview(preview.root) as other:
        assert ask(other, "/sl/").status == 200
    (preview.root / "x").mkdir()
    made = SiteFolder(preview.root)
    result = made.build(output=preview.root / "x/site", drafts=True, preview=True, remember=False)
    assert result.problems == ()
    assert {p: d for p, d in tree(preview.root / "x/site").items() if p != ".sitegen"} == {
        p: d for p, d in after.items() if p != ".sitegen"
    }


def test_without_drafts(serve: Callable[..., Preview]) -> None:
    assert ask(serve("", "--no-drafts"), "/sl/later/").status == 404


def test_another_settings_file_is_used_and_watched(site: Make) -> None:
    made = site(SITE)
    (made.root / "site.yaml").rename(made.root / "mine.yaml")
    with Preview(made.root, "--config", "mine.yaml") as preview:
        assert ask(preview, "/sl/").status == 200
        text = (made.root / "mine.yaml").read_text()
        assert "mine.yaml: " in saved(preview, "mine.yaml", text.replace("Mesto", "Kraj"))


def test_quiet_says_only_where_it_is_and_what_is_wrong(serve: Callable[..., Preview]) -> None:
    preview = serve("", "--quiet")
    assert re.fullmatch(r"The site is at http://127\.0\.0\.1:\d+/ \(press Ctrl-C to stop\)\.\n", preview.said)
    (preview.root / "content/sl/about.md").write_text(BROKEN)
    preview.wait_for("link-missing")


def test_ctrl_c_ends_it_with_130_and_no_mess(serve: Callable[..., Preview]) -> None:
    preview = serve()
    assert preview.interrupt() == 130
    assert "Traceback" not in preview.said
    assert preview.said.endswith("Interrupted.\n")
    with pytest.raises(OSError):
        ask(preview, "/sl/")


def test_ctrl_c_in_the_middle_of_the_first_build(site: Make) -> None:
    many = "".join(f"-- content/sl/p{n}.md --\n---\ntitle: P {n}\n---\n\nA *b* c.\n" for n in range(400))
    made = site(SITE + many)
    for wait in (0.0, 0.1, 0.4):
        shutil.rmtree(made.root / ".cache", ignore_errors=True)
        preview = Preview(made.root)
        preview.start()
        until = time.monotonic() + 60
        while not (made.root / ".cache/serve/lock").exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(wait)
        assert preview.interrupt() == 130
        assert preview.said.endswith("Interrupted.\n")
        assert "Traceback" not in preview.said


def test_a_port_in_use_is_said_in_one_line(site: Make, capsys: Captured) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)], site().root) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"Port {port} is in use. Choose another one with --port, or stop the program that uses it.\n"


def test_without_a_port_the_next_free_one_is_taken() -> None:
    from sitegen.preview.server import bound

    first = bound(None)
    second = bound(None)
    with first, second:
        assert 8000 <= first.getsockname()[1] < second.getsockname()[1] < 8040


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "70000"],
        ["--port", "-1"],
        ["--base-path", "a b"],
        ["--base-path", "https://x.example/"],
        ["--base-path", "/../"],
    ],
)
def test_options_that_make_no_sense_give_two(site: Make, arguments: list[str], capsys: Captured) -> None:
    assert main(["serve", *arguments], site().root) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_browser_is_opened_at_the_address(site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs("users", sys.platform in ("linux", "darwin"))
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with Preview(site(SITE).root, "--open") as preview:
        until = time.monotonic() + 60
        while not (seen.exists() and seen.read_text()) and time.monotonic() < until:
            time.sleep(0.02)
        assert seen.read_text().strip() == preview.address


def test_a_folder_that_is_no_site_explains_itself(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    with Preview(root) as preview:
        assert "file-missing" in preview.said
        assert ask(preview, "/").status == 503


def test_a_process_that_was_killed_is_started_again(serve: Callable[..., Preview]) -> None:
    needs("free names", sys.platform == "linux")
    preview = serve()
    children = Path(f"/proc/{preview.process.pid}/task/{preview.process.pid}/children").read_text().split()
    for child in children:
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    said = saved(preview, "content/sl/about.md", "---\ntitle: O mestu\n---\n\nNovo.\n")
    assert "rebuilt" in said
    assert "Novo." in ask(preview, "/sl/about/").text


def test_watching_sees_files_that_come_change_and_go(tmp_path: Path) -> None:
    from sitegen.preview.watch import Watch

    (tmp_path / "a").mkdir()
    watch = Watch(tmp_path, lambda: ["a", "b.txt"], lambda path: path.endswith("~"))
    stop = threading.Event()
    (tmp_path / "a/one").write_text("1")
    (tmp_path / "a/one~").write_text("1")
    assert watch.wait(stop) == ["a/one"]
    (tmp_path / "b.txt").write_text("1")
    (tmp_path / "a/one").write_text("2")
    assert watch.wait(stop) == ["a/one", "b.txt"]
    (tmp_path / "a/one").unlink()
    assert watch.wait(stop) == ["a/one"]
    stop.set()
    assert watch.wait(stop) == []


def test_a_patched_folder_is_as_a_published_one(tmp_path: Path) -> None:
    from sitegen.build.patch import patch
    from sitegen.build.publish import damaged, digest_of, read_manifest

    steps: list[dict[str, bytes]] = [
        {"a/b": b"1", "c": b"2"},
        {"a/b": b"1", "c": b"3", "d/e/f": b"4"},
        {"a": b"5", "c": b"3"},
        {"a/b/c": b"6", "c/d": b"7"},
        {"c": b"8"},
        {"c": b"8"},
    ]
    output = tmp_path / "site"
    for files in steps:
        digests = {path: digest_of(data) for path, data in files.items()}
        patch(output, digests, lambda paths, files=files: {path: files[path] for path in paths})  # type: ignore[misc]
        found = {path: data for path, data in tree(output).items() if path != ".sitegen"}
        assert found == files
        assert read_manifest(output) == digests
        assert damaged(output) == []
    assert not [path for path in output.rglob("*") if path.is_dir()]


def test_an_extension_that_is_first_named_while_it_runs_asks_for_a_restart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = "from sitegen import main\n\ndef shout(text):\n    return text\n\nmain()\n"
    file = tmp_path / "build.py"
    file.write_text(plain, encoding="utf-8")
    terminal = _Terminal(Speech(), quiet=True, opens=False, end_progress=lambda: None, root=tmp_path)
    built = Reply((), failed=False)
    for text in (
        plain.replace("return text", "return text.upper()"),
        plain.replace("\n\nmain", "\n# why\n\nmain"),
        "def (",
    ):
        file.write_text(text, encoding="utf-8")
        terminal.built(built, ["build.py"], 0, 0.1)
    assert capsys.readouterr().err == ""
    file.write_text(plain.replace("main()", "main(filters={'shout': shout})"), encoding="utf-8")
    terminal.built(built, ["content/sl/index.md"], 0, 0.1)
    assert capsys.readouterr().err == ""
    terminal.built(built, ["build.py"], 0, 0.1)
    assert "start again" in capsys.readouterr().err


CHECKED = """
-- content/sl/checked.md --
---
title: Preverjeno
description: Prekratko.
---

Rekel je "dobro in odšel.
-- content/sl/other.md --
---
title: Drugo
description: Tudi tole je veliko prekratko.
---

Besedilo, ki  ima dva presledka.
"""
RIGHT = (
    "---\ntitle: Preverjeno\ndescription: Opis, ki je dovolj dolg, da pove, kaj je na tej strani in komu je namenjen.\n"
    "---\n\nRekel je »dobro« in odšel.\n"
)


def of_build(told: dict[str, object]) -> list[dict[str, object]]:
    """Return the problems that an open page is told and that the build itself has found."""
    problems = told["problems"]
    assert isinstance(problems, list)
    return [one for one in problems if "from" not in one]


def found_by_check(preview: Preview) -> set[tuple[str, str]]:
    """Return where and what an open page is told that `check` would refuse, beyond the build."""
    problems = state(preview)["problems"]
    assert isinstance(problems, list)
    return {(one["where"].partition(":")[0], one["code"]) for one in problems if one.get("from")}


def soon(preview: Preview, wanted: Callable[[set[tuple[str, str]]], bool], seconds: float) -> set[tuple[str, str]]:
    """Wait until an open page is told what is wanted; return it."""
    until = time.monotonic() + seconds
    while not wanted(found := found_by_check(preview)):
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


def test_what_ci_will_refuse_is_shown_of_the_saved_page_and_of_the_site(serve: Callable[..., Preview]) -> None:
    preview = serve(CHECKED)
    page, other = "content/sl/checked.md", "content/sl/other.md"
    slips = {(page, "description-short"), (page, "quotes-unpaired")}
    others = {(other, "description-short"), (other, "spaces-double")}
    soon(preview, lambda found: found >= slips | others, 60)
    saved(preview, page, RIGHT)
    found = soon(preview, lambda found: not found & slips, 30)
    assert found >= others  # what was found elsewhere stays
    saved(preview, page, RIGHT.replace("»dobro«", '"dobro'))
    assert soon(preview, lambda found: (page, "quotes-unpaired") in found, 30) >= others
    saved(preview, page, None)
    saved(preview, other, RIGHT.replace("Preverjeno", "Drugo"))
    assert not {path for path, _ in soon(preview, lambda found: not found & (slips | others), 60)} & {page}
    assert state(preview)["failed"] is False


def test_what_the_build_has_said_is_not_said_twice(serve: Callable[..., Preview]) -> None:
    preview = serve("-- content/sl/checked.md --\n---\ntitle: Preverjeno\n---\n\n[a](gone.md)\n")
    soon(preview, lambda found: ("content/sl/about.md", "description-missing") in found, 60)
    assert [one["code"] for one in of_build(state(preview))] == ["link-missing"]
    assert "link-missing" not in {code for _, code in found_by_check(preview)}
    saved(preview, "content/sl/checked.md", "---\ntitle: Preverjeno\n---\n\nBesedilo.\n")
    assert not {code for _, code in found_by_check(preview)} & {"link-missing"}


def test_drafts_are_checked_as_they_would_be_published(serve: Callable[..., Preview]) -> None:
    preview = serve("-- content/sl/checked.md --\n---\ntitle: Preverjeno\n---\n\n[a](later.md)\n")
    soon(preview, lambda found: any(path == "content/sl/checked.md" and "draft" in code for path, code in found), 60)
    assert state(preview)["failed"] is False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_a_stuck_check_is_replaced_and_ends_with_its_parent(serve: Callable[..., Preview]) -> None:
    preview = serve(CHECKED)
    soon(preview, lambda found: bool(found), 60)
    for child in children(preview.process.pid):
        if niceness(child) == 19:
            os.kill(child, signal.SIGKILL)
    saved(preview, "content/sl/other.md", RIGHT.replace("Preverjeno", "Drugo"))
    wrong = {("content/sl/other.md", "description-short")}
    soon(preview, lambda found: bool(found) and not found & wrong, 60)
    at_the_end = children(preview.process.pid)
    assert at_the_end
    os.kill(preview.process.pid, signal.SIGKILL)
    preview.process.wait(30)
    until = time.monotonic() + 30
    while running := [child for child in at_the_end if runs(child)]:
        assert time.monotonic() < until, running
        time.sleep(0.05)


def children(parent: int) -> list[int]:
    """Return the processes that a process has started and that run."""
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


def runs(process: int) -> bool:
    """Say whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def niceness(process: int) -> int:
    """Return how far a process gives way to others."""
    return int(Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[16])
