"""`translate --export` and `--import`: the round trip of a page through a .po file, and what is refused."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.site import PROJECT, TODAY, SiteFolder
from support.translated import marks, recorded

from sitegen.build.status import read_status
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
EN, SL = "content/en/city.md", "content/sl/city.md"
SOURCE = """---
title: Mesto
description: Opis mesta.
---

Uvod z [povezavo](index.md) in `kodo`.

## Koraki {#steps}

- Prvi *korak*
- Drugi korak s %(num)s koraki

~~~
koda
~~~

| Ena | Dve |
|---|---|
| tri | ![štiri](map.svg) |

## Konec {#end}

Konec[^1].

[^1]: Opomba.
"""
OWN = """---
title: City
description: "About: the city." # kept
---
Introduction with a [link](index.md)
and `kodo`.

## Steps {#steps}

- First *step*
- Second step with %(num)s steps

~~~
code
~~~

| One | Two |
|---|---|
| three | ![four](map.svg) |

## The end {#end}

It is the end[^1].

[^1]: A note.
"""


@pytest.fixture
def city(site: Make) -> SiteFolder:
    made = site()
    made.edit(SL, SOURCE)
    made.edit(
        EN, recorded(OWN.replace("---\nIntro", "---\n\nIntro"), marks(SOURCE)).replace("---\n\nIntro", "---\nIntro")
    )
    return made


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "city.po"


def export(made: SiteFolder, po: Path, *more: str) -> int:
    return main(["translate", "city", "--lang", "en", "--export", str(po), *more], made.root)


def import_(made: SiteFolder, po: Path) -> int:
    return main(["translate", "city", "--lang", "en", "--import", str(po)], made.root)


def text(made: SiteFolder, path: str = EN) -> str:
    return (made.root / path).read_bytes().decode()


def edited(po: Path, change: Callable[[Catalog], None]) -> None:
    """Change a file as a PO editor would."""
    data = po.read_bytes()
    catalog = read_po(io.BytesIO(data))
    change(catalog)
    out = io.BytesIO()
    write_po(out, catalog, width=76, omit_header=True)
    po.write_bytes(data.partition(b"\n\n")[0] + b"\n\n" + out.getvalue())


def put(catalog: Catalog, context: str, string: str) -> None:
    """Translate one message, and take away its mark fuzzy."""
    message = next(one for one in catalog if one.context == context)
    message.string = string
    message.flags.discard("fuzzy")


def messages(po: Path) -> dict[str | None, tuple[object, object, bool]]:
    return {one.context: (one.id, one.string, one.fuzzy) for one in read_po(io.BytesIO(po.read_bytes())) if one.id}


def test_one_message_a_block_with_its_section(city: SiteFolder, po: Path, capsys: Captured) -> None:
    assert export(city, po) == 0
    assert capsys.readouterr().out == f"{po}: 11 messages\n"
    assert messages(po) == {
        "front/1": ("Mesto", "City", False),
        "front/2": ("Opis mesta.", "About: the city.", False),
        "introduction/1": (
            "Uvod z [povezavo](index.md) in `kodo`.",
            "Introduction with a [link](index.md) and `kodo`.",
            False,
        ),
        "steps/1": ("Koraki", "Steps", False),
        "steps/2": ("Prvi *korak*", "First *step*", False),
        "steps/3": ("Drugi korak s %(num)s koraki", "Second step with %(num)s steps", False),
        "steps/4": ("Ena | Dve", "One | Two", False),
        "steps/5": ("tri | ![štiri](map.svg)", "three | ![four](map.svg)", False),
        "end/1": ("Konec", "The end", False),
        "end/2": ("Konec[^1].", "It is the end[^1].", False),
        "end/3": ("Opomba.", "A note.", False),
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_there_and_back_changes_nothing(city: SiteFolder, po: Path, end: str, bom: bytes) -> None:
    data = bom + text(city).replace("\n", end).encode()
    city.write_bytes(EN, data)
    assert export(city, po) == 0
    edited(po, lambda _: None)  # a PO editor wraps lines in its own way
    assert import_(city, po) == 0
    assert (city.root / EN).read_bytes() == data


def test_real_pages_come_back_byte_for_byte(tmp_path: Path) -> None:
    root = tmp_path / "real"
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yaml", root)
    for file in sorted((root / "content/es").rglob("*.md"))[::4]:
        before = file.read_bytes()
        po = tmp_path / f"{file.stem}-{len(before)}.po"
        assert main(["translate", str(file), "--export", str(po)], root) == 0
        assert main(["translate", str(file), "--import", str(po)], root) == 0
        assert file.read_bytes() == before


def test_what_was_translated_is_written_and_the_rest_stays(city: SiteFolder, po: Path, capsys: Captured) -> None:
    export(city, po)

    def change(catalog: Catalog) -> None:
        put(catalog, "front/2", "Of the city: all")
        put(catalog, "steps/3", "Another step with\n%(num)s steps")
        put(catalog, "steps/5", "3 | ![4](map.svg)")

    before = text(city)
    edited(po, change)
    capsys.readouterr()
    assert import_(city, po) == 0
    assert capsys.readouterr().out == f"{EN}: 2 sections changed\n"
    assert text(city) == before.replace("About: the city.", "Of the city: all").replace(
        "Second step with %(num)s", "Another step with  \n  %(num)s"
    ).replace("| three | ![four]", "| 3 | ![4]")


def test_a_section_that_changed_comes_back_confirmed(city: SiteFolder, po: Path) -> None:
    city.edit(SL, SOURCE.replace("Konec[^1].", "Pravi konec[^1]."))
    export(city, po)
    assert [name for name, (_, _, fuzzy) in messages(po).items() if fuzzy] == ["end/1", "end/2", "end/3"]
    assert import_(city, po) == 0
    assert main(["status", "--lang", "en", "--fail-under", "100"], city.root) == 1

    def change(catalog: Catalog) -> None:
        put(catalog, "end/1", "The end")
        put(catalog, "end/2", "The real end[^1].")
        put(catalog, "end/3", "A note.")

    edited(po, change)
    assert import_(city, po) == 0
    assert "The real end[^1].\n" in text(city)
    assert marks(SOURCE.replace("Konec[^1].", "Pravi konec[^1]."))["end"] in text(city)


def test_a_translation_is_made_from_nothing(city: SiteFolder, po: Path) -> None:
    city.remove(EN)
    assert export(city, po) == 0
    assert {string for _, string, _ in messages(po).values()} == {""}

    def change(catalog: Catalog) -> None:
        for message in catalog:
            if message.id:
                message.string = f"EN {message.id}" if "|" not in message.id else message.id

    edited(po, change)
    assert import_(city, po) == 0
    made = text(city)
    assert made.startswith("---\ntitle: EN Mesto\ndescription: EN Opis mesta.\nl10n:\n  sections:\n    front: ")
    assert "\n- EN Prvi *korak*\n- EN Drugi korak s %(num)s koraki\n\n~~~\nkoda\n~~~\n\n| Ena | Dve |\n" in made
    assert made.endswith("## EN Konec {#end}\n\nEN Konec[^1].\n\n[^1]: EN Opomba.\n")
    assert "current" in status_of(city)


def status_of(made: SiteFolder) -> str:
    found, _ = read_status(made.root, "site.yaml", TODAY)
    assert found is not None
    return next(row.translations[0].state for row in found.pages if row.key == "city")


def test_a_new_page_needs_a_title_and_takes_whole_sections_only(city: SiteFolder, po: Path, capsys: Captured) -> None:
    city.remove(EN)
    export(city, po)
    edited(po, lambda catalog: put(catalog, "end/1", "The end"))
    assert import_(city, po) == 1
    assert "[po-title]" in capsys.readouterr().err
    assert not (city.root / EN).exists()

    def change(catalog: Catalog) -> None:
        put(catalog, "front/1", "City")
        put(catalog, "front/2", "About the city.")
        put(catalog, "introduction/1", "With a [link](index.md) and `kodo`.")

    edited(po, change)
    assert import_(city, po) == 0
    assert "Section “end” was skipped: only 1 of 3 messages are translated. [po-incomplete]" in capsys.readouterr().err
    assert text(city).endswith("---\n\nWith a [link](index.md) and `kodo`.\n\n")


def test_a_section_is_put_in_where_it_belongs(city: SiteFolder, po: Path) -> None:
    whole = text(city)
    start, end = whole.index("## Steps"), whole.index("## The end")
    city.edit(EN, whole[:start] + whole[end:].rstrip("\n"))
    export(city, po)

    def change(catalog: Catalog) -> None:
        for number, string in enumerate(["Steps", "One", "Two %(num)s", "a | b", "c | ![d](map.svg)"], start=1):
            put(catalog, f"steps/{number}", string)

    edited(po, change)
    assert import_(city, po) == 0
    made = text(city)
    assert (
        made.index("Introduction")
        < made.index("## Steps {#steps}\n\n- One\n- Two %(num)s\n")
        < made.index("## The end")
    )
    assert made.endswith("[^1]: A note.")
    assert status_of(city) == "current"


@pytest.mark.parametrize(
    ("context", "string", "code"),
    [
        ("introduction/1", "Without a link and `kodo`.", "po-lost"),
        ("introduction/1", "With [a link](other.md) and `kodo`.", "po-lost"),
        ("introduction/1", "With [a](index.md), [b](b.md) and `kodo`.", "po-added"),
        ("introduction/1", "With [a](index.md) and code.", "po-lost"),
        ("introduction/1", "With [a](index.md) and `code`.", "po-lost"),
        ("introduction/1", "With [a](index.md) and `kodo` <b>x</b>.", "po-added"),
        ("introduction/1", "With [a](index.md){#here} and `kodo`.", "po-added"),
        ("introduction/1", "## With [a](index.md) and `kodo`.", "po-shape"),
        ("introduction/1", "One [a](index.md)\n\nand `kodo`.", "po-shape"),
        ("introduction/1", "- With [a](index.md) and `kodo`.", "po-shape"),
        ("steps/1", "Steps\nand more", "po-shape"),
        ("steps/3", "Second step", "po-lost"),
        ("steps/4", "One", "po-lost"),
        ("steps/4", "One | Two | Three", "po-added"),
        ("steps/5", "three | four", "po-lost"),
        ("steps/5", "three | [four](map.svg)", "po-lost"),
        ("end/2", "The very end.", "po-lost"),
        ("front/1", "City\nCity", "po-shape"),
    ],
)
def test_what_is_lost_is_refused_with_its_line(
    city: SiteFolder, po: Path, capsys: Captured, context: str, string: str, code: str
) -> None:
    export(city, po)
    before = text(city)
    edited(po, lambda catalog: put(catalog, context, string))
    capsys.readouterr()
    assert import_(city, po) == 1
    printed = capsys.readouterr().err
    assert f"[{code}]" in printed
    assert printed.endswith("Nothing was written.\n")
    line = int(printed.split(":")[1])
    assert "msg" in po.read_text(encoding="utf-8").splitlines()[line - 1]
    assert text(city) == before


def test_a_language_of_words_need_not_be_marked_in_it(city: SiteFolder, po: Path) -> None:
    city.edit(SL, SOURCE.replace("Prvi *korak*", "Prvi *step*{lang=en}"))
    export(city, po)
    edited(po, lambda catalog: put(catalog, "steps/2", "The *first* step"))
    assert import_(city, po) == 0


def test_what_changed_since_the_export_is_not_overwritten(city: SiteFolder, po: Path, capsys: Captured) -> None:
    export(city, po)

    def change(catalog: Catalog) -> None:
        put(catalog, "steps/2", "1st *step*")
        put(catalog, "end/3", "Another note.")

    edited(po, change)
    city.edit(EN, text(city).replace("First *step*", "Best *step*"))
    assert import_(city, po) == 1
    assert "Section “steps” was skipped: its translation has changed since the export." in capsys.readouterr().err
    assert "Best *step*" in text(city)
    assert "Another note." in text(city)
    city.edit(SL, SOURCE.replace("Opomba.", "Nova opomba."))
    edited(po, lambda catalog: put(catalog, "end/3", "A third note."))
    assert import_(city, po) == 1
    assert "Section “end” was skipped: its source has changed since the export." in capsys.readouterr().err
    assert "A third note." not in text(city)


def test_a_file_of_another_page_is_refused(city: SiteFolder, po: Path, capsys: Captured) -> None:
    export(city, po)
    before = text(city)
    assert main(["translate", "index", "--lang", "en", "--import", str(po)], city.root) == 1
    assert "[po-foreign]" in capsys.readouterr().err
    assert text(city) == before


@pytest.mark.parametrize("data", [b'msgid "a', b"\xff\xfe", b"", b'msgid "a"\nmsgstr "b" c\n', b"nonsense\n", b"\0"])
def test_a_damaged_file_is_refused(city: SiteFolder, po: Path, capsys: Captured, data: bytes) -> None:
    po.write_bytes(data)
    before = text(city)
    assert import_(city, po) == 1
    assert "[po-" in capsys.readouterr().err
    assert text(city) == before


def test_no_file_is_overwritten_or_made_up(city: SiteFolder, po: Path, capsys: Captured) -> None:
    assert import_(city, po) == 2
    assert capsys.readouterr().err == f"There is no file {po}.\n"
    po.write_text("mine", encoding="utf-8")
    assert export(city, po) == 1
    assert po.read_text(encoding="utf-8") == "mine"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.text(alphabet=" \n#-|`>:[]()!ač1.*{}", max_size=60))
def test_any_translation_comes_back_byte_for_byte(city: SiteFolder, po: Path, body: str) -> None:
    data = f"---\ntitle: City\n---\n{body}".encode()
    city.write_bytes(EN, data)
    po.unlink(missing_ok=True)
    assert export(city, po) == 0
    assert import_(city, po) == 0
    assert (city.root / EN).read_bytes() == data
