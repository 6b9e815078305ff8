"""`translate` on real files in a real repository: what changed, old wording, confirming, and what is refused."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from support import nobody
from support.repositories import begun, commit, git
from support.site import SiteFolder
from support.translated import OWN, SOURCE, marks, recorded

from sitegen.cli.comparison import compared, set_in_lines, words_of
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
EN, SL = "content/en/city.md", "content/sl/city.md"


@pytest.fixture
def city(site: Make) -> SiteFolder:
    """Return a site with a page that agrees with its source, in a repository."""
    made = site()
    made.edit("content/sl/city.md", SOURCE)
    made.edit("content/en/city.md", recorded(OWN, marks(SOURCE)))
    begun(made.root)
    return made


def translate(made: SiteFolder, *arguments: str) -> int:
    return main(["translate", *arguments], made.root)


def text(made: SiteFolder, path: str = EN) -> str:
    return (made.root / path).read_text(encoding="utf-8")


def shown(made: SiteFolder, capsys: Captured, *arguments: str) -> str:
    capsys.readouterr()
    assert translate(made, *arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_nothing_to_look_at(city: SiteFolder, capsys: Captured) -> None:
    assert shown(city, capsys, EN) == f"{EN} translates {SL}\n4 sections, all up to date\n"


def test_exactly_the_changed_section_is_shown_with_its_old_wording(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("Drugi del", "Zadnji del"))
    assert shown(city, capsys, EN) == (
        f"{EN} translates {SL}\n"
        "1 section to review\n"
        "\n"
        "── two · Dve · changed since 2026-01-01 (Ana Novak) ──\n"
        "Source:\n"
        "  ## Dve {#two}\n"
        "  [-Drugi-] {+Zadnji+} del je tu.\n"
        "Translation:\n"
        "  ## Two {#two}\n"
        "  Second part.\n"
        "\n"
        f"When they match again: build.py translate {EN} --confirm two\n"
    )


@pytest.mark.parametrize("path", [EN, "city", "city.md", SL, "./content/sl/../en/city.md"])
def test_a_page_is_named_by_any_of_its_files_or_its_key(city: SiteFolder, path: str, capsys: Captured) -> None:
    assert "all up to date" in shown(city, capsys, path, "--lang", "en")
    assert "all up to date" in shown(city, capsys, str(city.root / EN))


def test_beside_each_other_where_there_is_room(
    city: SiteFolder, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.edit(SL, SOURCE.replace("Drugi del", "Zadnji del"))
    monkeypatch.setenv("COLUMNS", "120")
    lines = shown(city, capsys, EN).splitlines()
    assert "[-Drugi-] {+Zadnji+} del je tu.".ljust(58) + " │ Second part." in lines
    assert max(map(len, lines)) <= 120


def test_the_old_wording_is_found_behind_many_commits_and_a_new_name(city: SiteFolder, capsys: Captured) -> None:
    git(city.root, "mv", SL, "content/sl/mesto.md")
    git(city.root, "mv", EN, "content/en/mesto.md")
    commit(city.root, "Rename", "2026-01-03")
    for number in range(5):
        city.edit("content/sl/mesto.md", SOURCE.replace("Drugi", f"{number}."))
        commit(city.root, f"Edit {number}", f"2026-01-1{number}", "Berta Kos")
    out = shown(city, capsys, "content/en/mesto.md")
    assert "two · Dve · changed since 2026-01-03 (Ana Novak)" in out
    assert "[-Drugi-] {+4.+} del je tu." in out


def test_the_old_wording_is_found_in_spite_of_a_bulk_edit(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("Drugi del je tu.", "Drugi\ndel\nje tu."))
    git(city.root, "commit", "-q", "-a", "--amend", "-m", "All files wrapped anew")
    city.edit(SL, SOURCE.replace("Drugi del", "Zadnji del"))
    assert "[-Drugi-] {+Zadnji+} del je tu." in shown(city, capsys, EN)


def test_the_old_wording_is_found_behind_a_rebase_and_a_merge(city: SiteFolder, capsys: Captured) -> None:
    git(city.root, "checkout", "-q", "-b", "side")
    city.edit(SL, SOURCE.replace("Drugi del", "Zadnji del"))
    commit(city.root, "Change it")
    git(city.root, "checkout", "-q", "main")
    city.edit("notes.txt", "x")
    commit(city.root, "Notes")
    git(city.root, "checkout", "-q", "side")
    git(city.root, "rebase", "-q", "main")
    git(city.root, "checkout", "-q", "main")
    git(city.root, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert "[-Drugi-] {+Zadnji+} del je tu." in shown(city, capsys, EN)


def test_a_wording_that_a_squash_has_lost_is_left_out(city: SiteFolder, capsys: Captured) -> None:
    between = SOURCE.replace("Drugi", "Vmesni")
    city.edit(EN, recorded(OWN, marks(between)))
    city.edit(SL, SOURCE.replace("Drugi", "Zadnji"))
    commit(city.root, "Squashed")
    out = shown(city, capsys, EN)
    assert "The previous text is missing, because no commit contains it: two\n" in out
    assert "  Zadnji del je tu.\n" in out


def test_a_shallow_clone_names_the_section_and_says_why(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("Drugi", "Zadnji"))
    commit(city.root, "Change")
    clone = SiteFolder(city.root.parent / "clone")
    git(city.root, "clone", "-q", "--depth", "1", city.root.as_uri(), str(clone.root))
    out = shown(clone, capsys, EN)
    assert "The previous text is missing, because the history is incomplete (shallow clone): two\n" in out
    assert "── two · Dve · changed ──\nSource:\n  ## Dve {#two}\n  Zadnji del je tu.\n" in out
    assert translate(clone, EN, "--confirm") == 0
    assert "all up to date" in shown(clone, capsys, EN)


def test_without_git_the_sections_are_named(
    city: SiteFolder, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    city.edit(SL, SOURCE.replace("Drugi", "Zadnji"))
    monkeypatch.setenv("PATH", str(tmp_path))
    out = shown(city, capsys, EN)
    assert "The previous text is missing, because there is no git history: two\n" in out


def test_what_is_new_and_what_is_gone(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("## Dve {#two}\n\nDrugi", "## Tri {#three}\n\nTretji"))
    city.edit(EN, text(city).replace("## Two {#two}", "## Three {#three}"))
    out = shown(city, capsys, EN)
    assert "── three · Tri · new ──" in out
    assert (
        "── two · removed from the source ──\nSource:\n  ## Dve {#two}\n  Drugi del je tu.\nTranslation:\n  —\n" in out
    )
    assert translate(city, EN, "--confirm", "two", "three") == 0
    assert "two" not in text(city)
    assert "all up to date" in shown(city, capsys, EN)


def test_a_page_that_was_never_confirmed(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, OWN)
    out = shown(city, capsys, EN)
    assert out.count("never confirmed") == 4
    assert translate(city, EN, "--confirm") == 0
    assert text(city) == OWN.replace(
        "---\n\n", "l10n:\n  sections:\n" + "".join(f"    {i}: {m}\n" for i, m in marks(SOURCE).items()) + "---\n\n", 1
    )


def test_a_page_that_is_missing(city: SiteFolder, capsys: Captured) -> None:
    city.remove(EN)
    assert shown(city, capsys, SL, "--lang", "en") == f"There is no en translation of {SL} yet.\n"
    assert translate(city, SL, "--lang", "en", "--confirm") == 1


def test_only_what_is_named_is_confirmed(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("del", "kos"))
    assert translate(city, EN, "--confirm", "one") == 0
    assert capsys.readouterr().out == f"{EN}: 1 section confirmed\n"
    assert "1 section to review" in shown(city, capsys, EN)


def test_confirming_again_does_not_touch_the_file(city: SiteFolder) -> None:
    before = (city.root / EN).stat()
    assert translate(city, EN, "--confirm") == 0
    after = (city.root / EN).stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_section_that_the_translation_lacks_is_not_confirmed(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, OWN.partition("## Two")[0])
    assert translate(city, EN, "--confirm") == 1
    assert capsys.readouterr().err == f"{EN} has no section “two”: it was not confirmed.\n"
    assert "1 section to review" in shown(city, capsys, EN)


def test_a_trivial_edit_confirms_what_agreed_before_it(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("Prvi", "Začetni"))
    commit(city.root, "A real change")
    city.edit(SL, SOURCE.replace("Prvi", "ZAČETNI").replace("Drugi", "DRUGI"))
    assert translate(city, SL, "--trivial") == 0
    assert capsys.readouterr().out == (
        f"{EN}: 1 section confirmed\n{EN}: “one” was outdated before that edit, so it was not confirmed.\n"
    )
    assert "1 section to review" in shown(city, capsys, EN)


def test_a_trivial_edit_may_be_committed_already(city: SiteFolder, capsys: Captured) -> None:
    city.edit(SL, SOURCE.replace("Drugi", "DRUGI"))
    commit(city.root, "A trivial change")
    city.edit("notes.txt", "x")
    commit(city.root, "Something else")
    assert translate(city, "city", "--trivial") == 0
    assert "all up to date" in shown(city, capsys, EN)


def test_a_trivial_edit_without_a_history(city: SiteFolder, capsys: Captured) -> None:
    assert translate(city, SL, "--trivial") == 1
    assert capsys.readouterr().err == f"The git history does not contain the previous version of {SL}; use --confirm.\n"


def test_a_trivial_edit_leaves_what_was_never_confirmed(city: SiteFolder) -> None:
    city.edit(EN, OWN)
    city.edit(SL, SOURCE.replace("Drugi", "DRUGI"))
    assert translate(city, SL, "--trivial") == 0
    assert text(city) == OWN


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["content/en/citi.md"], "There is no page “content/en/citi.md”. Did you mean “content/en/city.md”?"),
        (["zzzzzz"], "There is no page “zzzzzz”."),
        (["site.yaml"], "site.yaml is not a page: pages are Markdown files in content/LANGUAGE/."),
        (["/etc/hostname.md"], "There is no page “/etc/hostname.md”."),
        (["../outside.md"], "There is no page “../outside.md”."),
        ([SL, "--lang", "sl"], f"sl is the language of the source itself ({SL})."),
        ([SL, "--lang", "fr"], "site.yaml has no language “fr”. Choose from: sl, en."),
        ([EN, "--confirm", "tow"], f"There is no section “tow” in {SL}. Did you mean “two”?"),
        ([EN, "--confirm", "zzz"], f"There is no section “zzz” in {SL}."),
        (["draft"], "There is no page “draft”."),
        (["content/sl/draft.md"], "content/sl/draft.md is a draft in every language."),
        (["a\033[31mb"], "There is no page “a�[31mb”."),
    ],
)
def test_what_makes_no_sense_is_one_line(city: SiteFolder, arguments: list[str], said: str, capsys: Captured) -> None:
    city.edit("content/sl/draft.md", "---\ntitle: Osnutek\ndraft: true\n---\n")
    assert translate(city, *arguments) == 2
    assert capsys.readouterr() == ("", said + "\n")


def test_several_languages_have_to_be_told_apart(city: SiteFolder, capsys: Captured) -> None:
    settings = text(city, "site.yaml").replace("languages:\n", "languages:\n  es: {label: Español}\n")
    city.edit("site.yaml", settings.replace("{sl: Mesto, en: City}", "Mesto"))
    assert translate(city, SL) == 2
    assert capsys.readouterr().err.startswith("Choose the translation with --lang: ")


def test_a_damaged_record_is_shown_with_its_place(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, recorded(OWN, marks(SOURCE) | {"two": "broken"}))
    out = shown(city, capsys, EN)
    assert "two · Dve · new" in out
    assert translate(city, EN, "--confirm") == 0
    assert "all up to date" in shown(city, capsys, EN)


def test_a_broken_file_is_named(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, "---\ntitle: [\n---\n")
    assert translate(city, EN) == 1
    assert capsys.readouterr().err.startswith(f"{EN}:3:1: error: ")


def test_a_file_that_cannot_be_changed_safely_stays(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, OWN.replace("title: City", "{title: City}"))
    assert translate(city, EN, "--confirm") == 1
    assert "cannot be changed safely" in capsys.readouterr().err
    assert text(city) == OWN.replace("title: City", "{title: City}")


def test_a_file_that_is_a_link_stays_one(city: SiteFolder) -> None:
    (city.root / EN).rename(city.root / "content/en/real.md")
    (city.root / EN).symlink_to("real.md")
    city.edit(SL, SOURCE.replace("Drugi", "Zadnji"))
    assert translate(city, EN, "--confirm") == 0
    assert (city.root / EN).is_symlink()


def test_a_folder_that_cannot_be_written_to(city: SiteFolder) -> None:
    city.edit(SL, SOURCE.replace("Drugi", "Zadnji"))
    before = text(city)
    nobody.open_up(city.root)
    for folder in (city.root / "content/en", city.root / ".cache"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o555)
    translate(city, EN, "--confirm", "one")  # what it imports need not be readable to the other user

    def work() -> str:
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            code = translate(city, EN, "--confirm")
        return f"{code} {said.getvalue()}"

    assert nobody.as_nobody(work) == f"1 {EN} cannot be written: permission denied.\n"
    assert text(city) == before


def test_words_are_compared() -> None:
    words = compared("One two three.\n\n- Four", "One 2 three.\n\n- Four five")
    assert set_in_lines(words, 80, colour=False) == [
        ("One [-two-] {+2+} three.", 24),
        ("", 0),
        ("- Four {+five+}", 15),
    ]
    assert set_in_lines(words, 80, colour=True)[0] == ("One \033[31;9mtwo\033[0m \033[32m2\033[0m three.", 16)


def test_lines_keep_their_indentation() -> None:
    lines = set_in_lines(words_of("- One two\n    - three four five"), 12, colour=False)
    assert [line for line, _ in lines] == ["- One two", "    - three", "    four", "    five"]


def test_a_text_that_is_word_for_word_the_source_is_not_confirmed_unasked(city: SiteFolder, capsys: Captured) -> None:
    city.edit(EN, SOURCE)
    before = text(city)
    assert translate(city, EN, "--confirm") == 1
    error = capsys.readouterr().err
    assert error == (
        f"{EN} is identical to {SL} in: “front”, “introduction”, “one”, “two”. "
        "Nothing was confirmed. If the text is right, add --sure.\n"
    )
    assert text(city) == before
    assert translate(city, EN, "--confirm", "--sure") == 0
    assert capsys.readouterr().out == f"{EN}: 4 sections confirmed\n"
    assert translate(city, EN, "--confirm") == 0  # what was confirmed as it is, is not asked about


def test_one_long_section_that_nobody_translated_is_asked_about(city: SiteFolder, capsys: Captured) -> None:
    long = "Drugi del je tu in je zelo dolg.\n"
    city.edit(SL, SOURCE.replace("Drugi del je tu.\n", long))
    city.edit(EN, OWN.replace("## Two {#two}\n\nSecond part.\n", "## Dve {#two}\n\n" + long))
    assert translate(city, EN, "--confirm") == 1
    assert "“two”" in capsys.readouterr().err
    assert translate(city, EN, "--confirm", "one") == 0


def test_a_name_that_is_the_same_in_both_languages_is_confirmed(city: SiteFolder) -> None:
    city.edit(EN, OWN.replace("title: City", "title: Mesto"))
    assert translate(city, EN, "--confirm") == 0


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("n", 1)])
def test_at_a_terminal_it_is_asked(city: SiteFolder, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    city.edit(EN, SOURCE)
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})(answer + "\n"))
    assert translate(city, EN, "--confirm") == code
