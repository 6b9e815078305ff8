"""`check --external` never asks this machine or its network: the address connected to is judged, at every hop."""

import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.site import SiteFolder

from sitegen.check import link_requests
from sitegen.check.link_requests import VARIABLE, Answer, InsideError, ask, is_inside, resolved
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]


class Server(http.server.ThreadingHTTPServer):
    """A server of this machine that notes what it is asked for."""

    def __init__(self, answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_HEAD(handler) -> None:  # noqa: N805 - the outer one is the server
                self.asked.append(handler.path)
                answer(handler)

            do_GET = do_HEAD  # noqa: N815 - the name that http.server looks for

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing when somebody hangs up."""


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[Any], None]], Server]]:
    """Return a function that starts a server."""
    servers: list[Server] = []

    def start(answer: Callable[[Any], None]) -> Server:
        servers.append(Server(answer))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def good(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer 200."""
    handler.send_response(200)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def to(target: str, status: int = 302) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    """Return what sends whoever asks to another address."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "localhost", "LOCALHOST",
    "localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]", "0.0.0.0", "0", "[::]", "127.255.255.254", "127.0.0.1.", "ⓛocalhost", "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00::1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "255.255.255.255",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_inside_is_not_asked(serve: Callable[..., Server], host: str) -> None:
    server = serve(good)
    answer = ask(f"http://{host}:{server.server_port}/", "test", 5)
    assert answer.status == 0
    assert server.asked == []


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("status", [301, 307])
def test_no_redirect_leads_inside(
    serve: Callable[..., Server], host: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = serve(good)
    first = serve(to(f"http://{host}:{hidden.server_port}/".encode().decode("latin-1"), status))
    monkeypatch.setenv(VARIABLE, f"127.0.0.1:{first.server_port}")
    answer = ask(f"http://127.0.0.1:{first.server_port}/", "test", 5)
    assert answer.status == 0
    assert first.asked
    assert hidden.asked == []


def test_servers_of_tests_are_asked_where_they_are_named(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(good)
    monkeypatch.setenv(VARIABLE, f"127.0.0.1:{server.server_port}")
    assert ask(f"http://127.1:{server.server_port}/a?b", "test", 5) == Answer(200, "OK")
    assert server.asked == ["/a?b"]


def named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let every name mean these addresses, at each question the next; return the names asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        ips = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(link_requests.socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    "ips",
    [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"], ["::1"], ["2606:2800::1", "::1"],
     ["10.1.2.3"], ["100.127.255.255"], ["169.254.169.254"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["fe80::1%eth0"]],
)  # fmt: skip
def test_name_that_means_inside_is_not_asked(
    serve: Callable[..., Server], ips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(good)
    named(monkeypatch, ips)
    assert ask(f"http://public.example:{server.server_port}/", "test", 5) == Answer(0, "address")
    assert server.asked == []


def test_name_is_asked_for_once_and_its_answer_connected_to(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(good)
    monkeypatch.setenv(VARIABLE, "127.0.0.1")
    asked = named(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert ask(f"http://public.example:{server.server_port}/", "test", 5).status == 200
    assert asked == ["public.example"]


@pytest.mark.parametrize("port", [0, 1, 22, 25, 110, 143, 445, 587, 993, 1023])
def test_ports_of_other_services_are_not_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, ["93.184.216.34"])
    with pytest.raises(InsideError):
        resolved("public.example", port)


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "100.63.255.255", "100.128.0.0", "172.32.0.1", "223.255.255.255"],
)  # fmt: skip
def test_public_addresses_are_outside(ip: str) -> None:
    assert not is_inside(ip)


@pytest.mark.parametrize(
    "ip",
    ["", "x", "127.1", "::", "::127.0.0.1", "64:ff9b:1::808:808", "2002:808:808::1", "2001::1", "2001:db8::1",
     "ff02::1",
     "fec0::1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "192.88.99.1", "::ffff:0.0.0.0"],
)  # fmt: skip
def test_all_else_is_inside(ip: str) -> None:
    assert is_inside(ip)


@pytest.mark.parametrize(
    "target",
    ["http://user:secret@{0}/", "http://user@{0}/", "ftp://{0}/", "file:///etc/passwd", "gopher://{0}/", "http:///x",
     "http://[::1/", "http://a b/", "javascript:alert(1)", "data:text/html,x", "http://{0}/" + "x" * 9000,
     "http://{0}:99999/", "//user@{0}/"],
)  # fmt: skip
def test_such_redirects_are_not_followed(
    serve: Callable[..., Server], target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = serve(good)
    monkeypatch.setenv(VARIABLE, "127.0.0.1")
    first = serve(to(target.replace("{0}", f"127.0.0.1:{hidden.server_port}")))
    assert ask(f"http://127.0.0.1:{first.server_port}/", "test", 5).status == 0
    assert hidden.asked == []


def endless_body(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer with a body that has no end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b"x" * 65536)


def many_headers(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer with ten thousand headers."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n")


def long_header(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer with one header of a megabyte."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n")


def no_http(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Answer with what is no HTTP."""
    handler.wfile.write(b"\x00" * 100_000)


@pytest.mark.parametrize(("answer", "status"), [(endless_body, 200), (many_headers, 0), (long_header, 0), (no_http, 0)])
def test_answers_have_limits(
    serve: Callable[..., Server], answer: Callable[[Any], None], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "127.0.0.1")
    server = serve(answer)
    started = time.monotonic()
    assert ask(f"http://127.0.0.1:{server.server_port}/", "test", 5).status == status
    assert time.monotonic() - started < 5


def test_redirects_in_a_circle_end(serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "127.0.0.1")
    server = serve(lambda handler: to(f"{handler.path}x")(handler))
    assert ask(f"http://127.0.0.1:{server.server_port}/", "test", 5) == Answer(0, "redirects")
    assert len(server.asked) < 20


def test_link_of_a_page_asks_nothing_inside(
    site: Make, serve: Callable[..., Server], capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(good)
    made = site()
    page = (made.root / "content/en/index.md").read_text(encoding="utf-8")
    links = "\n".join(f"- [{at}](http://{host}:{server.server_port}/)" for at, host in enumerate(HOSTS[:8]))
    made.edit("content/en/index.md", f"{page}\n{links}\n")
    main(["check", "--external"], made.root)
    assert capsys.readouterr().err.count("link-external-dead") == 8
    assert server.asked == []
