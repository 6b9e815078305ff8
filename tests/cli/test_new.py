"""`new`: pages with the right front matter, whole languages made ready, and never a file overwritten."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, tree

from sitegen.cli.main import main
from sitegen.cli.new import page_of
from sitegen.text.edit import with_entry

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def made(tmp_path: Path, capsys: Captured) -> SiteFolder:
    """Make a site in German and Arabic."""
    assert main(["init", str(tmp_path / "new"), "--languages", "de,ar", "--title", "Stadt"]) == 0
    capsys.readouterr()
    return SiteFolder(tmp_path / "new")


def new(made: SiteFolder, *arguments: str) -> int:
    """Run the command, as where there is no terminal."""
    return main(["new", *arguments], made.root)


def text(made: SiteFolder, path: str) -> str:
    """Return a file of the site."""
    return (made.root / path).read_text(encoding="utf-8")


def test_a_page_has_its_front_matter_and_is_a_draft(made: SiteFolder, capsys: Captured) -> None:
    assert new(made, "guide/my-page") == 0
    assert capsys.readouterr().out == "content/de/guide/my-page.md created as a draft.\n"
    assert text(made, "content/de/guide/my-page.md") == '---\ntitle: "My page"\ndescription: ""\ndraft: true\n---\n\n'
    assert made.codes == []
    assert not made.has("de/leitfaden/my-page/index.html")
    assert not made.build(drafts=True).failed
    assert made.has("de/leitfaden/my-page/index.html")


def test_all_makes_it_in_every_language_that_lacks_it(made: SiteFolder, capsys: Captured) -> None:
    assert new(made, "tips", "--title", "Tipps: „mehr“", "--description", "Was hilft.") == 0
    made.edit("content/de/tips.md", text(made, "content/de/tips.md") + "Ein Rat.\n")
    before = text(made, "content/de/tips.md")
    assert new(made, "tips", "--all") == 0
    printed = capsys.readouterr()
    assert printed.err == "content/de/tips.md already exists.\n"
    assert text(made, "content/de/tips.md") == before
    assert text(made, "content/ar/tips.md") == (
        '---\ntitle: "Tipps: „mehr“"\ndescription: "Was hilft."\ndraft: true\n---\n\nEin Rat.\n'
    )


def test_news_gets_its_day_and_a_section_its_index(made: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert new(made, "news/2026-fest") == 0
    assert "date: 2026-01-01\n" in text(made, "content/de/news/2026-fest.md")
    assert new(made, "help/", "--template", "section.html", "--lang", "ar") == 0
    assert 'title: "Help"\n' in text(made, "content/ar/help/index.md")
    assert "template: section.html\n" in text(made, "content/ar/help/index.md")
    assert "date" not in text(made, "content/ar/help/index.md")


def test_an_existing_file_is_never_overwritten(made: SiteFolder, capsys: Captured) -> None:
    before = tree(made.root)
    assert new(made, "about", "--all") == 1
    assert capsys.readouterr().err == "content/de/about.md already exists.\ncontent/ar/about.md already exists.\n"
    assert tree(made.root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a b"], "“a b” cannot be part of a URL: use only letters, digits and hyphens.\n"),
        (["../x"], "“..” cannot be part of a URL: use only letters, digits and hyphens.\n"),
        (["/etc/x"], "“” cannot be part of a URL: use only letters, digits and hyphens.\n"),
        (["x", "--lang", "da"], "The site has no language “da”.\n"),
        (["x", "--lang", "arr"], "The site has no language “arr”. Did you mean “ar”?\n"),
        (["x", "--template", "nws.html"], "The template “nws.html” does not exist. Did you mean “news.html”?\n"),
        ([], "Give a page, or a language with --language. Use --lang or --all, not both.\n"),
        (["x", "--language", "fr"], "Give a page, or a language with --language. Use --lang or --all, not both.\n"),
        (
            ["x", "--lang", "de", "--all"],
            "Give a page, or a language with --language. Use --lang or --all, not both.\n",
        ),
        (["--language", "si"], "“si” is Sinhala. Did you mean “sl”? If it is the code you want, add --sure.\n"),
        (["--language", "de"], "The site already has the language “de”.\n"),
    ],
)
def test_what_makes_no_sense_is_refused(made: SiteFolder, capsys: Captured, arguments: list[str], said: str) -> None:
    before = tree(made.root)
    assert new(made, *arguments) == 2
    assert capsys.readouterr().err == said
    assert tree(made.root) == before


def test_broken_settings_are_shown_as_problems(made: SiteFolder, capsys: Captured) -> None:
    made.edit("site.yaml", "title: [\n")
    assert new(made, "x") == 1
    assert "[yaml-syntax]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "lang", "name"),
    [
        ("a", "", "a"),
        ("a/b.md", "", "a/b"),
        ("a/", "", "a/index"),
        ("content/de/a.md", "de", "a"),
        ("content/ar/a/", "ar", "a/index"),
        ("content/fr/a", "", "content/fr/a"),
        ("ar/a/b.md", "ar", "a/b"),
        ("ar/", "ar", "index"),
        ("ar", "", "ar"),
    ],
)
def test_paths_as_people_write_them(written: str, lang: str, name: str) -> None:
    assert page_of(written, ("de", "ar")) == (lang, name)


@pytest.mark.parametrize("written", ["ar/town", "content/ar/town.md"])
def test_a_path_with_a_language_creates_the_page_there(made: SiteFolder, written: str) -> None:
    assert new(made, written) == 0
    assert (made.root / "content/ar/town.md").is_file()
    assert not (made.root / "content/de/town.md").exists()


def test_at_a_terminal_title_and_description_are_asked_for(made: SiteFolder) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sitegen", "new", "tips"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en"}
    process = subprocess.Popen(command, cwd=made.root, env=environment, stdin=theirs, stdout=subprocess.PIPE)
    os.write(ours, b"Gute Tipps\nWas hilft.\n")
    printed = process.communicate(timeout=120)[0].decode()
    os.close(ours)
    os.close(theirs)
    assert "Title [Tips]: " in printed
    assert text(made, "content/de/tips.md").startswith('---\ntitle: "Gute Tipps"\ndescription: "Was hilft."\n')


@pytest.mark.parametrize("code", ["fr", "sl"])
def test_a_language_is_made_ready_and_the_site_builds(made: SiteFolder, capsys: Captured, code: str) -> None:
    settings = text(made, "site.yaml")
    assert new(made, "--language", code) == 0
    printed = capsys.readouterr().out
    assert f"site.yaml: added the language “{code}”, in preparation.\nRemaining:\n" in printed
    assert bool(re.search(r"\b\d+ UI strings to translate", printed)) == (code == "fr")
    assert "7 pages to translate" in printed
    after = text(made, "site.yaml")
    added = [line for line in after.splitlines() if line not in settings.splitlines()]
    assert len(added) == 1
    assert added[0].startswith(f"  {code}: {{label: ")
    assert after.replace(added[0] + "\n", "") == settings
    assert (made.root / "locales").exists() == (code == "fr")
    assert not made.build(strict=True).failed
    assert not made.has(f"{code}/index.html")
    assert not made.build(drafts=True).failed
    assert made.has(f"{code}/index.html")


def test_titles_of_several_languages_are_left_to_be_translated(site: Make, capsys: Captured) -> None:
    made = site()
    assert new(made, "--language", "fr") == 0
    assert "title: {sl: Mesto, en: City}\n" in text(made, "site.yaml")
    assert "- site.yaml: add the text in this language: title.\n" in capsys.readouterr().out
    assert not made.build().failed
    made.edit("site.yaml", text(made, "site.yaml").replace(", status: in-preparation", ""))
    made.build()
    assert "text-missing" in made.codes


def test_a_site_that_cannot_be_edited_is_left_alone(site: Make, capsys: Captured) -> None:
    made = site()
    made.edit("site.yaml", "? {a: 1}\n: 2\n" + text(made, "site.yaml"))
    before = tree(made.root)
    assert new(made, "--language", "fr") == 1
    assert tree(made.root) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {b: 1}\n", "a: {b: 1, c: 2}\n"),
        ("a: { b: 1 } # note\nz: 3\n", "a: { b: 1, c: 2 } # note\nz: 3\n"),
        ("a:\n  b: 1  # note\n\n# next\nz: 3\n", "a:\n  b: 1  # note\n  c: 2\n\n# next\nz: 3\n"),
        (
            "a:\n    b:\n        x: [1,\n          2]\nz: 3\n",
            "a:\n    b:\n        x: [1,\n          2]\n    c: 2\nz: 3\n",
        ),
        ("a:\n  b: |\n    text\n    more\n\n# n\nz: 3\n", "a:\n  b: |\n    text\n    more\n  c: 2\n\n# n\nz: 3\n"),
        ("a:\n  b: 1", "a:\n  b: 1\n  c: 2"),
        ('a:\n  b: "x # y"\n', 'a:\n  b: "x # y"\n  c: 2\n'),
        ("a:\n  b: 1\n  c: 3\n", None),
        ("a: 1\n", None),
        ("b: 1\n", None),
        ("a: {}\n", None),
    ],
)
def test_an_entry_is_added_and_nothing_else_changes(before: str, after: str | None) -> None:
    assert with_entry(before, ("a",), "c", "2") == after
