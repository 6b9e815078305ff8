"""Caddy with the very configuration that the manual shows."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from servers.conftest import Publish, Served, serve
from servers.test_answers import asset, crawled, kind_of, pages


@pytest.fixture(scope="module")
def caddy(published: Publish, place: Path) -> Iterator[Served]:
    yield from serve("caddy", "/", "br, gzip", published, place)


def test_every_link_leads_and_every_page_is_reached(caddy: Served) -> None:
    found = crawled(caddy)
    assert {path: status for path, status in found.items() if status != 200} == {}
    assert pages(caddy) <= found.keys()


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("nothing", "404.html"),
        ("en/nothing/here/", "en/404.html"),
        ("sl/nič", "sl/404.html"),
        ("assets/x.css", "404.html"),
    ],
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(path: str, page: str, caddy: Served) -> None:
    answer = caddy.ask(quote(path), Accept_Encoding="identity")
    assert answer.status == 404
    assert answer.data == (caddy.folder / page).read_bytes()
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["nginx.conf", "_headers", "_redirects", ".htaccess", ".sitegen", "en/.htaccess"])
def test_what_servers_read_is_not_served(path: str, caddy: Served) -> None:
    assert caddy.ask(path).status == 404


def test_types_caching_and_twins(caddy: Served) -> None:
    page = caddy.ask("en/", Accept_Encoding="identity")
    assert kind_of(page.headers["content-type"]) == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-content-type-options"] == "nosniff"
    again = caddy.ask("en/", Accept_Encoding="identity", If_None_Match=page.headers["etag"])
    assert again.status == 304
    style = caddy.ask(asset(caddy, ".css"))
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    for encoding, ending in (("br", ".br"), ("gzip", ".gz")):
        packed = caddy.ask("en/", Accept_Encoding=encoding)
        assert packed.headers["content-encoding"] == encoding
        assert packed.data == (caddy.folder / f"en/index.html{ending}").read_bytes()


def test_drawings_are_in_a_sandbox_and_a_pdf_is_not(caddy: Served) -> None:
    drawing, document = caddy.ask(asset(caddy, ".svg")), caddy.ask(asset(caddy, ".pdf"))
    assert drawing.headers["content-security-policy"] == "sandbox"
    assert "content-security-policy" not in document.headers
    assert {one.headers["x-content-type-options"] for one in (drawing, document)} == {"nosniff"}
