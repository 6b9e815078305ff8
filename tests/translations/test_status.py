"""`status`, and what it stands on: which translations are behind their source, section by section."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from support.repositories import begun, commit, git
from support.site import TODAY, SiteFolder
from support.translated import OWN, SOURCE, marks, recorded

from sitegen.build.status import TranslationStatus, read_status
from sitegen.cli.main import main
from sitegen.site.status import PageTranslation, language_statuses, outdated_problems

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def city(site: Make) -> SiteFolder:
    """Return a site with one page, whose English version agrees with its Slovenian source."""
    made = site()
    for lang in ("sl", "en"):
        made.remove(f"content/{lang}/index.md")
    made.edit("content/sl/city.md", SOURCE)
    made.edit("content/en/city.md", recorded(OWN, marks(SOURCE)))
    return made


def found(made: SiteFolder) -> TranslationStatus:
    status, problems = read_status(made.root, "site.yaml", TODAY)
    assert status is not None
    assert problems == []
    return status


def english(made: SiteFolder) -> PageTranslation:
    (row,) = found(made).pages
    return row.translations[0]


def states(made: SiteFolder) -> dict[str, str]:
    return {one.id: one.state for one in english(made).sections}


def test_what_was_confirmed_is_current(city: SiteFolder) -> None:
    assert english(city).state == "current"
    assert states(city) == {"front": "current", "introduction": "current", "one": "current", "two": "current"}
    assert english(city).words == 0


def test_only_the_section_that_changed_is_outdated(city: SiteFolder) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("Drugi del", "Zadnji del"))
    assert english(city).state == "outdated"
    assert states(city) == {"front": "current", "introduction": "current", "one": "current", "two": "changed"}
    assert english(city).words == 5  # Dve, and four of the text


def test_lines_wrapped_anew_change_nothing(city: SiteFolder) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("Drugi del je tu.", "Drugi\ndel  je\ntu.   \n\n"))
    assert english(city).state == "current"


def test_windows_line_ends_change_nothing(city: SiteFolder) -> None:
    city.write_bytes("content/sl/city.md", b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    assert english(city).state == "current"


def test_a_title_is_a_section_of_its_own(city: SiteFolder) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("title: Mesto", "weight: 3\ntitle: Velemesto"))
    assert [id_ for id_, state in states(city).items() if state == "changed"] == ["front"]


def test_a_section_that_came_is_new_and_one_that_went_is_gone(city: SiteFolder) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("## Dve {#two}", "## Tri {#three}"))
    assert states(city)["three"] == "new"
    assert states(city)["two"] == "gone"
    assert [one.id for one in english(city).outdated] == ["three", "two"]


def test_a_section_that_the_translation_lacks_is_new_whatever_was_confirmed(city: SiteFolder) -> None:
    city.edit("content/en/city.md", recorded(OWN.partition("## Two")[0], marks(SOURCE)))
    assert states(city)["two"] == "new"


def test_headings_without_ids_answer_each_other_in_their_order(city: SiteFolder) -> None:
    source, own = (text.replace(" {#one}", "").replace(" {#two}", "") for text in (SOURCE, OWN))
    city.edit("content/sl/city.md", source)
    city.edit("content/en/city.md", recorded(own, marks(source)))
    assert english(city).state == "current"


def test_a_translation_without_a_record_is_unconfirmed_and_not_outdated(city: SiteFolder) -> None:
    city.edit("content/en/city.md", OWN)
    assert english(city).state == "unconfirmed"
    assert (english(city).words, english(city).outdated) == (0, ())


def test_missing_and_draft_have_all_words_to_translate(city: SiteFolder) -> None:
    city.edit("content/en/city.md", OWN.replace("title: City", "title: City\ndraft: true"))
    assert (english(city).state, english(city).words) == ("draft", 12)
    city.remove("content/en/city.md")
    assert (english(city).state, english(city).words) == ("missing", 12)


def test_a_page_that_is_a_draft_everywhere_is_left_out(city: SiteFolder) -> None:
    city.remove("content/en/city.md")
    city.edit("content/sl/city.md", SOURCE.replace("title: Mesto", "title: Mesto\npublish_date: 2030-01-01"))
    assert found(city).pages == ()


def test_a_page_only_in_another_language_has_its_source_there(city: SiteFolder) -> None:
    city.remove("content/sl/city.md")
    (row,) = found(city).pages
    assert (row.source.lang, row.translations[0].lang, row.translations[0].state) == ("en", "sl", "missing")


def test_translations_are_joined_by_their_key(city: SiteFolder) -> None:
    city.remove("content/en/city.md")
    city.edit("content/en/town.md", recorded(OWN, marks(SOURCE)).replace("title", "translation_key: city\ntitle", 1))
    assert english(city).state == "current"


def test_sums_are_rounded_down(city: SiteFolder) -> None:
    for number in range(200):
        city.edit(f"content/sl/p{number}.md", SOURCE)
        city.edit(f"content/en/p{number}.md", recorded(OWN, marks(SOURCE)))
    city.edit("content/sl/city.md", SOURCE.replace("Mesto", "Kraj"))
    one, other = language_statuses(found(city).pages, ["en", "sl"])[0], language_statuses(found(city).pages, ["sl"])
    assert (one.pages, one.states, one.words, one.share) == (201, {"current": 200, "outdated": 1}, 1, 99)
    assert other == ()


def test_the_problems_of_a_check_name_the_sections(city: SiteFolder) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("del", "kos"))
    (problem,) = outdated_problems(found(city).pages)
    assert (problem.code, dict(problem.values)["sections"]) == ("translation-outdated", "one, two")
    assert (problem.place.path, problem.place.line) == ("content/en/city.md", 3)
    city.edit("content/en/city.md", OWN)
    assert outdated_problems(found(city).pages) == []  # nobody records anything here
    city.edit("content/sl/more.md", SOURCE)
    city.edit("content/en/more.md", recorded(OWN, marks(SOURCE)))
    assert [one.code for one in outdated_problems(found(city).pages)] == ["translation-unconfirmed"]


def test_a_build_is_not_made_forgetful(city: SiteFolder) -> None:
    city.edit("content/sl/index.md", "---\ntitle: Domov\n---\n")
    city.edit("content/en/index.md", "---\ntitle: Home\n---\n")
    city.build()
    for _ in range(10):
        found(city)
    assert city.build().made["page"] == 0


# The command.


def status(made: SiteFolder, *arguments: str) -> int:
    return main(["status", *arguments], made.root)


def test_the_table(city: SiteFolder, capsys: Captured) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("del", "kos"))
    city.edit("content/sl/other.md", SOURCE)
    assert status(city) == 0
    out, strings = capsys.readouterr().out.rsplit("sl: ", 1)
    assert re.fullmatch(r"(\d+) of \1 UI strings translated\nen: \1 of \1 UI strings translated\n", strings)
    assert out == (
        "       sl      en\n"
        "city   source  outdated (2 sections)\n"
        "other  source  missing\n"
        "\n"
        "en: 2 pages; outdated 1, missing 1; 20 words to translate (16 %)\n"
    )


def test_the_table_stays_within_80_columns(city: SiteFolder, capsys: Captured) -> None:
    city.edit(f"content/sl/{'long-name/' * 12}page.md", SOURCE)
    status(city)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) == 80
    assert any(line.startswith("…") and "name/page" in line for line in lines)


def test_only_what_has_to_be_done(city: SiteFolder, capsys: Captured) -> None:
    city.edit("content/sl/other.md", SOURCE)
    status(city, "--todo", "--lang", "en")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["       en", "other  missing"]
    assert not any(line.startswith(("city", "sl")) for line in lines)


def test_json_says_it_all(city: SiteFolder, capsys: Captured) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("Drugi del", "Zadnji del"))
    assert status(city, "--json") == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said["languages"]["en"] == {
        "pages": 1,
        "states": {"outdated": 1},
        "words": 5,
        "total_words": 12,
        "percent": 58,
    }
    assert said["pages"][0]["translations"]["en"]["sections"]["two"] == "changed"
    assert said["strings"]["en"]["done"] == said["strings"]["en"]["total"] > 0


def test_too_small_a_share_fails(city: SiteFolder, capsys: Captured) -> None:
    city.edit("content/sl/city.md", SOURCE.replace("Drugi del", "Zadnji del"))
    assert status(city, "--fail-under", "58") == 0
    assert capsys.readouterr().err == ""
    assert status(city, "--fail-under", "59") == 1
    assert capsys.readouterr().err == "en: 58 % of the words are translated; 59 % are required.\n"


@pytest.mark.parametrize("arguments", [["--fail-under", "101"], ["--fail-under", "-1"], ["--lang", "xx"]])
def test_usage_that_makes_no_sense(city: SiteFolder, arguments: list[str], capsys: Captured) -> None:
    assert status(city, *arguments) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


def test_a_broken_page_is_named_and_the_rest_is_shown(city: SiteFolder, capsys: Captured) -> None:
    city.edit("content/en/other.md", "---\nweight: x\n---\n")
    assert status(city) == 1
    printed = capsys.readouterr()
    assert "content/en/other.md" in printed.err
    assert "city" in printed.out


def test_a_damaged_record_is_no_agreement(city: SiteFolder, capsys: Captured) -> None:
    record = marks(SOURCE) | {"two": "yesterday"}
    city.edit("content/en/city.md", recorded(OWN, record))
    status(city)
    assert "outdated (1 section)" in capsys.readouterr().out


def test_settings_that_are_broken(city: SiteFolder, capsys: Captured) -> None:
    city.edit("site.yaml", "title: [")
    assert status(city) == 1
    assert "yaml-syntax" in capsys.readouterr().err


def test_authors_come_from_the_history(city: SiteFolder, capsys: Captured) -> None:
    begun(city.root)
    city.edit("content/en/city.md", recorded(OWN.replace("First", "1st"), marks(SOURCE)))
    commit(city.root, "Mend", "2026-02-03", "Zoë Čop")
    city.edit("content/sl/ž č.md", SOURCE)
    commit(city.root, "A name with a space", "2026-02-04")
    status(city, "--authors")
    assert capsys.readouterr().out.startswith(
        "city\n"
        "  sl  source      2026-01-01  Ana Novak\n"
        "  en  up to date  2026-02-03  Zoë Čop\n"
        "ž č\n"
        "  sl  source      2026-02-04  Ana Novak\n"
        "  en  missing\n"
    )
    status(city, "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["pages"][0]["translations"]["en"]["edited"]["author"] == "Zoë Čop"


def test_a_site_in_a_folder_of_a_repository_has_its_authors(city: SiteFolder, capsys: Captured) -> None:
    begun(city.root.parent)
    status(city, "--authors")
    assert "  en  up to date  2026-01-01  Ana Novak\n" in capsys.readouterr().out


def test_without_git_there_is_no_author(
    city: SiteFolder, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    begun(city.root)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert status(city, "--authors") == 0
    assert "  en  up to date\n" in capsys.readouterr().out


def test_a_rebase_and_a_shallow_clone_change_nothing(city: SiteFolder, site: Make) -> None:
    begun(city.root)
    git(city.root, "checkout", "-q", "-b", "side")
    city.edit("content/sl/city.md", SOURCE.replace("Drugi del", "Zadnji del"))
    commit(city.root, "Change the source", "2026-01-03")
    git(city.root, "checkout", "-q", "main")
    city.edit("site-notes.txt", "x")
    commit(city.root, "Something else", "2026-01-04")
    git(city.root, "checkout", "-q", "side")
    git(city.root, "rebase", "-q", "main")
    clone = city.root.parent / "clone"
    git(city.root, "clone", "-q", "--depth", "1", city.root.as_uri(), str(clone))
    for root in (city.root, clone):
        assert {id_ for id_, state in states(SiteFolder(root)).items() if state != "current"} == {"two"}


def test_a_language_that_lacks_strings_says_how_many(city: SiteFolder, capsys: Captured) -> None:
    catalog = city.root / "locales/en/LC_MESSAGES/messages.po"
    whole = catalog.read_text(encoding="utf-8")
    catalog.write_text(re.sub(r'msgstr "[^"]+"\n\Z', 'msgstr ""\n', whole), encoding="utf-8")
    status(city, "--json")
    strings = json.loads(capsys.readouterr().out)["strings"]
    assert strings["en"]["total"] == strings["sl"]["total"] == strings["en"]["done"] + 1
