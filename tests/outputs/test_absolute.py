"""Full addresses: in feeds every link has one, and whatever holds one is in ASCII, as protocols want it."""

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from support.site import SiteFolder

from sitegen.model.urls import is_base_url
from sitegen.outputs.feed import with_absolute_addresses

Make = Callable[..., SiteFolder]
PAGE = "https://example.org/city/sl/a/"
CITY = """-- site.yaml --
title: City
default_language: sl
base_url: https://učeča-mesta.si/spletišče
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
feed: {section: novice/index}
search: true
calendars:
  dnevi: {data: dnevi, list: dnevi, page: novice/a, id: id, start: start, end: end, summary: [name]}
report_url: "https://example.org/issues?page={url}"
hosts: {names: [netlify, apache, nginx]}
-- data/dnevi.yaml --
dnevi:
  - {id: č, start: 2026-05-01, end: 2026-05-02, name: Dan}
-- content/sl/novice/index.md --
---
title: Novice
slug: čitalnica
---
-- content/sl/novice/a.md --
---
title: Prva
slug: šola
date: 2026-01-01
aliases: [/sl/stara-čaša/]
---

## Del {#č}

[Na del](#č), opomba[^1], [pismo](mailto:a@example.org).

[^1]: Opomba.
-- content/en/novice/index.md --
---
title: News
---
"""


@pytest.fixture
def city(site: Make) -> SiteFolder:
    """Return a site whose address and pages have names in letters beyond ASCII."""
    made = site(CITY)
    for file in (made.root / "templates").rglob("*.html"):
        file.unlink()
    made.build()
    assert not [code for code in made.codes if code not in ("string-missing", "catalog-missing")], made.problems
    return made


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="#x">', '<a href="https://example.org/city/sl/a/#x">'),
        ('<a class="b" href="#fn:1" id="c">', '<a class="b" href="https://example.org/city/sl/a/#fn:1" id="c">'),
        ("<a href='../b/'>", '<a href="https://example.org/city/sl/b/">'),
        ("<a href=../b/>", '<a href="https://example.org/city/sl/b/">'),
        ("<A HREF = '/x?a=1&amp;b=2'>", '<A HREF="https://example.org/x?a=1&amp;b=2">'),
        ('<a href="">', '<a href="https://example.org/city/sl/a/">'),
        ('<img src="m.png" alt="href=#x">', '<img src="https://example.org/city/sl/a/m.png" alt="href=#x">'),
        (
            '<img srcset="a.png 480w, ../b.png 2x"/>',
            '<img srcset="https://example.org/city/sl/a/a.png 480w, https://example.org/city/sl/b.png 2x"/>',
        ),
        ('<video poster="p.jpg">', '<video poster="https://example.org/city/sl/a/p.jpg">'),
        ('<q cite="//other.example/">', '<q cite="https://other.example/">'),
        ('<a href="mailto:a@b.si">', '<a href="mailto:a@b.si">'),
        ('<a href="data:text/plain,a">', '<a href="data:text/plain,a">'),
        ('<a href="https://other.example/#x">', '<a href="https://other.example/#x">'),
        ('<a href="http://[">', '<a href="http://[">'),
        ('<code>&lt;a href="#x"&gt;</code>', '<code>&lt;a href="#x"&gt;</code>'),
        ('<p title="a > b" data-src="#x">1 < 2 href="#y"</p>', '<p title="a > b" data-src="#x">1 < 2 href="#y"</p>'),
        ("<a href", "<a href"),
        ('<a href="x', '<a href="https://example.org/city/sl/a/&quot;x"'),
    ],
)
def test_addresses_of_a_feed_are_absolute(written: str, read: str) -> None:
    assert with_absolute_addresses(written, PAGE) == read


@pytest.mark.parametrize("piece", ["<", "<a ", '<a href="', "<a b='", " =", '<a "', "<a href=x>", "<!--", "/"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    with_absolute_addresses(piece * 200_000, PAGE)  # quadratic time would be minutes


def test_feed_has_no_relative_link(city: SiteFolder) -> None:
    feed = ET.fromstring(city.read("sl/feed.xml"))
    content = "".join(text for text in feed.itertext() if "<" in text)
    found = re.findall(r'(?:href|src)="([^"]*)"', content)
    page = "https://xn--uea-mesta-lfbb.si/spleti%C5%A1%C4%8De/sl/%C4%8Ditalnica/%C5%A1ola/"
    assert f"{page}#fn:1" in found
    assert f"{page}#%C4%8D" in found or f"{page}#č" in found
    assert [one for one in found if not one.startswith((page, "mailto:"))] == []


class Addresses(HTMLParser):
    """Collects what is absolute in a page: attributes and structured data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [value for name, value in attrs if value and name in ("href", "src", "content")]
        self.found += [value for value in values if value.startswith("http")]
        self.is_data = ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self.is_data:
            self.found += re.findall(r'"(https?://[^"]*)"', json.dumps(json.loads(data), ensure_ascii=False))
            self.is_data = False


def test_base_url_beyond_ascii_is_encoded_everywhere(city: SiteFolder) -> None:
    start = "https://xn--uea-mesta-lfbb.si/spleti%C5%A1%C4%8De/"
    for path, data in city.outputs.items():
        text = data.decode("utf-8", "replace")
        assert "učeča-mesta.si" not in text, path
        if path.endswith(".html"):
            parser = Addresses()
            parser.feed(text)
            assert all(one.isascii() for one in parser.found), (path, parser.found)
    assert f"<loc>{start}sl/%C4%8Ditalnica/%C5%A1ola/</loc>" in city.read("sitemap.xml")
    assert f"Sitemap: {start}sitemap.xml" in city.read("robots.txt")
    calendar = city.read("sl/dnevi.ics").replace("\n ", "")
    assert f"URL:{start}sl/%C4%8Ditalnica/%C5%A1ola/" in calendar
    assert "UID:č@xn--uea-mesta-lfbb.si" in calendar
    assert f'rel="canonical" href="{start}sl/%C4%8Ditalnica/%C5%A1ola/"' in unescape(
        city.read("sl/čitalnica/šola/index.html")
    )
    assert f"{start}sl/%C4%8Ditalnica/%C5%A1ola/" in city.read("sl/stara-čaša/index.html")
    assert 'href="/spleti%C5%A1%C4%8De/sl/' in city.read("404.html")


def test_page_not_found_below_a_path_beyond_ascii_is_proved(site: Make) -> None:
    made = site()
    result = made.build(base_url="https://example.org/šola/")
    assert not result.failed
    assert made.codes == []


@pytest.mark.parametrize(
    "address", ["https://č☃.si/", "https://č..si/", "https://-č.si/", "https://" + "č" * 70 + ".si/"]
)
def test_host_that_cannot_be_a_name_is_refused(address: str) -> None:
    assert not is_base_url(address)
