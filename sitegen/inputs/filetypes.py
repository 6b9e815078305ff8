"""What published files are: types, by names and bytes, names with a digest, and what cameras write into them.

A file that is published as it is has the digest of its bytes. A picture has that of everything its bytes follow from,
so that its name is known, and pages are rendered and checked, before a single pixel is decoded.

A file next to a page is served from the site's own origin. What a browser runs there, or a host executes, could act as
the site: contributors may publish pictures, documents, sound, film, archives, text and data, and nothing else.
"""

import codecs
import hashlib
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path

from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_

LENGTH = 10


def fingerprinted(path: str, data: bytes, width: int = 0) -> str:
    """Return the address of an asset: `css/site.css` becomes `assets/css/site.3f2a91c04d.css`."""
    stem, suffix = posixpath.splitext(path)
    size = f"-{width}" if width else ""
    return f"assets/{stem}{size}.{hashlib.sha256(data).hexdigest()[:LENGTH]}{suffix.lower()}"


def file_digest(file: Path) -> str:
    """Return what `build.publish.digest_of` gives for a file's bytes, without holding them. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


PICTURES = frozenset(".jpg .jpeg .png .webp .gif .avif .svg".split())
TEXTS = frozenset(".txt .csv .tsv .json .geojson .topojson .ics .vcf .vtt .srt .bib .ris .tex .log".split())
FILMS = frozenset(".mp4 .m4v .mov .m4a .3gp".split())  # may say where they were taken
ZIPS = frozenset(".zip .docx .xlsx .pptx .odt .ods .odp .odg .epub .kmz".split())
ALLOWED = (
    PICTURES
    | TEXTS
    | FILMS
    | ZIPS
    | frozenset(
        """.pdf .doc .xls .ppt .rtf .mp3 .ogg .oga .opus .wav .flac .aac .webm .ogv .mkv
        .gz .tgz .tar .bz2 .xz .7z .zst""".split()
    )
)
_RUN_BY_BROWSERS = "htm html xht xhtml shtml xml xsl xslt rss atom svgz js mjs cjs swf mht mhtml wasm hta htc jar class"
_RUN_BY_HOSTS = """php php3 php4 php5 php7 php8 phps phtml phar pht asp aspx ascx asmx ashx jsp jspx jspf cfm cgi fcgi
 pl pm py pyc rb lua sh bash stm shtm"""
_RUN_BY_SYSTEMS = "exe msi bat cmd com scr ps1 vbs wsf dll app apk deb rpm"
_SETTINGS = "htaccess htpasswd htgroup config"
_ACTIVE_PARTS = frozenset(f"{_RUN_BY_BROWSERS} {_RUN_BY_HOSTS} {_SETTINGS}".split())
ACTIVE = _ACTIVE_PARTS | frozenset(_RUN_BY_SYSTEMS.split())
_RAW = "arw cr2 cr3 crw dng erf kdc mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
HIDDEN_PICTURES = {  # ending → what it is, of pictures that browsers do not show
    "heic": "HEIC",
    "heif": "HEIF",
    "hif": "HEIF",
    "tif": "TIFF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "dib": "BMP",
    "jxl": "JPEG XL",
    "jp2": "JPEG 2000",
    "j2k": "JPEG 2000",
    "jpf": "JPEG 2000",
    "psd": "Photoshop",
    "psb": "Photoshop",
    "xcf": "GIMP",
    "ai": "Illustrator",
    "eps": "EPS",
    "emf": "EMF",
    "wmf": "WMF",
    "ico": "ICO",
    "pcx": "PCX",
    "tga": "TGA",
} | dict.fromkeys(_RAW.split(), "RAW")
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"IIRO", "RAW"),
    (b"IIRS", "RAW"),
    (b"IIU\0", "RAW"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"FOVb", "RAW"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"8BPS", "Photoshop"),
    (b"gimp xcf", "GIMP"),
    (b"%!PS", "EPS"),
    (b"\0\0\x01\0", "ICO"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"crx ": "RAW"}
_HEIF = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_PROGRAMS = (b"FWS", b"CWS", b"ZWS", b"\0asm", b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe")
_SAVED_PAGES = (b"mime-version:", b"from: <saved by", b'from: "saved by')
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def ending_problems(allow: Sequence[str], places: Mapping[str, Place]) -> list[Problem]:
    """Return option-unknown for endings that no file has: they begin with a dot and are in small letters."""
    names = [name for name in allow if not name.startswith(".") or name.lower() != name]
    values = {"key": "files.allow", "known": ".gpx, .stl"}
    return [problem("option-unknown", places[name], value=name, **values) for name in names]


def ending(path: str) -> str:
    """Return the ending of a name in small letters, with its dot."""
    return posixpath.splitext(path)[1].lower()


def active_part(path: str) -> str:
    """Return the part of a name that makes a browser or a host run the file, or "".

    Some hosts run `a.php.txt`: every part behind a dot counts.
    """
    parts = path.rpartition("/")[2].lower().split(".")[1:]
    last = parts[-1:] if parts and parts[-1] in ACTIVE else []
    return next((part for part in [*parts, *last] if part in _ACTIVE_PARTS), last[0] if last else "")


def picture_kind(head: bytes) -> str:
    """Return what kind of picture begins with these bytes, or ""."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 128), 4))}
        name = next((_BRANDS[brand] for brand in sorted(brands) if brand in _BRANDS), "")
        return name or ("HEIC" if brands & _HEIF else "")
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def active_content(head: bytes, suffix: str) -> str:
    """Return what a browser may take these first bytes for although the name is harmless, or "" (translatable)."""
    text = head
    for mark in _MARKS:
        if head.startswith(mark):
            text = head[len(mark) :].replace(b"\0", b"")
            break
    start = text.lstrip(bytes(range(33)))[:64].lower()
    if start[:1] == b"<" and (start[1:2].isalpha() or start[1:2] in (b"!", b"?", b"/", b"%")):
        return T_("a web page or XML")
    if start.startswith(_SAVED_PAGES):
        return T_("a saved web page")
    if suffix not in TEXTS and head.startswith(_PROGRAMS):
        return T_("a program")
    return ""


