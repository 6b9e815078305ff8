"""README, manual, help and messages say what the field says: none of the phrases that `phrases.py` lists.

A phrase that is right where it is used is an exception, one a line in `words/exceptions.txt`: path, phrase, reason.
"""

import io
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from support.phrases import PHRASES, Phrase, Place, found_in, prose_of_markdown, prose_of_message
from support.site import PROJECT, TESTS

from sitegen.cli.main import COMMANDS, main
from tools.make_speech import TRANSLATED, collected, po_file

EXCEPTIONS = TESTS / "words" / "exceptions.txt"
MOST = 40
RULES = [(language, rule) for language, rules in PHRASES.items() for rule in rules]


class Exempt(NamedTuple):
    """A phrase that is right in the files of a path (`*` stands for anything), and why."""

    path: str
    phrase: str
    reason: str


def exceptions() -> list[Exempt]:
    """Return the exceptions; empty lines and comments are skipped."""
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return [Exempt(*(part.strip() for part in line.split("|"))) for line in lines if line.strip() and line[0] != "#"]


def manual() -> list[Place]:
    """Return the prose of the README and of the manual: guides in their language, all else in English."""
    files = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
    places = []
    for file in files:
        path = file.relative_to(PROJECT).as_posix()
        guide = re.match(r"docs/guide/(\w+)/", path)
        places += prose_of_markdown(path, guide[1] if guide else "en", file.read_text(encoding="utf-8"))
    return places


def messages() -> list[Place]:
    """Return everything that the tool says, in its three languages."""
    english = {text for words in collected().values() for text in words.id}
    places = [Place("messages", 0, "en", prose_of_message(text)) for text in sorted(english)]
    for code in TRANSLATED:
        file = po_file(code)
        for message in read_po(io.BytesIO(file.read_bytes())):
            said = [message.string] if isinstance(message.string, str) else message.string
            path = file.relative_to(PROJECT).as_posix()
            places += [Place(path, message.lineno or 0, code, prose_of_message(text)) for text in said if message.id]
    return places


def unexcused(places: list[Place]) -> tuple[list[str], set[Exempt]]:
    """Return what is wrong, as lines to read, and the exceptions that were needed."""
    wrong, used, known = [], set(), exceptions()
    for place in places:
        for phrase, instead in found_in(place):
            fitting = {one for one in known if fnmatch(place.path, one.path) and fnmatch(phrase.lower(), one.phrase)}
            used |= fitting
            if not fitting:
                wrong.append(f"{place.path}:{place.line}: “{phrase}”: say {instead}")
    return wrong, used


def test_manual_and_messages_use_the_words_of_the_field() -> None:
    wrong, used = unexcused([*manual(), *messages()])
    assert wrong == [], "\n".join(wrong)
    assert set(exceptions()) - used == set(), "exceptions that nothing needs any more"


@pytest.mark.parametrize("language", PHRASES)
def test_help_uses_the_words_of_the_field(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    places = []
    for command in ("", *COMMANDS):
        with pytest.raises(SystemExit):
            main([*([command] if command else []), "--ui-language", language, "--help"])
        said = [line.rpartition("  ")[2] for line in capsys.readouterr().out.splitlines()]  # without options and names
        text = prose_of_message(" ".join(word for line in said for word in line.split() if not word.isupper()))
        places.append(Place(f"{command} --help".strip(), 0, language, text))
    assert unexcused(places)[0] == []


def test_exceptions_are_few_and_have_reasons() -> None:
    assert len(exceptions()) <= MOST
    assert all(one.path and one.phrase and one.reason for one in exceptions())


@pytest.mark.parametrize(("language", "rule"), RULES, ids=lambda value: getattr(value, "instead", value))
def test_each_phrase_is_found(language: str, rule: Phrase) -> None:
    assert rule.instead in [instead for _, instead in found_in(Place("", 0, language, rule.example))]
    assert re.search(rule.pattern, rule.instead, re.IGNORECASE) is None


def test_planted_phrase_is_found_in_every_kind_of_text(tmp_path: Path) -> None:
    text = "---\ntitle: x\n---\n# Mend it\n\nOne *mends\nit*.\n\n- mended\n\n| a |\n|---|\n| [mend](mend.md) |\n"
    lines = [place.line for place in prose_of_markdown("a.md", "en", text) if found_in(place)]
    assert lines == [4, 6, 9, 13]
    wrong, _ = unexcused([Place("a.md", 1, "en", "Mend the link.")])
    assert wrong == ["a.md:1: “Mend”: say fix"]


def test_code_keys_and_quotations_are_left_alone() -> None:
    text = "Run `mend`, see [this](mend.md).\n\n```sh\nmend\n```\n\n    mend\n\n<!-- mend -->\n"
    assert [place for place in prose_of_markdown("a.md", "en", text) if found_in(place)] == []
    assert found_in(Place("", 0, "en", prose_of_message("Remove “mend: true”, or run `mend`: {mend}."))) == []
