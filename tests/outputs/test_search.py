"""Search: what is in an index and what is not, which words are the same, and what the engine of the page finds.

The engine is the script that browsers load, run in Node; search_words.yaml and search_queries.yaml are its tables.
"""

import json
import random
import subprocess
import sys
from typing import Any

import pytest
import yaml
from msgspec import structs
from support.search import ask
from support.site import PROJECT, TESTS, TODAY, tree

from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.languages.words import fold, same_words, words
from sitegen.model.outputs import SearchPage, SearchSection
from sitegen.outputs.search import search_index

WORDS = yaml.safe_load((TESTS / "search_words.yaml").read_text(encoding="utf-8"))
QUERIES = yaml.safe_load((TESTS / "search_queries.yaml").read_text(encoding="utf-8"))
SITE = """
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: City}
fallback: show
search: true
"""
PAGE = """
-- content/sl/a.md --
---
title: Knjižnice
description: Kje so knjižnice.
---
Uvod & »začetek«.

## Ure {#hours}

Od **osmih** do *petih*.

- v torek
- v sredo
"""


def index_of(text: str) -> dict[str, Any]:
    """Return what the script of an index assigns."""
    assert text.startswith("self.searchIndex={")
    assert text.endswith("};\n")
    found: dict[str, Any] = json.loads(text.removeprefix("self.searchIndex=").removesuffix(";\n"))
    return found


def titles(text: str) -> list[str]:
    """Return the titles of the pages in an index."""
    return [page[1] for page in index_of(text)["pages"]]


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file of this project's site."""
    output = tmp_path_factory.mktemp("searched") / "public"
    assert not build(Options(root=PROJECT, today=TODAY, output=output)).failed
    return tree(output)


def page(*sections: SearchSection, title: str = "Mesto", section: str = "") -> SearchPage:
    """Make a page of the index."""
    return SearchPage("sl", "sl/mesto/", title, section, "", sections)


def test_without_the_setting_there_is_no_index(site):
    folder = site(PAGE)
    folder.build()
    assert not folder.has("search/sl.js")


def test_a_page_is_cut_at_its_headings_and_freed_of_markup(site):
    folder = site(SITE + PAGE)
    assert folder.problems == []
    pages = index_of(folder.read("search/sl.js"))["pages"]
    assert [p for p in pages if p[0] == "sl/a/"] == [
        [
            "sl/a/",
            "Knjižnice",
            "",
            "Kje so knjižnice.",
            [["", "", "Uvod & »začetek«."], ["hours", "Ure", "Od osmih do petih.\nv torek\nv sredo"]],
        ]
    ]


def test_fallback_pages_are_in_no_other_index(site):
    folder = site(SITE + PAGE)
    folder.build()
    assert folder.has("en/a/index.html")
    assert "Knjižnice" in titles(folder.read("search/sl.js"))
    assert "Knjižnice" not in titles(folder.read("search/en.js"))


def test_front_matter_keeps_a_page_out(site):
    folder = site(SITE + PAGE.replace("description:", "search: {exclude: true}\ndescription:"))
    folder.build()
    assert folder.has("sl/a/index.html")
    assert "Knjižnice" not in titles(folder.read("search/sl.js"))


def test_drafts_are_not_in_the_index(site):
    folder = site(SITE + PAGE.replace("description:", "draft: true\ndescription:"))
    folder.build()
    assert "Knjižnice" not in titles(folder.read("search/sl.js"))


def test_templates_can_leave_parts_out_and_define_terms(site):
    block = """
-- templates/blocks/parts.html --
<nav>pot <nav>do</nav> strani</nav>
<section data-search="exclude"><h2 id="x">Viri</h2><p>vir</p></section>
<svg><text>risba</text></svg>
<p>viden<span aria-hidden="true"> neviden</span></p>
<dl><div id="pojem"><dt><dfn>pojem</dfn></dt><dd>razlaga</dd></div></dl>
"""
    folder = site(SITE + PAGE.rstrip() + "\n\n::parts\n" + block)
    assert folder.problems == []
    parts = next(p for p in index_of(folder.read("search/sl.js"))["pages"] if p[0] == "sl/a/")[4]
    assert parts[1:] == [
        ["hours", "Ure", "Od osmih do petih.\nv torek\nv sredo\nviden"],
        ["pojem", "pojem", "razlaga"],
    ]


