"""Where links lead a reader of each language, and what a missing translation does: hide, link or show."""

import re
from collections.abc import Callable

import pytest
from support.pages import Page
from support.site import SiteFolder

Make = Callable[..., SiteFolder]
SETTINGS = """
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {{label: Slovenščina, locale: sl_SI, weight: 1{sl}}}
  en: {{label: English, locale: en_GB, weight: 2{en}}}
  es: {{label: Español, locale: es_ES, weight: 3}}
title: {{sl: Mesto, en: City, es: Ciudad}}
navigation: {{main: [about.md]}}
theme: none
{site}
-- content/es/index.md --
---
title: Inicio
---
-- locales/es/LC_MESSAGES/messages.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Shown in %(language)s."
msgstr "En %(language)s."

msgid "(in %(language)s)"
msgstr "(en %(language)s)"
"""
ABOUT = """
-- content/sl/about.md --
---
title: O nas
{}
---

Besedilo.
-- content/sl/index.md --
---
title: Domov
---
-- content/en/index.md --
---
title: Home
---

See [about](about.md).
"""


def three(site: Make, *, all_: str = "", en: str = "", page: str = "", more: str = "") -> SiteFolder:
    """Make a site of three languages whose page “about” stands in Slovenian only; with policies on three levels."""
    settings = SETTINGS.format(sl="", en=f", fallback: {en}" if en else "", site=f"fallback: {all_}" if all_ else "")
    made = site(settings + ABOUT.format(f"fallback: {page}" if page else "weight: 1") + more)
    assert made.problems == []
    return made


def state_of(made: SiteFolder, lang: str) -> tuple[str, str]:
    """Return state and address of a language's entry in the switcher of the Slovenian page."""
    entries = Page(made.read("sl/about/index.html")).all("a")
    link = next(e for e in entries if e.get("hreflang") == lang and "nav languages " in e.within)
    return link.get("class"), link.get("href")


@pytest.mark.parametrize(
    ("policies", "en", "es"),
    [
        ({}, "missing", "missing"),
        ({"all_": "link"}, "missing", "missing"),
        ({"all_": "hide"}, "hidden", "hidden"),
        ({"all_": "show"}, "fallback", "fallback"),
        ({"en": "show"}, "fallback", "missing"),
        ({"all_": "show", "en": "hide"}, "hidden", "fallback"),
        ({"all_": "hide", "en": "show", "page": "link"}, "missing", "missing"),
        ({"page": "show"}, "fallback", "fallback"),
        ({"all_": "show", "page": "hide"}, "hidden", "hidden"),
    ],
)
def test_policy_of_the_page_goes_before_the_language_before_the_site(
    site: Make, policies: dict[str, str], en: str, es: str
) -> None:
    made = three(site, **policies)
    assert (state_of(made, "en")[0], state_of(made, "es")[0]) == (en, es)
    for lang, state in (("en", en), ("es", es)):
        assert made.has(f"{lang}/about/index.html") == (state == "fallback")


@pytest.mark.parametrize(
    ("policy", "menu"),
    [("hide", []), ("link", [("../sl/about/", "sl")]), ("show", [("about/", "sl")])],
)
def test_policy_in_menus(site: Make, policy: str, menu: list[tuple[str, str]]) -> None:
    page = Page(three(site, all_=policy).read("en/index.html"))
    links = [e for e in page.all("a") if "nav menu " in e.within]
    assert [(e.get("href"), e.get("hreflang")) for e in links] == menu


@pytest.mark.parametrize(
    ("policy", "html"),
    [
        ("hide", '<a href="../sl/about/" hreflang="sl">about</a> <span class="in-language">(in Slovenian)</span>'),
        ("link", '<a href="../sl/about/" hreflang="sl">about</a> <span class="in-language">(in Slovenian)</span>'),
        ("show", '<a href="about/">about</a>'),
    ],
)
def test_policy_in_links_of_a_text(site: Make, policy: str, html: str) -> None:
    assert html in three(site, all_=policy).read("en/index.html")


def test_a_fallback_page_is_kept_out_of_what_machines_read(site: Make) -> None:
    made = three(site, all_="show")
    shown = Page(made.read("en/about/index.html"))
    assert shown.alternates == {}
    assert shown.canonical == "https://example.org/sl/about/"
    assert set(Page(made.read("sl/about/index.html")).alternates) == {"sl", "x-default"}
    assert "en/about" not in made.read("sitemap.xml")


