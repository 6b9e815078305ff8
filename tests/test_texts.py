"""A build after which only texts have changed takes the short way, and leaves what the whole build leaves.

Every case builds by the command, and compares with a clean build: bytes and words.
"""

import sqlite3
import sys
import time
from pathlib import Path

import pytest
from conftest import tree
from truth import DAY, prove_equal, run, story

from sitegen.machinery import fresh
from sitegen.pipeline import texts

RULES = "content/en/guide/rules.md"
WHOLE = "sitegen.pipeline.build"


class Desk:
    """The story, built; `say` edits a file, builds, compares, and tells whether the short way was taken."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.taken: list[bool] = []
        way = texts.build_texts

        def watched(*arguments: object) -> object:
            result = way(*arguments)  # type: ignore[arg-type]
            self.taken.append(result is not None)
            return result

        monkeypatch.setattr(texts, "build_texts", watched)
        self.settle()
        assert run(root).code == 0

    def settle(self) -> None:
        """Wait until the file system's clock has gone on, so that the next stamps are believed."""
        time.sleep(0.05)

    def say(self, path: str, old: str, new: str) -> bool:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return self.build()

    def build(self) -> bool:
        self.taken.clear()
        self.settle()
        prove_equal(self.root, self.root.parent / "cold")
        return self.taken == [True]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setattr(fresh, "_COARSE", 20_000_000)
    return Desk(story(tmp_path / "story"), monkeypatch)


def test_a_text_takes_the_short_way(desk: Desk) -> None:
    assert desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    assert "Be kind." in (desk.root / "public/en/guide/rules/index.html").read_text()


def test_many_texts_one_after_the_other(desk: Desk) -> None:
    for number in range(12):  # more than the builds after which the memo forgets
        assert desk.say(RULES, "![Badge]", f"Word{number} ![Badge]")
    assert not desk.say(RULES, "title: ", "title: New ")
    assert desk.say(RULES, "Word3 ", "")


def test_two_texts_at_once(desk: Desk) -> None:
    file = desk.root / "content/es/news/first.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMás.\n", encoding="utf-8")
    assert desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    assert "Más." in (desk.root / "public/es/feed.xml").read_text(encoding="utf-8")
    assert "Más." in (desk.root / "public/search/es.js").read_text(encoding="utf-8")


def test_a_text_that_other_languages_show_too(desk: Desk) -> None:
    assert desk.say("content/sl/guide/rules.md", "![Grb]", "Bodi prijazen. ![Grb]")
    assert "Bodi prijazen." in (desk.root / "public/es/guía/rules/index.html").read_text(encoding="utf-8")


def test_the_same_text_again(desk: Desk) -> None:
    assert desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    assert desk.say(RULES, "Be kind. ![Badge]", "![Badge]")
    (desk.root / RULES).write_bytes((desk.root / RULES).read_bytes())
    assert desk.build()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: ", "title: New "),
        ("![Badge]", "## More {#more}\n\n![Badge]"),
        ("![Badge]", "[home](../index.md) ![Badge]"),
        ("![Badge]", "[nowhere](nowhere.md) ![Badge]"),
        ("![Badge]", '<b onclick="x">x</b> ![Badge]'),
        ("![Badge]", "::fairs\n\n![Badge]"),
    ],
)
def test_more_than_a_text_takes_the_long_way(desk: Desk, old: str, new: str) -> None:
    assert not desk.say(RULES, old, new)
    file = desk.root / RULES
    file.write_text(file.read_text(encoding="utf-8").replace(new, old), encoding="utf-8")
    desk.build()


def test_a_text_and_another_file(desk: Desk) -> None:
    (desk.root / "static/more.txt").write_text("More.\n")
    assert not desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    (desk.root / "static/more.txt").unlink()
    assert not desk.say(RULES, "Be kind. ![Badge]", "![Badge]")


def test_a_file_that_was_written_just_before_a_build_is_missed_when_it_goes(desk: Desk) -> None:
    (desk.root / "static/more.txt").write_text("More.\n")
    run(desk.root)
    assert (desk.root / "public/more.txt").exists()
    (desk.root / "static/more.txt").unlink()
    assert not desk.build()
    assert not (desk.root / "public/more.txt").exists()


def test_an_output_that_somebody_changed_takes_the_long_way(desk: Desk) -> None:
    page = desk.root / "public/sl/index.html"
    page.write_text("x")
    assert not desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    assert page.read_text() != "x"


@pytest.mark.parametrize("kind", ["ledger", "workshop", "view", "page", "output", "bytes", "python"])
def test_what_the_memo_has_lost_is_found_out(desk: Desk, kind: str) -> None:
    with sqlite3.connect(desk.root / ".cache/memo.sqlite") as db:
        db.execute("DELETE FROM results WHERE kind = ?", (kind,))
    db.close()
    took = desk.say(RULES, "![Badge]", "Be kind. ![Badge]")
    assert took == (kind in ("bytes", "python"))


def test_a_page_that_something_was_said_about_takes_the_long_way(desk: Desk) -> None:
    assert not desk.say(RULES, "![Badge]", "![](badge.svg) ![Badge]")
    assert not desk.say(RULES, "![Badge]", "Be kind. ![Badge]")


def test_the_short_way_does_not_import_the_long_one(desk: Desk) -> None:
    script = (
        "import sys, pathlib; from sitegen.commands.main import main\n"
        f"code = main([], pathlib.Path({str(desk.root)!r}))\nassert not code and {WHOLE!r} not in sys.modules"
    )
    import subprocess

    desk.settle()
    time.sleep(2.1)  # the other process trusts only stamps that are older
    run(desk.root)
    file = desk.root / RULES
    file.write_text(file.read_text(encoding="utf-8").replace("![Badge]", "Be kind. ![Badge]"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Be kind." in tree(desk.root / "public")["en/guide/rules/index.html"].decode()
