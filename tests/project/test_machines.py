"""What programs read, and the map: feeds, calendars, cards, structured data, of this site and of small ones."""

import datetime as dt
import importlib
import io
import json
import math
import re

import feedparser
import pytest
import yaml
from icalendar import Calendar
from markupsafe import Markup
from PIL import Image
from support.pages import Page
from support.site import PROJECT, TODAY, tree

from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.outputs.filters import jsonld

LANGUAGES = ("sl", "en", "es")
BASE = "https://learning-cities.example/"
DATA_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
SERIES = {
    "sl": "sl/konferenca/vse-konference/",
    "en": "en/conference/all-conferences/",
    "es": "es/conferencia/todas-las-conferencias/",
}
DAYS = {
    "beijing-2013": ("2013-10-21", "2013-10-23"),
    "mexico-city-2015": ("2015-09-28", "2015-09-30"),
    "cork-2017": ("2017-09-18", "2017-09-20"),
    "medellin-2019": ("2019-10-01", "2019-10-03"),
    "yeonsu-2021": ("2021-10-27", "2021-10-30"),
    "jubail-2024": ("2024-12-03", "2024-12-05"),
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file of this project's site."""
    output = tmp_path_factory.mktemp("machines") / "public"
    assert not build(Options(root=PROJECT, today=TODAY, output=output)).failed
    return tree(output)


def html(outputs: dict[str, bytes], url: str) -> str:
    return outputs[f"{url}index.html"].decode()


def content_pages(outputs: dict[str, bytes]) -> list[str]:
    """Return the addresses of all pages of content."""
    return [path.removesuffix("index.html") for path in outputs if re.match(r"(sl|en|es)/(.*/)?index\.html\Z", path)]


def data_of(outputs: dict[str, bytes], url: str) -> dict[str, list[dict]]:
    """Return the structured data of a page by type."""
    found: dict[str, list[dict]] = {}
    for block in DATA_BLOCK.findall(html(outputs, url)):
        value = json.loads(block)
        assert value["@context"] == "https://schema.org"
        found.setdefault(value["@type"], []).append(value)
    return found


def meta(outputs: dict[str, bytes], url: str) -> dict[str, str]:
    """Return the Open Graph and card values of a page."""
    tags = Page(html(outputs, url)).all("meta")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}