def test_switcher_of_a_missing_page_leads_to_the_nearest_section(site: Make) -> None:
    deep = ""
    for lang in ("sl", "en"):
        deep += f"-- content/{lang}/news/index.md --\n---\ntitle: News\n---\n"
    deep += "-- content/sl/news/deep/one.md --\n---\ntitle: One\n---\n"
    made = three(site, more=deep)
    entries = Page(made.read("sl/news/deep/one/index.html")).all("a")
    links = {e.get("hreflang"): e.get("href") for e in entries if "nav languages " in e.within}
    assert links == {"sl": "./", "en": "../../../../en/news/", "es": "../../../../es/"}


def test_switcher_marks_the_page_itself(site: Make) -> None:
    made = three(site)
    entries = [e for e in Page(made.read("sl/about/index.html")).all("a") if "nav languages " in e.within]
    assert [(e.get("lang"), e.get("class"), e.get("aria-current")) for e in entries] == [
        ("sl", "page", "true"),
        ("en", "missing", ""),
        ("es", "missing", ""),
    ]


def test_no_page_is_linked_that_does_not_exist(site: Make) -> None:
    for policy in ("hide", "link", "show"):
        made = three(site, all_=policy)
        for path, data in made.outputs.items():
            for href in re.findall(r'href="(?!https:)([^"#]+)', data.decode()):
                target = (made.root / "public" / path).parent / href
                assert target.exists() or path.endswith("404.html"), (path, href)


# which page a link means


PAGES = """
-- content/sl/guide/index.md --
---
title: Vodič
slug: vodic
---

## Cilji {#aims}
-- content/en/guide/index.md --
---
title: Guide
---

## Aims {#aims}
-- content/sl/guide/rules.md --
---
title: Pravila
slug: pravila
---

LINK
-- content/en/guide/rules.md --
---
title: Rules
---

LINK
-- content/sl/plan.pdf --
%PDF-1.7 a
-- content/sl/map.png.txt --
neutral
-- content/sl/map.png.en.txt --
English
"""


@pytest.mark.parametrize(
    ("link", "sl", "en"),
    [
        ("[a](index.md)", "../", "../"),
        ("[a](index.md#aims)", "../#aims", "../#aims"),
        ("[a](../index.md)", "../../", "../../"),
        ("[a](../guide/index.md)", "../", "../"),
        ("[a](rules.md)", "./", "./"),
        ("[a](../../sl/guide/index.md)", "../", "../../../sl/vodic/"),
        ("[a](../../en/guide/index.md)", "../../../en/guide/", "../"),
        ("[a](<index.md>)", "../", "../"),
        ("[a](%69ndex.md)", "../", "../"),
    ],
)
def test_link_to_a_page(site: Make, link: str, sl: str, en: str) -> None:
    made = site(PAGES.replace("LINK", link))
    assert made.problems == []
    found = [
        re.findall(r'<p><a href="([^"]*)"', made.read(path))
        for path in ("sl/vodic/pravila/index.html", "en/guide/rules/index.html")
    ]
    assert found == [[sl], [en]]


def test_link_to_another_language_says_so(site: Make) -> None:
    made = site(PAGES.replace("LINK", "[a](../../en/guide/index.md)"))
    made.build()
    assert 'href="../../../en/guide/" hreflang="en">a</a> <span class="in-language">(v angleščini)</span>' in (
        made.read("sl/vodic/pravila/index.html")
    )
    assert "in-language" not in made.read("en/guide/rules/index.html")


def test_link_to_a_file_beside_the_source_serves_all_languages(site: Make) -> None:
    made = site(PAGES.replace("LINK", "[a](../plan.pdf)"))
    assert made.problems == []
    address = re.search(
        r'<p><a href="\.\./\.\./\.\./(assets/sl/plan\.\w{10}\.pdf)"', made.read("en/guide/rules/index.html")
    )
    assert address
    assert made.read(address[1]) == "%PDF-1.7 a\n"


def test_file_of_one_language_goes_before_the_neutral_one(site: Make) -> None:
    made = site(PAGES.replace("LINK", "[a](../map.png.txt)"))
    assert made.problems == []
    assert re.search(r'href="[./]*assets/sl/map\.png\.\w{10}\.txt"', made.read("sl/vodic/pravila/index.html"))
    assert re.search(r'href="[./]*assets/sl/map\.png\.en\.\w{10}\.txt"', made.read("en/guide/rules/index.html"))


