"""Bitmaps beside a page: turned upright, freed of what cameras write, made in several widths, given their size."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from support.site import SiteFolder

Make = Callable[..., SiteFolder]
PAGE = "-- content/sl/index.md --\n---\ntitle: Domov\n---\n\n![Zemljevid]({})\n"
RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(kind: str = "JPEG", size: tuple[int, int] = (200, 100), orientation: int = 1, mode: str = "RGB") -> bytes:
    """Return a bitmap whose left half is red and right half is blue, with all that a camera writes."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Secret camera"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (46.0, 3.0, 0.0)
    out = io.BytesIO()
    image.convert(mode).save(out, kind, exif=exif, comment=b"Secret comment" if kind == "JPEG" else None)
    return out.getvalue()


def published(made: SiteFolder, path: str = "sl/index.html") -> tuple[str, Image.Image, bytes]:
    """Return the img element of a page, and the image that it names."""
    assert made.problems == []
    element = re.search(r"<img[^>]*>", made.read(path))
    assert element
    address = re.search(r'src="([^"]*)"', element.group())
    assert address
    data = (made.root / "public" / path).parent.joinpath(address[1]).read_bytes()
    return element.group(), Image.open(io.BytesIO(data)), data


def with_image(site: Make, name: str, data: bytes, settings: str = "") -> SiteFolder:
    """Make a site whose home page shows one image."""
    made = site(PAGE.format(name))
    made.write_bytes(f"content/sl/{name}", data)
    if settings:
        made.edit("site.yaml", (made.root / "site.yaml").read_text() + settings)
    return made


def near(colour: object, wanted: tuple[int, int, int]) -> bool:
    """Say whether a pixel has a colour, as far as JPEG keeps it."""
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [(1, (200, 100), RED), (2, (200, 100), BLUE), (3, (200, 100), BLUE), (6, (100, 200), RED), (8, (100, 200), BLUE)],
)
def test_orientation_of_the_camera_is_carried_out(
    site: Make, orientation: int, size: tuple[int, int], first: tuple[int, int, int]
) -> None:
    element, image, _ = published(with_image(site, "map.jpg", picture(orientation=orientation)))
    assert image.size == size
    assert near(image.getpixel((5, 5)), first)
    assert f'width="{size[0]}" height="{size[1]}"' in element


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_is_left(site: Make, kind: str) -> None:
    name = {"JPEG": "map.jpg", "PNG": "map.png", "WEBP": "map.webp"}[kind]
    source = picture(kind)
    assert b"Secret" in source
    _, image, data = published(with_image(site, name, source))
    assert image.format == kind
    assert dict(image.getexif()) == {}
    assert b"Secret" not in data
    assert b"Exif" not in data
    assert not {"comment", "icc_profile", "xmp", "exif"} & image.info.keys()


def test_further_widths_are_offered(site: Make) -> None:
    element, image, _ = published(with_image(site, "map.jpg", picture(size=(1000, 500))))
    assert image.size == (1000, 500)
    assert re.search(
        r'srcset="\.\./assets/sl/map-480\.\w{10}\.jpg 480w, \.\./assets/sl/map-960\.\w{10}\.jpg 960w, '
        r'\.\./assets/sl/map\.\w{10}\.jpg 1000w"',
        element,
    )
    assert 'sizes="' in element