def test_an_edited_body_changes_its_page_and_one_index(site):
    folder = site(SITE + PAGE)
    folder.build()
    before = folder.outputs
    folder.edit("content/sl/a.md", (folder.root / "content/sl/a.md").read_text().replace("osmih", "devetih"))
    folder.build()
    changed = {path for path, data in folder.outputs.items() if before[path] != data}
    # the English page shows the Slovenian text
    assert changed == {"sl/a/index.html", "en/a/index.html", "search/sl.js"}


def test_an_index_does_not_depend_on_the_hash_seed():
    text = "from sitegen.model.outputs import *; from sitegen.outputs.search import search_index; import sys; "
    text += "p = SearchPage('sl', 'sl/', 'Mesta', '', 'mesto mest mestih', (SearchSection('', '', 'župan županov'),)); "
    text += "sys.stdout.buffer.write(search_index('sl', [p]))"
    python = [sys.executable, "-c", text]
    outputs = {
        subprocess.run(python, env={"PYTHONHASHSEED": seed}, cwd=PROJECT, capture_output=True, check=True).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_an_index_is_one_line_of_script_whatever_the_text():
    data = search_index("sl", [page(SearchSection("", "", 'a\u2028b\u2029c "d" \\ </script>'))]).decode()
    assert data.count("\n") == 1
    assert "\u2028" not in data
    assert index_of(data)["pages"][0][4][0][2] == 'a\u2028b\u2029c "d" \\ </script>'


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case["text"])
def test_words_in_python(case):
    assert [folded for word in words(case["text"]) if (folded := fold(word))] == case["words"]


def test_words_in_the_browser_are_the_same():
    assert ask(texts=[case["text"] for case in WORDS]) == [case["words"] for case in WORDS]


@pytest.mark.parametrize(
    ("language", "written", "group"),
    [
        ("sl", ["Županov", "županom"], ["zupan", "zupanom", "zupanov"]),
        ("sl", ["mestih", "mest"], ["mest", "mestih", "mesto"]),
        ("en", ["cities"], ["cities", "city"]),
        ("en", ["went"], ["go", "went"]),
        ("es", ["años"], ["ano", "anos"]),
        ("es", ["declaraciones", "Declaración"], ["declaracion", "declaraciones"]),
        ("en-GB", ["mayors"], ["mayor", "mayors"]),
        (
            "sl",
            ["Pekinška", "Pekinške", "pekinško"],
            ["pekinska", "pekinske", "pekinski", "pekinsko"],
        ),  # half of them unknown
        ("hr", ["gradova"], ["grad", "gradova"]),
    ],
)
def test_forms_of_a_word_are_one_group(language, written, group):
    assert group in same_words(written, language)


def test_a_language_without_a_dictionary_has_no_groups():
    assert same_words(["wort", "worte"], "xx") == []


def test_forms_are_written_by_their_common_beginning():
    data = search_index("sl", [page(SearchSection("", "", "mest mestih"))]).decode()
    assert index_of(data)["forms"] == ["mest||ih|o"]


def distance(a: str, b: str) -> int:
    """Return the distance of two words by Damerau and Levenshtein (optimal string alignment), from its definition."""
    rows = {(i, j): i or j for i in range(len(a) + 1) for j in range(len(b) + 1) if not (i and j)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            change = rows[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, change)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(a), len(b)]


def test_one_slip_is_a_distance_of_one():
    chance = random.Random(1)
    pairs = [["".join(chance.choices("abc", k=chance.randint(1, 6))) for _ in "ab"] for _ in range(2000)]
    expected = [distance(a, b) <= 1 for a, b in pairs]
    assert any(expected)
    assert ask(pairs=pairs) == expected


