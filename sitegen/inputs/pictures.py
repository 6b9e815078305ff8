"""Bitmaps next to pages: what their headers say, at once; their pixels, made fit for the web, when all else is right.

A picture is turned upright, freed of EXIF, GPS and other data, brought to sRGB, and made in several widths (package
Pillow). It is made smaller as early as possible and in strips, so that it is never in memory twice at full size.
"""

import io
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, msgpack

from sitegen.inputs.filetypes import fingerprinted
from sitegen.model.config import ImageOptions
from sitegen.model.files import Asset, Bitmap, Variant
from sitegen.model.phrases import Phrase, phrase, system_reason
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_

KINDS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_MAX_PIXELS = 60_000_000
_ENCODING = b"2"  # counts changes of how pictures are made: their names depend on it
_STRIP = 4_000_000  # pixels that are converted at a time


def bitmap(path: str, file: Path, digest: str, options: ImageOptions) -> tuple[Asset | None, list[Problem]]:
    """Return a picture with its size, widths and addresses, from its header alone. `digest` is that of the file.

    Problems: image-broken, image-too-large.
    """
    import PIL

    name = path.removeprefix("content/")
    try:
        width, height, header = _header(file, KINDS[posixpath.splitext(name)[1].lower()])
    except Exception as error:
        return None, [_broken(path, error)]
    if width * height > _MAX_PIXELS:
        return None, [problem("image-too-large", Place(path), width=width, height=height)]
    if header.orientation > 4:
        width, height = height, width
    shown = min(width, max(options.widths))
    made_of = b"\0".join((digest.encode(), msgpack.encode(options), PIL.__version__.encode(), _ENCODING))
    variants = tuple(
        Variant(fingerprinted(name, made_of, narrow), narrow)
        for narrow in sorted(set(options.widths))
        if narrow < shown
    )
    url = fingerprinted(name, made_of)
    return Asset(path, url, None, shown, _scaled(height, width, shown), variants, digest, header), []


def _header(file: Path, kind: Any) -> tuple[int, int, Bitmap]:
    """Return the stored width and height of a picture, and what else its header says."""
    from PIL import Image

    with Image.open(file, formats=sorted(set(KINDS.values()))) as opened:
        width, height = opened.size
        late = opened.format in ("JPEG", "MPO") and not opened.info.get("progressive")
        memory = width * height * (1 if late else 4)
        return width, height, Bitmap(kind, _orientation(opened, file), memory)


def _orientation(opened: Any, file: Path) -> int:
    """Return how the camera was held; a PNG may say so behind its pixels, which are not read for that."""
    from PIL import Image

    if opened.format != "PNG":
        exif = opened.getexif()
    else:
        exif = Image.Exif()
        exif.load(opened.info.get("exif") or _late_exif(file))
    found = exif.get(0x0112, 1)
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _late_exif(file: Path) -> bytes:
    """Return the chunk eXIf of a PNG, or nothing."""
    with file.open("rb") as opened:
        opened.seek(8)
        while len(start := opened.read(8)) == 8:
            length = int.from_bytes(start[:4], "big")
            if start[4:] == b"eXIf":
                return opened.read(length)
            opened.seek(length + 4, io.SEEK_CUR)
    return b""


class Encoded(Struct, frozen=True):
    """The files of one picture, in the order of `Asset.urls`, or why there are none."""

    files: tuple[bytes, ...] = ()
    problem: Problem | None = None


class Encoding(Struct, frozen=True):
    """What all pictures of a site have in common when they are encoded."""

    root: Path
    options: ImageOptions


def encode_pictures(shared: Encoding, assets: Sequence[Asset]) -> list[Encoded]:
    """Encode many pictures. Problems: image-broken."""
    return [_encoded(shared, asset) for asset in assets]


def _encoded(shared: Encoding, asset: Asset) -> Encoded:
    try:
        return Encoded(tuple(_files(shared.root / asset.path, asset, shared.options)))
    except Exception as error:
        return Encoded(problem=_broken(asset.path, error))


