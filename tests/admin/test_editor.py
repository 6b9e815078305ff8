"""The real web editor in Chromium: a save changes the lines that were edited, and nothing else is asked or said."""

import difflib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.site import PROJECT

from admin.conftest import Opened
from admin.editor import Editor

SQUARE = PROJECT / "docs/guide/pictures/square.png"
ITEM = {
    "sl": {
        "title": "Učenje na trgu",
        "description": "V petek, 21. maja 2027, bo mestni trg učilnica na prostem. Delavnice so brezplačne.",
        "slug": "ucenje-na-trgu",
        "body": "Mestni trg bo za en dan učilnica.\n\n## Program {#programme}\n\n- popravilo kolesa\n- prva pomoč",
    },
    "en": {
        "title": "Learning in the square",
        "description": "On Friday 21 May 2027 the town square becomes an open-air classroom, with free workshops.",
        "slug": "learning-in-the-square",
        "body": "The square becomes a classroom.\n\n## Programme {#programme}\n\n- fixing a bicycle\n- first aid",
    },
    "es": {
        "title": "Aprender en la plaza",
        "description": "El viernes 21 de mayo de 2027 la plaza será un aula al aire libre, con talleres gratuitos.",
        "slug": "aprender-en-la-plaza",
        "body": "La plaza será un aula.\n\n## Programa {#programme}\n\n- arreglar una bicicleta\n- primeros auxilios",
    },
}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """Return path → lines of a diff without context, of every file that differs."""
    found = {}
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path, b""), after.get(path, b"")
        if old != new:
            lines = difflib.unified_diff(old.decode().split("\n"), new.decode().split("\n"), lineterm="", n=0)
            found[path] = [line for line in lines if not re.match(r"@@|---|\+\+\+", line)]
    return found


def type_letter(editor: Editor, key: str = "body") -> None:
    """Type one letter at the start of a field, as a person does."""
    box = editor.field(key)
    box.click()
    box.press("Control+Home")
    box.press_sequentially("x")


def one_letter_each(editor: Editor, texts: dict[str, bytes], paths: list[str]) -> None:
    """Edit each page by one letter, and compare all files after each save."""
    editor.fill(texts)
    editor.sign_in()
    before = dict(texts)
    for path in paths:
        editor.open(path)
        file = f"content/sl/{path}.md"
        assert editor.field("title").input_value() in before[file].decode()
        type_letter(editor, "body" if body_of(before[file]) else "title")
        editor.save()
        after = editor.files()
        difference = changed(before, after)
        assert list(difference) == [file]
        assert len(after[file]) == len(before[file]) + 1
        assert [line[0] for line in difference[file]] == ["-", "+"]
        before = after


def body_of(data: bytes) -> bytes:
    """Return what is below the front matter."""
    return data.partition(b"\n---\n")[2].strip()


def test_one_letter_changes_one_line(editor: Opened, texts: dict[str, bytes]) -> None:
    one_letter_each(editor(), texts, ["index", "news/index", "network/joining"])


@pytest.mark.proof
def test_one_letter_on_each_page_changes_one_line(editor: Opened, texts: dict[str, bytes]) -> None:
    paths = [path[11:-3] for path in texts if path.startswith("content/sl/") and path.endswith(".md")]
    assert len(paths) >= 40
    one_letter_each(editor(), texts, paths)


def test_two_fields_in_two_languages_in_one_save(editor: Opened, texts: dict[str, bytes]) -> None:
    tab = editor()
    tab.fill(texts)
    tab.sign_in()
    tab.open("network/joining")
    for lang in ("sl", "es"):
        tab.language(lang)
        tab.field("title").fill(f"Nova stran: {lang}")
        tab.field("description").fill(f"Opis {lang}, ki je dovolj dolg, da orodje ne opozori nanj, in # ni komentar.")
    tab.save()
    difference = changed(texts, tab.files())
    assert list(difference) == ["content/es/network/joining.md", "content/sl/network/joining.md"]
    for path, lines in difference.items():
        assert sorted(line.split(":")[0] for line in lines) == ["+description", "+title", "-description", "-title"]
        assert f"+title: 'Nova stran: {path[8:10]}'" in lines


def test_a_news_item_in_three_languages_passes_the_check(
    editor: Opened, texts: dict[str, bytes], site: Path, tmp_path: Path
) -> None:
    tab = editor()
    tab.fill(texts)
    tab.sign_in()
    tab.new("news")
    for lang, values in ITEM.items():
        tab.language(lang)
        tab.enable()
        for key, value in values.items():
            tab.field(key).fill(value)
    tab.language("sl")
    tab.field("date").fill("2027-04-15")
    tab.choose("image", SQUARE)
    tab.field("image_alt").fill("Ljudje ob treh stojnicah na trgu")
    tab.save()
    new = {path: data for path, data in tab.files().items() if texts.get(path) != data}
    page = "news/ucenje-na-trgu.md"
    assert sorted(new) == sorted([*(f"content/{lang}/{page}" for lang in ITEM), "content/sl/news/square.png"])
    assert new["content/sl/news/square.png"] == SQUARE.read_bytes()
    assert new[f"content/sl/{page}"].decode() == source_of(ITEM["sl"])
    check_passes(shutil.copytree(site, tmp_path / "site", symlinks=True), new)


def source_of(values: dict[str, str]) -> str:
    """Return the Slovenian file as a person would write it."""
    head = f"title: {values['title']}\ndescription: {values['description']}\n"
    rest = "date: 2027-04-15\nimage: square.png\nimage_alt: Ljudje ob treh stojnicah na trgu\n"
    return f"---\n{head}{rest}slug: {values['slug']}\n---\n\n{values['body']}\n"


def check_passes(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a site and check it as an editor would."""
    for path, data in files.items():
        (folder / path).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "build.py", "check"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "ucenje-na-trgu" not in done.stdout, done.stdout


def test_what_cannot_be_kept_is_refused_with_a_sentence(editor: Opened, texts: dict[str, bytes]) -> None:
    tab = editor()
    path = "content/sl/network/joining.md"
    texts = texts | {path: b"---\ntitle: &name Ime\nnav: *name\n---\n\nBesedilo.\n"}
    tab.fill(texts)
    tab.sign_in()
    tab.open("network/joining")
    type_letter(tab, "title")
    tab.press_save()
    sentence = "Na ključ »title« se sklicujejo druge vrstice glave (&name). Spremenite ga v besedilni datoteki."
    tab.page.get_by_text(sentence).wait_for()
    assert changed(texts, tab.files()) == {}