@pytest.mark.parametrize("lang", QUERIES)
def test_queries_find_what_readers_look_for(real, lang):
    cases = QUERIES[lang]
    index = real[f"search/{lang}.js"].decode()
    found = ask(index=index, queries=[case["query"] for case in cases])
    firsts = {
        case["query"]: (answer["results"] or [{"url": ""}])[0]["url"] for case, answer in zip(cases, found, strict=True)
    }
    assert firsts == {case["query"]: case["first"] for case in cases}


@pytest.mark.parametrize("lang", QUERIES)
def test_every_result_leads_to_a_page_and_a_place(real, lang):
    for address, _, _, _, parts, *_ in index_of(real[f"search/{lang}.js"].decode())["pages"]:
        html = real[f"{address}index.html"].decode()
        assert all(f'id="{part[0]}"' in html for part in parts if part[0])


def test_every_page_names_its_index_and_engine(real):
    for path, data in real.items():
        if path.endswith("/index.html") and b'class="search"' in data:
            text = data.decode()
            depth = "../" * path.count("/")
            assert f'data-index="{depth}search/{path[:2]}.js"' in text
            engine = text.split('data-engine="')[1].split('"')[0].removeprefix(depth)
            assert engine in real


def find(query: str, *pages: SearchPage) -> Any:
    """Return what the engine answers on an index of these pages."""
    return ask(index=search_index("sl", pages).decode(), queries=[query])[0]


def text_of(pieces: list[list[Any]]) -> str:
    """Return the text of a result with its hits in brackets."""
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


def test_titles_come_before_headings_and_headings_before_text():
    often = SearchSection("", "", "Knjižnica. " * 50)
    found = find(
        "knjižnica",
        page(often, title="Šola"),
        page(SearchSection("", "", ""), SearchSection("k", "Nova knjižnica v mestu", "…"), title="Ulica"),
        page(SearchSection("", "", "Kdaj je odprta."), title="O tem, kako dela mestna knjižnica pri nas"),
    )
    assert [text_of(result["title"]) for result in found["results"]] == [
        "O tem, kako dela mestna [knjižnica] pri nas",
        "Ulica",
        "Šola",
    ]


def test_a_result_says_where_it_stands_and_shows_the_hit_in_a_fragment():
    long = "Prvi stavek ne pove ničesar. " * 20 + "Tu pa je Župan iz mesta. " + "Konec je daleč. " * 20
    where = page(SearchSection("", "", ""), SearchSection("kje", "Kje", long), section="Oddelek")
    result = find("zupan", where)["results"]
    assert len(result) == 1
    assert result[0]["url"] == "sl/mesto/#kje"
    assert result[0]["section"] == "Oddelek"
    assert text_of(result[0]["heading"]) == "Kje"
    fragment = text_of(result[0]["fragment"])
    assert fragment.startswith("… Prvi stavek ne pove ničesar. Tu pa je [Župan] iz mesta. Konec")
    assert fragment.endswith(" …")
    assert len(fragment) < 190


def test_all_words_must_be_there_else_the_closest_places_are_shown():
    pages = [
        page(SearchSection("", "", "rdeča hiša"), title="A"),
        page(SearchSection("", "", "rdeča streha"), title="B"),
    ]
    pages += [page(SearchSection("", "", f"nekaj {n}"), title=f"C{n}") for n in range(9)]
    both = find("rdeča hiša", *pages)
    assert both["whole"]
    assert [text_of(result["title"]) for result in both["results"]] == ["A"]
    neither = find("rdeča omara", *pages)
    assert not neither["whole"]
    assert [text_of(result["title"]) for result in neither["results"]] == ["A", "B"]


def test_nothing_is_found_for_nonsense():
    assert find("qxwzz", page(SearchSection("", "", "rdeča hiša"))) == {"results": [], "whole": False}


def test_only_the_last_word_may_be_unfinished_and_short_words_allow_no_slip():
    pages = [page(SearchSection("", "", "konferenca o mestih"))]
    assert len(find("konf", *pages)["results"]) == 1
    assert find("mes", *pages)["results"]
    assert not find("mas", *pages)["results"]