def _files(file: Path, asset: Asset, options: ImageOptions) -> Iterable[bytes]:
    """Yield what is published of a picture: the widest first."""
    assert asset.bitmap is not None
    image = _upright(_small(file, asset), asset.bitmap.orientation)
    if image.size != (asset.width, asset.height):
        image = _resized(image, asset.width, asset.height)
    yield _saved(image, asset.bitmap.kind, options)
    for variant in asset.variants:
        narrow = _resized(image, variant.width, _scaled(image.height, image.width, variant.width))
        yield _saved(narrow, asset.bitmap.kind, options)


def _small(file: Path, asset: Asset) -> Any:
    """Return a picture's pixels in sRGB, at least as wide as is needed and not much wider; nothing else of it."""
    from PIL import Image

    assert asset.bitmap is not None
    width, height = (asset.width, asset.height) if asset.bitmap.orientation < 5 else (asset.height, asset.width)
    with Image.open(file, formats=sorted(set(KINDS.values()))) as opened:
        if opened.format in ("JPEG", "MPO"):
            opened.draft(None, (width * 2, height * 2))  # the decoder leaves out what is not needed
        opened.load()
        profile = opened.info.get("icc_profile")
        mode = _mode(opened)
        factor = max(1, min(opened.width // width, opened.height // height) // 2)
        image = _reduced(opened, mode, factor)
    image = _srgb(image, profile)
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    return plain


def _mode(image: Any) -> str:
    """Return the mode that a picture is made smaller in."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return "RGBA"
    if image.mode in ("1", "L") or image.mode.startswith(("I", "F")):
        return "L"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _reduced(image: Any, mode: str, factor: int) -> Any:
    """Return a picture `factor` times smaller in another mode, made strip by strip."""
    from PIL import Image

    if factor == 1 and image.mode == mode:
        return image
    size = -(-image.width // factor), -(-image.height // factor)
    small = Image.new(mode, size)
    rows = max(1, _STRIP // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        strip = _converted(image.crop((0, top, image.width, min(image.height, top + rows))), mode)
        if factor > 1 and mode == "RGBA":
            strip = strip.convert("RGBa").reduce(factor).convert("RGBA")  # what cannot be seen colours nothing
        elif factor > 1:
            strip = strip.reduce(factor)
        small.paste(strip, (0, top // factor))
    return small


def _converted(image: Any, mode: str) -> Any:
    if image.mode.startswith("I"):  # 16 bits for each grey
        return image.convert("I").point([value // 256 for value in range(65536)], "L") if mode == "L" else image
    return image if image.mode == mode else image.convert(mode)


def _srgb(image: Any, profile: bytes | None) -> Any:
    """Return a picture in RGB, RGBA or L whose numbers mean sRGB."""
    from PIL import ImageCms

    wanted = image.mode if image.mode in ("RGBA", "L") else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            goal = "RGBA" if wanted == "RGBA" else "RGB"
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=goal)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile: the numbers are taken as sRGB
    return image if image.mode in ("RGB", "RGBA", "L") else image.convert(wanted)


def _upright(image: Any, orientation: int) -> Any:
    from PIL.Image import Transpose

    turns = (
        None,
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    turn = turns[orientation - 1]
    return image if turn is None else image.transpose(turn)


def _resized(image: Any, width: int, height: int) -> Any:
    from PIL import Image

    return image.resize((width, height), Image.Resampling.LANCZOS)


def _scaled(height: int, width: int, narrow: int) -> int:
    return max(1, round(height * narrow / width))


def _saved(image: Any, kind: str, options: ImageOptions) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG", compress_level=6)
    elif kind == "WEBP":
        image.save(out, "WEBP", quality=options.quality, method=4)
    else:
        image.convert("L" if image.mode == "L" else "RGB").save(
            out, "JPEG", quality=options.quality, optimize=True, progressive=True
        )
    return out.getvalue()


def _broken(path: str, error: Exception) -> Problem:
    return problem("image-broken", Place(path), reason=_reason(error))


def _reason(error: Exception) -> Phrase:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):  # its text names an address in memory
        return phrase("it is not a JPEG, PNG or WebP file")
    if isinstance(error, OSError) and error.errno:
        return system_reason(error)
    return phrase(T_("it ends too early") if "truncated" in str(error).lower() else T_("it is damaged"))
