"""Pictures are encoded last, once, and only where a page needs them; whatever is broken in them is a problem."""

import contextlib
import gc
import io
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SiteFolder
from PIL import Image, PngImagePlugin

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


def peak(tmp_path: Path, data: bytes, name: str) -> int:
    """Return by how many bytes the pictures' memory grows at most while one is encoded."""
    import resource

    file = tmp_path / name
    file.write_bytes(data)
    asset, _ = bitmap(name, file, file_digest(file), OPTIONS)
    assert asset is not None
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    encode_pictures(Encoding(tmp_path, OPTIONS), [asset])
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024


@pytest.mark.long
def test_a_large_photograph_is_never_in_memory_whole(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="needs a system that counts memory: not Windows")
    out = io.BytesIO()
    Image.new("RGB", (8000, 6000), "green").save(out, "JPEG")
    assert peak(tmp_path, out.getvalue(), "a.jpg") < 100_000_000  # its pixels alone would be 192 MB


def test_text_chunks_that_grow_are_refused(tmp_path: Path) -> None:
    more = PngImagePlugin.PngInfo()
    more.add_text("a", "b" * 80_000_000, zip=True)
    out = io.BytesIO()
    Image.new("L", (9, 9)).save(out, "PNG", pnginfo=more)
    assert read(tmp_path / "a.png", out.getvalue())[1] in (["image-broken"], [])
