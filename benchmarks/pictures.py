"""How much memory a build with many large photographs takes: `python -m benchmarks.pictures`. Linux only.

The photographs are noise on gradients, in the sizes of cameras and phones, and as they and their programs save them:
upright or turned, with a colour profile, progressive, grey. A few are generated; the others are copies whose comment
differs, so that each is a picture of its own for the generator.
"""

import argparse
import random
import shutil
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.adapters import sitegen
from benchmarks.adapters.base import PROJECT, write
from benchmarks.measure import peak_of_all

HOME = PROJECT / ".cache" / "bench" / "pictures"
LIMIT_JPEG, LIMIT_PNG = 400, 700  # MB of all processes together
_ON_A_PAGE = 10
_SETTINGS = """title: Photographs
base_url: https://example.org/
default_language: en
languages:
  en: {label: English, locale: en_GB}
"""


@dataclass(frozen=True)
class Photograph:
    """One kind of photograph: its size as stored, and how many of a hundred are like this."""

    width: int
    height: int
    share: int
    kind: str = "JPEG"
    mode: str = "RGB"
    turned: bool = False
    profile: bool = False
    progressive: bool = False

    @property
    def ending(self) -> str:
        """Return the ending of its file."""
        return "jpg" if self.kind == "JPEG" else "png"


JPEGS = (
    Photograph(4032, 3024, 30, turned=True),
    Photograph(4000, 3000, 10, profile=True),
    Photograph(6000, 4000, 20, profile=True),
    Photograph(6336, 4224, 10),
    Photograph(7360, 4912, 8, turned=True),
    Photograph(8256, 5504, 8, profile=True),
    Photograph(8800, 6590, 6, progressive=True),
    Photograph(6590, 8800, 4, progressive=True, profile=True),
    Photograph(8800, 6590, 4, mode="L", turned=True),
)
PNGS = (
    Photograph(6000, 4000, 40, "PNG"),
    Photograph(8800, 6590, 30, "PNG", profile=True),
    Photograph(8800, 6590, 20, "PNG", mode="RGBA", turned=True),
    Photograph(8256, 5504, 10, "PNG", mode="P"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the peaks; return 1 if one is above its limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description="Measure memory.")
    parser.add_argument("--jpeg", type=int, default=300, help="photographs as JPEG (default: 300)")
    parser.add_argument("--png", type=int, default=20, help="as PNG, in a second build with the others (default: 20)")
    parser.add_argument("--jobs", type=int, default=0, help="processes (default: one for each processor)")
    asked = parser.parse_args(arguments)
    jpegs, pngs = chosen(JPEGS, asked.jpeg), chosen(PNGS, asked.png)
    command = [*sitegen.command(HOME), *([f"--jobs={asked.jobs}"] if asked.jobs else [])]
    is_too_much = False
    for photographs, limit in ((jpegs, LIMIT_JPEG), ([*jpegs, *pngs] if pngs else [], LIMIT_PNG)):
        if photographs:
            site = HOME / "site"
            prepare(site, photographs)
            peak = peak_of_all(command, site, sitegen.ADAPTERS[0].environment, HOME / "log")
            print(f"{len(photographs)} photographs: {peak:.0f} MB of at most {limit}", flush=True)
            is_too_much |= peak > limit or not (site / "public").is_dir()
    return 1 if is_too_much else 0


def chosen(kinds: Sequence[Photograph], count: int) -> list[Photograph]:
    """Return so many photographs: each kind once, then each by its share, mixed as in a folder of pictures."""
    mixed = [one for one in kinds for _ in range(one.share)]
    random.Random(1).shuffle(mixed)
    return [*kinds, *(mixed[at % len(mixed)] for at in range(count))][:count]


def prepare(site: Path, photographs: Sequence[Photograph]) -> None:
    """Write a site that shows these photographs, ten on a page."""
    shutil.rmtree(site, ignore_errors=True)
    write(site / "site.yaml", _SETTINGS)
    for start in range(0, len(photographs), _ON_A_PAGE):
        name = f"p{start // _ON_A_PAGE}" if start else "index"
        part = [(f"{start + at}.{one.ending}", one) for at, one in enumerate(photographs[start : start + _ON_A_PAGE])]
        shown = "\n\n".join(f"![A photograph]({file})" for file, _ in part)
        write(site / f"content/en/{name}.md", f"---\ntitle: Page {name}\n---\n\n{shown}\n")
        for file, one in part:
            (site / "content/en" / file).write_bytes(commented(_drawn(one), one.kind, file))


def commented(data: bytes, kind: str, text: str) -> bytes:
    """Return the data of a picture with a comment, so that its digest differs from all others."""
    comment = text.encode()
    if kind == "JPEG":  # after the mark of its start
        return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]
    chunk = b"tEXtComment\0" + comment
    end = 33  # of the header of a PNG
    return data[:end] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[end:]


def _drawn(one: Photograph) -> bytes:
    """Return the data of a photograph; what was drawn by an earlier run is used again."""
    file = HOME / f"{zlib.crc32(repr(one).encode()):08x}.{one.ending}"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        _picture(one).save(part, one.kind, **_options(one))
        part.rename(file)
    return file.read_bytes()


def _picture(one: Photograph) -> Any:
    from PIL import Image

    size = one.width, one.height
    noise = Image.effect_noise(size, 24)
    if one.mode == "L":
        return noise
    slope = Image.linear_gradient("L").resize(size)
    bands = [Image.blend(slope, noise, 0.3), Image.blend(slope.transpose(Image.Transpose.ROTATE_180), noise, 0.3)]
    more = [Image.radial_gradient("L").resize(size), *([slope] if one.mode == "RGBA" else [])]
    picture = Image.merge("RGBA" if one.mode == "RGBA" else "RGB", [*bands, *more])
    return picture.quantize(64) if one.mode == "P" else picture


def _options(one: Photograph) -> dict[str, Any]:
    from PIL import Image, ImageCms

    options: dict[str, Any] = {"progressive": True} if one.progressive else {}
    if one.kind == "PNG":
        options["compress_level"] = 1
    if one.turned:
        exif = Image.Exif()
        exif[0x0112] = 6
        options["exif"] = exif.tobytes()
    if one.profile:
        options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return options


if __name__ == "__main__":
    raise SystemExit(main())
