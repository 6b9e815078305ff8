"""The tour in a real browser: the sentence that was changed, the mistake laid over the page, and its end."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.console import clone
from support.site import needs
from support.touring import TOUR, desk_in, walk

from browser.conftest import Tab


@pytest.mark.proof
def test_the_browser_shows_what_the_tour_says(tmp_path: Path, tab: Tab) -> None:
    needs("git", shutil.which("git"))
    desk = desk_in(tmp_path, clone(tmp_path / "project"))
    pages: dict[str, Page] = {}
    seen: list[bool] = []

    def look(address: str, lines: tuple[str, ...]) -> None:
        if address not in pages:
            pages[address] = tab()
            pages[address].goto(address)
        page = pages[address]
        for line in lines:
            wanted = re.compile(".*".join(map(re.escape, line.split("…"))).replace("\\ ", r"\s+"))
            expect(page.get_by_text(wanted).first).to_be_visible(timeout=120_000)
        mistake = page.get_by_role("alertdialog")
        is_wrong = any(".md:" in line for line in lines)
        expect(mistake).to_be_visible() if is_wrong else expect(mistake).not_to_be_visible(timeout=120_000)
        seen.append(is_wrong)

    try:
        walk(desk, look)
    finally:
        desk.close()
    assert seen == [False, False, True, False]
    assert TOUR.read_text(encoding="utf-8").count("```text browser ") == len(seen)
