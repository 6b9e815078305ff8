"""What a contributor may publish next to a page: nothing that a browser or a host would run, whatever it is called."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.inputs.filetypes import active_content, active_part, picture_kind

Make = Callable[..., SiteFolder]
ACT = b"<script>alert(1)</script>"


def linked(site: Make, name: str, data: bytes, settings: str = "") -> SiteFolder:
    """Return a site with a page that links to a file in its folder."""
    made = site(f"-- content/sl/a.md --\n---\ntitle: A\n---\n\n[Datoteka](<{name}>)\n")
    made.write_bytes(f"content/sl/{name}", data)
    if settings:
        made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + settings)
    return made


@pytest.mark.parametrize(
    "name",
    """evil.html evil.HTM evil.xhtml evil.shtml evil.xml evil.xsl evil.svgz evil.js evil.mjs evil.swf evil.mht evil.wasm
    evil.hta evil.jar evil.php evil.phtml evil.php.txt evil.pHp5.jpg evil.phar evil.cgi evil.pl evil.py evil.asp
    evil.aspx evil.jsp evil.exe evil.bat web.config a.htaccess.txt evil.html.pdf evil.js.csv""".split(),
)
def test_active_type_is_refused_by_its_name(site: Make, name: str) -> None:
    assert active_part(name)
    assert not active_part("plan.2026.pdf")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("evil.html", ACT, "file-active"),
        ("evil.php.txt", b"x", "file-active"),
        ("evil.xyz", b"x", "file-type"),
        ("Makefile", b"x", "file-type"),
        ("evil.txt", ACT, "file-active"),
        ("evil.txt", b"\xef\xbb\xbf\n\t <!DOCTYPE html>", "file-active"),
        ("evil.txt", "<html>".encode("utf-16"), "file-active"),
        ("evil.csv", b"<?xml version='1.0'?><x/>", "file-active"),
        ("evil.ics", b"\0\0 <svg onload=x>", "file-active"),
        ("evil.json", b"<!-- --><script>", "file-active"),
        ("evil.vtt", b"MIME-Version: 1.0\nContent-Type: multipart/related", "file-active"),
        ("evil.pdf", b"<html>%PDF-1.4", "file-active"),
        ("evil.pdf", b"plain", "file-other"),
        ("evil.docx", b"plain", "file-other"),
        ("evil.txt", b"\x7fELF\0\0", "file-other"),
        ("evil.mp3", b"MZ\x90\0", "file-active"),
        ("evil.zip", b"CWS\x06", "file-active"),
        ("evil.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "file-active"),
        ("evil.gif", b"<html>", "file-active"),
    ],
)
def test_file_is_refused_by_name_and_by_content(site: Make, name: str, data: bytes, code: str) -> None:
    made = linked(site, name, data)
    assert made.codes == [code]
    assert not (made.root / "public").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Text, 1 < 2"),
        ("a.csv", b"a;b\n"),
        ("a.geojson", b"{}"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.docx", b"PK\x03\x04"),
        ("a.mp3", b"ID3"),
        ("plan.2026.zip", b"PK\x05\x06"),
        ("a.tar.gz", b"\x1f\x8b"),
    ],
)
def test_safe_type_is_published_as_it_is(site: Make, name: str, data: bytes) -> None:
    made = linked(site, name, data)
    assert made.problems == []
    assert data in made.outputs.values()


def test_what_no_published_page_needs_is_neither_published_nor_a_problem(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\ndraft: true\n---\n\n[x](evil.js)\n")
    made.write_bytes("content/sl/evil.js", ACT)
    made.write_bytes("content/sl/IMG_1.HEIC", b"\0\0\0\x18ftypheic")
    assert made.problems == []
    assert ACT not in made.outputs.values()


def test_the_owner_may_allow_more(site: Make) -> None:
    made = linked(site, "track.gpx", b"<gpx/>", "files: {allow: [.gpx]}\n")
    assert made.codes == ["trust-widened"]  # a note: the build's summary names it
    assert b"<gpx/>" in made.outputs.values()


@pytest.mark.parametrize("written", ["gpx", ".GPX", "'*'"])
def test_an_ending_that_can_never_fit_is_a_problem(site: Make, written: str) -> None:
    assert linked(site, "a.txt", b"a", f"files: {{allow: [{written}]}}\n").codes == ["option-unknown"]


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("IMG_1.HEIC", HEIC, "HEIC"),
        ("a.heif", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        ("photo.jpg", HEIC, "HEIC"),
        ("a.tiff", b"II*\0", "TIFF"),
        ("a.png", b"MM\0*", "TIFF"),
        ("a.bmp", b"BM\0\0\0\0\0\0\0\0", "BMP"),
        ("a.nef", b"MM\0*", "camera RAW"),
        ("a.CR3", b"\0\0\0\x18ftypcrx \0\0\0\0", "camera RAW"),
        ("a.webp", b"FUJIFILMCCD-RAW", "camera RAW"),
        ("a.jxl", b"\xff\x0a", "JPEG XL"),
        ("a.jp2", b"\0\0\0\x0cjP  ", "JPEG 2000"),
        ("a.psd", b"8BPS", "Photoshop"),
        ("a.jpeg", b"GIF89a", "GIF"),
        ("a.gif", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.avif", HEIC, "HEIC"),
        ("a.ico", b"\0\0\x01\0", "ICO"),
    ],
)
def test_picture_that_browsers_do_not_show_or_that_keeps_camera_data(
    site: Make, name: str, data: bytes, kind: str
) -> None:
    made = site(f"-- content/sl/a.md --\n---\ntitle: A\n---\n\n![Trg]({name})\n")
    made.write_bytes(f"content/sl/{name}", data)
    assert made.codes == ["image-format"]
    assert f"The format of this image is {kind}." in made.problems[0]
    assert "Save it as JPEG, PNG or WebP" in made.problems[0]


@pytest.mark.parametrize("head", [b"", b"a", b"\xff\xfe", b"BM", b"RIFF", b"\0\0\0\xffftyp", b"<", b" "])
def test_short_files_are_judged_too(head: bytes) -> None:
    assert picture_kind(head) in ("", "BMP")
    assert active_content(head, ".txt") == ""


@pytest.mark.parametrize("place", [b"\xa9xyz", b"com.apple.quicktime.location.ISO6709"])
def test_film_that_says_where_it_was_made_is_refused(site: Make, place: bytes) -> None:
    data = b"\0\0\0\x18ftypmp42" + b"\0" * ((1 << 20) - 14) + place + b"+46.05+014.5/"
    assert linked(site, "walk.mp4", data).codes == ["file-metadata"]
    assert linked(site, "walk.mp4", data.replace(place, b"")).codes == []


def test_avif_with_data_of_a_camera_is_refused(site: Make) -> None:
    data = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + b"\0\0\0\x15infe\x02\0\0\0\0\x02\0\0"
    assert linked(site, "a.avif", data + b"Exif\0").codes == ["file-metadata"]
    assert linked(site, "a.avif", data + b"av01\0").codes == []


def test_gif_loses_its_comments_and_keeps_its_frames(site: Make) -> None:
    head = b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xff\xff\xff"
    loop = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    frame = b"!\xf9\x04\0\n\0\0\0,\0\0\0\0\x02\0\x03\0\0\x02\x03D\x02\x05\0"
    litter = b"!\xfe\x06Secret\0!\xff\x0bXMP DataXMP\x06Secret\0"
    made = linked(site, "a.gif", head + loop + litter + frame + litter + frame + b";trailing Secret")
    assert made.problems == []
    assert head + loop + frame + frame + b";" in made.outputs.values()
    assert linked(site, "a.gif", head + frame[:-3]).codes == ["image-broken"]
