"""`check --external` on a real server of this machine: what is asked, how politely, and what is remembered."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.site import SiteFolder

from sitegen.build.seal import sealed_line, unsealed_line
from sitegen.check.link_requests import Answer, ask, ask_all, quoted
from sitegen.cli.main import main
from sitegen.outputs.facts import Facts
from sitegen.text.html import scan

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
DAY = 86_400


class Host(ThreadingHTTPServer):
    """A server that notes who asked for what, and how many at once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.at_once = 0
        self.most = 0
        self.lock = threading.Lock()
        self.meeting = threading.Barrier(1)

    @property
    def address(self) -> str:
        """Return where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Say nothing when somebody hangs up."""


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    server: Host

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._answer("HEAD")

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer("GET")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, method: str) -> None:
        host = self.server
        with host.lock:
            host.asked.append((method, self.path, self.headers["User-Agent"]))
            host.at_once += 1
            host.most = max(host.most, host.at_once)
        self._by_path(method)

    def _by_path(self, method: str) -> None:
        path = self.path
        if path.startswith("/ok"):
            time.sleep(0.05)
            self._send(200)
        elif path == "/only-get":
            self._send(405 if method == "HEAD" else 200)
        elif path == "/slow":
            time.sleep(30)
        elif path == "/drip":
            self._drip()
        elif path == "/busy":
            first = sum(1 for one in self.server.asked if one[1] == path) == 1
            self._send(429 if first else 200, ("Retry-After", "1"))
        elif path.startswith("/to/"):
            status, _, target = path[4:].partition("/")
            self._send(int(status), ("Location", target.replace("!", ":")))
        elif path == "/meet":
            self.server.meeting.wait(50)  # until all hosts are asked; else it breaks, and nobody gets an answer
            self._send(200)
        elif path == "/loop":
            self._send(302, ("Location", "/loop"))
        elif path == "/hang-up":
            self.connection.close()
        else:
            self._send(404)

    def _send(self, status: int, *headers: tuple[str, str]) -> None:
        with self.server.lock:
            self.server.at_once -= 1  # who has the answer may ask again at once
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for at in range(100):
            time.sleep(0.3)
            self.wfile.write(f"X-{at}: drip\r\n".encode())


