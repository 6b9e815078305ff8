"""Files that are published beside the pages: fingerprinted names, stylesheets joined, bitmaps made fit for the web.

A bitmap is turned upright, freed of EXIF, GPS and other data, and made in several widths (package Pillow). The name of
every asset holds a digest of its bytes, so that it may be kept by browsers for ever.
"""

import hashlib
import io
import posixpath
import re
import struct
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, msgpack

from sitegen.core.phrases import Phrase, phrase
from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.core.records import Asset, ImageOptions, Source, Variant
from sitegen.core.urls import joined
from sitegen.core.words import T_
from sitegen.read.svg import read_svg

BITMAPS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_URL = re.compile(r"""url\(\s*["']?([^"')\s?#]+)([?#][^"')\s]*)?["']?\s*\)""")
_NAMED = re.compile(rf"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?\s*;|{_URL.pattern}""")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_MAX_PIXELS = 60_000_000
_ICON = "icons/favicon-32.png"


def read_static(sources: list[Source], *, stable: bool = False) -> tuple[list[Asset], list[Problem]]:
    """Make assets of static/: files at its top keep their names at the site's root, files in folders get fingerprints.

    With `stable`, stylesheets get none: no page is another one then because a stylesheet is. Browsers and readers of
    feeds ask for favicon.ico unasked: it is made of the site's icon where the site has none of its own.
    Problems: stylesheet-import and stylesheet-url for files that are not there.
    """
    by_path = {source.path.removeprefix("static/"): source for source in sources}
    if _ICON in by_path and "favicon.ico" not in by_path:
        by_path["favicon.ico"] = Source("static/favicon.ico", _icon(by_path[_ICON].data))
    imported: set[str] = set()
    problems: list[Problem] = []
    texts: dict[str, bytes] = {}
    for path, source in by_path.items():
        if path.endswith(".css"):
            texts[path] = _stylesheet(path, by_path, imported, problems, ()).encode()
        else:
            texts[path] = source.data
    assets: dict[str, Asset] = {}
    for path in sorted(texts, key=lambda p: (p.endswith(".css"), p)):  # stylesheets last: they name the others
        if path in imported:
            continue
        data = texts[path]
        if path.endswith(".css"):
            data = _with_fingerprints(path, data.decode(), assets).encode()
        data = _smaller(path, data)
        url = path if "/" not in path or path.startswith(".well-known/") else fingerprinted(path, data)
        if stable and path.endswith(".css") and url != path:
            url = f"assets/{path}"
        assets[path] = Asset(f"static/{path}", url, data)
    return [assets[path] for path in sorted(assets)], problems


def _icon(picture: bytes) -> bytes:
    """Return a file of the format ICO that holds one PNG, as it is."""
    width, height = picture[19], picture[23]  # the last bytes of the two numbers in the header; 256 is written 0
    head = struct.pack("<HHH", 0, 1, 1)
    return head + struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(picture), 22) + picture


def _smaller(path: str, data: bytes) -> bytes:
    """Return a stylesheet or script without comments and idle white space (packages rcssmin, rjsmin)."""
    if path.endswith(".css"):
        import rcssmin

        return bytes(rcssmin.cssmin(data, keep_bang_comments=True))
    if path.endswith(".js"):
        import rjsmin

        return bytes(rjsmin.jsmin(data, keep_bang_comments=True))
    return data


def fingerprinted(path: str, data: bytes, width: int = 0) -> str:
    """Return the address of an asset: `css/site.css` becomes `assets/css/site.3f2a91c04d.css`."""
    stem, suffix = posixpath.splitext(path)
    size = f"-{width}" if width else ""
    return f"assets/{stem}{size}.{hashlib.sha256(data).hexdigest()[:10]}{suffix.lower()}"


def _stylesheet(
    path: str, files: dict[str, Source], imported: set[str], problems: list[Problem], parents: tuple[str, ...]
) -> str:
    """Return a stylesheet with its imports put in place, so that a page asks for one file only.

    In what comes back, every url(…) of a file below static/ is written as seen from there.
    """
    source = files[path]
    text = source.data.decode("utf-8", "replace")

    def replaced(match: re.Match[str]) -> str:
        written = match[1] or match[2]
        if _OUTSIDE.match(written):
            return match.group()
        target = joined(posixpath.dirname(path), written)
        if target is None or target not in files or (match[1] and target in (*parents, path)):
            place = Lines(source.path, text).place(match.start())
            problems.append(problem("stylesheet-import" if match[1] else "stylesheet-url", place, target=written))
            return ""
        if match[2]:
            return f'url("{target}{match[3] or ""}")'
        imported.add(target)
        return _stylesheet(target, files, imported, problems, (*parents, path))

    return _NAMED.sub(replaced, text)


