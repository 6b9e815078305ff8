"""The site itself, built once: what the issue promises of its pages, links, languages and facts."""

import posixpath
import re
import threading
import unicodedata
import urllib.request
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from support.pages import Page, plain, without_typography
from support.site import PROJECT, TESTS, TODAY, tree

from sitegen.build.pipeline import build
from sitegen.build.request import Options, Result
from sitegen.cli.console import shown

LANGUAGES = ("sl", "en", "es")
BASE = "https://learning-cities.example/"
BELOW = "/some/sub/path/"
ALPHABET = {
    "sl": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
}
HOME = {"sl": "Domov", "en": "Home", "es": "Inicio"}
NOTICE = {"sl": "neodvisn", "en": "independent", "es": "independiente"}
# Made of data or of other pages, or too short to be an article.
LISTS = re.compile(r"(index|a-z|glossary|learning-cities/examples|news/.*)\Z")
# Pages that state nothing of the subject: their texts are the site's own.
WITHOUT_SOURCES = re.compile(r"(index|a-z|news/index|about/.*)\Z")
FACTS = yaml.safe_load((TESTS / "facts.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def outputs(real: Result) -> dict[str, bytes]:
    """Return every file of the finished site."""
    return {path: data for path, data in tree(Path(real.output)).items() if path != ".sitegen"}


@pytest.fixture(scope="session")
def pages(outputs: dict[str, bytes]) -> dict[str, Page]:
    """Return every HTML page of the finished site."""
    return {path: Page(data.decode()) for path, data in outputs.items() if path.endswith(".html")}


@pytest.fixture(scope="session")
def content(pages: dict[str, Page]) -> dict[tuple[str, str], Page]:
    """Return the pages made of Markdown by language and key, as their own addresses and switchers say."""
    found = {}
    for lang in LANGUAGES:
        for file in sorted((PROJECT / "content" / lang).rglob("*.md")):
            key = file.relative_to(PROJECT / "content" / lang).with_suffix("").as_posix()
            found[lang, key] = pages[path_of(lang, key)]
    return found


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site for an address with a path; return the folder that a host would serve at its root."""
    top = tmp_path_factory.mktemp("host")
    options = Options(root=PROJECT, today=TODAY, output=top / BELOW.strip("/"), base_url=f"https://example.org{BELOW}")
    assert not build(options).failed
    return top


@pytest.fixture(scope="session")
def host(below: Path) -> Iterator[str]:
    """Serve that folder on this computer; return the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(below)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def head_of(lang: str, key: str) -> dict[str, object]:
    """Return the front matter of a page, read without the engine."""
    text = (PROJECT / "content" / lang / f"{key}.md").read_text(encoding="utf-8")
    return yaml.load(text.split("---")[1], Loader=yaml.BaseLoader)


def path_of(lang: str, key: str) -> str:
    """Return the file that a page is kept in, worked out without the engine."""
    parts = [lang]
    folders = key.split("/")[:-1]
    for depth in range(1, len(folders) + 1):
        index = "/".join([*folders[:depth], "index"])
        parts.append(str(head_of(lang, index).get("slug") or folders[depth - 1]))
    if not key.endswith("index"):
        parts.append(str(head_of(lang, key).get("slug") or key.rpartition("/")[2]))
    return "/".join([*parts, "index.html"])


def dead_links(files: dict[str, bytes], pages: dict[str, Page], prefix: str, paths: list[str]) -> list[str]:
    """Return the links of `paths` that lead nowhere when the files are served below `prefix`."""
    dead = []
    for path in paths:
        here = "http://host" + prefix + path.removesuffix("index.html")
        for link in pages[path].links:
            target = urlsplit(urljoin(here, link))
            name = unquote(target.path)
            file = name.removeprefix(prefix) + ("index.html" if name.endswith("/") else "")
            there = file in files and name.startswith(prefix)
            if not there or (target.fragment and unquote(target.fragment) not in pages[file].ids):
                dead.append(f"{path}: {link}")
    return dead


def letters(text: str, lang: str) -> list[int]:
    """Return what a text is ordered by: spaces, then numbers by their value, then letters by their alphabet."""
    known = ALPHABET[lang]
    bare = "".join(c if c in known else unicodedata.normalize("NFD", c)[0] for c in text.casefold())
    parts = re.findall(r"\d+|[^\W\d_]| ", re.sub(r"[\s\-–/]+", " ", bare).strip())
    return [0 if p == " " else 1 + int(p) if p.isdigit() else 1_000_000 + known.index(p) for p in parts]


def test_the_site_builds_without_a_problem(real: Result) -> None:
    assert [shown(problem) for problem in real.problems] == []
    assert not real.failed


def test_at_least_sixty_pages_and_twenty_in_each_language(content: dict[tuple[str, str], Page]) -> None:
    counts = Counter(lang for lang, _ in content)
    assert sum(counts.values()) >= 60
    assert min(counts[lang] for lang in LANGUAGES) >= 20


def test_every_language_has_the_same_pages(content: dict[tuple[str, str], Page]) -> None:
    keys = {lang: {key for language, key in content if language == lang} for lang in LANGUAGES}
    assert keys["sl"] == keys["en"] == keys["es"]


def test_every_language_has_the_same_heading_ids(content: dict[tuple[str, str], Page]) -> None:
    for key in {key for _, key in content}:
        ids = [
            [e.get("id") for e in content[lang, key].elements if re.fullmatch("h[2-6]", e.name) and in_prose(e)]
            for lang in LANGUAGES
        ]
        if key == "learning-cities/examples":  # its cities stand in the alphabetical order of each language
            ids = [sorted(names) for names in ids]
        assert ids[0] == ids[1] == ids[2], key


def in_prose(element: object) -> bool:
    """Say whether an element stands in the text of an article."""
    return any("prose" in around.split() for around in element.within)  # type: ignore[attr-defined]


def test_addresses_are_localised(content: dict[tuple[str, str], Page]) -> None:
    assert path_of("sl", "conference/programme") == "sl/konferenca/program/index.html"
    for key in {key for _, key in content} - {"index", "a-z"}:
        assert len({path_of(lang, key).split("/", 1)[1] for lang in LANGUAGES}) > 1, key


def test_links_resolve_at_the_root_of_a_host(outputs: dict[str, bytes], pages: dict[str, Page]) -> None:
    assert dead_links(outputs, pages, "/", list(pages)) == []


def test_the_same_files_resolve_below_a_path(outputs: dict[str, bytes], pages: dict[str, Page]) -> None:
    movable = [path for path in pages if posixpath.basename(path) != "404.html"]
    assert len(movable) == len(pages) - 4
    assert dead_links(outputs, pages, BELOW, movable) == []


def test_not_found_pages_resolve_below_the_path_of_the_base_url(below: Path) -> None:
    files = tree(below / BELOW.strip("/"))
    found = {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}
    lost = [path for path in found if posixpath.basename(path) == "404.html"]
    assert sorted(lost) == ["404.html", "en/404.html", "es/404.html", "sl/404.html"]
    assert dead_links(files, found, BELOW, lost) == []
    assert dead_links(files, found, BELOW, list(found)) == []


def test_stylesheets_name_files_that_exist(outputs: dict[str, bytes]) -> None:
    for path, data in outputs.items():
        if path.endswith(".css"):
            for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", data.decode()):
                if not address.startswith(("data:", "#")):
                    assert posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) in outputs


def test_a_real_server_gives_pages_and_what_they_need(host: str) -> None:
    start = f"{host}{BELOW}sl/konferenca/"
    with urllib.request.urlopen(start, timeout=10) as answer:
        page = Page(answer.read().decode())
    addresses = sorted({urljoin(start, link).split("#")[0] for link in page.links})
    assert len(addresses) > 20
    for address in addresses:
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200
            assert answer.url == address, "a link that a host must redirect"


def test_alternates_are_complete_and_mutual(content: dict[tuple[str, str], Page]) -> None:
    for key in {key for _, key in content}:
        wanted = {lang: BASE + path_of(lang, key).removesuffix("index.html") for lang in LANGUAGES}
        wanted["x-default"] = BASE if key == "index" else wanted["sl"]
        for lang in LANGUAGES:
            assert content[lang, key].alternates == wanted, (lang, key)
            assert content[lang, key].canonical == wanted[lang]


def test_the_sitemap_holds_every_page_once(outputs: dict[str, bytes], content: dict[tuple[str, str], Page]) -> None:
    addresses = re.findall(r"<loc>([^<]+)</loc>", outputs["sitemap.xml"].decode())
    assert sorted(addresses) == sorted(page.canonical for page in content.values())


def test_every_page_says_its_language_and_direction(content: dict[tuple[str, str], Page]) -> None:
    for (lang, key), page in content.items():
        html = page.one("html")
        assert (html.get("lang"), html.get("dir")) == (lang, "ltr"), key


def test_the_switcher_leads_to_the_same_page(content: dict[tuple[str, str], Page]) -> None:
    for (lang, key), page in content.items():
        here = "http://host/" + path_of(lang, key)
        links = [e for e in page.all("a") if any("nav languages" in around for around in e.within)]
        found = {e.get("hreflang"): urljoin(here, e.get("href")) for e in links}
        assert found == {
            other: f"http://host/{path_of(other, key).removesuffix('index.html')}" for other in LANGUAGES
        }, (lang, key)
        assert [e.text for e in links] == ["Slovenščina", "English", "Español"]
        assert [e.get("hreflang") for e in links if e.get("aria-current")] == [lang]


@pytest.mark.parametrize("number", range(1, len(FACTS) + 1))
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.cheap
def test_fact_is_stated(number: int, lang: str, content: dict[tuple[str, str], Page]) -> None:
    fact = FACTS[number]
    text = without_typography(content[lang, fact["page"]].one("main").text)
    assert without_typography(fact[lang]) in text


def test_every_fact_has_words_in_every_language() -> None:
    assert len(FACTS) >= 140
    assert list(FACTS) == list(range(1, len(FACTS) + 1))
    assert all(len(fact[lang]) >= 10 for fact in FACTS.values() for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_glossary_has_its_entries_in_the_order_of_the_alphabet(lang: str, content: dict[tuple[str, str], Page]) -> None:
    terms = [element.text for element in content[lang, "glossary"].all("dfn")]
    assert len(terms) >= 25
    assert [letters(term, lang) for term in terms] == sorted(letters(term, lang) for term in terms)


def test_glossary_entries_have_one_anchor_in_all_languages(content: dict[tuple[str, str], Page]) -> None:
    ids = [{e.get("id") for e in content[lang, "glossary"].all("div", "term")} for lang in LANGUAGES]
    assert ids[0] == ids[1] == ids[2]
    assert "" not in ids[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_glossary_entries_name_their_term_in_all_languages(lang: str, content: dict[tuple[str, str], Page]) -> None:
    page = content[lang, "glossary"]
    names = {
        (e.get("id"), inner.get("lang") or lang): inner.text
        for e in page.all("div", "term")
        for inner in page.elements
        if any(around.split()[-1:] == [e.get("id")] for around in inner.within) and inner.name in ("dfn", "small")
    }
    for entry in data("glossary")["entries"]:
        for other in LANGUAGES:
            said = without_typography(names.get((entry["id"], other), ""))
            assert said == without_typography(entry["term_by_language"][other]), (entry["id"], other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_index_lists_every_page_and_term(lang: str, content: dict[tuple[str, str], Page]) -> None:
    page = content[lang, "a-z"]
    links = [e for e in page.all("a") if any("index" in around.split() for around in e.within)]
    assert [letters(e.text, lang) for e in links] == sorted(letters(e.text, lang) for e in links)
    here = "http://host/" + path_of(lang, "a-z")
    found = {urljoin(here, e.get("href")).removeprefix("http://host/") for e in links}
    others = {key for language, key in content if language == lang} - {"a-z", "index"}
    glossary = path_of(lang, "glossary").removesuffix("index.html")
    wanted = {path_of(lang, key).removesuffix("index.html") for key in others}
    wanted |= {f"{glossary}#{entry['id']}" for entry in data("glossary")["entries"]}
    assert found - {f"{lang}/"} == wanted


def data(name: str) -> dict:  # type: ignore[type-arg]
    """Return a file of data/, read without the engine."""
    return yaml.safe_load((PROJECT / "data" / f"{name}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_page_ends_with_its_sources(content: dict[tuple[str, str], Page]) -> None:
    for (lang, key), page in content.items():
        if WITHOUT_SOURCES.match(key):
            continue
        sources = page.one("section", "sources")
        entries = [e for e in page.all("li") if e.within[-2:-1] and "sources" in e.within[-2]]
        assert entries, (lang, key)
        assert all(e.text for e in entries)
        last = [e for e in page.all("h2") if any(a.startswith("main") for a in e.within)][-1]
        assert any(around.startswith("section sources") for around in last.within), (lang, key)
        assert sources.text


def test_sources_have_title_publisher_language_and_address() -> None:
    for lang in LANGUAGES:
        for file in sorted((PROJECT / "content" / lang).rglob("*.md")):
            head = yaml.safe_load(file.read_text(encoding="utf-8").split("---")[1])
            for source in head.get("sources", ()):
                assert {"title", "publisher", "language"} <= source.keys(), file
                assert re.match("https?://", source["address"]), file


def test_breadcrumbs_start_at_home(content: dict[tuple[str, str], Page]) -> None:
    for (lang, key), page in content.items():
        crumbs = [e for e in page.all("li") if any("nav breadcrumb" in around for around in e.within)]
        if key == "index":
            assert crumbs == []
        else:
            assert crumbs[0].text == HOME[lang], (lang, key)
            assert len(crumbs) >= 2


def test_articles_have_three_hundred_to_nine_hundred_words(content: dict[tuple[str, str], Page]) -> None:
    lengths = {
        (lang, key): len(re.findall(r"\w+(?:[’'\-]\w+)*", page.one("div", "prose").text))
        for (lang, key), page in content.items()
        if not LISTS.match(key)
    }
    assert {where: length for where, length in lengths.items() if not 300 <= length <= 900} == {}


def test_every_page_says_that_the_site_is_independent(content: dict[tuple[str, str], Page]) -> None:
    for (lang, key), page in content.items():
        notices = [e.text for e in page.all("p") if NOTICE[lang] in e.text.casefold() and "UNESCO" in e.text.upper()]
        assert notices, (lang, key)


def test_every_page_has_landmarks_and_one_main_heading(content: dict[tuple[str, str], Page]) -> None:
    for where, page in content.items():
        assert page.one("h1").text, where
        main = page.one("main")
        skip = page.all("a")[0]
        assert skip.get("href") == f"#{main.get('id')}", where
        assert page.all("header")
        assert page.all("footer")
        assert all(e.get("aria-label") or e.get("aria-labelledby") for e in page.all("nav")), where


def test_twelve_cities_twelve_areas_forty_two_features() -> None:
    areas = [area for group in data("areas")["groups"] for area in group["areas"]]
    assert len(data("award-2015")["cities"]) == 12
    assert [area["number"] for area in areas] == list(range(1, 13))
    assert len([feature for area in areas for feature in area["features"]]) == 42
    assert len(data("glossary")["entries"]) >= 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_stands_on_its_pages(lang: str, content: dict[tuple[str, str], Page]) -> None:
    outcomes = content[lang, "conference/outcomes"].text
    assert all(city["name"][lang] in outcomes for city in data("award-2015")["cities"])
    told = " ".join(
        without_typography(content[lang, f"key-features/{page}"].text)
        for page in ("benefits", "building-blocks", "conditions")
    )
    for group in data("areas")["groups"]:
        for area in group["areas"]:
            assert without_typography(area["title"][lang]) in told, area["id"]
            assert all(without_typography(f["text"][lang]) in told for f in area["features"]), area["id"]
    series = without_typography(content[lang, "conference/series"].text)
    assert all(without_typography(c["theme"][lang]) in series for c in data("conferences")["conferences"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_news_are_six_or_more_newest_first(lang: str, content: dict[tuple[str, str], Page]) -> None:
    days = [e.get("datetime") for e in content[lang, "news/index"].all("time") if "main" in " ".join(e.within)]
    listed = days[: sum(1 for language, key in content if language == lang and key.startswith("news/")) - 1]
    assert len(listed) >= 6
    assert listed == sorted(listed, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_conference_has_its_dates_in_the_form_of_the_language(lang: str, content: dict[tuple[str, str], Page]) -> None:
    form = {"sl": "28.–30. september 2015", "en": "28–30 September 2015", "es": "28–30 de septiembre de 2015"}
    assert form[lang] in plain(content[lang, "conference/series"].text)


def test_root_page_offers_every_language_without_scripts(pages: dict[str, Page]) -> None:
    links = {e.get("hreflang"): e.get("href") for e in pages["index.html"].all("a") if e.get("hreflang")}
    assert links == {"sl": "sl/", "en": "en/", "es": "es/"}


def test_not_found_pages_carry_their_styles_and_the_root_one_speaks_all_languages(pages: dict[str, Page]) -> None:
    for path in ("404.html", "sl/404.html", "en/404.html", "es/404.html"):
        assert pages[path].all("style"), path
        assert not [e for e in pages[path].all("link") if e.get("rel") == "stylesheet"], path
    spoken = {e.get("lang") for e in pages["404.html"].elements if e.get("lang")}
    assert spoken == set(LANGUAGES)


def test_catalogues_hold_exactly_the_strings_of_the_templates() -> None:
    engine = {"Note", "Tip", "Important", "Warning", "Caution", "Table", "Code", "Back to the text (note %(number)s)"}
    theme = strings_of(PROJECT / "sitegen/theme/templates") | engine | {"(in %(language)s)"}
    for lang in ("ar", "de", *LANGUAGES):
        assert catalogue_of(PROJECT / "sitegen/theme", lang) == theme, lang
    own = strings_of(PROJECT / "templates") - theme
    for lang in LANGUAGES:
        assert catalogue_of(PROJECT, lang) == own, lang


def strings_of(templates: Path) -> set[str]:
    """Return the strings in all templates of a folder."""
    found = extract_from_dir(
        str(templates),
        [("**.html", "jinja2")],
        {"**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}},
    )
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def catalogue_of(root: Path, lang: str) -> set[str]:
    """Return the strings of a catalogue."""
    with (root / f"locales/{lang}/LC_MESSAGES/messages.po").open("rb") as file:
        return {m.id[0] if isinstance(m.id, (list, tuple)) else m.id for m in read_po(file) if m.id}
