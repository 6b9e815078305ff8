"""The second site, German and Arabic: other languages, sections and directions, built by the same engine."""

from xml.etree import ElementTree as ET

import pytest
from support.golden import made_of
from support.pages import Page
from support.site import PROJECT, SiteFolder

HISTORY, HISTORY_AR = "de/geschichte/index.html", "ar/geschichte/index.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Build the site once."""
    folder = made_of("german-arabic", tmp_path_factory.mktemp("second") / "site")
    assert not folder.build().failed
    return folder


def page(made: SiteFolder, path: str) -> Page:
    """Return one page of the output."""
    return Page(made.read(path))


def test_the_engine_does_not_know_this_project() -> None:
    for file in sorted((PROJECT / "sitegen").rglob("*.py")):
        text = file.read_text(encoding="utf-8").casefold()
        for word in ("unesco", "učeča", "ciudades", "learning cit", "gnlc"):
            assert word not in text, file


def test_every_page_says_its_language_and_direction(made: SiteFolder) -> None:
    for path in made.outputs:
        if path.endswith(".html"):
            html = page(made, path).one("html")
            wanted = ("ar", "rtl") if path.startswith("ar/") else ("de", "ltr")
            assert (html.get("lang"), html.get("dir")) == wanted, path


def test_addresses_hold_arabic_letters(made: SiteFolder) -> None:
    assert made.has("ar/وصفات/خبز/index.html")
    links = [e.get("href") for e in page(made, "ar/index.html").all("a")]
    assert "%D9%88%D8%B5%D9%81%D8%A7%D8%AA/" in links


def test_the_default_language_comes_first_and_gives_x_default(made: SiteFolder) -> None:
    assert list(page(made, "de/rezepte/index.html").alternates) == ["de", "ar", "x-default"]
    alternates = page(made, "ar/وصفات/index.html").alternates
    assert alternates["x-default"] == alternates["de"] == "https://backstube.example/de/rezepte/"
    assert page(made, "index.html").one("html").get("lang") == "de"


@pytest.mark.parametrize(
    ("path", "fair", "founded"),
    [
        ("de/index.html", "28.–30. September 2025 · 12.034 · 3,5", "28. März 1921"),
        ("ar/index.html", "28–30 سبتمبر 2025 · 12,034 · 3.5", "28 مارس 1921"),
    ],
)
def test_dates_and_numbers(made: SiteFolder, path: str, fair: str, founded: str) -> None:
    assert page(made, path).one("p", "fair").text == fair
    assert page(made, path).one("p", "founded").text == founded


def test_alphabetical_order(made: SiteFolder) -> None:
    assert page(made, "de/index.html").one("p", "goods").text == "Äpfel, Brot und Zimt"
    assert page(made, "ar/index.html").one("p", "goods").text == "تفاح وخبز وقرفة"
    assert children(page(made, "de/rezepte/index.html")) == ["Äpfel im Schlafrock", "Apfelkuchen", "Brot", "Zimtsterne"]
    assert children(page(made, "ar/وصفات/index.html")) == ["تفاح", "خبز", "كعك", "نجوم القرفة"]


def children(page: Page) -> list[str]:
    """Return the titles in the list of a section."""
    return [e.text for e in page.all("li") if any("ul children" in around for around in e.within)]


def test_arabic_has_six_plural_forms(made: SiteFolder) -> None:
    forms = [e.text for e in page(made, "ar/index.html").all("li") if "ul plurals " in e.within]
    assert forms == ["لا وصفات", "وصفة واحدة", "وصفتان", "3 وصفات", "11 وصفة", "100 وصفة (مئات)"]


def test_quotation_marks_of_both_languages(made: SiteFolder) -> None:
    assert "„Rezepte“" in made.read("de/index.html")
    assert "«الوصفات»" in made.read("ar/index.html")


def test_link_policy_leads_to_the_other_language_and_says_so(made: SiteFolder) -> None:
    home = page(made, "ar/index.html")
    link = next(e for e in home.all("a") if e.text == "اتصل بنا")
    assert link.get("href") == "../de/kontakt/"
    assert link.get("hreflang") == "de"
    assert "اتصل بنا (باللغة الألمانية)" in home.text
    assert not made.has("ar/kontakt/index.html")


