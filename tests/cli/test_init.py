"""`init`: a new site in any languages, which builds, proves itself and looks like something; nothing is overwritten."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.pages import Page
from support.site import PROJECT, TODAY, SiteFolder, tree

from sitegen.cli.main import main
from sitegen.cli.starter import FOLDER, starter_files
from sitegen.languages.codes import facts, meant

Captured = pytest.CaptureFixture[str]
SPOKEN = ("ar", "de", "en", "es", "sl")
TITLES = ["Stadt", 'Ein: „Titel“ # mit "allem" & <b>\'', "- x", "[a]", "مدينة", "%(n)s {n} @LANG@", "null", "C:\\n"]


def init(folder: Path, languages: str, *more: str) -> int:
    """Run the command."""
    return main(["init", str(folder), "--languages", languages, *more])


@pytest.mark.parametrize("languages", ["de,ar", "sl", "en,es,sl,de,ar", "ar"])
def test_new_site_builds_without_a_word_from_the_tool(tmp_path: Path, languages: str) -> None:
    assert init(tmp_path / "new", languages, "--title", "Stadt") == 0
    made = SiteFolder(tmp_path / "new")
    assert made.problems == []
    assert not made.build(strict=True).failed
    assert main(["check", "--strict"], made.root) == 0
    for code in languages.split(","):
        assert Page(made.read(f"{code}/index.html")).one("html").get("lang") == code
        assert made.has(f"{code}/feed.xml")


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_kept_as_it_is(tmp_path: Path, title: str) -> None:
    assert init(tmp_path / "new", "de,ar", "--title", title) == 0
    made = SiteFolder(tmp_path / "new")
    assert made.problems == []
    shown = Page(made.read("ar/index.html")).one("h1").text
    marks = str.maketrans(dict.fromkeys('"„“«»’', "'"))  # typography may change these
    assert shown.translate(marks) == title.replace("@LANG@", "ar").translate(marks)


def test_label_locale_and_direction_come_from_cldr(tmp_path: Path) -> None:
    assert init(tmp_path / "new", "de,ar") == 0
    made = SiteFolder(tmp_path / "new")
    made.build()
    page = Page(made.read("ar/index.html"))
    assert page.one("html").get("dir") == "rtl"
    assert {e.text for e in page.all("a") if e.get("data-language")} == {"Deutsch", "العربية"}


def test_the_interface_speaks_the_language(tmp_path: Path) -> None:
    init(tmp_path / "new", "de,ar")
    made = SiteFolder(tmp_path / "new")
    made.build()
    assert "Zum Inhalt springen" in made.read("de/index.html")
    assert "تخطَّ إلى المحتوى" in made.read("ar/index.html")


def test_nothing_is_about_learning_cities(tmp_path: Path) -> None:
    init(tmp_path / "new", ",".join(SPOKEN))
    made = SiteFolder(tmp_path / "new")
    made.build()
    words = ("unesco", "learning cit", "učeč", "ciudades", "lernende st", "مدن التعلم", "framework")
    for path, data in {**tree(made.root), **tree(FOLDER)}.items():
        if not path.startswith((".cache", "search/")) and path.endswith(
            (".md", ".html", ".xml", ".yaml", ".css", ".py")
        ):
            text = data.decode().casefold()
            assert [word for word in words if word in text] == [], path


def test_another_language_begins_in_english_and_is_told_so(tmp_path: Path, capsys: Captured) -> None:
    assert init(tmp_path / "new", "de,fr", "--base-url", "https://stadt.example/") == 0
    printed = capsys.readouterr().out
    assert "fr: the pages are in English until you translate them.\n" in printed
    assert "fr: the UI strings, too; `messages update` creates a catalogue for them.\n" in printed
    made = SiteFolder(tmp_path / "new")
    assert made.codes == ["catalog-missing"]
    assert main(["messages", "update"], made.root) == 0
    assert {problem.code for problem in made.build().problems} == {"string-missing"}
    assert not (made.root / "locales/de").exists()


def test_base_url_is_that_of_the_option(tmp_path: Path, capsys: Captured) -> None:
    init(tmp_path / "new", "de", "--base-url", "https://stadt.example/blatt")
    assert "base_url." not in capsys.readouterr().out
    made = SiteFolder(tmp_path / "new")
    made.build()
    assert "https://stadt.example/blatt/de/" in made.read("sitemap.xml")


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ("si", "“si” is Sinhala. Did you mean “sl”? If it is the code you want, add --sure.\n"),
        ("cz", "“cz” is not a language code. Did you mean “cs”?\n"),
        ("DE", "“DE” is not a language code. Did you mean “de”?\n"),
        ("pt_br", "“pt_br” is not a language code. Did you mean “pt-BR”?\n"),
        ("quenya", "“quenya” is not a language code. Write it like sl, en or pt-BR.\n"),
        ("../x", "“../x” is not a language code. Write it like sl, en or pt-BR.\n"),
        ("de,de", "--languages must list each language once, for example de,ar.\n"),
        (",", "--languages must list each language once, for example de,ar.\n"),
    ],
)
def test_codes_that_are_none_are_refused_with_a_guess(
    tmp_path: Path, capsys: Captured, languages: str, said: str
) -> None:
    assert init(tmp_path / "new", languages) == 2
    assert capsys.readouterr().err == said
    assert not (tmp_path / "new").exists()


def test_a_doubtful_code_may_be_meant(tmp_path: Path) -> None:
    assert init(tmp_path / "new", "si", "--sure") == 0
    assert 'label: "සිංහල"' in (tmp_path / "new/site.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["stadt", "ftp://x/", "https://", "https://x/?a"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, capsys: Captured, address: str) -> None:
    assert init(tmp_path / "new", "de", "--base-url", address) == 2
    assert capsys.readouterr().err == "--base-url must be a URL such as https://example.org/.\n"


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: Captured) -> None:
    for name in ("one", "two", ".git", "x1", "x2", "x3"):
        (tmp_path / name).write_text("mine")
    before = tree(tmp_path)
    assert init(tmp_path, "de") == 1
    assert capsys.readouterr().err == f"{tmp_path} is not an empty folder: .git, one, two, x1, x2 ….\n"
    assert tree(tmp_path) == before


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    assert init(tmp_path / "new", "de") == 1
    assert (tmp_path / "new").read_text() == "mine"


def test_the_entry_of_a_new_site_works(tmp_path: Path) -> None:
    init(tmp_path / "new", "de,ar")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "build.py", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path / "new", env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_texts_of_all_languages_have_the_same_pages_and_headings() -> None:
    files = {code: tree(FOLDER / "content" / code) for code in SPOKEN}
    assert sorted(path.name for path in (FOLDER / "content").iterdir()) == list(SPOKEN)
    for code in SPOKEN:
        assert files[code].keys() == files["en"].keys()
        for path, data in files[code].items():
            text, model = data.decode(), files["en"][path].decode()
            assert re.findall(r"\{#[\w-]+\}$", text, re.M) == re.findall(r"\{#[\w-]+\}$", model, re.M), (code, path)
            found = re.search(r"^description: (.*)$", text, re.M)
            assert found
            assert 50 <= len(found[1].strip('"')) <= 160, (code, path)


def test_files_are_those_of_the_day() -> None:
    files = starter_files(["en"], "A", "https://example.org/", TODAY)
    assert "date: 2026-01-01\n" in files["content/en/news/first.md"]


def test_what_is_known_of_languages() -> None:
    assert facts("sl") == ("Slovenščina", "sl_SI", "ltr", "Slovenian")
    assert facts("ar") == ("العربية", "ar_EG", "rtl", "Arabic")
    assert facts("pt-BR") == ("Português (Brasil)", "pt_BR", "ltr", "Portuguese (Brazil)")
    assert [meant(code) for code in ("sl", "si", "jp", "dk", "DE", "xx")] == ["", "sl", "ja", "da", "de", ""]


def test_the_steps_of_the_manual_work_one_after_another(tmp_path: Path) -> None:
    manual = (PROJECT / "docs/your-own-site.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", manual, re.S)
    steps = [line.removeprefix("$ ") for block in blocks[1:] for line in block.splitlines()]  # the first one installs
    assert len(steps) > 10
    tool = 'sitegen() { "$PYTHON" -c "from sitegen.cli.main import console; raise SystemExit(console())" "$@"; }'
    script = "\n".join(["set -e", tool, *steps])
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHON": sys.executable, "LANGUAGE": "en"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = SiteFolder(tmp_path / "town")
    assert "Rathausplatz" in made.read("de/index.html")
    assert "site.yaml: added the language “fr”, in preparation.\n" in done.stdout
    assert not made.has("fr/index.html")  # that is one changed line more
    assert "https://stadt.example/ar/" in made.read("sitemap.xml")
