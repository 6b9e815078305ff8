"""`check`: what it finds beyond a build, what can be ignored, and how it is printed."""

import json
from collections.abc import Callable

import pytest
from support.site import SiteFolder, tree

from sitegen.check.proofread import covered, proofread
from sitegen.cli.console import ENGLISH
from sitegen.cli.formats import as_github
from sitegen.cli.main import main
from sitegen.languages.proofreading import lint
from sitegen.model.files import Source
from sitegen.model.problems import Place, problem

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
CALM = """
-- content/sl/index.md --
---
title: Domov
description: Kaj pove ta majhna stran, v stavku, ki je dovolj dolg tudi za iskalnike.
---

Pozdravljeni.
-- content/en/index.md --
---
title: Home
description: What this small page says, in a sentence that is long enough for search engines.
---

"""
DEAD = "-- content/sl/index.md --\n---\ntitle: Domov\n---\n\n[a](gone.md)\n"


def found(text: str, lang: str = "sl", mended: bool = True) -> list[str]:
    """Return the codes that a text by itself gives."""
    source = Source(f"content/{lang}/a.md", f"---\ntitle: T\n---\n\n{text}\n".encode())
    return [one.code for one in proofread(source, mended)]


def test_nothing_to_mend_is_said_and_nothing_is_published(site: Make, capsys: Captured) -> None:
    made = site(CALM + "Welcome.\n")
    before = tree(made.root)
    assert main(["check", "--strict"], made.root) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("2 pages checked in 2 languages (")
    assert printed.out.endswith(" s); nothing to fix\n")
    assert printed.err == ""
    after = tree(made.root)
    assert {path: data for path, data in after.items() if not path.startswith(".cache/")} == before


def test_warnings_fail_only_with_strict(site: Make, capsys: Captured) -> None:
    made = site(CALM + "Two  spaces.\n")
    assert main(["check"], made.root) == 0
    assert capsys.readouterr().out.endswith("; 1 warning\n")
    assert main(["check", "--strict"], made.root) == 1
    assert capsys.readouterr().err.endswith("\n1 warning.\n")


def test_an_error_of_a_build_is_one_here_and_editing_is_checked_beside_it(site: Make) -> None:
    made = site(DEAD + "-- content/en/index.md --\n---\ntitle: Home\n---\n\nTwo  spaces.\n")
    assert made.check().failed
    assert made.codes == ["description-missing", "spaces-double", "description-missing", "link-missing"]


def test_a_build_finds_none_of_it(site: Make) -> None:
    made = site("-- content/en/index.md --\n---\ntitle: Home\n---\n\nTwo  “spaces“.\n")
    made.build()
    assert made.codes == []


def test_a_second_check_says_the_same_and_makes_nothing(site: Make) -> None:
    made = site(CALM + "Two  spaces.\n")
    assert made.check().problems == made.check().problems != ()


def test_drafts_are_checked_when_asked_for(site: Make) -> None:
    made = site("-- content/en/a.md --\n---\ntitle: A\ndraft: true\nnav: false\n---\n\nText.\n")
    made.check()
    assert "orphan-page" not in made.codes
    made.check(drafts=True)
    assert "orphan-page" in made.codes


@pytest.mark.parametrize("number", [1, 2])
def test_pages_that_only_their_translations_lead_to_are_orphans(site: Make, number: int) -> None:
    pages = "".join(
        f"-- content/{code}/a.md --\n---\ntitle: A {code}\nnav: false\n---\n\nText.\n" for code in ("sl", "en")
    )
    link = "-- content/en/index.md --\n---\ntitle: Home\n---\n\n[A](a.md)\n" if number == 1 else ""
    made = site(pages + link)
    made.check()
    assert made.codes.count("orphan-page") == number


# what can be ignored


@pytest.mark.parametrize(
    "body",
    [
        "<!-- sitegen: ignore spaces-double: as on the poster -->\nTwo  spaces.\n",
        "<!-- sitegen: ignore spaces-double: as on the poster -->\n\nTwo  spaces.\n",
        "Two  spaces. <!-- sitegen: ignore spaces-double: as on the poster -->\n",
        "Text\n<!--sitegen: ignore spaces-double: as on the poster-->\nof two  spaces.\n",
        "<!--sitegen: ignore spaces-double: a-->\n<!--sitegen: ignore quotes-foreign: b-->\nTwo  „spaces“.\n",
    ],
)
def test_a_comment_silences_its_line_and_never_reaches_the_page(site: Make, body: str) -> None:
    made = site(CALM + body)
    assert not made.check(strict=True).failed
    assert made.codes == []
    made.build()
    page = made.read("en/index.html")
    assert "sitegen:" not in page
    assert "poster" not in page