def test_link_policy_is_seen_in_menus(made: SiteFolder) -> None:
    menu = [e for e in page(made, "ar/index.html").all("a") if any("ul menu" in around for around in e.within)]
    contact = next(e for e in menu if e.text == "Kontakt")
    assert (contact.get("href"), contact.get("lang"), contact.get("dir"), contact.get("hreflang")) == (
        "../de/kontakt/",
        "de",
        "ltr",
        "de",
    )


def test_switcher_of_a_missing_page_leads_to_the_nearest_section(made: SiteFolder) -> None:
    entries = switcher(page(made, "de/neues/ofen/index.html"))
    assert entries["ar"] == ("missing", "../../../ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/")
    assert switcher(page(made, "de/kontakt/index.html"))["ar"] == ("missing", "../../ar/")


def switcher(page: Page) -> dict[str, tuple[str, str]]:
    """Return language → state and address of the entries of the switcher."""
    found = {}
    for item in page.all("li"):
        if any("ul languages" in around for around in item.within):
            link = next(e for e in page.all("a") if e.text == item.text and any("languages" in a for a in e.within))
            found[link.get("hreflang")] = (item.get("class"), link.get("href"))
    return found


def test_show_policy_shows_the_source_with_a_notice(made: SiteFolder) -> None:
    shown = page(made, HISTORY_AR)
    assert shown.one("p", "notice").text == "متاح باللغة الألمانية فقط."
    assert "Seit 1921." in shown.text


def test_show_policy_marks_the_language_of_the_text(made: SiteFolder) -> None:
    shown = page(made, HISTORY_AR)
    for element in (shown.one("h1"), shown.one("div", "text")):
        assert (element.get("lang"), element.get("dir")) == ("de", "ltr")
    note = shown.one("span", "in-language")
    assert (note.get("lang"), note.get("dir")) == ("ar", "rtl")


def test_show_policy_words_inside_the_text_are_of_its_language(made: SiteFolder) -> None:
    assert page(made, HISTORY_AR).one("p", "callout-title").text == "Hinweis"
    assert 'title="Zurück zum Text (Anmerkung 1)"' in made.read(HISTORY_AR)


def test_show_policy_links_lead_to_the_readers_language_first(made: SiteFolder) -> None:
    links = {e.text: e.get("href") for e in page(made, HISTORY_AR).all("a")}
    assert links["Brot"] == "../%D9%88%D8%B5%D9%81%D8%A7%D8%AA/%D8%AE%D8%A8%D8%B2/"
    assert links["Impressum"] == "../../de/impressum/"


def test_show_policy_canonical_leads_to_the_source(made: SiteFolder) -> None:
    assert page(made, HISTORY_AR).canonical == "https://backstube.example/de/geschichte/"
    assert page(made, HISTORY).canonical == "https://backstube.example/de/geschichte/"


def test_show_policy_keeps_out_of_hreflang_sitemap_and_feed(made: SiteFolder) -> None:
    assert page(made, HISTORY_AR).alternates == {}
    assert set(page(made, HISTORY).alternates) == {"de", "x-default"}
    assert "/ar/geschichte/" not in made.read("sitemap.xml")
    assert "Das Fest" in made.read("de/feed.xml")
    assert "Das Fest" not in made.read("ar/feed.xml")


def test_show_policy_is_said_by_the_switcher(made: SiteFolder) -> None:
    assert switcher(page(made, HISTORY))["ar"] == ("fallback", "../../ar/geschichte/")


def test_hide_policy_leaves_no_trace(made: SiteFolder) -> None:
    assert not made.has("ar/impressum/index.html")
    for path in made.outputs:
        if path.startswith("ar/") and path.endswith(".html"):
            menu = [e.text for e in page(made, path).all("a") if any("ul menu" in a for a in e.within)]
            assert "Impressum" not in menu, path
    assert "ar" not in switcher(page(made, "de/impressum/index.html"))


def test_feeds_hold_the_newest_of_their_language(made: SiteFolder) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    titles = {}
    for lang in ("de", "ar"):
        feed = ET.fromstring(made.read(f"{lang}/feed.xml"))
        titles[lang] = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == {"de": ["Das Fest", "Der neue Ofen"], "ar": ["السوق"]}


def test_not_found_page_speaks_both_languages(made: SiteFolder) -> None:
    assert [(e.get("lang"), e.get("dir"), e.text) for e in page(made, "404.html").all("p")] == [
        ("de", "ltr", "Nicht gefunden: Deutsch"),
        ("ar", "rtl", "غير موجود: العربية"),
    ]
    assert [e.get("lang") for e in page(made, "ar/404.html").all("p")] == ["ar"]