@pytest.mark.parametrize(
    ("lang", "text", "query", "hit"),
    [
        ("zh", "我们的城市有三个图书馆和很多学校。", "图书馆", "图书馆"),
        ("zh", "我们的城市有三个图书馆和很多学校。", "校", "学校"),
        ("ja", "この町には図書館がたくさんあります。", "図書館", "図書館"),
        ("ja", "新しいデータベースを作りました。", "データ", "データ"),
        ("th", "เมืองของเรามีห้องสมุดสามแห่ง", "ห้องสมุด", "ห้องสมุด"),
        ("lo", "ເມືອງຂອງພວກເຮົາມີຫໍສະໝຸດສາມແຫ່ງ", "ຫໍສະໝຸດ", "ຫໍສະໝຸດ"),
        ("km", "ទីក្រុងយើងមានបណ្ណាល័យបី", "បណ្ណាល័យ", "បណ្ណាល័យ"),
        ("my", "ကျွန်ုပ်တို့မြို့တွင်စာကြည့်တိုက်ရှိသည်", "စာကြည့်တိုက်", "စာကြည့်တိုက်"),
    ],
)
def test_a_word_is_found_inside_a_run_of_letters(lang: str, text: str, query: str, hit: str) -> None:
    sections = (SearchSection("", "", text),)
    other = SearchPage(lang, f"{lang}/b/", "B", "", "", (SearchSection("", "", "没有 ไม่มี"),))
    index = search_index(lang, [SearchPage(lang, f"{lang}/a/", "A", "", "", sections), other]).decode()
    (found,) = ask(index=index, queries=[query])
    assert [one["url"] for one in found["results"]] == [f"{lang}/a/"]
    assert found["whole"]
    assert hit in [piece for piece, is_hit in found["results"][0]["fragment"] if is_hit]


def test_runs_of_letters_do_not_make_an_index_larger() -> None:
    text = "我们的城市有三个图书馆和很多学校" * 200
    page = SearchPage("zh", "zh/a/", "A", "", "", (SearchSection("", "", text),))
    assert len(search_index("zh", [page])) < len(text.encode()) + 200


def test_names_that_people_search_for_lead_to_the_page_as_its_title_does():
    network = structs.replace(page(SearchSection("", "", "Besedilo."), title="Mreža"), also=("Svetovna zveza", "GNLC"))
    other = page(SearchSection("", "", "Svetovna zveza je omenjena tudi tu, GNLC pa ne."), title="Drugo")
    found = find("svetovne zveze", other, network)["results"]
    assert [text_of(result["title"]) for result in found] == ["Mreža", "Drugo"]
    assert text_of(found[0]["fragment"]) == "[Svetovna zveza] · Besedilo."
    assert text_of(find("gnlc", network)["results"][0]["fragment"]) == "[GNLC] · Besedilo."
    assert text_of(find("besedilo", network)["results"][0]["fragment"]) == "[Besedilo]."


def test_other_names_are_own_and_exclusion_is_shared(site):
    settings = SITE.replace("fallback: show", "fallback: link")
    head = "title: Libraries\nsearch: {also: [reading rooms]}"
    english = f"-- content/en/a.md --\n---\n{head}\n---\n\nText.\n\n## Hours {{#hours}}\n\nNine to five.\n"
    source = PAGE.replace("description:", "search: {also: [čitalnice]}\ndescription:")
    folder = site(settings + source + english)
    assert folder.problems == []
    assert [p[5:] for p in index_of(folder.read("search/en.js"))["pages"] if p[0] == "en/a/"] == [[["reading rooms"]]]
    assert [p[5:] for p in index_of(folder.read("search/sl.js"))["pages"] if p[0] == "sl/a/"] == [[["čitalnice"]]]
    hidden = site(settings + source.replace("{also:", "{exclude: true, also:") + english)
    assert hidden.problems == []
    assert "Libraries" not in titles(hidden.read("search/en.js"))
    differs = site(settings + source + english.replace("{also:", "{exclude: true, also:"))
    assert [one.split(": ")[1] for one in differs.problems] == ["warning"]
    assert differs.codes == ["shared-differs"]