def test_a_comment_parts_no_paragraph(site: Make) -> None:
    made = site(CALM + "One\n<!-- sitegen: ignore spaces-double: why -->\ntwo  three.\n")
    made.build()
    assert "<p>One\ntwo  three.</p>" in made.read("en/index.html")


def test_another_line_is_not_silenced(site: Make) -> None:
    made = site(CALM + "<!-- sitegen: ignore spaces-double: why -->\nTwo  spaces.\n\nTwo  more.\n")
    made.check()
    assert [(one.code, one.place.line) for one in made.result.problems] == [("spaces-double", 9)]  # type: ignore[union-attr]


def test_a_comment_in_code_is_text(site: Make) -> None:
    made = site(CALM + "```html\n<!-- sitegen: ignore spaces-double: why -->\n```\n\nTwo  spaces.\n")
    made.check()
    assert made.codes == ["spaces-double"]
    made.build()
    assert "sitegen: ignore" in made.read("en/index.html")


def test_where_html_is_shown_as_text_the_comment_is_not(site: Make) -> None:
    settings = (
        "-- site.yaml --\nbase_url: https://example.org/\ndefault_language: sl\nlanguages:\n  sl: {label: S}\n"
        "  en: {label: E}\ntitle: T\nraw_html: {policy: escape}\n"
    )
    made = site(settings + CALM + "<!-- sitegen: ignore spaces-double: why -->\nTwo  <i>spaces</i>.\n")
    made.build()
    assert "sitegen" not in made.read("en/index.html")
    assert "&lt;i>" in made.read("en/index.html").replace("&gt;", ">")


def test_the_settings_silence_a_page_or_many(site: Make) -> None:
    made = site(CALM + "Two  spaces.\n")
    settings = (made.root / "site.yaml").read_text(encoding="utf-8")
    for path in ("content/en/index.md", "content/en/*", "content/*/index.md"):
        made.edit("site.yaml", f"{settings}check: {{ignore: [{{code: spaces-double, path: '{path}', reason: r}}]}}\n")
        made.check()
        assert made.codes == []
    made.edit("site.yaml", f"{settings}check: {{ignore: [{{code: spaces-double, path: content/sl/*, reason: r}}]}}\n")
    made.check()
    assert made.codes == ["spaces-double", "ignore-unused"]


def test_an_exception_without_a_reason_is_no_exception(site: Make) -> None:
    made = site(CALM)
    settings = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", settings + "check:\n  ignore:\n    - {code: title-twice, path: a}\n")
    assert made.check().failed
    assert made.problems[0].startswith("site.yaml:10:7: error: The key “check.ignore.reason” is missing.")


def test_a_build_too_keeps_silent_about_what_is_ignored(site: Make) -> None:
    comment = "<!-- sitegen: ignore list-without-blank-line: a verse -->"
    made = site(f"-- content/en/index.md --\n---\ntitle: Home\n---\n\nText:\n2. item {comment}\n")
    assert not made.build(strict=True).failed
    assert made.codes == []


def test_errors_cannot_be_ignored(site: Make) -> None:
    made = site(CALM + "[a](gone.md) <!-- sitegen: ignore link-missing: soon -->\n")
    made.check()
    assert made.codes == ["link-missing", "ignore-error"]