# feeds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_feed_is_good_and_holds_the_whole_news(outputs, lang):
    feed = feedparser.parse(outputs[f"{lang}/feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) >= 6
    assert feed.feed.links[0].href == f"{BASE}{lang}/feed.xml"
    for entry in feed.entries:
        [content] = entry.content
        assert content.type == "text/html"
        assert len(content.value) > len(entry.summary)
        assert 'href="../' not in content.value
        assert entry.link == entry.id
        assert f"{entry.link.removeprefix(BASE)}index.html" in outputs
    days = [entry.published for entry in feed.entries]
    assert days == sorted(days, reverse=True)


def test_feed_is_announced_on_every_page(outputs):
    for url in content_pages(outputs):
        lang = url[:2]
        [link] = [e for e in Page(html(outputs, url)).all("link") if e.get("type") == "application/atom+xml"]
        assert link.get("rel") == "alternate"
        assert link.get("href") == "../" * (url.count("/") - 1) + "feed.xml", lang
    links = [e.get("href") for e in Page(html(outputs, "")).all("link") if e.get("type") == "application/atom+xml"]
    assert links == [f"{lang}/feed.xml" for lang in LANGUAGES]


# calendars


@pytest.mark.parametrize("lang", LANGUAGES)
def test_calendar_has_each_conference_on_its_whole_days(outputs, lang):
    calendar = Calendar.from_ical(outputs[f"{lang}/conferences.ics"])
    assert calendar["PRODID"]
    assert calendar["VERSION"] == "2.0"
    assert "METHOD" not in calendar
    events = calendar.walk("VEVENT")
    found = {}
    for event in events:
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert not isinstance(start, dt.datetime)
        name, _, host = str(event["UID"]).partition("@")
        assert host == "learning-cities.example"
        found[name] = (start.isoformat(), (end - dt.timedelta(days=1)).isoformat())
        address, _, anchor = str(event["URL"]).partition("#")
        assert address == BASE + SERIES[lang]
        assert anchor == name
        assert f'id="{anchor}"' in html(outputs, SERIES[lang])
        assert event["SUMMARY"].params["LANGUAGE"] == lang
        assert event["LOCATION"]
        assert event["DESCRIPTION"]
    assert found == DAYS


def test_calendars_say_the_same_in_each_language_and_nothing_of_the_clock(outputs):
    calendars = [Calendar.from_ical(outputs[f"{lang}/conferences.ics"]) for lang in LANGUAGES]
    for key in ("UID", "DTSTART", "DTEND", "DTSTAMP"):
        values = [[event[key].to_ical() for event in calendar.walk("VEVENT")] for calendar in calendars]
        assert values[0] == values[1] == values[2], key
    texts = [[str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] for calendar in calendars]
    assert len({tuple(text) for text in texts}) == 3
    front = (PROJECT / "content/sl/conference/series.md").read_text(encoding="utf-8")
    day = re.search(r"^(?:updated|date): (.*)$", front, re.M)[1].replace("-", "")
    assert f"DTSTAMP:{day}T000000Z" in outputs["sl/conferences.ics"].decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_calendar_lines_are_as_the_standard_wants_them(outputs, lang):
    lines = outputs[f"{lang}/conferences.ics"].split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_calendar_is_offered_where_the_conferences_are(outputs, lang):
    [link] = [a for a in Page(html(outputs, SERIES[lang])).all("a") if a.get("type") == "text/calendar"]
    assert link.get("href") == "../../conferences.ics"
    assert link.text


EVENTS = """
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: City}
theme: none
calendars:
  fairs: {data: fairs, list: fairs, page: fairs.md, location: [town]}
-- data/fairs.yaml --
fairs:
  - {id: spring, start: 2026-05-01, end: 2026-05-01, title: {sl: "Sejem, pomlad", en: Spring}, town: Ptuj}
-- content/sl/fairs.md --
---
title: Sejmi
---
Besedilo.
"""


def test_calendar_needs_the_page_in_its_language(site):
    folder = site(EVENTS)
    assert folder.problems == []
    assert folder.has("sl/fairs.ics")
    assert not folder.has("en/fairs.ics")
    [event] = Calendar.from_ical(folder.read_bytes("sl/fairs.ics")).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Sejem, pomlad"
    assert str(event["URL"]) == "https://example.org/sl/fairs/"  # no such anchor on the page
    assert event.decoded("DTEND") == dt.date(2026, 5, 2)
    assert event["DTSTAMP"].to_ical() == b"20260501T000000Z"  # the page has no date


def test_without_base_url_there_is_nothing_for_machines(site):
    folder = site(EVENTS)
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8").partition("\n")[2])
    assert folder.codes == ["base-url-missing"]
    assert not [path for path in folder.outputs if path.endswith((".ics", ".xml", ".txt"))]


# robots.txt


def test_robots_may_read_everything_and_find_the_sitemap(outputs):
    assert outputs["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


def test_the_sites_own_robots_go_before(site):
    folder = site("-- static/robots.txt --\nUser-agent: *\nDisallow: /x/\n")
    assert folder.problems == []
    assert folder.read("robots.txt") == "User-agent: *\nDisallow: /x/\n"


# Open Graph


def test_every_page_has_its_open_graph_with_a_card_that_exists(outputs):
    for url in content_pages(outputs):
        found = meta(outputs, url)
        assert found["og:title"]
        assert found["og:description"]
        assert found["og:url"] == BASE + url
        assert found["og:type"] == ("website" if url.count("/") == 1 else "article")
        assert found["twitter:card"] == "summary_large_image"
        assert found["og:image:alt"]
        path = found["og:image"].removeprefix(BASE)
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert path in outputs, url
        assert path.startswith(url[:3])


def test_without_base_url_there_is_no_relative_card(tmp_path):
    output = tmp_path / "public"
    build(Options(root=PROJECT, today=TODAY, output=output, base_url=""))
    made = tree(output)
    assert not [path for path in made if path.endswith("card.png")]
    found = meta(made, "en/")
    assert "og:image" not in found
    assert "og:url" not in found
    assert not DATA_BLOCK.search(html(made, "en/"))


# structured data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_is_the_web_site(outputs, lang):
    found = data_of(outputs, f"{lang}/")
    assert sorted(found) == ["WebSite"]
    assert found["WebSite"][0]["url"] == f"{BASE}{lang}/"
    assert found["WebSite"][0]["inLanguage"] == lang


def test_breadcrumbs_are_those_that_readers_see(outputs):
    for url in content_pages(outputs):
        if url.count("/") == 1:
            continue
        [trail] = data_of(outputs, url)["BreadcrumbList"]
        items = trail["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == f"{BASE}{url[:3]}"
        assert items[-1]["item"] == BASE + url
        for item in items:
            assert f"{item['item'].removeprefix(BASE)}index.html" in outputs
        shown = re.search(r'<nav class="breadcrumb".*?</nav>', html(outputs, url), re.S)[0]
        assert all(Markup.escape(item["name"]) in shown for item in items)


def test_articles_say_whose_they_are_and_when(outputs):
    kinds = set()
    for url in content_pages(outputs):
        found = data_of(outputs, url)
        for kind in ("Article", "NewsArticle"):
            for article in found.get(kind, []):
                kinds.add(kind)
                assert article["mainEntityOfPage"] == BASE + url
                assert article["headline"]
                assert article["inLanguage"] == url[:2]
                assert article["datePublished"] <= article["dateModified"]
                assert article["image"].removeprefix(BASE) in outputs
                assert article["publisher"]["name"]
        if "/news/" in url and url.count("/") == 3:
            assert "NewsArticle" in found
    assert kinds == {"Article", "NewsArticle"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_conference_is_an_event_with_its_days_and_place(outputs, lang):
    events = data_of(outputs, SERIES[lang])["Event"]
    assert {e["url"].partition("#")[2]: (e["startDate"], e["endDate"]) for e in events} == DAYS
    for event in events:
        assert event["eventStatus"] == "https://schema.org/EventScheduled"
        mixed = "2021" in event["startDate"]
        assert event["eventAttendanceMode"].endswith(
            "/MixedEventAttendanceMode" if mixed else "/OfflineEventAttendanceMode"
        )
        assert event["location"]["@type"] == "Place"
        assert event["location"]["address"]["addressLocality"]
        assert re.fullmatch(r"[A-Z]{2}", event["location"]["address"]["addressCountry"])


def test_the_page_about_one_conference_has_that_event_only(outputs):
    [event] = data_of(outputs, "en/conference/")["Event"]
    assert event["startDate"] == "2015-09-28"


@pytest.mark.parametrize(("lang", "name"), [("sl", "slovar"), ("en", "glossary"), ("es", "glosario")])
def test_glossary_is_a_set_of_terms_that_can_be_reached(outputs, lang, name):
    [found] = data_of(outputs, f"{lang}/{name}/")["DefinedTermSet"]
    terms = found["hasDefinedTerm"]
    assert len(terms) >= 25
    ids = Page(html(outputs, f"{lang}/{name}/")).ids
    for term in terms:
        address, _, anchor = term["url"].partition("#")
        assert address == f"{BASE}{lang}/{name}/"
        assert anchor in ids
        assert term["name"]
        assert term["description"]


def test_jsonld_cannot_end_its_block_and_keeps_what_was_said():
    value = {"a": '</script><!-- "&" \u2028', "b": [], "c": None, "d": dt.date(2026, 5, 1), "e": Markup("A &amp; B")}
    text = jsonld(value)
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == {"a": value["a"], "d": "2026-05-01", "e": "A & B"}
    assert text == jsonld(dict(value))


def test_jsonld_of_a_page_is_safe_whatever_the_title(site):
    folder = site(
        """
-- templates/data.html --
{% extends 'base.html' %}
{% block main %}<script type="application/ld+json">{{ {'name': page.title}|jsonld }}</script>{% endblock %}
-- content/sl/a.md --
---
template: data.html
title: "</script><b>\\"'&"
---
"""
    )
    assert folder.problems == []
    [block] = DATA_BLOCK.findall(folder.read("sl/a/index.html"))
    assert json.loads(block) == {"name": "</script><b>\"'&"}


# cards


def test_cards_are_small_pictures_of_the_right_size(outputs):
    cards = {path: data for path, data in outputs.items() if path.endswith("/card.png")}
    assert len(cards) == 30
    for path, data in cards.items():
        image = Image.open(io.BytesIO(data))
        assert image.size == (1200, 630), path
        assert image.format == "PNG"
        assert len(data) <= 60 * 1024, path
    assert len({cards[f"{lang}/card.png"] for lang in LANGUAGES}) == 3


def test_what_cards_are_drawn_with_is_not_published(outputs):
    assert not [path for path in outputs if "/cards/" in path or path.endswith(".ttf")]


def card_site(site, title="Občina"):
    """Make a site with cards; a section in Slovenian only."""
    folder = site(
        f"""
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {{label: Slovenščina, locale: sl_SI, weight: 1}}
  en: {{label: English, locale: en_GB, weight: 2}}
title: {{sl: Mesto, en: City}}
theme: none
cards:
  base: cards/base.png
  texts:
    - {{text: site, font: cards/bold.ttf, size: 40, color: "#ffffff", box: [60, 60, 1000, 80]}}
    - {{text: title, font: cards/bold.ttf, size: 90, smallest: 40, color: "#ffd152", box: [60, 180, 1080, 300]}}
-- content/sl/town/index.md --
---
title: {title}
---
-- content/sl/town/hall.md --
---
title: Dvorana
---
"""
    )
    base = io.BytesIO()
    Image.new("RGB", (1200, 630), "#113f36").save(base, "PNG")
    folder.write_bytes("static/cards/base.png", base.getvalue())
    folder.write_bytes("static/cards/bold.ttf", (PROJECT / "static/cards/noto-serif-bold.ttf").read_bytes())
    return folder


def inked(data, box):
    """Return the pixels of a card, left, top, right and bottom, that differ from its ground inside a box."""
    image = Image.open(io.BytesIO(data)).convert("RGB").crop(box)
    return Image.eval(image.convert("L"), lambda value: 255 if value > 90 else 0).getbbox()


def test_a_section_has_one_card_and_pages_name_it(site):
    folder = card_site(site)
    page = "{% extends 'base.html' %}{% block main %}<p>{{ page.card.url }}</p>{% endblock %}"
    folder.edit("templates/page.html", page)
    folder.edit("templates/section.html", page)
    assert folder.problems == []
    assert sorted(p for p in folder.outputs if p.endswith(".png")) == ["en/card.png", "sl/card.png", "sl/town/card.png"]
    assert "<p>sl/town/card.png</p>" in folder.read("sl/town/hall/index.html")
    assert "<p>sl/card.png</p>" in folder.read("sl/index.html")


def test_words_stay_in_their_box_however_long(site):
    long = "Zelo dolg naslov o učečih se mestih, ki ga ni mogoče postaviti v eno samo vrsto in niti v dve"
    for title in ("Ž", long):
        folder = card_site(site, title)
        assert folder.problems == []
        left, top, right, bottom = inked(folder.read_bytes("sl/town/card.png"), (0, 150, 1200, 630))
        assert left >= 56
        assert right <= 60 + 1080 + 4
        assert top >= 20
        assert bottom <= 30 + 300 + 10


def test_the_name_of_the_site_is_not_said_twice(site):
    folder = card_site(site)
    folder.edit("content/sl/index.md", "---\ntitle: Mesto\n---\n")
    assert folder.problems == []
    assert inked(folder.read_bytes("sl/card.png"), (0, 0, 1200, 150)) is None
    assert inked(folder.read_bytes("sl/town/card.png"), (0, 0, 1200, 150)) is not None


def test_the_same_card_is_the_same_bytes(site):
    first, second = card_site(site), card_site(site)
    first.build()
    second.build()
    assert first.read_bytes("sl/town/card.png") == second.read_bytes("sl/town/card.png")


def test_a_new_drawing_changes_cards_and_no_page(site):
    folder = card_site(site)
    folder.build()
    before = folder.outputs
    base = io.BytesIO()
    Image.new("RGB", (1200, 630), "#7a1020").save(base, "PNG")
    folder.write_bytes("static/cards/base.png", base.getvalue())
    folder.build()
    changed = sorted(path for path, data in folder.outputs.items() if before[path] != data)
    assert changed == ["en/card.png", "sl/card.png", "sl/town/card.png"]


def test_a_broken_font_is_a_problem_of_that_file(site):
    folder = card_site(site)
    folder.write_bytes("static/cards/bold.ttf", b"not a font")
    assert set(folder.codes) == {"card-broken"}
    assert folder.problems[0].startswith("static/cards/bold.ttf: error:")


# the map


def read_data(name):
    return yaml.safe_load((PROJECT / f"data/{name}.yaml").read_text(encoding="utf-8"))


def test_the_map_shows_the_cities_of_the_award_where_they_are(monkeypatch):
    monkeypatch.syspath_prepend(str(PROJECT / "tools"))
    make_map = importlib.import_module("make_map")
    world, cities = read_data("world"), read_data("award-2015")["cities"]
    assert set(world["cities"]) == {city["id"] for city in cities}
    flat = {c["id"]: make_map.natural_earth(c["lon"] - make_map.MIDDLE, c["lat"]) for c in cities}
    for one, other in (("melton", "mexico-city"), ("espoo", "ybycui")):  # one scale, north above
        (ax, ay), (bx, by) = flat[one], flat[other]
        a, b = world["cities"][one], world["cities"][other]
        assert math.isclose((a["x"] - b["x"]) / (ax - bx), (a["y"] - b["y"]) / (by - ay), rel_tol=0.01)
    for at in world["cities"].values():
        assert 0 < at["x"] < world["width"]
        assert 0 < at["y"] < world["height"]


@pytest.mark.parametrize(
    ("lang", "url", "capital"),
    [
        ("sl", "sl/konferenca/rezultati/", "Peking"),
        ("en", "en/conference/outcomes/", "Beijing"),
        ("es", "es/conferencia/resultados/", "Pekín"),
    ],
)
def test_the_map_says_in_words_what_the_list_says(outputs, lang, url, capital):
    text = html(outputs, url)
    figure = re.search(r'<figure class="figure map">.*?</figure>', text, re.S)[0]
    names = re.findall(r'class="map-name">([^<]+)<', figure)
    assert len(names) == 12
    assert capital in names
    assert names == re.findall(r"<li><b>([^<]+)</b>", text[text.index(figure) :])[:12]
    described = re.search(r"<desc[^>]*>(.*?)</desc>", figure, re.S)[1]
    assert all(name in described for name in names)
    assert "<title" in figure
    assert "style=" not in figure


def test_the_map_is_on_its_page_only(outputs):
    with_map = [url for url in content_pages(outputs) if "figure map" in html(outputs, url)]
    assert len(with_map) == 3