def test_a_file_that_nobody_links_to_is_not_published(site: Make) -> None:
    made = site(PAGES.replace("LINK", "Text."))
    made.build()
    assert not [path for path in made.outputs if path.startswith("assets/")]


def test_translations_are_joined_by_translation_key(site: Make) -> None:
    made = site(
        "-- content/sl/o-nas.md --\n---\ntitle: O nas\ntranslation_key: about\n---\n\n[e](kontakt.md)\n"
        "-- content/en/about.md --\n---\ntitle: About\n---\n\n[e](contact.md)\n"
        "-- content/sl/kontakt.md --\n---\ntitle: Kontakt\ntranslation_key: contact\n---\n"
        "-- content/en/contact.md --\n---\ntitle: Contact\n---\n"
    )
    assert made.problems == []
    assert Page(made.read("sl/o-nas/index.html")).alternates["en"] == "https://example.org/en/about/"
    assert '<a href="../kontakt/">e</a>' in made.read("sl/o-nas/index.html")


def test_anchor_that_a_translation_lacks_is_an_error_at_the_link(site: Make) -> None:
    made = site(PAGES.replace("LINK", "[a](index.md#aims)").replace("## Aims {#aims}", "## Aims {#goals}"))
    assert made.codes == ["sections-differ", "anchor-missing"]


def test_link_in_a_fallback_text_leads_to_the_readers_language(site: Make) -> None:
    made = three(
        site, page="show", more="-- content/sl/about.md --\n---\ntitle: O nas\nfallback: show\n---\n\n[d](index.md)\n"
    )
    assert '<a href="../">d</a>' in made.read("en/about/index.html")


TWO = (
    "-- content/sl/index.md --\n---\ntitle: Domov\n---\n\nSOURCE\n"
    "-- content/en/index.md --\n---\ntitle: Home\n---\n\nTRANSLATION\n"
)


@pytest.mark.parametrize(
    ("source", "translation", "codes"),
    [
        ("## Ena\n\n## Dva\n\n## Tri", "## One\n\n## Two\n\n## Three", []),
        ("## Ena {#one}\n\n## Dva\n\n## Tri", "## One {#one}\n\n## Two\n\n## Three", []),
        ("## Ena\n\n## Dva\n\n## Tri", "## One\n\n## Two", ["sections-differ"]),
        ("## Ena\n\n## Dva", "## One\n\n## Two\n\n## Three\n\n## Four", ["sections-differ"]),
        ("## Ena {#one}\n\n## Dva {#two}", "## First\n\n## Two {#two}", ["sections-differ"]),
        ("## Ena {#first}\n\n## Dva {#second}", "## One {#x}\n\n## Two {#y}", ["sections-differ"]),
        ("## Ena", "", ["section-missing"]),
        ("", "## One", ["section-added"]),
    ],
)
def test_sections_without_ids_are_paired_by_order_else_one_warning_for_the_page(
    site: Make, source: str, translation: str, codes: list[str]
) -> None:
    made = site(TWO.replace("SOURCE", source).replace("TRANSLATION", translation))
    assert made.codes == codes


@pytest.mark.parametrize(
    ("translation", "address", "codes"),
    [
        ("## Aims {#cilji}", "../#cilji", []),
        ("## Aims", "../#aims", []),  # paired by order: the id that the translation has
        ("Text.", "../", ["section-lags", "section-missing"]),
        ("## A\n\n## B", "../", ["section-lags", "sections-differ"]),
    ],
)
def test_a_text_shown_untranslated_links_to_the_section_or_to_the_page_of_a_lagging_translation(
    site: Make, translation: str, address: str, codes: list[str]
) -> None:
    made = site(
        TWO.replace("SOURCE", "## Cilji").replace("TRANSLATION", translation)
        + "-- content/sl/about.md --\n---\ntitle: O nas\nfallback: show\n---\n\n[c](index.md#cilji)\n"
    )
    assert made.codes == codes
    assert {problem.place.path for problem in made.build().problems} <= {"content/en/index.md"}
    assert f'<a href="{address}">c</a>' in made.read("en/about/index.html")
    assert '<a href="../#cilji">c</a>' in made.read("sl/about/index.html")