# typography of the source


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sl", "Pravijo »mesto« in „kraj“ v »›notranjem‹ svetu«."),
        ("sl", 'Rekel je: »*Poudarjeno* mesto.« In »[povezava](a.md "naslov")«.'),
        ("sl", 'Tako "mendamo" mi, saj stroj - in človek - ve.'),
        ("sl", '*“A city”*{lang=en} in <q lang="en">“cities”</q>, tudi [“this”](https://e.org/“a”){lang=en}.'),
        ("sl", "Koda `„a”  b - c` in\n\n```\n„a  b”\n```\n"),
        ("en", "It’s ‘good’, and “better”. Don't. The ’90s."),
        ("en", "A dash – so – or one—so—is English, pages 3–5."),
        ("en", "| a   | b    |\n|-----|------|\n| “x” | ‘y’  |\n"),
        ("en", '1.  One\n-   Two\n\n[a]:  https://example.org  "T"\n'),
        ("es", "¿Qué? ¡Qué! ¿Uno?, ¿dos? ¡¿Cómo?! (?) «“a” y ‘b’»"),
        ("es", "El texto —con su inciso— sigue. Véase https://e.org/?a=b y <https://e.org/?c>."),
        ("de", "Er sagt: „Die ‚lernende‘ Stadt“ – so."),
        ("fr", "Il dit « non » et “oui”."),
    ],
)
def test_good_typography_is_left_alone(lang: str, text: str) -> None:
    assert found(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("sl", "Pravijo «mesto».", ["quotes-foreign", "quotes-foreign"]),
        ("sl", "Pravijo “mesto”.", ["quotes-foreign"]),
        ("en", "They say «city».", ["quotes-foreign", "quotes-foreign"]),
        ("en", "They say ”city”.", ["quotes-foreign"]),
        ("es", "Dicen »ciudad«.", ["quotes-foreign", "quotes-foreign"]),
        ("es", "Dicen „ciudad“.", ["quotes-foreign", "quotes-foreign"]),
        ("es", "Dicen – y es así – mucho.", ["dash-foreign", "dash-foreign"]),
        ("es", "Qué bien!", ["mark-inverted-missing"]),
        ("es", "¿Uno? Dos?", ["mark-inverted-missing"]),
        ("es", "- Uno?\n- ¿Dos?\n", ["mark-inverted-missing"]),
        ("sl", "- »Ena\n- »Dve«\n", ["quotes-unpaired"]),
        ("en", "They “say\n\nso”.", ["quotes-unpaired", "quotes-unpaired"]),
        ("en", "‘One’ here.\n\n“Two” there.", ["quotes-mixed"]),
        ("en", '"One" here.\n\n“Two” there.', ["quotes-mixed"]),
        ("sl", "![zemljevid-2.png](zemljevid-2.png)", ["alt-file-name"]),
    ],
)
def test_marks_of_another_language_are_found(lang: str, text: str, codes: list[str]) -> None:
    assert found(text, lang) == codes


def test_what_the_typesetter_mends_is_reported_only_where_it_is_off() -> None:
    text = 'Pravijo "mesto" - in kraj.'
    assert found(text, mended=True) == []
    assert found(text, mended=False) == ["dash-hyphen", "quotes-straight"]


def test_title_and_description_are_read_too() -> None:
    source = Source("content/sl/a.md", "---\ntitle: Naše “mesto”\ndescription: Dva  presledka\n---\n".encode())
    assert [(one.code, one.place.line) for one in proofread(source, True)] == [
        ("quotes-foreign", 2),
        ("spaces-double", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Koda:\n\n   ```text\n   bajos  -- fin!\n   ```",
        "> ```text\n> bajos  -- fin!\n> ```",
        "- punto\n\n      bajos  -- fin!",
        "- a\n  - ~~~\n    bajos  -- fin!\n    ~~~",
    ],
)
def test_code_in_items_and_quotations_is_no_text(text: str) -> None:
    assert found(text, "es") == []


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Cuidado"\n    Texto.',
        "> !!! tip\n>     Texto.",
        "??? tip\n    Texto.",
        "> [!NOTE]\n> Texto.",
        "![Un pie](pie.png)",
        "![](pie.png)",
    ],
)
def test_marks_of_callouts_and_images_end_no_sentence(text: str) -> None:
    assert found(text, "es") == []
    assert "mark-inverted-missing" in found(text + "\n\nQué bien!", "es")


@pytest.mark.parametrize(("lang", "dash"), [("es", "–"), ("sl", "—"), ("en", "—")])
def test_a_dash_alone_in_a_cell_is_no_dash_of_a_sentence(lang: str, dash: str) -> None:
    assert found(f"| a | b |\n|---|---|\n| {dash} | c |\n| c | {dash} |\n| c | {dash}", lang) == []
    assert found(f"Uno {dash} dos.", lang) == ["dash-foreign"]


