"""Drawings in a real browser: what is published of a hostile one runs nothing and asks for nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.drawings import EXPORTS, HOSTILE

from browser.conftest import Tab
from sitegen.inputs.drawings import read_svg


def recorded(page: Page, file: Path) -> list[str]:
    """Open a drawing by itself, touch it, and return what it did: scripts run, requests made."""
    did: list[str] = []
    page.on("request", lambda request: did.append(request.url) if request.url != file.as_uri() else None)
    page.on("dialog", lambda dialog: (did.append("dialog"), dialog.dismiss()))
    page.goto(file.as_uri(), wait_until="load")
    page.mouse.move(5, 5)
    page.mouse.click(5, 5)
    page.wait_for_timeout(60)
    ran = page.evaluate("document.documentElement.hasAttribute('data-ran') || !!document.querySelector('script')")
    return did + ["ran"] * bool(ran)


@pytest.mark.parametrize("name", ["script", "event", "event by DOCTYPE", "picture", "import", "picture of a filter"])
def test_the_recorder_notices_what_hostile_drawings_do(tab: Tab, tmp_path: Path, name: str) -> None:
    file = tmp_path / "raw.svg"
    file.write_text(HOSTILE[name][0], encoding="utf-8")
    assert recorded(tab(), file)


def test_nothing_published_of_a_drawing_acts_or_loads(tab: Tab, tmp_path: Path) -> None:
    page, file = tab(), tmp_path / "out.svg"
    opened = 0
    for name, text in {**{name: text for name, (text, _) in HOSTILE.items()}, **EXPORTS}.items():
        data, problems = read_svg("map.svg", text.encode())
        assert bool(data) != bool(problems)
        if data:
            file.write_bytes(data)
            assert recorded(page, file) == [], name
            opened += 1
    assert opened == len(EXPORTS)


def test_exports_look_as_before(tab: Tab, tmp_path: Path) -> None:
    page = tab(width=200, height=200)
    for program, text in EXPORTS.items():
        shots = []
        for data in (text.encode(), read_svg("map.svg", text.encode())[0]):
            (tmp_path / "a.svg").write_bytes(data)
            page.goto((tmp_path / "a.svg").as_uri())
            shots.append(page.screenshot())
        assert shots[0] == shots[1], program