@pytest.fixture(autouse=True)
def servers_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let servers of this machine be asked, as nothing but a test may."""
    monkeypatch.setenv("SITEGEN_ASK_INSIDE", "127.0.0.1")


@pytest.fixture
def host() -> Iterator[Host]:
    """Give a server of its own."""
    server = Host()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def page(*lines: str) -> str:
    """Return a home page with these lines, and no reason for other warnings."""
    said = "description: What this small page says, in a sentence that is long enough for search engines.\n"
    other = "-- content/sl/index.md --\n---\ntitle: Domov\n" + said.replace("What", "Kar") + "---\n\nBesedilo.\n"
    return f"{other}-- content/en/index.md --\n---\ntitle: Home\n{said}---\n\n" + "\n\n".join(lines) + "\n"


def test_a_dead_address_is_a_warning_at_its_line(site: Make, host: Host, capsys: Captured) -> None:
    made = site(page(f"[good]({host.address}/ok)", f"[gone]({host.address}/gone#part)"))
    assert main(["check", "--external"], made.root) == 0
    printed = capsys.readouterr()
    why = "cannot be reached: the page does not exist (status 404)."
    assert f"content/en/index.md:8:8: warning: {host.address}/gone#part {why}" in printed.err
    assert printed.out.endswith("; 1 warning\n")
    assert main(["check", "--external", "--strict"], made.root) == 1


def test_without_the_option_nobody_is_asked(site: Make, host: Host) -> None:
    made = site(page(f"[gone]({host.address}/gone)"))
    made.build()
    assert main(["check", "--strict"], made.root) == 0
    assert host.asked == []


def test_addresses_of_templates_and_data_are_asked_too(site: Make, host: Host, capsys: Captured) -> None:
    made = site(
        page("::links")
        + '-- templates/blocks/links.html --\n<p><a href="{{ data.links.where }}">data</a>'
        + f'\n<a href="{host.address}/gone/template">template</a></p>\n'
        + f"-- data/links.yaml --\n\nwhere: {host.address}/gone/data\n"
    )
    assert main(["check", "--external"], made.root) == 0
    printed = capsys.readouterr().err
    assert f"data/links.yaml:2:8: warning: {host.address}/gone/data cannot" in printed
    assert f"templates/blocks/links.html:2:10: warning: {host.address}/gone/template cannot" in printed


def test_moved_for_good_is_a_note(site: Make, host: Host, capsys: Captured) -> None:
    there = host.address.replace(":", "!")
    made = site(page(f"[a]({host.address}/to/301/{there}/ok)", f"[b]({host.address}/to/302/{there}/ok)"))
    assert main(["check", "--external", "--strict"], made.root) == 0
    printed = capsys.readouterr()
    assert (
        f"info: {host.address}/to/301/{there}/ok has moved to {host.address}/ok. [link-external-moved]" in printed.err
    )
    assert printed.out.endswith("; 1 note\n")


def test_answers(host: Host) -> None:
    def of(path: str) -> Answer:
        return ask(host.address + path, "test", 5)

    there = host.address.replace(":", "!")
    assert of("/ok").is_good
    assert of("/only-get").is_good
    assert of("/busy").is_good
    assert of(f"/to/301/{there}/ok") == Answer(200, "OK", f"{host.address}/ok")
    assert of(f"/to/308/{there}/ok").moved == f"{host.address}/ok"
    assert of(f"/to/302/{there}/ok") == Answer(200, "OK", "")
    assert of(f"/to/301/{there}/gone").status == 404
    assert of("/to/301/file!///etc/passwd") == Answer(0, "address")
    assert of("/to/302/ftp!//example.org/") == Answer(0, "address")
    assert of("/to/302/http!//user!secret@127.0.0.1/") == Answer(0, "address")
    assert of("/hang-up") == Answer(0, "broken")
    assert [method for method, path, _ in host.asked if path == "/only-get"] == ["HEAD", "GET"]
    assert [method for method, path, _ in host.asked if path == "/ok"].count("GET") == 0


def test_a_redirect_without_end_is_given_up(host: Host) -> None:
    assert ask(f"{host.address}/loop", "test", 5) == Answer(0, "redirects")


def test_nobody_listens() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as free:
        port = free.server_port
    assert ask(f"http://127.0.0.1:{port}/", "test", 5) == Answer(0, "refused")
    assert ask("http://no-such-host.invalid/", "test", 10).reason in ("name", "broken", "timeout")


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_host_that_takes_its_time_is_not_waited_for(host: Host, path: str) -> None:
    address = host.address + path
    assert ask_all([address], "test", lambda _: None, 1.0) == {address: Answer(0, "timeout")}


def test_one_request_per_host_at_a_time(host: Host) -> None:
    others = [f"{host.address}/ok/{number}" for number in range(12)]
    told: list[int] = []
    answers = ask_all(others, "sitegen/0 (link check)", told.append, 10)
    assert all(answer.is_good for answer in answers.values())
    assert host.most == 1
    assert told == list(range(1, 13))
    assert {agent for _, _, agent in host.asked} == {"sitegen/0 (link check)"}


def test_several_hosts_are_asked_at_once() -> None:
    hosts = [Host() for _ in range(3)]
    meeting = threading.Barrier(len(hosts))
    for one in hosts:
        one.meeting = meeting
        threading.Thread(target=one.serve_forever, daemon=True).start()
    answers = ask_all([f"{one.address}/meet" for one in hosts], "test", lambda _: None, 60)
    assert [answer.status for answer in answers.values()] == [200] * len(hosts)
    for one in hosts:
        one.shutdown()
        one.server_close()


def test_an_answer_is_remembered(site: Make, host: Host, capsys: Captured) -> None:
    made = site(page(f"[good]({host.address}/ok)", f"[gone]({host.address}/gone)"))
    said = []
    for _ in range(2):
        main(["check", "--external"], made.root)
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] != ""
    assert len(host.asked) == 3  # HEAD, and HEAD and GET
    file = made.root / ".cache/outside.json"
    for age, asked in ((2 * DAY, 2), (8 * DAY, 3)):  # the bad one is asked again after a day, the good one after a week
        known = json.loads(unsealed_line("answers", b"", file.read_bytes()))
        now = time.time()
        older = json.dumps({k: {**v, "asked": now - age} for k, v in known.items()})
        file.write_bytes(sealed_line("answers", b"", older.encode()))
        host.asked.clear()
        main(["check", "--external"], made.root)
        assert len(host.asked) == asked


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff\xff", b'{"a": 1}', b"[]", b'{"a": {"answer": 1, "asked": "x"}}'])
def test_a_damaged_memory_is_lost_and_no_more(site: Make, host: Host, capsys: Captured, damaged: bytes) -> None:
    made = site(page(f"[good]({host.address}/ok)"))
    made.write_bytes(".cache/outside.json", damaged)
    assert main(["check", "--external", "--strict"], made.root) == 0
    assert capsys.readouterr().err == ""
    assert len(host.asked) == 1


def test_a_dead_address_can_be_ignored(site: Make, host: Host, capsys: Captured) -> None:
    comment = "<!-- sitegen: ignore link-external-dead: their server sleeps at night -->"
    made = site(page(f"{comment}\n[gone]({host.address}/gone)"))
    assert main(["check", "--external", "--strict"], made.root) == 0
    assert main(["check", "--strict"], made.root) == 0  # nobody was asked: that it was for nothing is not known
    made.edit(
        "content/en/index.md", (made.root / "content/en/index.md").read_text(encoding="utf-8").replace("gone", "ok")
    )
    assert main(["check", "--external", "--strict"], made.root) == 1
    assert "[ignore-unused]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://",
        "http://user:secret@127.0.0.1/",
        "http://a:b/",
        "ftp://example.org/",
        "http://[::1",
    ],
)
def test_what_is_never_asked(address: str) -> None:
    assert ask(address, "test", 1) == Answer(0, "address")


def test_addresses_are_sent_as_ascii() -> None:
    sent = quoted("https://m\u00fcnchen.example:8080/pot š?q=č&a=%20#del")
    assert sent == "https://xn--mnchen-3ya.example:8080/pot%20%C5%A1?q=%C4%8D&a=%20"


def test_what_leads_outside_is_read_from_the_finished_page() -> None:
    html = (
        '<link rel="canonical" href="https://example.org/en/"><script>var a = "<a href=\'http://s.example/\'>"</script>'
        '<a href="https://example.org/en/">own</a><a class="x" href="https://a.example/?b=1&amp;c=2">a</a>'
        '<!-- <a href="http://c.example/">c</a> --><img src="https://i.example/i.png" alt="">'
        '<a href="mailto:a@b.example">m</a>'
    )
    facts = Facts()
    scan(html, facts)
    assert facts.outside == ["https://example.org/en/", "https://a.example/?b=1&c=2", "https://i.example/i.png"]