def test_covering_keeps_every_place() -> None:
    text = '# A `b` [c](d.md){#e}\n\n> - *[F]: g\n\n```\nh\n```\n<b title="i">j</b> https://k.org\n'
    assert len(covered(text)) == len(text)
    assert [len(line) for line in covered(text).split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.long
def test_a_long_paragraph_is_read_in_no_time() -> None:
    text = 'Beseda "in" »beseda« - „še“ ena?  ' * 20_000
    assert lint(text, "sl", False)


# for machines


def test_json_is_one_document_of_a_stable_shape(site: Make, capsys: Captured) -> None:
    made = site(DEAD)
    for verb in ("check", "build"):
        assert main([verb, "--format", "json"], made.root) == 1
        printed = capsys.readouterr()
        document = json.loads(printed.out)
        assert printed.err == ""
        assert list(document) == ["problems", "counts"]
        assert document["counts"]["error"] == 1
        assert {
            "path": "content/sl/index.md",
            "line": 5,
            "column": 5,
            "level": "error",
            "code": "link-missing",
            "text": "The page “gone.md” does not exist.",
            "hint": "Did you mean “index.md”?",
            "suggestion": "index.md",
        } in document["problems"]


def test_json_of_a_site_without_problems(site: Make, capsys: Captured) -> None:
    assert main(["build", "--format", "json"], site(CALM).root) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": [], "counts": {"error": 0, "warning": 0, "info": 0}}


def test_commands_for_github_are_escaped() -> None:
    one = problem("link-missing", Place("content/sl/a,b:c%.md", 3, 7), "x\ny", target="50 %\r\n::error::x")
    assert as_github(one, ENGLISH) == (
        "::error file=content/sl/a%2Cb%3Ac%25.md,line=3,col=7,title=link-missing"
        "::The page “50 %25%0D%0A::error::x” does not exist.%0ADid you mean “x%0Ay”?"
    )


def test_a_note_for_github_on_a_whole_file() -> None:
    one = problem("orphan-page", Place("content/sl/a.md"))
    assert as_github(one, ENGLISH).startswith(
        "::warning file=content/sl/a.md,title=orphan-page::No menu, list or link leads"
    )


@pytest.mark.parametrize("words", [["--ui-language", "sl"], []], ids=["option", "environment"])
def test_notes_for_github_speak_the_language_of_the_editors(
    site: Make, capsys: Captured, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en" if words else "sl")
    assert main(["check", "--format", "github", *words], site(DEAD).root) == 1
    printed = capsys.readouterr().out
    assert "line=5,col=5,title=link-missing::Stran »gone.md« ne obstaja." in printed


@pytest.mark.parametrize("verb", ["check", "build"])
def test_in_actions_of_github_notes_come_beside_the_text(
    site: Make, capsys: Captured, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main([verb], site(DEAD).root) == 1
    printed = capsys.readouterr()
    assert "::error file=content/sl/index.md,line=5,col=5,title=link-missing::" in printed.out
    assert "error: The page “gone.md” does not exist. [link-missing]" in printed.err
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert main([verb, "--format", "github"], site(DEAD).root) == 1
    printed = capsys.readouterr()
    assert "::error file=content/sl/index.md" in printed.out
    assert "[link-missing]" not in printed.err


# bad input


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("-- site.yaml --\ntitle: [\n", "site.yaml:2:1: error: This is not valid YAML"),
        ("-- site.yaml --\nbase_url: x\n", "site.yaml:1:1: error: The key “default_language”"),
    ],
)
def test_broken_settings_give_a_problem(site: Make, capsys: Captured, files: str, said: str) -> None:
    assert main(["check"], site(files).root) == 1
    assert said[:30] in capsys.readouterr().err


def test_settings_that_are_not_there(site: Make, capsys: Captured) -> None:
    assert main(["check", "--config", "gone.yaml"], site().root) == 1
    assert capsys.readouterr().err.startswith("gone.yaml: error: The file does not exist. [file-missing]")


def test_a_damaged_memory_is_begun_again(site: Make, capsys: Captured) -> None:
    made = site(CALM)
    made.write_bytes(".cache/memo.sqlite", b"not a database")
    assert main(["check", "--strict"], made.root) == 0
    assert capsys.readouterr().err == ""
