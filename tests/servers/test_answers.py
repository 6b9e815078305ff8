"""What real servers answer: status, type, headers, caching, compression, languages; every link of the site leads."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import brotli
import pytest

from servers.conftest import BELOW, Served

TYPES = {
    "en/": "text/html; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
    "en/feed.xml": "application/atom+xml; charset=utf-8",
    "en/conferences.ics": "text/calendar; charset=utf-8",
    "search/sl.js": "text/javascript; charset=utf-8",
}
ENDINGS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
}


def asset(served: Served, ending: str) -> str:
    """Return the address of one asset."""
    file = sorted((served.folder / "assets").rglob(f"*{ending}"))[0]
    return file.relative_to(served.folder).as_posix()


def kind_of(answer_type: str) -> str:
    return re.sub(r";\s*charset=", "; charset=", answer_type.lower())


@pytest.mark.parametrize("path", TYPES)
def test_type_and_charset(path: str, served: Served) -> None:
    for encoding in ("identity", "gzip", "br"):
        answer = served.ask(path, Accept_Encoding=encoding)
        assert answer.status == 200
        assert kind_of(answer.headers["content-type"]) == TYPES[path]


@pytest.mark.parametrize("ending", ENDINGS)
def test_type_of_assets(ending: str, served: Served) -> None:
    for encoding in ("identity", "gzip", "br"):
        answer = served.ask(asset(served, ending), Accept_Encoding=encoding)
        assert answer.status == 200
        assert kind_of(answer.headers["content-type"]) == ENDINGS[ending]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("nothing", "404.html"),
        ("en/nothing/here/", "en/404.html"),
        ("sl/nič", "sl/404.html"),
        ("es/nothing.html", "es/404.html"),
        ("assets/css/site.0123456789.css", "404.html"),
        ("assets/", "404.html"),
    ],
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(path: str, page: str, served: Served) -> None:
    answer = served.ask(quote(path), Accept_Encoding="identity")
    assert answer.status == 404
    assert answer.data == (served.folder / page).read_bytes()
    assert kind_of(answer.headers["content-type"]) == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("path", ["nginx.conf", "_headers", "_redirects", ".htaccess", ".sitegen", "en/.htaccess"])
def test_what_servers_read_is_not_served(path: str, served: Served) -> None:
    assert served.ask(path).status in (403, 404)


def test_security_headers_stand_on_every_answer_once(served: Served) -> None:
    for path in ("", "en/", "en/nothing", asset(served, ".css"), asset(served, ".png"), quote("en/slovarček/"), "en"):
        headers = served.ask(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]


def test_assets_are_kept_for_ever_and_pages_asked_for_again(served: Served) -> None:
    for encoding in ("identity", "gzip", "br"):
        for ending in (".css", ".js", ".png"):
            answer = served.ask(asset(served, ending), Accept_Encoding=encoding)
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        for path in ("", "en/", "en/feed.xml", "search/en.js", "sitemap.xml"):
            assert served.ask(path, Accept_Encoding=encoding).headers["cache-control"] == "no-cache"


def test_a_page_that_did_not_change_is_not_sent_again(served: Served) -> None:
    first = served.ask("en/", Accept_Encoding="identity")
    again = served.ask("en/", Accept_Encoding="identity", If_None_Match=first.headers["etag"])
    assert (again.status, again.data) == (304, b"")
    assert served.ask("en/", Accept_Encoding="identity", If_None_Match='"other"').status == 200
    since = served.ask("en/", Accept_Encoding="identity", If_Modified_Since=first.headers["last-modified"])
    assert since.status == 304


def test_texts_are_compressed_once_for_who_takes_it(served: Served) -> None:
    for path in ("en/", "search/en.js", "en/feed.xml", asset(served, ".css"), "sitemap.xml"):
        file = served.folder / (path + "index.html" if path.endswith("/") else path)
        plain = served.ask(path, Accept_Encoding="identity")
        assert "content-encoding" not in plain.headers
        assert plain.data == file.read_bytes()
        packed = served.ask(path, Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert {"accept-encoding"} <= {name.strip().lower() for name in packed.headers["vary"].split(",")}
        if served.precompressed:
            assert packed.data == Path(f"{file}.gz").read_bytes()
    assert "content-encoding" not in served.ask(asset(served, ".png"), Accept_Encoding="gzip, br").headers


def test_brotli_where_the_server_can(served: Served) -> None:
    answer = served.ask("en/", Accept_Encoding="gzip, deflate, br")
    page = served.folder / "en/index.html"
    if served.kind == "nginx":  # needs a module that is not nginx's own
        assert answer.headers["content-encoding"] == "gzip"
    elif served.precompressed:
        assert answer.headers["content-encoding"] == "br"
        assert answer.data == Path(f"{page}.br").read_bytes()
        assert brotli.decompress(answer.data) == page.read_bytes()
    else:  # which of the two comes first is the administrator's choice
        assert answer.headers["content-encoding"] in ("br", "gzip")


def test_a_twin_that_did_not_change_is_not_sent_again(served: Served) -> None:
    if served.precompressed:
        first = served.ask("en/", Accept_Encoding="gzip")
        again = served.ask("en/", Accept_Encoding="gzip", If_None_Match=first.headers["etag"])
        assert (again.status, again.data) == (304, b"")
        assert first.headers["etag"] != served.ask("en/", Accept_Encoding="identity").headers["etag"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("sl", "sl"),
        ("sl-SI,sl;q=0.9,en-GB;q=0.8,en;q=0.7", "sl"),
        ("en-US,en;q=0.5", "en"),
        ("ES-mx", "es"),
        ("de-AT,de;q=0.9, es;q=0.8, en;q=0.7", "es"),
        ("slx, eng, en", "en"),
        ("fi-FI,fi;q=0.9", ""),
        ("est", ""),
        ("", ""),
    ],
)
def test_the_root_leads_to_the_readers_language(asked: str, code: str, served: Served) -> None:
    answer = served.ask("", **({"Accept_Language": asked} if asked else {}))
    assert "accept-language" in answer.headers["vary"].lower()
    if code:
        assert answer.status == 302
        assert urlsplit(answer.headers["location"]).path == f"{served.prefix}{code}/"
    else:
        assert answer.status == 200
        assert b"choose." in answer.data


def test_only_the_root_asks_for_the_language(served: Served) -> None:
    answer = served.ask("en/", Accept_Language="sl")
    assert answer.status == 200
    assert "accept-language" not in answer.headers.get("vary", "").lower()


@pytest.mark.parametrize("path", ["en/slovarček/", "en/slovarček"])
def test_an_old_address_leads_on_at_once(path: str, served: Served) -> None:
    answer = served.ask(quote(path))
    assert answer.status == 301
    assert urlsplit(answer.headers["location"]).path == f"{served.prefix}en/glossary/"


def test_a_folder_without_its_slash_leads_to_it(served: Served) -> None:
    answer = served.ask("en")
    assert answer.status == 301
    assert urlsplit(answer.headers["location"]).path == f"{served.prefix}en/"


class Links(HTMLParser):
    """The addresses that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "data-index", "data-engine") and value:
                self.found.append(value)
            if name == "srcset" and value:
                self.found += [offer.split()[0] for offer in value.split(",")]


