"""What the tool says exists in every language that it speaks: nothing missing, nothing lost on the way."""

import ast
import io
import os
import re
import string
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from support.bad import FOLDERS, lay_out
from support.site import PROJECT, SiteFolder

from sitegen.build.i18n import Speech
from sitegen.cli.console import shown
from sitegen.cli.main import main
from sitegen.model.messages import hint_of, text_of
from sitegen.model.problems import Problem
from sitegen.text.gettext.po import compiled
from tools.make_speech import TRANSLATED, collected, po_file, updated

# The quotation marks of each language, as the site's own texts have them; straight ones are for code only.
MARKS = {"sl": "»«›‹", "es": "«»“”"}
QUOTES = "»«›‹„“”‘’\"'"
FORMS = {"sl": 4, "es": 2}


def texts(code: str) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Return every text of a catalogue: what is said in English, in this language, and whether it is fuzzy."""
    found = []
    for message in read_po(io.BytesIO(po_file(code).read_bytes())):
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            said = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            found.append((ids, said, message.fuzzy))
    return found


def holes(text: str) -> list[str]:
    """Return the places for values: names in braces, escaped braces, argparse's percent signs (%r as good as %s)."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    except ValueError:  # words of a library: never filled in
        names = []
    braces = ["{"] * text.count("{{") + ["}"] * text.count("}}")
    percents = [found[1] or "%" for found in re.finditer(r"%(?:(\(\w+\)))?[sr]", text)]
    return sorted([*names, *braces, *percents])


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_holds_exactly_what_the_tool_says(code: str) -> None:
    assert po_file(code).read_text(encoding="utf-8") == updated(code, collected()), "run python -m tools.make_speech"


@pytest.mark.parametrize("code", TRANSLATED)
def test_compiled_catalogue_is_that_of_the_translations(code: str) -> None:
    made = po_file(code).with_suffix(".mo").read_bytes()
    assert made == compiled(po_file(code).read_text(encoding="utf-8")), "run python -m tools.make_speech"


