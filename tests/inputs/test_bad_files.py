"""Bad files that version control cannot keep on every system, and what holds for all problems together."""

import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from support import nobody
from support.site import SiteFolder, needs

Make = Callable[..., SiteFolder]
ABOUT = "-- content/sl/about.md --\n---\ntitle: O nas\n---\n\nBesedilo.\n"
BROKEN = """
-- content/en/index.md --
---
title: Home
colour: red
---

See [the aims](aims.md).
-- content/en/about.md --
---
title: "Cities
---
-- content/sl/about.md --
---
title: O nas
date: 2015-02-30
---

![](karta.png)
-- data/cities.csv --
name
-- locales/en/LC_MESSAGES/messages.po --
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Note"
msgstr "<b>Note</b>"
"""


def problems_of_nobody(made: SiteFolder) -> list[str]:
    """Return the problems of a build by a user whom permissions bind, in a process of its own.

    The libraries are loaded before the fork: that user need not be able to read them.
    """
    made.build(output=made.root / "warm-up")
    nobody.open_up(made.root)

    def work() -> str:
        made.build(output=Path("/nowhere/public"))
        return "\0".join(made.problems)

    return nobody.as_nobody(work).split("\0")


def test_unreadable_file(site: Make) -> None:
    made = site(ABOUT)
    (made.root / "content/sl/about.md").chmod(0)
    assert problems_of_nobody(made) == [
        (
            "content/sl/about.md: error: The file or folder cannot be read: permission denied. [file-unreadable]\n"
            "       = Check its permissions."
        )
    ]


def test_unreadable_folder(site: Make) -> None:
    made = site(ABOUT.replace("about", "news/about"))
    (made.root / "content/sl/news").chmod(0)
    printed = problems_of_nobody(made)
    (made.root / "content/sl/news").chmod(0o755)
    assert printed == [
        (
            "content/sl/news: error: The file or folder cannot be read: permission denied. [file-unreadable]\n"
            "       = Check its permissions."
        )
    ]


def test_output_that_cannot_be_written(site: Make) -> None:
    assert problems_of_nobody(site()) == [
        (
            "/nowhere/public: error: The site could not be written: permission denied."
            " [publish-failed]\n"
            "       = Check the free disk space and the permissions. The next build repairs an incomplete site."
        )
    ]


def test_output_that_is_a_file(site: Make) -> None:
    made = site()
    made.edit("public", "mine")
    assert made.problems == [
        (
            "public: error: The site could not be written: it is not a folder."
            " [publish-failed]\n"
            "       = Delete the file, or choose another folder with --output."
        )
    ]
    assert (made.root / "public").read_text() == "mine"


def test_output_with_files_of_somebody_else(site: Make) -> None:
    made = site()
    made.edit("public/CNAME", "example.org\n")
    made.edit("public/notes/plan.txt", "mine\n")
    assert made.problems == [
        (
            "public: error: The folder contains 2 files that this site did not publish: CNAME, notes/plan.txt."
            " [output-foreign]\n"
            "       = Move them to static/, or choose another folder with --output."
        )
    ]
    assert sorted(made.outputs) == ["CNAME", "notes/plan.txt"]


def test_file_of_more_than_a_megabyte(site: Make) -> None:
    made = site(ABOUT)
    made.edit("content/sl/about.md", "---\ntitle: O nas\n---\n" + "a\n" * 500_000)
    assert made.problems == [
        (
            "content/sl/about.md: error: The file is too large: 1000021 bytes; the limit is "
            "1000000 bytes. [file-too-long]\n"
            "       = Split the page, or move data to data/."
        )
    ]


@pytest.mark.parametrize("path", ["data/towns.yaml", "templates/large.html", "locales/en/LC_MESSAGES/messages.po"])
def test_file_that_is_too_large_is_not_read(site: Make, path: str) -> None:
    made = site()
    made.write_bytes(path, b"")
    with (made.root / path).open("wb") as file:
        file.truncate(1 << 40)  # a terabyte, of which the disk holds nothing
    assert made.problems == [
        (
            f"{path}: error: The file is too large: {1 << 40} bytes; the limit is 1000000 bytes. [file-too-long]\n"
            "       = Split the file."
        )
    ]


@pytest.mark.parametrize("name", ["map.svg", "map.gif", "map.avif"])
def test_drawing_that_is_too_large_is_not_read(site: Make, name: str) -> None:
    made = site(f"-- content/sl/about.md --\n---\ntitle: O nas\n---\n\n![Zemljevid]({name})\n-- content/sl/{name} --\n")
    with (made.root / "content/sl" / name).open("wb") as file:
        file.truncate(50_000_001)
    assert made.codes == ["file-too-long"]
    assert made.problems[0].endswith("= Make it smaller, or save it in another format.")