def test_every_width_is_what_it_says(site: Make) -> None:
    made = with_image(site, "map.jpg", picture(size=(1000, 500)))
    made.build()
    for path in made.outputs:
        width = re.search(r"map-(\d+)\.", path)
        if width:
            size = Image.open(io.BytesIO(made.read_bytes(path))).size
            assert size == (int(width[1]), int(width[1]) // 2)


def test_large_image_is_made_smaller(site: Make) -> None:
    element, image, _ = published(with_image(site, "map.jpg", picture(size=(3000, 1500))))
    assert image.size == (1600, 800)
    assert 'width="1600" height="800"' in element


def test_small_image_is_never_made_larger(site: Make) -> None:
    element, image, _ = published(with_image(site, "map.png", picture("PNG", (20, 10))))
    assert image.size == (20, 10)
    assert "srcset" not in element


def test_widths_are_a_setting(site: Make) -> None:
    made = with_image(site, "map.jpg", picture(size=(400, 200)), "images: {widths: [100, 300], quality: 50}\n")
    _, image, _ = published(made)
    assert image.size == (300, 150)
    assert [path for path in made.outputs if "map-100" in path]


def test_transparency_stays(site: Make) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    _, image, _ = published(with_image(site, "map.png", out.getvalue()))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colour_modes_become_fit_for_browsers(site: Make, mode: str) -> None:
    _, image, _ = published(with_image(site, "map.jpg", picture(mode=mode)))
    assert image.mode in ("L", "RGB")


def test_name_of_the_file_has_a_fingerprint_of_its_bytes(site: Make) -> None:
    made = with_image(site, "map.png", picture("PNG"))
    made.build()
    before = [path for path in made.outputs if path.startswith("assets/sl/map.")]
    made.write_bytes("content/sl/map.png", picture("PNG", (202, 100)))
    made.build()
    after = [path for path in made.outputs if path.startswith("assets/sl/map.")]
    assert len(before) == len(after) == 1
    assert before != after


def test_image_of_one_language_goes_before_the_neutral_one(site: Make) -> None:
    page = "-- content/{}/a.md --\n---\ntitle: A\n---\n\n![Map](map.png)\n"
    made = site(page.format("sl") + page.format("en"))
    made.write_bytes("content/sl/map.png", picture("PNG", (30, 10)))
    made.write_bytes("content/sl/map.sl.png", picture("PNG", (40, 10)))
    assert published(made, "sl/a/index.html")[1].size == (40, 10)
    assert published(made, "en/a/index.html")[1].size == (30, 10)


def test_image_beside_the_translation_goes_before_the_one_of_the_source(site: Make) -> None:
    page = "-- content/{}/a.md --\n---\ntitle: A\n---\n\n![Map](map.png)\n"
    made = site(page.format("sl") + page.format("en"))
    made.write_bytes("content/sl/map.png", picture("PNG", (30, 10)))
    made.write_bytes("content/en/map.png", picture("PNG", (50, 10)))
    assert published(made, "en/a/index.html")[1].size == (50, 10)


@pytest.mark.parametrize("name", ["map.png", "map.svg", "map.gif"])
def test_a_file_that_git_lfs_keeps_elsewhere_says_how_to_fetch_it(site: Make, name: str) -> None:
    made = with_image(site, name, b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")
    assert made.codes == ["file-other"]
    assert "git lfs pull" in made.problems[0]


def test_image_of_the_front_matter_is_inherited(site: Make) -> None:
    made = site(
        "-- content/sl/a.md --\n---\ntitle: A\nimage: map.png\n---\n-- content/en/a.md --\n---\ntitle: A\n---\n"
        "-- templates/page.html --\n{% extends 'base.html' %}\n{% block main %}\n"
        '{% if page.image %}<img src="{{ url(page.image.url) }}" alt="{{ page.image.width }}">{% endif %}\n'
        "{% endblock %}\n"
    )
    made.write_bytes("content/sl/map.png", picture("PNG", (30, 10)))
    assert 'alt="30"' in published(made, "en/a/index.html")[0]


@pytest.mark.parametrize(("draft", "path"), [("", "content/sl/a.md:3"), ("draft: true\n", "content/en/a.md:1")])
def test_inherited_image_that_is_missing_is_reported_once_where_it_can_be(site: Make, draft: str, path: str) -> None:
    made = site(
        f"-- content/sl/a.md --\n---\ntitle: A\nimage: gone.jpg\n{draft}---\n"
        "-- content/en/a.md --\n---\ntitle: A\n---\n"
    )
    assert made.codes == ["image-missing"]
    assert made.problems[0].startswith(path)


def test_drawing_stays_as_it_is(site: Make) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><a href="#b"><path id="b" d="M0 0"/></a></svg>'
    made = with_image(site, "map.svg", drawing.encode())
    assert made.problems == []
    assert [data for path, data in made.outputs.items() if path.endswith(".svg")] == [drawing.encode()]


@pytest.mark.parametrize(
    "data",
    [b"", b"no image", picture()[:200], picture("PNG")[:80], b"GIF89a" + b"\0" * 40, b"\xff\xd8\xff" + b"\0" * 100],
)
def test_broken_image_is_a_problem_with_the_same_words_each_time(site: Make, data: bytes) -> None:
    one, other = with_image(site, "map.jpg", data), with_image(site, "map.jpg", data)
    assert one.codes == ["image-format" if data.startswith(b"GIF") else "image-broken"]
    assert one.problems == other.problems
    assert "0x" not in one.problems[0]
