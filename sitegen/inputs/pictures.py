"""Bitmaps next to pages: what their headers say, at once; their pixels, made fit for the web, when all else is right.

A picture is turned upright, freed of EXIF, GPS and other data, brought to sRGB, and made in several widths (package
Pillow). It is made smaller as early as possible and in strips, so that it is never in memory twice at full size. What
its pixels take is known from its header (`Bitmap.memory`), so a build decides how many are decoded at the same time.
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
Size = tuple[int, int]
_MAX_PIXELS = 60_000_000
_ENCODING = b"3"  # counts changes of how pictures are made: their names depend on it
_STRIP = 4_000_000  # pixels that are converted at a time
_GAP, _SMALL_GAP = 2, 1.5  # a JPEG is decoded at least so many times as wide as it is shown
_MUCH = 30_000_000  # pixels from which the small gap is enough
_ALWAYS = 30_000_000  # bytes that making a picture smaller and encoding it takes, besides its pixels


def bitmap(path: str, file: Path, digest: str, options: ImageOptions) -> tuple[Asset | None, list[Problem]]:
    """Return a picture with its size, widths and addresses, from its header alone. `digest` is that of the file.

    Problems: image-broken, image-too-large.
    """
    import PIL

    name = path.removeprefix("content/")
    try:
        stored, header = _header(file, KINDS[posixpath.splitext(name)[1].lower()], max(options.widths))
    except Exception as error:
        return None, [_broken(path, error)]
    if stored[0] * stored[1] > _MAX_PIXELS:
        return None, [problem("image-too-large", Place(path), width=stored[0], height=stored[1])]
    width, height = _turned(stored, header.orientation)
    shown = min(width, max(options.widths))
    made_of = b"\0".join((digest.encode(), msgpack.encode(options), PIL.__version__.encode(), _ENCODING))
    variants = tuple(
        Variant(fingerprinted(name, made_of, narrow), narrow)
        for narrow in sorted(set(options.widths))
        if narrow < shown
    )
    url = fingerprinted(name, made_of)
    return Asset(path, url, None, shown, _scaled(height, width, shown), variants, digest, header), []


def _header(file: Path, kind: Any, widest: int) -> tuple[Size, Bitmap]:
    """Return the stored width and height of a picture, and the other values of its header."""
    from PIL import Image

    with Image.open(file, formats=sorted(set(KINDS.values()))) as opened:
        orientation = _orientation(opened, file)
        width, height = _turned(opened.size, orientation)
        shown = min(width, widest)
        wanted = _turned((shown, _scaled(height, width, shown)), orientation)
        return opened.size, Bitmap(kind, orientation, _memory(opened, wanted))


def _turned(size: Size, orientation: int) -> Size:
    """Return the displayed size for the stored one, and the other way round."""
    return size if orientation < 5 else (size[1], size[0])


def _memory(opened: Any, wanted: Size) -> int:
    """Return about how many bytes a picture takes at most while it is encoded."""
    pixels: int = opened.width * opened.height
    if opened.format not in ("JPEG", "MPO"):
        return _ALWAYS + pixels * (16 if opened.format == "WEBP" else 4)
    late = 2 * len(opened.getbands()) * pixels if opened.info.get("progressive") else 0
    return _ALWAYS + late + 4 * pixels // _scale(opened.size, _rough(opened.size, wanted)) ** 2


def _rough(stored: Size, wanted: Size) -> Size:
    """Return how large a JPEG is to be decoded at least, to be brought to a size."""
    for gap in (_GAP, _SMALL_GAP):
        rough = round(wanted[0] * gap), round(wanted[1] * gap)
        if stored[0] * stored[1] // _scale(stored, rough) ** 2 <= _MUCH:
            break
    return rough


def _scale(stored: Size, rough: Size) -> int:
    """Return how many times smaller the decoder makes a JPEG that must not become smaller than `rough`."""
    most = min(stored[0] // rough[0], stored[1] // rough[1])
    return max(scale for scale in (1, 2, 4, 8) if scale <= max(1, most))


def _orientation(opened: Any, file: Path) -> int:
    """Return the EXIF orientation; in a PNG it may follow the pixels, which are not decoded for that."""
    from PIL import Image

    if opened.format != "PNG":
        exif = opened.getexif()
    else:
        exif = Image.Exif()
        exif.load(opened.info.get("exif") or _late_exif(file))
    orientation = exif.get(0x0112, 1)
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1


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
    wanted = _turned((asset.width, asset.height), asset.bitmap.orientation)
    image = _upright(_resized(_small(file, wanted), wanted), asset.bitmap.orientation)
    yield _saved(image, asset.bitmap.kind, options)
    for variant in asset.variants:
        narrow = _resized(image, (variant.width, _scaled(image.height, image.width, variant.width)))
        yield _saved(narrow, asset.bitmap.kind, options)


def _small(file: Path, wanted: Size) -> Any:
    """Return a picture's pixels in sRGB, at least as many as are wanted and not many more; nothing else of it."""
    from PIL import Image

    with Image.open(file, formats=sorted(set(KINDS.values()))) as opened:
        if opened.format in ("JPEG", "MPO"):
            opened.draft(None, _rough(opened.size, wanted))  # the decoder leaves out what is not needed
        opened.load()
        profile = opened.info.get("icc_profile")
        mode = _mode(opened)
        factor = max(1, min(opened.width // wanted[0], opened.height // wanted[1]) // 2)
        image = _srgb(_reduced(opened, mode, factor), profile)
    image.info.clear()  # else comments and profiles would be saved with it
    return image


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
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            goal, same = "RGBA" if wanted == "RGBA" else "RGB", ImageCms.createProfile("sRGB")
            in_place = image.mode == goal
            result = ImageCms.profileToProfile(image, source, same, outputMode=goal, inPlace=in_place)
            image = image if in_place else result
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


def _resized(image: Any, size: Size) -> Any:
    from PIL import Image

    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


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
