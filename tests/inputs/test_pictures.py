"""Pictures are encoded last, once, and only where a page needs them; whatever is broken in them is a problem."""

import contextlib
import io
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms, PngImagePlugin
from support.site import SiteFolder

from benchmarks.pictures import JPEGS, PNGS, chosen, commented
from sitegen.build.finished import Beside
from sitegen.build.session import Session
from sitegen.inputs.filetypes import file_digest
from sitegen.inputs.pictures import Encoding, bitmap, encode_pictures
from sitegen.model.config import ImageOptions
from sitegen.model.files import Asset

Make = Callable[..., SiteFolder]
KINDS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
OPTIONS = ImageOptions()


def saved(kind: str, size: tuple[int, int] = (90, 60), mode: str = "RGB", **options: object) -> bytes:
    """Return a picture with a gradient, EXIF and a comment."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret"
    out = io.BytesIO()
    image.save(out, kind, **{"exif": exif.tobytes(), **options})  # type: ignore[arg-type]
    return out.getvalue()


def read(file: Path, data: bytes) -> tuple[Asset | None, list[str], tuple[bytes, ...]]:
    """Read and encode a picture: its asset, the codes of its problems, its files."""
    file.write_bytes(data)
    asset, problems = bitmap(file.name, file, file_digest(file), OPTIONS)
    if asset is None:
        return None, [one.code for one in problems], ()
    (encoded,) = encode_pictures(Encoding(file.parent, OPTIONS), [asset])
    return asset, [encoded.problem.code] if encoded.problem else [], encoded.files


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return the data with a few bytes changed, cut, doubled or moved, in the header mostly."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(min(len(changed), 400) if rng.random() < 0.7 else len(changed))
        way = rng.randrange(4)
        if way == 0:
            changed[at] = rng.choice((0, 0xFF, 0x7F, rng.randrange(256)))
        elif way == 1:
            changed[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
        elif way == 2:
            changed = changed[: max(at, 4)]
        else:
            changed[at:at] = changed[at : at + rng.randrange(40)]
    return bytes(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_pillow_raises_for_a_damaged_file_is_a_problem(kind: str, tmp_path: Path) -> None:
    rng, source = random.Random(kind), saved(kind)
    codes = set()
    for _ in range(250):
        asset, found, files = read(tmp_path / f"a{KINDS[kind]}", mutated(source, rng))
        codes.update(found)
        assert found or (asset is not None and len(files) == len(asset.urls))
        assert all(b"Secret" not in data for data in files)
    assert "image-broken" in codes
    assert codes <= {"image-broken", "image-too-large"}


@pytest.mark.parametrize(
    "error",
    [
        ValueError,
        TypeError,
        KeyError,
        MemoryError,
        SystemError,
        RecursionError,
        OverflowError,
        Image.DecompressionBombError,
    ],
)
def test_every_exception_of_pillow_is_one_problem(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Image, "open", fails)
    assert read(tmp_path / "a.jpg", saved("JPEG"))[1] == ["image-broken"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(90, 60), (3000, 40), (5001, 3001)])
@pytest.mark.long
def test_size_from_the_header_is_the_size_that_is_made(kind: str, size: tuple[int, int], tmp_path: Path) -> None:
    asset, found, files = read(tmp_path / f"a{KINDS[kind]}", saved(kind, size))
    assert found == []
    assert asset is not None
    made = [Image.open(io.BytesIO(data)).size for data in files]
    assert made[0] == (asset.width, asset.height)
    assert [width for width, _ in made[1:]] == [variant.width for variant in asset.variants]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(90, 60), (4000, 2500)])
def test_every_mode_of_png_keeps_its_look(mode: str, size: tuple[int, int], tmp_path: Path) -> None:
    grey = Image.new("L", size, 128 if mode != "1" else 255)
    image = Image.new("I;16", size, 128 * 257) if mode == "I;16" else grey.convert(mode)
    out = io.BytesIO()
    image.save(out, "PNG")
    _, found, files = read(tmp_path / "a.png", out.getvalue())
    assert found == []
    with Image.open(io.BytesIO(files[0])) as made:
        value = made.convert("L").getpixel((made.width - 1, made.height - 1))
    assert isinstance(value, int)
    assert abs(value - (255 if mode == "1" else 128)) <= 1


def test_transparent_pixels_colour_nothing_when_a_picture_is_made_smaller(tmp_path: Path) -> None:
    image = Image.new("RGBA", (6400, 400), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 3200, 400))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    with Image.open(io.BytesIO(read(tmp_path / "a.png", out.getvalue())[2][0])) as made:
        row = [made.getpixel((x, 50)) for x in range(made.width)]
    assert all(pixel[3] < 8 or pixel[0] < 8 for pixel in row)  # type: ignore[index]


def test_orientation_of_a_png_that_stands_behind_its_pixels(tmp_path: Path) -> None:
    whole = saved("PNG")
    start = whole.index(b"eXIf") - 4
    chunk = whole[start : start + 12 + int.from_bytes(whole[start : start + 4], "big")]
    late = whole.replace(chunk, b"").replace(b"\0\0\0\0IEND", chunk + b"\0\0\0\0IEND")
    asset, _, _ = read(tmp_path / "a.png", late)
    assert asset is not None
    assert (asset.width, asset.height) == (60, 90)


def with_picture(site: Make, page: str = "![Trg](a.jpg)", data: bytes | None = None) -> SiteFolder:
    """Return a site with one page and one picture."""
    made = site(f"-- content/sl/a.md --\n---\ntitle: A\n---\n\n{page}\n")
    made.write_bytes("content/sl/a.jpg", saved("JPEG") if data is None else data)
    return made


def encoded(made: SiteFolder) -> int:
    """Return how many pictures are in the cache of a site."""
    with contextlib.closing(sqlite3.connect(made.root / ".cache/memo.sqlite")) as cache:
        return int(cache.execute("SELECT COUNT(*) FROM results WHERE kind = 'picture'").fetchone()[0])


def test_a_build_with_errors_in_texts_shows_them_without_making_pictures(site: Make) -> None:
    made = with_picture(site, "![Trg](a.jpg) [x](gone.md)")
    assert made.codes == ["link-missing"]
    assert encoded(made) == 0


def test_pictures_that_no_published_page_needs_are_not_made(site: Make) -> None:
    made = with_picture(site)
    for name in ("unused.jpg", "draft.jpg"):
        made.write_bytes(f"content/sl/{name}", saved("JPEG"))
    made.edit("content/sl/d.md", "---\ntitle: D\ndraft: true\n---\n\n![x](draft.jpg)\n")
    assert made.problems == []
    assert encoded(made) == 1


def test_encoded_pictures_are_reused_by_later_builds(site: Make) -> None:
    made = with_picture(site)
    assert made.build().made["picture"] == 1
    before = made.outputs
    made.edit("content/sl/a.md", "---\ntitle: B\n---\n\n![Other](a.jpg)\n")
    assert made.build().made["picture"] == 0
    assert {p: d for p, d in before.items() if p.endswith(".jpg")} == {
        p: d for p, d in made.outputs.items() if p.endswith(".jpg")
    }


def test_names_follow_from_source_and_settings(site: Make) -> None:
    names = []
    for settings in ("", "images: {quality: 50}\n", ""):
        made = with_picture(site)
        made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + settings)
        made.build()
        names.append([path for path in made.outputs if path.endswith(".jpg")])
    assert names[0] == names[2] != names[1]


def test_damage_that_only_the_pixels_show_is_a_problem_of_the_picture(site: Make) -> None:
    whole = saved("JPEG", (900, 600), quality=95)
    made = with_picture(site, data=whole[: len(whole) // 2])
    assert made.codes == ["image-broken"]
    assert not (made.root / "public").exists()


def test_what_a_damaged_cache_has_lost_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved("JPEG"))
    asset, _ = bitmap("a.jpg", tmp_path / "a.jpg", file_digest(tmp_path / "a.jpg"), OPTIONS)
    assert asset is not None
    session = Session(tmp_path, None, 1)
    beside = Beside(session, tmp_path, OPTIONS, [asset])
    before = beside.bytes_of([asset.url])
    session.memo.db.execute("DELETE FROM results WHERE kind = 'value'")
    assert beside.bytes_of([asset.url]) == before
    session.close()


ENCODE = """
import resource, sys
from pathlib import Path
from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin
from sitegen.inputs.pictures import Encoding, bitmap, encode_pictures
from sitegen.model.config import ImageOptions
file = Path(sys.argv[1])
asset, _ = bitmap(file.name, file, "digest", ImageOptions())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(encoded,) = encode_pictures(Encoding(file.parent, ImageOptions()), [asset])
print(asset.bitmap.memory, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, len(encoded.files))
"""


def memory(file: Path, data: bytes) -> tuple[int, int]:
    """Return how many bytes a picture takes by its header, and in a process that does nothing else."""
    pytest.importorskip("resource", reason="needs a system that counts memory: not Windows")
    file.write_bytes(data)
    done = subprocess.run([sys.executable, "-c", ENCODE, str(file)], capture_output=True, text=True, check=True)
    expected, found, files = map(int, done.stdout.split())
    assert files == 3
    return expected, found


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "size", "options", "most"),
    [
        ("JPEG", (8000, 6000), {}, 100),  # its pixels alone would be 192 MB
        ("JPEG", (8000, 6000), {"icc_profile": True}, 100),
        ("JPEG", (6000, 8000), {}, 100),
        ("JPEG", (8000, 6000), {"progressive": True}, 250),
        ("PNG", (8000, 6000), {}, 300),
    ],
)
def test_a_large_photograph_takes_no_more_memory_than_its_header_says(
    kind: str, size: tuple[int, int], options: dict[str, object], most: int, tmp_path: Path
) -> None:
    if "icc_profile" in options:
        options = {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    expected, found = memory(tmp_path / f"a{KINDS[kind]}", saved(kind, size, **options))
    assert found < most * 1_000_000
    assert found < expected + 10_000_000


def test_no_more_pictures_are_encoded_at_a_time_than_have_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets = []
    for megabytes in (20, 60, 90, 300):
        (tmp_path / f"{megabytes}.jpg").write_bytes(saved("JPEG"))
        asset, _ = bitmap(f"{megabytes}.jpg", tmp_path / f"{megabytes}.jpg", str(megabytes), OPTIONS)
        assert asset is not None
        assert asset.bitmap is not None
        assets.append(replace(asset, bitmap=replace(asset.bitmap, memory=megabytes * 1_000_000)))
    session, found = Session(tmp_path, None, 8), {}
    run = session.map_all

    def noted(function: Any, shared: Any, items: Sequence[Any], **how: Any) -> Any:
        found.update({item.path: how["jobs"] for item in items})
        return run(function, shared, items, **how)

    monkeypatch.setattr(session, "map_all", noted)
    beside = Beside(session, tmp_path, OPTIONS, assets)
    session.close()
    assert found == {"20.jpg": 8, "60.jpg": 4, "90.jpg": 3, "300.jpg": 1}
    assert set(beside.digests) == {url for asset in assets for url in asset.urls}


def test_a_photograph_of_the_benchmark_is_another_one_with_another_comment(tmp_path: Path) -> None:
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png")):
        made = []
        for name in ("a", "b"):
            file = tmp_path / f"{name}.{ending}"
            made.append(read(file, commented(saved(kind), kind, name)))
            assert made[-1][1] == []
        assert made[0][2] == made[1][2]
        assert made[0][0] != made[1][0]


def test_the_benchmark_holds_photographs_of_every_kind() -> None:
    assert set(chosen(JPEGS, 300)) == set(chosen(JPEGS, len(JPEGS))) == set(JPEGS)
    assert len(chosen(JPEGS, 300)) == 300
    assert len(chosen(JPEGS, 2)) == 2
    assert all(12_000_000 <= one.width * one.height <= 58_000_000 for one in (*JPEGS, *PNGS))


def test_text_chunks_that_grow_are_refused(tmp_path: Path) -> None:
    more = PngImagePlugin.PngInfo()
    more.add_text("a", "b" * 80_000_000, zip=True)
    out = io.BytesIO()
    Image.new("L", (9, 9)).save(out, "PNG", pnginfo=more)
    assert read(tmp_path / "a.png", out.getvalue())[1] in (["image-broken"], [])