@pytest.mark.parametrize("code", TRANSLATED)
def test_everything_is_translated_in_all_its_forms(code: str) -> None:
    missing = [ids[0] for ids, said, fuzzy in texts(code) if fuzzy or not all(said)]
    assert missing == []
    assert [ids[0] for ids, said, _ in texts(code) if len(ids) > 1 and len(said) != FORMS[code]] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_values_have_their_places_in_every_form(code: str) -> None:
    lost = [(ids[0], one) for ids, said, _ in texts(code) for one in said if holes(one) != holes(ids[-1])]
    assert lost == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_ends_and_line_ends_are_those_of_the_english_text(code: str) -> None:
    wrong = [
        (ids[0], one)
        for ids, said, _ in texts(code)
        for one in said
        if re.findall(r"^\s|\s$|[.:]\s*$", ids[0]) != re.findall(r"^\s|\s$|[.:]\s*$", one)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_quotation_marks_are_those_of_the_language(code: str) -> None:
    wrong = []
    for ids, said, _ in texts(code):
        for one in said:
            rest = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", one)  # what is to be typed, in words of the language
            for quoted in re.findall(r"\"[^\"]*\"|'[^']*'", ids[-1]):  # code keeps its quotation marks
                rest = rest.replace(quoted, "")
            if set(rest) & set(QUOTES) - set(MARKS[code]) or rest.count(MARKS[code][0]) != rest.count(MARKS[code][1]):
                wrong.append(one)
    assert wrong == []


# Words that an English text of ours would leave among Slovenian or Spanish ones.
ENGLISH_WORDS = ("the", "is", "not", "does", "of", "and", "or", "with", "must", "there", "others?", "list", "text")


def without_names(problem: Problem, say: Speech) -> str:
    """Return what a problem says, without what was typed by a person or says it by itself: code and what is quoted."""
    said = f"{text_of(problem, say)} {hint_of(problem, say)}"
    for _, value in problem.values:
        if isinstance(value, str) and value:
            said = said.replace(value, "")
    return re.sub(r"[»«][^»«]*[«»]|<[^>]*>|\S+\.\w+\S*|translation_key|page\.alternates", "", said)


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """Return every problem of every bad site."""
    found: list[Problem] = []
    for name in FOLDERS:
        folder = SiteFolder(tmp_path_factory.mktemp(name) / "site")
        lay_out(name, folder)
        found += folder.build(jobs=1).problems
    return found


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.long
def test_every_problem_is_said_in_every_language(code: str, problems: list[Problem]) -> None:
    say = Speech(code)
    assert len({problem.code for problem in problems}) > 90
    for problem in problems:
        assert f"[{problem.code}]" in shown(problem, say=say)
        assert text_of(problem, say) != text_of(problem)
        assert [words for words in ENGLISH_WORDS if re.search(rf"\b{words}\b", without_names(problem, say))] == []
        assert hint_of(problem, say) != hint_of(problem)


@pytest.mark.parametrize(
    ("code", "words"), [("sl", ("uporaba: build.py", "možnosti:", "UKAZ")), ("es", ("uso: build.py", "opciones:"))]
)
def test_help_is_in_the_language_asked_for(code: str, words: tuple[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--ui-language", code, "--help"])
    printed = capsys.readouterr().out
    assert all(word in printed for word in words)


def test_wrong_usage_is_refused_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--ui-language=sl", "--jobs", "x"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("napaka: argument --jobs: neveljavna vrednost (int): 'x'\n")


def test_programs_that_are_started_keep_the_language_of_the_environment(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert main(["--ui-language", "sl", "--quiet"], site().root) == 0
    assert os.environ["LANGUAGE"] == "de"
    monkeypatch.delenv("LANGUAGE")
    with pytest.raises(SystemExit):
        main(["--ui-language", "sl", "--help"])
    assert "LANGUAGE" not in os.environ


def test_steps_and_reasons_are_said_in_the_language_asked_for(
    site: Callable[..., SiteFolder], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--ui-language", "sl", "--timings", "--why", "sl/index.html"], site().root) == 0
    printed = capsys.readouterr().out
    assert "sl/index.html: novo\n" in printed
    assert re.search(r"\d s  Branje\n", printed)


@pytest.mark.parametrize("file", sorted((PROJECT / "sitegen").rglob("*.py")), ids=lambda file: file.name)
@pytest.mark.cheap
def test_no_words_are_printed_or_put_into_a_problem_past_the_catalogues(file: Path) -> None:
    found = []
    for call in (node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        values = [keyword.value for keyword in call.keywords] if name == "problem" else []
        values += call.args if name in ("print", "sys.stdout.write", "sys.stderr.write") else []
        found += [text for value in values for text in plain_words(value)]
    said = [text.replace("build.py translate", "") for text in found]  # a command to be typed
    assert [text for text in said if re.search(r"[a-z]{2} [a-z]{2}", text)] == []


def plain_words(node: ast.expr) -> list[str]:
    """Return what an expression holds of text as it is: a constant, or the parts of an f-string."""
    if isinstance(node, ast.JoinedStr):
        return [text for part in node.values for text in plain_words(part)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_remembered_problems_are_said_in_the_language_asked_for_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = SiteFolder(tmp_path / "site")
    lay_out("description-long", folder)
    time.sleep(2.1)  # what is too new is never taken for unchanged
    said = []
    for code in ("en", "sl", "es"):
        assert main(["build", "--all", "--ui-language", code], folder.root) == 0
        said.append(capsys.readouterr())
    assert "warning: The description is too long: it has" in said[0].err
    assert "opozorilo: Opis je predolg: 170 znakov" in said[1].err
    assert "advertencia: La descripción es demasiado larga: tiene 170 caracteres" in said[2].err
    assert "2 strani v 2 jezikih → public/ (brez sprememb, " in said[1].out


def test_environment_decides_without_an_option(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path / "site")
    lay_out("title-empty", folder)
    environment = {**os.environ, "LANGUAGE": "", "LC_ALL": "es_MX.UTF-8", "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "sitegen"]
    done = subprocess.run(command, cwd=folder.root, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "El título de la página está vacío. [title-empty]" in done.stderr