def is_other(head: bytes, suffix: str) -> bool:
    """Say whether a file with this ending does not begin as all files of its type do."""
    if suffix == ".pdf":
        return b"%PDF-" not in head[:1024]
    if suffix in ZIPS:
        return not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))  # the last: with a password
    if suffix in TEXTS:
        return b"\0" in head and not head.startswith(_MARKS)
    return False


_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"loci\0\0\0\0")
_IN_AVIF = (b"Exif", b"application/rdf+xml", b"http://ns.adobe.com/", b"udta")
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_AT_ONCE = 1 << 20


def cleaned_gif(data: bytes) -> bytes:
    """Return a GIF without comments, plain texts and data of applications, except the number of repetitions.

    Walks through the blocks that https://www.w3.org/Graphics/GIF/spec-gif89a.txt describes. Raises ValueError where it
    is damaged.
    """
    at = 13 + _table(data, 10)
    out = [data[:at]]
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            return b"".join(out) + b";"
        if kind == 0x21:
            end = _after_blocks(data, at + 2)
            keep = data[at + 1] == 0xF9 or (data[at + 1] == 0xFF and data[at + 3 : at + 14] in _LOOPS)
        elif kind == 0x2C and at + 10 < len(data):
            end = _after_blocks(data, at + 11 + _table(data, at + 9))
            keep = True
        else:
            raise ValueError(kind)
        if keep:
            out.append(data[at:end])
        at = end
    raise ValueError(at)


def gif_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a GIF."""
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _table(data: bytes, at: int) -> int:
    """Return how many bytes the colour table has that the flags at `at` announce."""
    if at >= len(data):
        raise ValueError(at)
    return 3 << ((data[at] & 7) + 1) if data[at] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data):
        if data[at] == 0:
            return at + 1
        at += data[at] + 1
    raise ValueError(at)


def avif_tells(data: bytes) -> bool:
    """Say whether an AVIF holds EXIF or XMP."""
    return any(mark in data for mark in _IN_AVIF)


def film_tells(file: Path) -> bool:
    """Say whether a film or a recording holds the place where it was made. Reads it bit by bit. Raises OSError."""
    before = b""
    with file.open("rb") as opened:
        while part := opened.read(_AT_ONCE):
            if any(mark in before + part for mark in _PLACES):
                return True
            before = part[-32:]
    return False
