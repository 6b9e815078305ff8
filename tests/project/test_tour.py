"""The tour in the terminal: real git, a real server, real files. Its browser is that of tests/browser/test_tour.py."""

import re
import shutil
from pathlib import Path

from support.console import clone
from support.site import needs
from support.touring import TOUR, desk_in, walk


def test_every_step_of_the_tour_works(tmp_path: Path) -> None:
    needs("git", shutil.which("git"))
    desk = desk_in(tmp_path, clone(tmp_path / "project"))
    try:
        passed = walk(desk, lambda _address, _lines: None)
    finally:
        desk.close()
    assert passed == re.findall(r"^## \d.*$", TOUR.read_text(encoding="utf-8"), re.M)
