"""Pictures, films and maps in the theme: nothing shifts, no other site is asked, and everything is accessible."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from support.site import TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import faults
from browser.test_loading import SCROLL, SHIFTS, watch
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from sitegen.cli.main import main

HEAD = "image: wide.jpg\nimage_alt: Hills at dusk\n"
PLACE = f"""---
title: The square
description: Where the market is.
{HEAD}---

The market is on the square.

::video{{file=tour.mp4 title="The square on a Saturday" captions=tour.vtt poster=wide.jpg}}

::video{{href="https://films.example/42" title="The square in a very long title that needs more than a line"}}

::map{{image=wide.jpg alt="The square is next to the river" href="https://maps.example/" credit="© Somebody"}}

:::gallery
![One](wide.jpg)
![Two](wide.jpg)
![Three](wide.jpg)
:::
"""
PATHS = ("en/index.html", "en/guide/index.html", "en/guide/square/index.html", "en/news/index.html")


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Build and serve a site whose pages have pictures."""
    root = tmp_path_factory.mktemp("pictured") / "site"
    assert main(["init", str(root), "--languages", "en", "--title", "Our town"]) == 0
    out = io.BytesIO()
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(out, "JPEG")
    content = root / "content/en"
    for folder in (content, content / "guide", content / "news"):
        (folder / "wide.jpg").write_bytes(out.getvalue())
    (content / "guide/square.md").write_text(PLACE, encoding="utf-8")
    (content / "guide/tour.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    (content / "guide/tour.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nBells.\n", encoding="utf-8")
    for path in ("news/first.md", "index.md"):
        file = content / path
        file.write_text(file.read_text(encoding="utf-8").replace("---\n", f"---\n{HEAD}", 1), encoding="utf-8")
    settings = root / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\ntheme: {hero: image}\n", encoding="utf-8")
    result = build(Options(root=root, today=TODAY, strict=True, jobs=1))
    assert not result.problems
    with Host(root / "public") as host:
        yield host


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_shifts_and_no_other_site_is_asked(pictured: Host, tab: Tab, width: int) -> None:
    page = tab(width)
    page.add_init_script(SHIFTS)
    said, asked = watch(page)
    for path in PATHS:
        page.goto(pictured.url(path))
        page.evaluate(SCROLL)
        assert page.locator("img").count() > 0, path
        assert page.evaluate("shifts") == [], path
        assert page.evaluate("refused") == [], path
    assert [url for url in asked if not url.startswith(pictured.origin)] == []
    assert said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_and_the_eye_find_nothing(pictured: Host, tab: Tab, axe: str, look: str, scheme: str, width: int) -> None:
    page = tab(width, color_scheme=scheme)
    found = []
    for path in PATHS:
        page.goto(pictured.url(path))
        found += [f"{path}: {fault}" for fault in faults(page, axe)]
        page.evaluate(look)
        found += [f"{path}: {fault}" for fault in page.evaluate("[...look.overflow(), ...look.cut()]")]
    assert not found, "\n".join(found)
