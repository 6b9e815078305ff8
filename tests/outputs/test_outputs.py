"""What is made besides pages: hreflang, sitemap, feeds, redirects, the root page, pages not found."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from support.pages import Page
from support.site import SiteFolder

Make = Callable[..., SiteFolder]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = """
-- site.yaml --
base_url: https://example.org/city/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: "City & <Co>"}
feed: {section: news/index.md, limit: 2}
-- content/sl/news/index.md --
---
title: Novice
slug: novice
---
-- content/en/news/index.md --
---
title: News
description: What is "new" & old.
---
-- content/sl/news/a.md --
---
title: Prva
date: 2015-09-28
---
-- content/sl/news/b.md --
---
title: Druga
date: 2015-10-02
updated: 2016-01-05
---

## Konec {#end}
-- content/sl/news/c.md --
---
title: Tretja
date: 2015-11-01
---
-- content/sl/news/undated.md --
---
title: Brez dneva
---
-- content/en/news/a.md --
---
title: First & <foremost>
description: It began.
---

It [began](b.md#end) & ![A map](map.svg) [mail](mailto:a@example.org).
-- content/en/news/b.md --
---
title: Second
---

## End {#end}
-- content/en/news/map.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
"""


def entries(made: SiteFolder, lang: str) -> list[ET.Element]:
    """Return the entries of a feed."""
    return list(ET.fromstring(made.read(f"{lang}/feed.xml")).iter(f"{ATOM}entry"))


def test_feed_holds_the_newest_of_its_language_up_to_the_limit(site: Make) -> None:
    made = site(NEWS)
    assert made.problems == []
    assert [e.findtext(f"{ATOM}title") for e in entries(made, "sl")] == ["Tretja", "Druga"]
    assert [e.findtext(f"{ATOM}title") for e in entries(made, "en")] == ["Second", "First & <foremost>"]


def test_feed_says_what_it_is(site: Make) -> None:
    made = site(NEWS)
    made.build()
    feed = ET.fromstring(made.read("en/feed.xml"))
    assert feed.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    assert feed.findtext(f"{ATOM}id") == "https://example.org/city/en/feed.xml"
    assert feed.findtext(f"{ATOM}title") == "City & <Co> – News"
    assert feed.findtext(f"{ATOM}subtitle") == 'What is "new" & old.'
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "City & <Co>"
    assert {e.get("rel"): e.get("href") for e in feed.findall(f"{ATOM}link")} == {
        "self": "https://example.org/city/en/feed.xml",
        "alternate": "https://example.org/city/en/news/",
    }


def test_feed_takes_its_times_from_the_pages_only(site: Make) -> None:
    made = site(NEWS)
    made.build()
    assert ET.fromstring(made.read("sl/feed.xml")).findtext(f"{ATOM}updated") == "2016-01-05T00:00:00Z"
    assert [(e.findtext(f"{ATOM}published"), e.findtext(f"{ATOM}updated")) for e in entries(made, "sl")] == [
        ("2015-11-01T00:00:00Z", "2015-11-01T00:00:00Z"),
        ("2015-10-02T00:00:00Z", "2016-01-05T00:00:00Z"),
    ]


def test_feed_entries_have_the_full_text_with_absolute_links(site: Make) -> None:
    made = site(NEWS)
    made.build()
    first = entries(made, "en")[1]
    assert first.findtext(f"{ATOM}id") == "https://example.org/city/en/news/a/"
    assert first.findtext(f"{ATOM}summary") == "It began."
    text = first.findtext(f"{ATOM}content") or ""
    assert '<a href="https://example.org/city/en/news/b/#end">began</a> &amp; ' in text
    assert re.search(r'src="https://example\.org/city/assets/en/news/map\.\w{10}\.svg"', text)
    assert '<a href="mailto:a@example.org">mail</a>' in text


def test_feed_is_absent_without_its_section(site: Make) -> None:
    made = site(NEWS, without=("content/en/news/index.md",))
    made.build()
    assert made.has("sl/feed.xml")
    assert not made.has("en/feed.xml")


def test_sitemap_holds_every_page_with_its_alternates(site: Make) -> None:
    made = site(NEWS)
    made.build()
    urls = {u.findtext(f"{MAP}loc"): u for u in ET.fromstring(made.read("sitemap.xml")).iter(f"{MAP}url")}
    base = "https://example.org/city/"
    assert set(urls) == {
        *(base + path for path in ("sl/", "en/", "sl/novice/", "en/news/", "sl/novice/a/", "en/news/a/")),
        *(base + path for path in ("sl/novice/b/", "en/news/b/", "sl/novice/c/", "sl/novice/undated/")),
    }
    for address, url in urls.items():
        links = {e.get("hreflang"): e.get("href") for e in url if e.tag.endswith("link")}
        path = address.removeprefix(base) if address else ""
        assert links == Page(made.read(f"{path}index.html")).alternates
    assert urls[f"{base}sl/novice/b/"].findtext(f"{MAP}lastmod") == "2016-01-05"
    assert urls[f"{base}sl/"].findtext(f"{MAP}lastmod") is None


def test_alternates_are_mutual_and_name_the_page_itself(site: Make) -> None:
    made = site(NEWS)
    made.build()
    pages = {path: Page(data.decode()) for path, data in made.outputs.items() if path.endswith(".html")}
    by_address = {page.canonical: page for page in pages.values() if page.canonical}
    for page in by_address.values():
        assert page.canonical in page.alternates.values()
        assert "x-default" in page.alternates
        for lang, address in page.alternates.items():
            if lang != "x-default":
                assert by_address[address].alternates == page.alternates
                assert by_address[address].one("html").get("lang") == lang


def test_home_pages_name_the_root_page_as_default(site: Make) -> None:
    made = site(NEWS)
    made.build()
    home = Page(made.read("en/index.html")).alternates
    assert home == Page(made.read("index.html")).alternates
    assert home["x-default"] == "https://example.org/city/"


def test_without_base_url_nothing_absolute_is_written(site: Make) -> None:
    made = site(NEWS.replace("base_url: https://example.org/city/\n", ""))
    assert made.codes == ["base-url-missing"]
    assert not made.result.failed  # type: ignore[union-attr]
    assert not [path for path in made.outputs if path.endswith(".xml")]
    for path, data in made.outputs.items():
        if path.endswith(".html"):
            page = Page(data.decode())
            assert (page.canonical, page.alternates) == ("", {}), path


@pytest.mark.parametrize("given", ["https://example.com/a/b", "https://example.com/a/b/"])
def test_base_url_can_be_given_at_build_time(site: Make, given: str) -> None:
    made = site(NEWS)
    made.build(base_url=given)
    assert Page(made.read("en/index.html")).canonical == "https://example.com/a/b/en/"
    assert "example.org/city" not in made.read("sitemap.xml")


def test_pages_are_the_same_bytes_whatever_the_path_of_the_base_url_but_for_what_is_absolute(site: Make) -> None:
    one, other = site(NEWS), site(NEWS)
    one.build(base_url="https://example.org/")
    other.build(base_url="https://example.org/some/sub/path/")
    for path, data in one.outputs.items():
        if path.endswith(".html") and not path.endswith("404.html"):
            assert other.read(path).replace("example.org/some/sub/path/", "example.org/") == data.decode(), path


@pytest.mark.parametrize(
    ("base", "link"), [("https://example.org/", "/sl/"), ("https://example.org/some/path/", "/some/path/sl/")]
)
def test_not_found_pages_use_the_path_of_the_base_url(site: Make, base: str, link: str) -> None:
    made = site(NEWS)
    made.build(base_url=base)
    for path in ("404.html", "sl/404.html"):
        assert link in [e.get("href") for e in Page(made.read(path)).all("a")]


def test_root_not_found_page_speaks_all_languages_the_others_their_own(site: Make) -> None:
    made = site()
    made.build()
    texts = {path: [e.text for e in Page(made.read(path)).all("p")] for path in ("404.html", "en/404.html")}
    assert texts == {
        "404.html": ["Ni najdeno: Slovenščina", "Not found: English"],
        "en/404.html": ["Not found: English"],
    }


def test_root_page_leads_to_every_home_page(site: Make) -> None:
    made = site()
    made.build()
    links = Page(made.read("index.html")).all("a")
    assert [(e.get("href"), e.get("lang"), e.text) for e in links] == [
        ("sl/", "sl", "Slovenščina"),
        ("en/", "en", "English"),
    ]


def test_aliases_become_redirects(site: Make) -> None:
    made = site(
        "-- content/en/about.md --\n---\ntitle: About\naliases: [/en/old/, /old.html, /a/b/c]\n---\n"
        "-- content/sl/about.md --\n---\ntitle: O nas\naliases: [/sl/čisto-stara/]\n---\n"
    )
    assert made.problems == []
    targets = {
        "en/old/index.html": "../about/",
        "old.html": "en/about/",
        "a/b/c/index.html": "../../../en/about/",
        "sl/čisto-stara/index.html": "../about/",
    }
    for path, target in targets.items():
        page = Page(made.read(path))
        assert f'content="0; url={target}"' in made.read(path)
        assert [e.get("href") for e in page.all("a")] == [target]
        assert page.canonical == f"https://example.org/{'sl' if path.startswith('sl/') else 'en'}/about/"
    assert "old" not in made.read("sitemap.xml")


def test_aliases_lead_to_the_page_itself_and_not_to_its_fallback(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\naliases: [/old/]\nfallback: show\n---\n")
    assert made.problems == []
    assert made.has("en/a/index.html")
    assert [e.get("href") for e in Page(made.read("old/index.html")).all("a")] == ["../sl/a/"]


def test_aliases_of_drafts_are_not_written(site: Make) -> None:
    made = site("-- content/en/about.md --\n---\ntitle: About\naliases: [/en/old/]\ndraft: true\n---\n")
    made.build()
    assert not made.has("en/old/index.html")


def test_slug_of_a_section_is_part_of_the_addresses_below(site: Make) -> None:
    made = site(
        "-- content/sl/guide/index.md --\n---\ntitle: Vodič\nslug: vodic\n---\n"
        "-- content/sl/guide/deep/index.md --\n---\ntitle: Globoko\n---\n"
        "-- content/sl/guide/deep/rules.md --\n---\ntitle: Pravila\nslug: pravila\n---\n"
    )
    made.build()
    assert made.has("sl/vodic/deep/pravila/index.html")


def test_order_of_siblings_is_weight_then_date_then_alphabet(site: Make) -> None:
    heads = {
        "z": "title: Čas",
        "y": "title: Cas",
        "x": "title: Zadnja\nweight: 1",
        "w": "title: Druga\nweight: 2",
        "v": "title: Starejša\ndate: 2015-01-01",
        "u": "title: Novejša\ndate: 2016-01-01",
    }
    made = site("".join(f"-- content/sl/{name}.md --\n---\n{head}\n---\n" for name, head in heads.items()))
    made.build()
    listed = [e.text for e in Page(made.read("sl/index.html")).all("li")]
    assert listed == ["Zadnja", "Druga", "Novejša", "Starejša", "Cas", "Čas"]


def test_pages_that_say_so_are_not_in_menus(site: Make) -> None:
    made = site(
        "-- content/sl/a.md --\n---\ntitle: A\nnav: false\n---\n"
        "-- content/sl/b.md --\n---\ntitle: B\nnav: Krajše\n---\n"
    )
    made.build()
    assert [e.text for e in Page(made.read("sl/index.html")).all("li")] == ["B"]
    assert made.has("sl/a/index.html")


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 stran"), (2, "2 strani"), (3, "3 strani (3–4)"), (5, "5 strani (5+)"), (101, "101 stran")],
)
def test_plural_forms_of_slovenian(site: Make, count: int, text: str) -> None:
    made = site("".join(f"-- content/sl/p{n}.md --\n---\ntitle: P{n}\n---\n" for n in range(count)))
    made.build()
    assert Page(made.read("sl/index.html")).one("p", "count").text == text


def test_words_of_a_translator_are_text_and_never_markup(site: Make) -> None:
    made = site()
    po = made.root / "locales/en/LC_MESSAGES/messages.po"
    po.write_text(po.read_text().replace('msgstr "Not found"', 'msgstr "Not \\"found\\" & 1 < 2"'))
    assert made.problems == []
    assert "Not &#34;found&#34; &amp; 1 &lt; 2" in made.read("en/404.html")
