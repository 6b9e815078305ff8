"""Sites as people write them for other tools: GitHub, Hugo, Starlight, Docusaurus and MkDocs Material.

`tests/dialects/<name>/` is a site of forty pages in each of three languages. `expected.txt` next to its `content/`
names each page and line where something comes out otherwise than at home, with the code that says so; people wrote
it, reading the pages. What is not named there comes out as at home: for a sample of it, the finished page is asked.

A third of the pages are files, as people write them. The others come from `series.yaml`: three forms of a page, with
the lines that are reported, and nine subjects for each, in the words of each language.
"""

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.pages import Page
from support.site import TESTS, SiteFolder

from sitegen.model.messages import is_error
from sitegen.model.problems import Problem

DIALECTS = TESTS / "dialects"
SUBJECT = "\N{CURRENCY SIGN}"  # and a number: a word of the subject in a form
NAMES = ("docusaurus", "github", "hugo", "material", "starlight")
LANGUAGES = ("en", "sl", "es")  # in the order of the words in series.yaml
Rows = list[tuple[str, int, str]]
Form = dict[str, Any]  # subjects: name → words by language; expected: line → code; pages: language → text
# How the homes of a site's foreign constructs are called.
HOMES = {
    "docusaurus": {"MDX", "JSX", "TeX", "Mermaid, PlantUML, Graphviz", "Docusaurus, VitePress"},
    "github": {"GitHub, MkDocs Material", "TeX", "Mermaid, PlantUML, Graphviz", "Wiki"},
    "hugo": {"Hugo", "TeX"},
    "material": {
        *("MkDocs Material", "GitHub, MkDocs Material", "MkDocs Material, Obsidian"),
        *("Pandoc", "CriticMarkup", "Mermaid, PlantUML, Graphviz"),
    },
    "starlight": {"MDX"},
}
_BOX = '<div class="callout callout-{}" role="note"><p class="callout-title">{}</p>'
_TASK = '<li class="task"><label><input {}type="checkbox"> {}</label></li>'
_OPEN, _DONE = 'disabled="" ', 'checked="" disabled="" '
# site, page, a part of its HTML: what all of them have in common with this generator
SAME = (
    ("github", "en", _BOX.format("note", "Note") + "<p>The door bell is broken."),
    ("github", "sl", _BOX.format("note", "Opomba") + "<p>Zvonec ne dela."),
    ("github", "en", 'call from <a href="https://example.org/bell">https://example.org/bell</a>.'),
    ("github", "en", _TASK.format(_OPEN, 'read the <a href="rules/">rules</a>')),
    ("github", "es", _TASK.format(_DONE, 'mirar el <a href="hours/#en-invierno">horario</a>')),
    ("github", "es", "<del>una cámara vieja</del>"),
    ("github", "en", '<th class="align-left">Day</th><th class="align-right">Who helps</th>'),
    ("github", "sl/join", "<ol><li><p>Pridite trikrat kot gost.</p><ul>" + _TASK.format(_DONE, "prvi večer: glejte")),
    ("github", "en/hours", "<details><summary>Why not every day?</summary><p>Because we are <strong>seven people"),
    ("github", "en/rules", _BOX.format("warning", "Warning") + "<p>The grinder throws sparks.</p><ul><li>Wear"),
    ("github", "es/repair/brakes", '<p>Nunca vuelva a casa con un solo freno.</p><div class="table"'),
    ("github", "en/repair/puncture", "with the levers:<blockquote><p>Plastic ones."),
    ("github", "en/tools", "Spanner | cone</td>"),
    ("github", "en/tools", "lent to the school until 2026-05-01</p></li></ol></li></ul>"),
    ("github", "sl/repair/wheel", "<blockquote><p>Četrt obrata je veliko.</p><blockquote><p>Pol obrata"),
    ("hugo", "sl/hives", "<dl><dt>AŽ panj</dt><dd>Panj z okni zadaj, za čebelnjak.</dd>"),
    ("hugo", "en/calendar", '<dt id="may">May</dt><dd><p>Swarms. Keep an empty hive ready, and a ladder.</p></dd>'),
    ("hugo", "es/hives/winter", '<h2 id="cold">Frío</h2>'),
    ("hugo", "sl/hives/winter", 'Več o hrani piše <a href="#food">zgoraj</a>.'),
    ("hugo", "en/hives/build", "<figcaption>The hive from the side</figcaption></figure>"),
    ("hugo", "en/honey", 'bitter<sup id="fnref:1">'),
    ("hugo", "es/visit", 'a href="https://example.org/map" title="mapa">a pie</a>'),
    ("starlight", "en/visit", _BOX.format("tip", "Come early") + "<p>The light in the salt room"),
    ("starlight", "sl/visit", _BOX.format("caution", "Previdno") + "<p>Stopnice so mokre.</p></div>"),
    ("starlight", "es/mine", _BOX.format("caution", "Pozo cerrado")),
    ("starlight", "en/mine", "<figcaption>lamp.js</figcaption>"),
    ("starlight", "en/getting-here", "<li><p>Follow the white marks.</p>" + _BOX.format("note", "Note")),
    ("starlight", "en/path", _BOX.format("tip", "Three of them still cook") + _BOX.format("note", "Note")),
    ("starlight", "sl/mine/cutting", "<ol><li>Zarežite v steno.</li><li>Zabijte <strong>moker</strong> les.</li>"),
    ("starlight", "en/objects", "<ul><li>house<ul><li>room one<ul><li><strong>scales</strong> the oldest thing"),
    ("docusaurus", "sl", _BOX.format("note", "Vaja") + "<p>Vsak torek ob osmih, v telovadnici.</p></div>"),
    ("docusaurus", "en", '<h2 id="join">Join us</h2>'),
    ("docusaurus", "en/rehearsals/voices", "<p>High, but not loud.</p>" + _BOX.format("caution", "Caution")),
    ("docusaurus", "es/rehearsals/warm-up", "<p>Cuente hasta <strong>ocho</strong>.</p>"),
    ("docusaurus", "en/story", '<div class="callout callout-note big" role="note"><p class="callout-title">The piano'),
    ("docusaurus", "sl/story", '<dt id="first">Kdo je pel prvi</dt>'),
    ("docusaurus", "en/money", "<blockquote>" + _BOX.format("note", "Note") + "<p>Who cannot pay says so."),
    ("docusaurus", "en/scores", "<li>" + _BOX.format("tip", "Listen at home") + "<p>At least <em>once</em> a day."),
    ("material", "en", _BOX.format("note", "New this week") + "<p>The reading room is warm again.</p><ul><li>come in"),
    ("material", "en", '<a class="md-button" href="join/">Join the library</a>'),
    ("material", "en/hours", '<abbr title="HyperText Markup Language">HTML</abbr> of this page'),
    ("material", "es/hours", _BOX.format("warning", "Advertencia") + "<p>Los días de mercado"),
    (
        "material",
        "en/hours",
        "is locked.</p>" + _BOX.format("tip", "Tip") + "<p>Use the one in the yard.</p></div></div>",
    ),
    ("material", "en/borrow", "there<ul><li>count them</li><li>count them again</li></ul>"),
    (
        "material",
        "sl/rooms",
        '<dt id="tower">Stolp</dt><dd><p>Osem stolov, dolg razgled, 61 stopnic.</p><div class="call',
    ),
    ("material", "en/children", '<h2 id="story-hour">Story hour</h2>'),
    ("material", "en/history", '<p class="callout-title hidden">Note</p><p>The shelf is still in use'),
    ("material", "en/borrow/interlibrary", "<p>Each parcel costs 3 €.</p><p>Students pay nothing."),
    ("github", "sl/part-bell", _TASK.format(_DONE, "pregledano") + '<li class="task">'),
    ("hugo", "es/plant-fir", "<dl><dt>Néctar</dt><dd>mucho en otoño</dd>"),
    ("starlight", "sl/object-boots", _BOX.format("tip", "Škornji") + "<p>Ne dotikajte se; klobučevina"),
    ("docusaurus", "en/year-y2022", _BOX.format("tip", "Year 2022") + "<p><del>Nobody</del><strong>Everybody"),
    ("material", "sl/shelf-seeds", _BOX.format("note", "Semena") + "<p>Mesto: predal 9.</p><ul><li>vzemite enega"),
)
# site, page, code as its reader copies it
CODE = (
    ("github", "en/join", 'cd shifts && echo "you" >> members.txt\n'),
    ("github", "sl/repair/chain", '+ nova veriga za 9 prestav s "hitrim" členom\n'),
    ("github", "en/faq", 'two children -> "one and a half"\n'),
    ("hugo", "en/hives/build", 'gap = 38  # mm, the "bee space" not included\nprint(frames * gap)\n'),
    ("hugo", "es/market", 'peso = 900     # g\ntexto = "tilo -- 2025"\n'),
    ("starlight", "en/mine", 'console.log(lamp(6), "litres -- and no more");\n'),
    ("starlight", "sl/mine/cutting", "- zagozda --suha\n+ zagozda --mokra\n"),
    ("starlight", "en/sources", 'ISO 1600 -- "no flash"\n'),
    ("docusaurus", "en/travel", 'basses -- at the back\naltos  -- "in front"\n'),
    ("docusaurus", "sl/rehearsals/voices", 'const meja = "C5";\n'),
    ("github", "es/measure-rim", 'anchura = input("anchura -- en cifras: ")\n'),
    ("hugo", "sl/jar-wax", 'name: "Vosek"\nweight: 100  # g -- natanko\n'),
    ("starlight", "en/shaft-helen", 'console.log(`${depth} m -- "deep"`);\n'),
    ("docusaurus", "es/song-psalm", 'los mayores -- "piano"\n'),
    ("material", "sl/device-scanner", 'key = "s"  # ne "--s"\n'),
    ("material", "en/join", 'number = input("four digits: ")\nassert len(number) == 4  # "0000" is taken\n'),
)


