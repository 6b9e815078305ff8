"""Takes all pictures of the manual: `python -m tools.make_pictures` writes docs/pictures/ and those of docs/guide/.

Needs Chromium. The pictures have few colours, so that they stay small.
"""

import datetime as dt
import io
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks import chromium
from benchmarks.host import Host
from sitegen.build.pipeline import build
from sitegen.build.request import Options
from tools import make_guide_pictures

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "docs/pictures"
MOST = 150 * 1024


class Shot(NamedTuple):
    """One picture: its name, the page, the window, the colours, and what is done before it is taken."""

    name: str
    path: str
    width: int
    height: int
    scheme: str
    search: str = ""
    at: str = ""


SHOTS = (
    Shot("home", "sl/index.html", 1280, 900, "light"),
    Shot("article", "en/learning-cities/index.html", 390, 844, "dark"),
    Shot("framework", "es/caracteristicas-fundamentales/index.html", 1280, 900, "light", at=".building"),
    Shot("map", "en/conference/outcomes/index.html", 1280, 900, "dark", at=".map"),
    Shot("search", "sl/index.html", 390, 844, "light", search="zupan"),
)


def main() -> None:
    """Build the site, serve it, and take every picture; then those of the guides."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        public = Path(folder) / "public"
        assert not build(Options(root=PROJECT, today=dt.datetime.now(dt.UTC).date(), output=public)).failed
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        with Host(public) as host:
            for shot in SHOTS:
                data = small(taken(browser, host, shot))
                assert len(data) <= MOST, (shot.name, len(data))
                (FOLDER / f"{shot.name}.png").write_bytes(data)
        make_guide_pictures.main(browser)
        browser.close()


def taken(browser: Browser, host: Host, shot: Shot) -> bytes:
    """Return a picture as PNG."""
    window = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=window, color_scheme=shot.scheme)  # type: ignore[arg-type]
    page.goto(host.url(shot.path))
    if shot.at:
        page.locator(shot.at).first.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    if shot.search:
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(shot.search)
        page.locator("[role=option]").first.wait_for()
        page.wait_for_timeout(400)  # the count comes when the typing pauses
    data = page.screenshot(caret="initial")
    page.close()
    return data


def small(data: bytes) -> bytes:
    """Return a PNG with at most 256 colours, rare ones among them."""
    picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    main()