def _with_fingerprints(path: str, text: str, assets: dict[str, Asset]) -> str:
    """Rewrite url(…) of files below static/ to their published names, as seen from the stylesheet's own."""
    here = posixpath.dirname(path if "/" not in path else f"assets/{path}")

    def replaced(match: re.Match[str]) -> str:
        if match[1] not in assets:
            return match.group()
        return f'url("{posixpath.relpath(assets[match[1]].url, here or ".")}{match[2] or ""}")'

    return _URL.sub(replaced, text)


class AssetRead(Struct, frozen=True):
    """What reading one file beside a page gave."""

    asset: Asset | None
    problems: tuple[Problem, ...]


def read_content_files(options: ImageOptions, sources: Sequence[Source]) -> list[bytes]:
    """Read many files; returns a packed AssetRead for each."""
    results = (read_content_file(source, options) for source in sources)
    return [msgpack.encode(AssetRead(asset, tuple(problems))) for asset, problems in results]


def read_content_file(source: Source, options: ImageOptions) -> tuple[Asset | None, list[Problem]]:
    """Make an asset of a file that stands beside a page.

    Problems: image-broken, image-too-large, those of read_svg.
    """
    name = source.path.removeprefix("content/")
    suffix = posixpath.splitext(name)[1].lower()
    if suffix in BITMAPS:
        return _bitmap(source, name, BITMAPS[suffix], options)
    if suffix == ".svg":
        data, problems = read_svg(source.path, source.data)
        return (None if problems else Asset(source.path, fingerprinted(name, data), data)), problems
    return Asset(source.path, fingerprinted(name, source.data), source.data), []


def is_bitmap(source: Source) -> bool:
    """Say whether a file is read as a picture of pixels."""
    return posixpath.splitext(source.path)[1].lower() in BITMAPS


def _bitmap(source: Source, name: str, kind: str, options: ImageOptions) -> tuple[Asset | None, list[Problem]]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    place = Place(source.path)
    try:
        with Image.open(io.BytesIO(source.data), formats=sorted(set(BITMAPS.values()))) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None, [problem("image-too-large", place, width=opened.width, height=opened.height)]
            image: Image.Image = ImageOps.exif_transpose(opened)
            image = _plain(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return None, [problem("image-broken", place, reason=_reason(error))]
    widest = max(options.widths)
    if image.width > widest:
        image = image.resize((widest, max(1, round(image.height * widest / image.width))), Image.Resampling.LANCZOS)
    variants = []
    for width in sorted(set(options.widths)):
        if width < image.width:
            small = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
            data = _encoded(small, kind, options)
            variants.append(Variant(fingerprinted(name, data, width), width, data))
    data = _encoded(image, kind, options)
    url = fingerprinted(name, data)
    return Asset(source.path, url, data, image.width, image.height, tuple(variants)), []


def _reason(error: Exception) -> Phrase:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):  # its text names an address in memory
        return phrase("it is not a JPEG, PNG or WebP file")
    return phrase(str(error).split(":")[0] or T_("it is damaged"))


def _plain(image: Any) -> Any:
    """Return a copy that holds pixels only: no EXIF, GPS, comments or colour profile; colours brought to sRGB."""
    from PIL import Image, ImageCms

    profile = image.info.get("icc_profile")
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the numbers are taken as sRGB
    image = image.convert("RGBA" if transparent else ("L" if image.mode in ("1", "L") else "RGB"))
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    return plain


def _encoded(image: Any, kind: str, options: ImageOptions) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG", optimize=True)
    elif kind == "WEBP":
        image.save(out, "WEBP", quality=options.quality, method=4)
    else:
        image.convert("L" if image.mode == "L" else "RGB").save(
            out, "JPEG", quality=options.quality, optimize=True, progressive=True
        )
    return out.getvalue()