@pytest.mark.parametrize(
    "path",
    [
        "content/sl/page.md", "content/sl/map.jpg", "content/sl/map", "data/towns.yaml", "static/site.css",
        "templates/page.html", "locales/en/LC_MESSAGES/messages.po", "site.yaml", "urls.lock",
    ],
)  # fmt: skip
def test_pipe_is_never_opened(site: Make, path: str) -> None:
    needs("users", hasattr(os, "mkfifo"))
    made = site(ABOUT)
    (made.root / path).unlink(missing_ok=True)
    (made.root / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(made.root / path)
    assert made.problems == [
        (
            f"{path}: error: The file or folder cannot be read: it is a pipe, a socket or a device. [file-unreadable]\n"
            "       = Move it out of the folders of the site."
        )
    ]


def test_folder_in_the_place_of_a_file(site: Make) -> None:
    made = site()
    (made.root / "locales/en/LC_MESSAGES/messages.po").unlink()
    (made.root / "locales/en/LC_MESSAGES/messages.po").mkdir()
    assert made.problems == [
        (
            "locales/en/LC_MESSAGES/messages.po: error: The file or folder cannot be read: it is a folder. "
            "[file-unreadable]\n       = Move or rename the folder: a file must have this name."
        )
    ]


def test_template_that_is_no_text_is_reported_without_what_follows_from_it(site: Make) -> None:
    made = site(ABOUT)
    made.write_bytes("templates/page.html", "{% extends 'base.html' %}".encode("utf-16"))
    assert made.codes == ["not-utf8"]


def test_file_of_a_megabyte_is_accepted(site: Make) -> None:
    made = site(ABOUT)
    head = "---\ntitle: O nas\n---\n\n"
    made.edit("content/sl/about.md", head + "\n" * (1_000_000 - len(head)))
    assert made.problems == []


def test_name_in_nfd(site: Make) -> None:
    made = site()
    made.edit("content/sl/" + unicodedata.normalize("NFD", "učenje.md"), "---\ntitle: Učenje\n---\n")
    assert made.problems == [
        (
            f"content/sl/{unicodedata.normalize('NFD', 'učenje.md')}: error: The file's name is not in the Unicode form"
            " NFC. [name-not-nfc]\n"
            "       = Rename it: type the accented letters again, or use letters without accents."
        )
    ]


def test_name_that_is_not_utf8(site: Make) -> None:
    needs("free names", sys.platform.startswith("linux"))
    made = site()
    with open(os.fsencode(made.root) + b"/content/sl/u\xe8enje.md", "wb") as file:
        file.write(b"---\ntitle: A\n---\n")
    assert made.problems == [
        "content/sl/u?enje.md: error: The file's name is not UTF-8. [name-undecodable]\n       = Rename the file."
    ]


def test_symbolic_link_out_of_the_site(site: Make, tmp_path: Path) -> None:
    made = site()
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n")
    (made.root / "content/sl/secret.md").symlink_to(tmp_path / "secret.md")
    assert made.problems == [
        (
            f"content/sl/secret.md: error: The symbolic link leads out of the site: {tmp_path}/secret.md."
            " [link-leads-outside]\n"
            "       = Replace the link with a copy of the file."
        )
    ]


def test_symbolic_link_to_a_folder_out_of_the_site(site: Make, tmp_path: Path) -> None:
    made = site()
    (made.root / "content/sl/rest").symlink_to(tmp_path, target_is_directory=True)
    assert made.codes == ["link-leads-outside"]


@pytest.mark.parametrize("folder", ["content", "data", "static", "templates"])
def test_folder_of_the_site_that_is_a_link_stays_inside_of_it(site: Make, tmp_path: Path, folder: str) -> None:
    made = site(ABOUT)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    if (made.root / folder).exists():
        (made.root / folder).rename(made.root / f"own-{folder}")
    (made.root / folder).symlink_to(outside, target_is_directory=True)
    assert "link-leads-outside" in made.codes
    assert made.outputs == {}


def test_folder_of_the_site_may_be_a_link_to_another_one_inside(site: Make) -> None:
    made = site(ABOUT)
    (made.root / "content").rename(made.root / "texts")
    (made.root / "content").symlink_to("texts", target_is_directory=True)
    assert made.problems == []


def test_symbolic_link_to_a_folder_above(site: Make) -> None:
    made = site()
    (made.root / "content/sl/again").symlink_to("..", target_is_directory=True)
    assert made.problems == [
        (
            "content/sl/again: error: The symbolic link leads back to a folder above it. [link-loop]\n"
            "       = Remove the link."
        )
    ]


def test_symbolic_link_to_nothing(site: Make) -> None:
    made = site()
    (made.root / "content/sl/gone.md").symlink_to("nothing.md")
    assert made.problems == [
        (
            "content/sl/gone.md: error: The symbolic link leads nowhere: nothing.md. [link-broken]\n"
            "       = Remove or correct the link."
        )
    ]


def test_symbolic_link_to_itself(site: Make) -> None:
    made = site()
    (made.root / "content/sl/me.md").symlink_to("me.md")
    assert made.codes == ["link-broken"]


def test_symbolic_link_inside_the_site_is_followed(site: Make) -> None:
    made = site(ABOUT)
    (made.root / "content/sl/copy.md").symlink_to("about.md")
    assert made.problems == []
    assert "Besedilo." in made.read("sl/copy/index.html")


def test_image_of_too_many_pixels(site: Make) -> None:
    made = site()
    Image.new("1", (10_000, 6_001)).save(made.root / "content/sl/map.png")
    assert made.problems == [
        (
            "content/sl/map.png: error: The image has 10000 × 6001 pixels. [image-too-large]\n"
            "       = Scale it down: at most 60 million pixels are allowed."
        )
    ]


def test_several_at_once_are_all_shown(site: Make) -> None:
    made = site(BROKEN)
    places = [(p.place.path, p.place.line, p.code) for p in made.build().problems]
    assert places == [
        ("content/en/about.md", 2, "yaml-syntax"),
        ("content/en/index.md", 3, "key-unknown"),
        ("content/en/index.md", 6, "link-missing"),
        ("content/sl/about.md", 3, "date-invalid"),
        ("content/sl/about.md", 6, "image-missing"),
        ("content/sl/about.md", 6, "image-no-alt"),
        ("data/cities.csv", 0, "data-format"),
        ("locales/en/LC_MESSAGES/messages.po", 6, "string-html"),
    ]


def test_bom_and_crlf_are_accepted_silently(site: Make) -> None:
    text = "---\ntitle: Home\naliases: [/en/old/]\n---\n\n## One {#one}\n\n"
    text += ":::note\nText.\n:::\n\n```\na\nb\n```\n\n- a\n- b\n"
    unix, windows = site(), site()
    for made in (unix, windows):
        made.edit("content/en/index.md", text)
        made.edit("content/sl/index.md", text.replace("/en/", "/sl/"))
    for file in sorted(windows.root.rglob("*")):
        if file.is_file():
            data = file.read_bytes().replace(b"\n", b"\r\n")
            bom = b"" if file.suffix == ".po" else b"\xef\xbb\xbf"
            file.write_bytes(bom + data)
    assert unix.problems == windows.problems == []
    assert windows.outputs == unix.outputs


def test_several_boms_are_accepted_silently(site: Make) -> None:
    made = site(ABOUT)
    made.write_bytes("content/sl/about.md", b"\xef\xbb\xbf" * 2 + b"---\ntitle: O nas\n---\n")
    assert made.problems == []


def test_bom_in_a_catalogue_is_accepted_silently(site: Make) -> None:
    plain, marked = site(), site()
    path = "locales/sl/LC_MESSAGES/messages.po"
    marked.write_bytes(path, b"\xef\xbb\xbf" + (marked.root / path).read_bytes())
    assert plain.problems == marked.problems == []
    assert marked.outputs == plain.outputs


def test_old_mac_line_ends_are_accepted_silently(site: Make) -> None:
    made = site()
    made.write_bytes("content/en/index.md", b"---\rtitle: Home\r---\r\rWelcome.\r")
    assert made.problems == []
    assert "<p>Welcome.</p>" in made.read("en/index.html")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/en/index.md", "---\ntitle: Home\n---\n\n[Gone](gone.md)\n"),
        ("templates/page.html", "{{ nothing }}"),
        ("templates/page.html", "{% extends 'base.html' %}{% block main %}<a href='gone/'>x</a>{% endblock %}"),
        ("site.yaml", "title: [\n"),
    ],
)
def test_on_any_error_public_is_untouched(site: Make, path: str, text: str) -> None:
    made = site()
    assert not made.build().failed
    before = {file: file.stat() for file in (made.root / "public").rglob("*")}
    made.edit(path, text.replace("'gone/'", '"gone/"'))
    made.edit("content/sl/new.md", "---\ntitle: Novo\n---\n")
    assert made.build().failed
    assert {file: file.stat() for file in (made.root / "public").rglob("*")} == before
    assert not (made.root / ".public.new").exists()


def test_warnings_do_not_fail_a_build_but_do_with_strict(site: Make) -> None:
    made = site("-- content/en/index.md --\n---\ntitle: Home\n---\n\n![](map.svg)\n-- content/en/map.svg --\n<svg/>\n")
    assert made.build(strict=True).failed
    assert not (made.root / "public").exists()
    assert not made.build().failed
    assert made.codes == ["image-no-alt"]
    assert made.has("en/index.html")
