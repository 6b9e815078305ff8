"""Whatever people do to a site, in whatever order: what the next build leaves is what a clean build makes.

A state machine (Hypothesis) edits, renames, removes and adds files of every kind, sets time stamps back, tampers with
the output and loses what is remembered. After every step the site and all that was said are compared with those of a
clean build in a new folder: bytes and problems. SITEGEN_EXAMPLES sets how many stories are played.
"""

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from support.site import tree
from support.truth import DAY, Said, clean, compare, run, story, tamper

from sitegen.build import stamps as fresh

SOURCES = ("content", "data", "locales", "static", "templates")
CLEAN: dict[int, tuple[Said, dict[str, bytes]]] = {}  # what clean builds said and left
LANGUAGES = st.sampled_from(["sl", "en", "es"])
NAMES = st.sampled_from(
    ["index", "guide/index", "guide/rules", "guide/more", "news/index", "news/first", "news/second", "x/y", "čas"]
)
TITLES = st.sampled_from(["Ena", "Čas & »red«", "Zeta <b>", "uno"])
LINES = st.sampled_from(
    [
        "",
        "slug: drugam",
        "slug: vodič",
        "weight: 3",
        "weight: 1",
        "nav: Kratko",
        "nav: false",
        "date: 2015-05-05",
        "date: 2014-05-05",
        "draft: true",
        "publish_date: 2026-06-01",
        "expiry_date: 2026-02-01",
        "aliases: [/sl/stara/]",
        "aliases: [/en/old.html]",
        "fallback: hide",
        "fallback: show",
        "fallback: link",
        "search: {exclude: true}",
        "template: section.html",
        "translation_key: news/first",
        "description: Kaj je tu.",
        "image: badge.svg",
        "extra: {a: 1}",
        "unknown: 1",
    ]
)
BODIES = st.sampled_from(
    [
        "",
        "Besedilo.",
        "Drugače.",
        "::pages",
        "::fairs",
        ":::note\nPomni 15 %.\n:::",
        "## Cilji {#aims}\n\nBesedilo[^1].\n\n[^1]: Opomba.",
        "## Poti {#ways}",
        "![Grb](badge.svg)",
        "[Vodič](guide/index.md)",
        "[Pravila](rules.md#aims)",
        "[Druga](second.md)",
        "![](badge.svg)",
        "::missing",
    ]
)
TEMPLATES = {
    "templates/page.html": [("{% block main %}", "{% block main %}<p>{{ page.key }}</p>")],
    "templates/base.html": [("<main>", "<main id='m'>"), ("{{ page.title }} –", "{{ page.label }} –")],
    "templates/section.html": [("{{ super() }}", "{{ super() }}<p>{{ siblings|length }} {{ pages|length }}</p>")],
    "templates/macros.html": [("<a href", "<a class='m' href"), ("ref.label", "ref.title")],
    "templates/parts/foot.html": [("<footer>", "<footer>{{ data.words.words }} "), ("Motto", "Note")],
    "templates/parts/word.html": [("_('Note')", "_('Fair')"), ("_('Note')", "data.nothing")],
    "templates/blocks/pages.html": [("['sl', 'en']", "['es']"), ("ref.title", "ref.label")],
    "templates/redirect.html": [("<body>", "<body class='r'>")],
    "templates/404.html": [("<body>", "<body class='l'>")],
    "static/css/parts.css": [("navy", "teal"), ("navy", "grey")],
    "static/img/dot.svg": [("M0 0h2", "M0 0h1")],
    "static/humans.txt": [("Story", "Roman")],
    "content/sl/guide/badge.svg": [("M0 0h1", "M1 0h1")],
    "data/fairs.yaml": [
        ("Pomlad", "Vigred"),
        ("2015-03-02", "2015-03-03"),
        ("spring", "summer"),
        ("fairs:", "feiras:"),
    ],
    "data/words.yaml": [("beseda", "slovar"), (", es: palabra", "")],
    "locales/sl/LC_MESSAGES/messages.po": [
        ("Opomba", "Pomni!"),
        ('"Geslo"', '""'),
        ("%(num)s strani", "%(num)s stranx"),
    ],
    "locales/en/LC_MESSAGES/messages.po": [('msgstr "Fair"', 'msgstr "Feir"'), ('msgstr "Note"', 'msgstr ""')],
    "locales/es/LC_MESSAGES/messages.po": [("Lema", "Leme"), ("(en %(language)s)", "(in %(language)s)")],
    "site.yaml": [
        ("Mesto je šola", "Šola je mesto"),
        ("fallback: link", "fallback: hide"),
        ("fallback: show", "fallback: link"),
        ("search: true", "search: false"),
        ("example.org/story", "example.com"),
        ("base_url: https", "# https"),
        ("limit: 3", "limit: 1"),
        ("en: City", "en: Town"),
        ("[index.md, guide/index.md, news/index.md]", "[news/index.md, guide/rules.md]"),
        ("default_language: sl", "default_language: en"),
        ("search: true", "search: true\nmarkdown: {typography: false}"),
        ("search: true", "search: true\noutput: site"),
        ("en_GB", "en_US"),
        (", weight: 2", ", weight: 9"),
        ("summary: [name]", "summary: [name, place]"),
    ],
}
EDITS = st.sampled_from([(path, old, new) for path, edits in TEMPLATES.items() for old, new in edits if old])
ADDED = st.sampled_from(
    [
        ("templates/blocks/missing.html", "<p>{{ _('Fair') }}</p>\n"),
        ("templates/blocks/fairs.html", "{{ nothing }}\n"),
        ("templates/parts/home.html", "{% for lang in ['es'] %}{% include 'parts/word.html' %}{% endfor %}\n"),
        ("data/more.yaml", "a: 1\n"),
        ("static/robots.txt", "User-agent: *\n"),
        ("static/css/more.css", "p { margin: 0; }\n"),
        ("content/sl/news/badge.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M9'/></svg>\n"),
        ("content/sl/guide/badge.en.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M8'/></svg>\n"),
        ("content/en/stray.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n"),
    ]
)
WAYS = st.sampled_from(["in place", "by replacing", "removed", "folder removed"])
LOSSES = st.sampled_from(
    [".cache", ".cache/memo.sqlite", ".cache/built.json", ".public.spare", "public", "public/.sitegen"]
)