def crawled(served: Served) -> dict[str, int]:
    """Follow every link of the site; return path → status."""
    start = served.origin + served.prefix
    waiting, found = [start], {start: 0}
    while waiting:
        url = waiting.pop()
        path = urlsplit(url).path
        answer = served.ask(path.removeprefix(served.prefix), Accept_Encoding="identity")
        found[url] = answer.status
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        links = Links()
        links.feed(answer.data.decode())
        for link in links.found:
            target = urldefrag(urljoin(url, link))[0]
            if target.startswith(served.origin) and target not in found:
                found[target] = 0
                waiting.append(target)
    return {urlsplit(url).path: status for url, status in found.items()}


def pages(served: Served) -> set[str]:
    """Return the address of every page, 404 pages and redirects aside."""
    found = set()
    for file in served.folder.rglob("index.html"):
        if b'http-equiv="refresh"' not in file.read_bytes():
            found.add(quote(served.prefix + file.relative_to(served.folder).as_posix().removesuffix("index.html")))
    return found


def test_every_link_leads_and_every_page_is_reached(served: Served) -> None:
    found = crawled(served)
    assert {path: status for path, status in found.items() if status != 200} == {}
    assert all(path.startswith(served.prefix) for path in found)
    assert pages(served) <= found.keys()


def test_a_server_that_knows_nothing_serves_it_too(plain: Served) -> None:
    found = crawled(plain)
    assert {path: status for path, status in found.items() if status != 200} == {}
    assert pages(plain) <= found.keys()
    assert plain.ask("nothing").status == 404
    old = plain.ask(quote("en/slovarček/"))
    assert b'http-equiv="refresh"' in old.data
    assert plain.ask(asset(plain, ".css")).headers["content-type"] == "text/css"


def test_the_path_is_in_every_file_for_hosts(published: object, served: Served) -> None:
    if served.prefix == BELOW:
        headers = (served.folder / "_headers").read_text()
        assert {line for line in headers.splitlines() if not line.startswith(" ")} == {
            "/some/sub/*",
            "/some/sub/*.svg",
            "/some/sub/assets/*",
            "/some/sub/en/feed.xml",
            "/some/sub/es/feed.xml",
            "/some/sub/sl/feed.xml",
        }
        redirects = (served.folder / "_redirects").read_text()
        assert "/some/sub/en/slovar%C4%8Dek/ /some/sub/en/glossary/ 301\n" in redirects
        assert "/some/sub/sl/* /some/sub/sl/404.html 404\n" in redirects
        assert not (served.folder / "CNAME").exists()
    else:
        assert (served.folder / "CNAME").read_text() == "learning-cities.example\n"


def test_a_drawing_that_is_opened_by_itself_is_in_a_sandbox(served: Served) -> None:
    for encoding in ("identity", "gzip", "br"):
        answer = served.ask(asset(served, ".svg"), Accept_Encoding=encoding)
        assert answer.headers["content-security-policy"] == "sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" not in served.ask("en/").headers["content-security-policy"]


def test_a_pdf_has_no_policy_and_its_type_is_not_guessed(served: Served) -> None:
    answer = served.ask(asset(served, ".pdf"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in answer.headers