@dataclass
class Dialect:
    """One site: what its check says, and the pages of a build without the lines that have errors."""

    site: SiteFolder
    problems: tuple[Problem, ...]
    seconds: float

    def html(self, path: str) -> str:
        """Return the HTML of a finished page with single spaces, and none between tags."""
        return " ".join(self.site.read(f"{path}/index.html").split()).replace("> <", "><")

    def code(self, path: str) -> str:
        """Return the code of a finished page, block after block."""
        elements = Page(self.site.read(f"{path}/index.html")).elements
        return "\n".join("".join(one.parts) for one in elements if one.name == "pre")


Dialects = Callable[[str], Dialect]


@pytest.fixture(scope="session")
def dialects(tmp_path_factory: pytest.TempPathFactory) -> Dialects:
    """Return a function that checks and builds the site of a dialect, once."""
    done: dict[str, Dialect] = {}

    def dialect(name: str) -> Dialect:
        if name not in done:
            done[name] = built(name, tmp_path_factory.mktemp(name) / "site")
        return done[name]

    return dialect


def built(name: str, root: Path) -> Dialect:
    """Check a copy of a site, then build it without the lines that have errors, which their authors would rewrite."""
    shutil.copytree(DIALECTS / name, root, ignore=shutil.ignore_patterns("expected.txt", "series.yaml"))
    for path, text in series(name).items():
        (root / "content" / path).write_text(text, encoding="utf-8")
    site = SiteFolder(root)
    start = time.process_time()
    problems = site.check(jobs=1).problems
    for one in problems:
        if one.code == "frontmatter-foreign":
            site.remove(one.place.path)
    for _ in range(4):  # a line that is gone may leave its end tag, or a link to it
        errors = [one for one in site.build(jobs=1).problems if is_error(one)]
        if not errors:
            break
        without_lines(site, {(one.place.path, one.place.line) for one in errors})
    return Dialect(site, problems, time.process_time() - start)


