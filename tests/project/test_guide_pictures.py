"""The pictures of the guides: drawings are those that the tool draws and say so, and every picture has words."""

import re
from pathlib import Path

import pytest
from PIL import Image
from support.site import PROJECT

from tools.guide_drawings import DRAWINGS, WORDS, square
from tools.make_guide_pictures import MOST

GUIDE = PROJECT / "docs/guide"
PAGES = [page for lang in WORDS for page in sorted((GUIDE / lang).glob("*.md"))]
PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]+)\)\n\n(.*)$", re.M)


def pictures(page: Path) -> list[tuple[str, str, str]]:
    """Return the pictures of a guide: what is said to those who cannot see it, its path, and the line below it."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = PICTURE.findall(text)
    assert len(found) == len(re.findall(r"^!\[", text, re.M)), f"{page}: a picture without a line below it"
    return found


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_what_the_tool_draws(lang: str, name: str) -> None:
    drawn = DRAWINGS[name](WORDS[lang])
    assert (GUIDE / lang / f"pictures/{name}.svg").read_text(encoding="utf-8") == drawn
    assert f">{WORDS[lang]['drawing']}</text>" in drawn


def test_the_picture_for_practice_is_what_the_tool_draws() -> None:
    assert (GUIDE / "pictures/square.svg").read_text(encoding="utf-8") == square()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_a_picture_has_a_description_and_a_caption(page: Path) -> None:
    for description, path, below in pictures(page):
        assert len(description) > 30, path
        assert re.fullmatch(r"\*[^*]+\*", below), path
        if path.endswith(".svg"):
            assert below.startswith(f"*{WORDS[page.parent.name]['drawing']}: "), path


@pytest.mark.parametrize("lang", WORDS)
def test_a_guide_shows_every_picture_of_its_language(lang: str) -> None:
    shown = {path for page in PAGES if page.parent.name == lang for _, path, _ in pictures(page)}
    assert {f"pictures/{file.name}" for file in (GUIDE / lang / "pictures").iterdir()} <= shown


@pytest.mark.parametrize("file", sorted(GUIDE.rglob("*.png")), ids=lambda file: file.relative_to(GUIDE).as_posix())
def test_a_screenshot_can_be_read_and_is_small(file: Path) -> None:
    with Image.open(file) as picture:
        assert picture.width >= 900
    assert file.stat().st_size <= MOST