def output_of(root: Path) -> str:
    """Return the output folder that site.yaml names."""
    found = re.search(r"^output: (\w+)$", (root / "site.yaml").read_text(encoding="utf-8"), re.M)
    return found[1] if found else "public"


class Editors(RuleBasedStateMachine):
    """What people, tools and disks do to a site; the invariant is that a build makes it right."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="editors-"))
        self.root = story(self.top / "story")
        self.original = tree(self.root)
        self.day = DAY

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    def cleanly(self) -> tuple[Said, dict[str, bytes]]:
        """Return what a clean build says and leaves; the same sources on the same day are built once."""
        sources = [(name, sorted(tree(self.root / name).items())) for name in SOURCES]
        key = hash((self.day, (self.root / "site.yaml").read_bytes(), repr(sources)))
        if key not in CLEAN:
            if len(CLEAN) > 500:
                CLEAN.clear()
            said = clean(self.root, self.top / "cold")
            CLEAN[key] = said, tree(self.top / "cold")
        return CLEAN[key]

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    @invariant()
    def a_build_makes_what_a_clean_build_makes(self) -> None:
        os.environ["SOURCE_DATE_EPOCH"] = self.day
        output = self.root / output_of(self.root)
        before, said = tree(output), run(self.root)
        compare(said, *self.cleanly(), before, tree(output))

    @rule(lang=LANGUAGES, name=NAMES, title=TITLES, line=LINES, body=BODIES)
    def write_a_page(self, lang: str, name: str, title: str, line: str, body: str) -> None:
        self.write(f"content/{lang}/{name}.md", f"---\ntitle: '{title}'\n{line}\n---\n\n{body}\n")

    @rule(lang=LANGUAGES, name=NAMES, body=BODIES)
    def write_a_body(self, lang: str, name: str, body: str) -> None:
        file = self.root / f"content/{lang}/{name}.md"
        if file.exists():
            head = file.read_text(encoding="utf-8").rpartition("---\n")[0]
            file.write_text(f"{head}---\n\n{body}\n", encoding="utf-8")

    @rule(lang=LANGUAGES, name=NAMES)
    def remove_a_page(self, lang: str, name: str) -> None:
        (self.root / f"content/{lang}/{name}.md").unlink(missing_ok=True)

    @rule(lang=LANGUAGES, name=NAMES, to=NAMES)
    def rename_a_page(self, lang: str, name: str, to: str) -> None:
        file, new = (self.root / f"content/{lang}/{one}.md" for one in (name, to))
        if file.exists() and not new.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            file.rename(new)

    @rule(edit=EDITS)
    def edit_any_file(self, edit: tuple[str, str, str]) -> None:
        path, old, new = edit
        file = self.root / path
        if file.exists():
            self.write(path, file.read_text(encoding="utf-8").replace(old, new))

    @rule(edit=EDITS)
    def edit_to_the_same_size_within_one_moment(self, edit: tuple[str, str, str]) -> None:
        """Change a file, build, change it to another text of the same size, and set its time stamp back."""
        path, old, new = edit
        file = self.root / path
        if not file.exists():
            return
        text = file.read_text(encoding="utf-8")
        one, other = text.replace(old, new), text.replace(old, old[::-1]) + " " * (len(new) - len(old))
        self.write(path, one)
        run(self.root)
        before = file.stat()
        if len(one.encode()) == len(other.encode()):
            self.write(path, other)
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(file=ADDED)
    def add_a_file(self, file: tuple[str, str]) -> None:
        self.write(*file)

    @rule(file=ADDED)
    def take_it_back(self, file: tuple[str, str]) -> None:
        path = self.root / file[0]
        if file[0] in self.original:
            path.write_bytes(self.original[file[0]])
        else:
            path.unlink(missing_ok=True)

    @rule(path=st.sampled_from(sorted(TEMPLATES)))
    def put_a_file_back(self, path: str) -> None:
        (self.root / path).write_bytes(self.original[path])

    @rule(path=st.sampled_from(sorted(set(TEMPLATES) - {"site.yaml"})))
    def remove_any_file(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    @rule()
    def mend_everything(self) -> None:
        for name in ("content", "data", "locales", "static", "templates"):
            shutil.rmtree(self.root / name)
        for path, data in self.original.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    @rule(path=st.sampled_from(sorted(TEMPLATES)), seconds=st.sampled_from([0, 1_000_000_000, 4_000_000_000]))
    def set_a_time_stamp(self, path: str, seconds: int) -> None:
        if (self.root / path).exists():
            os.utime(self.root / path, (seconds, seconds))

    @rule(there=st.booleans())
    def a_language_comes_or_goes(self, there: bool) -> None:
        text = (self.root / "site.yaml").read_text(encoding="utf-8")
        gone = "\n".join(line for line in text.split("\n") if not line.startswith("  es: "))
        gone = re.sub(r", es: [^,}]*", "", gone)
        if there:
            self.put_a_file_back("site.yaml")
            for path, data in self.original.items():
                if path.startswith("content/es/") and not (self.root / path).exists():
                    (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                    (self.root / path).write_bytes(data)
        else:
            self.write("site.yaml", gone)
            shutil.rmtree(self.root / "content/es", ignore_errors=True)

    @rule(day=st.sampled_from([DAY, "1780272000", "1771000000", "0"]))
    def days_go_by(self, day: str) -> None:
        self.day = day

    @rule(way=WAYS, at=st.integers(0, 60))
    def somebody_changes_the_output(self, way: str, at: int) -> None:
        files = [path for path in sorted(tree(self.root / output_of(self.root))) if path != ".sitegen"]
        if files:
            tamper(self.root / output_of(self.root) / files[at % len(files)], way)

    @rule(name=st.sampled_from(["CNAME", "sl/mine.txt", "link"]))
    def somebody_puts_a_file_into_the_output(self, name: str) -> None:
        output = self.root / output_of(self.root)
        if not (output / ".sitegen").exists():
            return
        mine = output / name
        mine.parent.mkdir(exist_ok=True)
        mine.symlink_to("..") if name == "link" else mine.write_text("mine")
        said, cleanly = run(self.root), clean(self.root, self.top / "cold")
        assert mine.is_symlink() or mine.read_text() == "mine"
        assert said.code == 1
        if cleanly.code == 0:
            assert f"1 file that this site did not publish: {name}." in said.problems
        mine.unlink()
        if mine.parent != output and not any(mine.parent.iterdir()):
            mine.parent.rmdir()

    @rule(what=LOSSES)
    def something_is_lost(self, what: str) -> None:
        if what == "public/.sitegen":  # whose files are these? The engine cannot know, and asks
            what = "public"
        path = self.root / what.replace("public", output_of(self.root))
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    @rule(at=st.floats(0, 1), name=st.sampled_from([".cache/memo.sqlite", ".cache/built.json"]))
    def a_disk_error_changes_what_is_remembered(self, at: float, name: str) -> None:
        file = self.root / name
        if file.exists() and file.stat().st_size:
            data = bytearray(file.read_bytes())
            data[int(at * (len(data) - 1))] ^= 0x10
            file.write_bytes(data)

    @rule()
    def nothing_happens_for_a_while(self) -> None:
        time.sleep(0.03)
        first, second = run(self.root), run(self.root)
        assert first.code == second.code
        assert first.problems == second.problems
        assert second.code or second.repeated


def play(monkeypatch: pytest.MonkeyPatch, examples: int, steps: int, derandomize: bool) -> None:
    """Play stories. Files are trusted after 20 ms: two seconds would make it a long play."""
    monkeypatch.setattr(fresh, "_COARSE", 20_000_000)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    number = int(os.environ.get("SITEGEN_EXAMPLES") or examples)
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    limits = settings(
        max_examples=number,
        stateful_step_count=steps,
        deadline=None,
        derandomize=derandomize,
        suppress_health_check=checks,
        print_blob=True,
    )
    run_state_machine_as_test(Editors, settings=limits)


def test_whatever_editors_do_a_build_makes_it_right(monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, 15, 12, derandomize=True)


@pytest.mark.proof
def test_whatever_editors_do_a_build_makes_it_right_long(monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, 1000, 15, derandomize=False)