def without_lines(site: SiteFolder, wrong: set[tuple[str, int]]) -> None:
    """Remove lines of files, given by number."""
    for path in {path for path, _ in wrong}:
        lines = (site.root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        site.edit(path, "".join(line for number, line in enumerate(lines, 1) if (path, number) not in wrong))


def forms(name: str) -> dict[str, Form]:
    """Return the forms of a site's series by their names."""
    form: dict[str, Form] = yaml.safe_load((DIALECTS / name / "series.yaml").read_text(encoding="utf-8"))
    return form


def series(name: str) -> dict[str, str]:
    """Return path → text of the pages made of forms and subjects."""
    pages = {}
    for form, parts in forms(name).items():
        for subject, words in parts["subjects"].items():
            for lang, (title, detail) in zip(LANGUAGES, words, strict=True):
                text = parts["pages"][lang].replace(f"{SUBJECT}1", title).replace(f"{SUBJECT}2", str(detail))
                pages[f"{lang}/{form}-{subject}.md"] = text
    return pages


def expected(name: str) -> Rows:
    """Return what people wrote: page, line and code of each problem."""
    rows: Rows = [
        (f"{lang}/{form}-{subject}.md", line, code)
        for form, parts in forms(name).items()
        for subject in parts["subjects"]
        for lang in LANGUAGES
        for line, code in parts["expected"].items()
    ]
    page = ""
    for line in (DIALECTS / name / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            number, code = line.split(": ")
            rows.append((page, int(number), code))
        else:
            page = line
    return rows


def reported(problems: tuple[Problem, ...]) -> Rows:
    """Return page, line and code of each problem."""
    dialects = [one for one in problems if one.code != "source-missing"]  # which is about what a page states
    return sorted({(one.place.path.removeprefix("content/"), one.place.line, one.code) for one in dialects})


@pytest.mark.parametrize("name", NAMES)
def test_a_site_has_forty_pages_in_each_of_three_languages(name: str, dialects: Dialects) -> None:
    site = dialects(name).site
    pages = [page.relative_to(DIALECTS / name / "content") for page in (DIALECTS / name).rglob("*.md")]
    paths = {page.as_posix() for page in pages} | series(name).keys()
    assert {path for path in paths if not (site.root / "content" / path).is_file()} <= {
        one.place.path.removeprefix("content/") for one in dialects(name).problems if one.code == "frontmatter-foreign"
    }
    for lang in LANGUAGES:
        assert len([path for path in paths if path.startswith(f"{lang}/")]) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_each_page_of_a_series_is_in_words_of_its_language(name: str) -> None:
    pages = series(name)
    bodies = {path: text.partition("\n---\n")[2] for path, text in pages.items()}
    for path in bodies:
        others = [bodies[f"{lang}/{path[3:]}"] for lang in LANGUAGES if lang != path[:2]]
        lines = {line for line in bodies[path].splitlines() if re.search(r"\w{3}[^<>{}]* \w{3}", line)}
        assert len(lines - {line for other in others for line in other.splitlines()}) >= 2, path
    assert len(set(bodies.values())) == len(bodies)


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_otherwise_than_at_home_is_reported_with_its_line(name: str, dialects: Dialects) -> None:
    assert reported(dialects(name).problems) == sorted(expected(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_foreign_construct_is_reported_once_a_page_with_its_home(name: str, dialects: Dialects) -> None:
    foreign = [one for one in dialects(name).problems if one.code == "dialect-foreign"]
    kinds = [(one.place.path, str(dict(one.values)["dialect"]), str(dict(one.values)["advice"])) for one in foreign]
    assert len(kinds) == len(set(kinds))
    assert {dialect for _, dialect, _ in kinds} == HOMES[name]
    for one in foreign:
        assert str(dict(one.values)["construct"]).split()[0].rstrip("…") in one.place.source


@pytest.mark.parametrize("name", NAMES)
def test_a_site_takes_no_time(name: str, dialects: Dialects) -> None:
    assert dialects(name).seconds < 3


@pytest.mark.parametrize(("name", "page", "html"), SAME)
def test_the_rest_comes_out_as_at_home(name: str, page: str, html: str, dialects: Dialects) -> None:
    assert html in dialects(name).html(page)


@pytest.mark.parametrize(("name", "page", "code"), CODE)
def test_code_is_what_was_typed(name: str, page: str, code: str, dialects: Dialects) -> None:
    assert code in dialects(name).code(page)
