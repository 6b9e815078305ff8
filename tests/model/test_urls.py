"""The arithmetic of addresses."""

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.urls import (
    absolute,
    base_path,
    encoded,
    is_slug,
    joined,
    output_path,
    quoted,
    relative,
    same_when_folded,
)

PART = st.text("abcčž-_.~ %?#:ا", min_size=1, max_size=4).filter(lambda part: part not in (".", ".."))
FOLDER = st.lists(PART, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
ADDRESS = st.one_of(FOLDER, st.tuples(FOLDER, PART).map("".join))


@pytest.mark.parametrize(
    ("start", "target", "link"),
    [
        ("", "", "./"),
        ("", "sl/", "sl/"),
        ("", "sl/a/", "sl/a/"),
        ("", "feed.xml", "feed.xml"),
        ("sl/", "", "../"),
        ("sl/", "sl/", "./"),
        ("sl/", "en/", "../en/"),
        ("sl/a/", "sl/a/", "./"),
        ("sl/a/", "sl/b/", "../b/"),
        ("sl/a/", "sl/", "../"),
        ("sl/a/", "sl/a/b/", "b/"),
        ("sl/a/b/", "en/c/d/", "../../../en/c/d/"),
        ("sl/a/", "assets/css/site.css", "../../assets/css/site.css"),
        ("sl/a/", "sl/a/x.ics", "x.ics"),
        ("sl/404.html", "sl/", "./"),
        ("sl/404.html", "sl/404.html", "404.html"),
        ("sl/a.html", "sl/b.html", "b.html"),
        ("sl/ab/", "sl/a/", "../a/"),
        ("sl/", "sl/č/", "%C4%8D/"),
        ("sl/", "sl/a:b/", "a%3Ab/"),
        ("sl/", "sl/a b?c#d/", "a%20b%3Fc%23d/"),
    ],
)
def test_relative(start: str, target: str, link: str) -> None:
    assert relative(start, target) == link


@given(ADDRESS, ADDRESS)
def test_relative_leads_back_to_its_target(start: str, target: str) -> None:
    link = relative(start, target)
    for prefix in ("/", "/some/sub/path/"):
        met = urljoin(f"http://host{prefix}{quoted(start)}", link)
        assert unquote(met) == unquote(f"http://host{prefix}{quoted(target)}")


@given(ADDRESS, ADDRESS)
def test_relative_never_begins_with_a_slash_or_a_scheme(start: str, target: str) -> None:
    link = relative(start, target)
    assert link
    assert not link.startswith("/")
    assert ":" not in link


@pytest.mark.parametrize(
    ("url", "path"),
    [("", "index.html"), ("sl/", "sl/index.html"), ("sl/feed.xml", "sl/feed.xml"), ("404.html", "404.html")],
)
def test_output_path(url: str, path: str) -> None:
    assert output_path(url) == path


def test_absolute_is_quoted() -> None:
    assert absolute("https://example.org/city/", "sl/čas/") == "https://example.org/city/sl/%C4%8Das/"


@pytest.mark.parametrize(
    ("base", "path"),
    [("https://example.org/", "/"), ("https://example.org/city/", "/city/"), ("https://example.org/a/b/", "/a/b/")],
)
def test_base_path(base: str, path: str) -> None:
    assert base_path(base) == path


@pytest.mark.parametrize(
    ("folder", "path", "whole"),
    [
        ("content/sl", "a.md", "content/sl/a.md"),
        ("content/sl", "../en/a.md", "content/en/a.md"),
        ("content/sl", "./b/../a.md", "content/sl/a.md"),
        ("content/sl", "../../a.md", "a.md"),
        ("content/sl", "../../../a.md", None),
        ("content/sl", "/etc/passwd", None),
        ("", "..", None),
        ("", "a", "a"),
    ],
)
def test_joined(folder: str, path: str, whole: str | None) -> None:
    assert joined(folder, path) == whole


@pytest.mark.parametrize("text", ["a", "key-features", "čas", "خبز", "a.b", "2015", "a_b", "стр"])
def test_slug(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "..", "a..b", ".a", "a.", "-a", "a-", "_a", "a b", "a/b", "/a", "a\\b", "a?b", "a#b", "a%b", "a:b"),
        *("a\n", "con", "CON", "aux.txt", "com1", "c\N{COMBINING CARON}as", "a" * 201, "a\0", "«a»", "a&b", "😀"),
    ],
)
def test_no_slug(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sl/Novice/", "sl/novice/", True),
        ("sl/straße/", "sl/STRASSE/", True),
        ("sl/č/", "sl/c\N{COMBINING CARON}/", True),
        ("sl/a/", "sl/b/", False),
    ],
)
def test_addresses_that_one_file_system_cannot_keep_apart(one: str, other: str, same: bool) -> None:
    assert (same_when_folded(one) == same_when_folded(other)) == same


@pytest.mark.parametrize(
    ("address", "ascii_"),
    [
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://učeča-mesta.si/", "https://xn--uea-mesta-lfbb.si/"),
        ("https://Učeča-Mesta.SI/", "https://xn--uea-mesta-lfbb.si/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://www.bücher.example:8443/č/", "https://www.xn--bcher-kva.example:8443/%C4%8D/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("https://example.org/mesto-č/", "https://example.org/mesto-%C4%8D/"),
        ("https://example.org/mesto-%C4%8D/100%/", "https://example.org/mesto-%C4%8D/100%25/"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://č..si/", None),
        ("https://-č.si/a", None),
        ("https://č☃.si/", None),
        ("https://" + "č" * 64 + ".si/", None),
    ],
)
def test_encoded(address: str, ascii_: str | None) -> None:
    assert encoded(address) == ascii_
