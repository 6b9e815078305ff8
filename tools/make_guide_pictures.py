"""Takes the pictures of the guides for editors; `python -m tools.make_pictures` calls it.

The pictures of a guide show its own examples: they are done in a clone of the project, with the preview, and looked at
in Chromium. The frames of windows and of the terminal are drawn; what is in them is what a reader gets.
"""

import base64
import io
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.host import Host
from tools.guide_drawings import DRAWINGS, WORDS, square

PROJECT = Path(__file__).resolve().parent.parent
GUIDE = PROJECT / "docs/guide"
MOST = 150 * 1024
PAGES = {
    "sl": "sl/mreza/kako-se-mesto-pridruzi/",
    "en": "en/network/joining/",
    "es": "es/red/como-unirse/",
}
EVENTS = {
    "sl": "sl/novice/ucenje-na-trgu/",
    "en": "en/news/learning-in-the-square/",
    "es": "es/noticias/aprender-en-la-plaza/",
}
FRAME = """<!doctype html><meta charset="utf-8"><style>
body{margin:0;font:16px system-ui,'DejaVu Sans',sans-serif;background:#fff}
.window{border:2px solid #15211d;border-radius:10px;overflow:hidden}
.bar{display:flex;align-items:center;gap:8px;padding:8px 14px;background:#e3ebe5;border-bottom:1px solid #b4c4ba}
.bar i{width:13px;height:13px;border-radius:50%;background:#b4c4ba}
.bar span{flex:1;margin-left:8px;padding:5px 14px;border-radius:14px;background:#fff;color:#15211d}
img{display:block;width:100%}
pre{margin:0;padding:18px 22px;background:#15211d;color:#f7faf5;white-space:pre-wrap;
font:18px/1.5 'DejaVu Sans Mono',monospace}
pre b{color:#ffd152}
.three{display:flex;gap:20px}.three div{flex:1}
</style>"""


def main(browser: Browser) -> None:
    """Draw what is drawn, then do the examples of the guides and take every picture."""
    from tools import make_editor_pictures

    sys.path[:0] = [str(PROJECT / "tests")]  # the examples of the manual are read and done by what tests them
    for lang, words in WORDS.items():
        for name, draw in DRAWINGS.items():
            save(GUIDE / lang / f"pictures/{name}.svg", draw(words).encode())
    save(GUIDE / "pictures/square.svg", square().encode())
    picture = browser.new_page(viewport={"width": 1600, "height": 900})
    picture.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{square()}")
    save(GUIDE / "pictures/square.png", few_colours(picture.screenshot(), 64))
    picture.close()
    with tempfile.TemporaryDirectory() as folder:
        project = cloned(Path(folder))
        for lang in WORDS:
            take_guide(browser, shutil.copytree(project, Path(folder) / lang, symlinks=True), lang)
        make_editor_pictures.main(browser, shutil.copytree(project, Path(folder) / "editor", symlinks=True))
        save(GUIDE / "pictures/event.png", few_colours(published(browser, project)))


def cloned(folder: Path) -> Path:
    """Return a clone of the project, with what is not committed yet, built once."""
    from support.console import clone

    project: Path = clone(folder / "project")
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=project, check=True)
    return project


def take_guide(browser: Browser, project: Path, lang: str) -> None:
    """Take the pictures of one language: the terminal, the preview after a change, and a problem in it."""
    from support.console import Desk, Step, blocks

    desk = Desk(project, lang)
    try:
        start = Step("python build.py serve", ("…", "…http://127.0.0.1:8000/…"), 0, 0)
        desk.serve(start).end()  # so that the picture shows how long a start takes on a usual day
        server = desk.serve(start)
        found = re.search(r"http://127\.0\.0\.1:\d+/", "\n".join(server.printed))
        assert found, server.printed
        printed = [re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", line) for line in server.printed]
        save(GUIDE / lang / "pictures/terminal.png", few_colours(terminal(browser, "python build.py serve", printed)))
        page = browser.new_page(viewport={"width": 1120, "height": 620})
        page.goto(found[0] + PAGES[lang])
        for guide, name in (("start", "preview"), ("solve-problems", "problem")):
            change = next(block for block in blocks(GUIDE / lang / f"{guide}.md") if block.kind == "diff")
            desk.change(change)
            look(page, name, [line[1:] for line in change.text.split("\n") if line.startswith("+#")])
            shown = framed(browser, f"127.0.0.1:8000/{PAGES[lang]}", page.screenshot())
            save(GUIDE / lang / f"pictures/{name}.png", few_colours(shown))
        page.close()
    finally:
        desk.close()


def look(page: Page, name: str, headings: list[str]) -> None:
    """Wait until the preview shows the change: a new heading, or the report that is laid over the page."""
    if name == "problem":
        page.get_by_role("alertdialog").wait_for(timeout=60_000)
        page.wait_for_timeout(500)
        return
    heading = page.get_by_role("heading", name=re.sub(r"^#+ | \{.*", "", headings[0])).first
    heading.wait_for(timeout=60_000)
    heading.evaluate("(element) => element.scrollIntoView({ block: 'center' })")


def published(browser: Browser, project: Path) -> bytes:
    """Do the walk of the guide, build, and return the published page in the three languages beside each other."""
    from support.console import Desk, blocks

    desk = Desk(project, "en")
    for lang in WORDS:
        guide = GUIDE / lang / "announce-an-event.md"
        for block in blocks(guide):
            if block.kind == "markdown" and f"/{lang}/" in block.words:
                desk.change(block)
    shutil.copyfile(GUIDE / "pictures/square.png", project / "content/sl/news/square.png")
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=project, check=True)
    shots = ""
    with Host(project / "public") as host:
        for path in EVENTS.values():
            page = browser.new_page(viewport={"width": 390, "height": 760})
            answer = page.goto(host.url(path))
            assert answer is not None
            assert answer.ok, path
            page.wait_for_function("[...document.images].every((image) => image.complete)")
            shots += f'<div class="window"><img src="{inline(page.screenshot())}"></div>'
            page.close()
    return drawn(browser, f'<div class="three" id="all">{shots}</div>', 1290)


def terminal(browser: Browser, command: str, lines: list[str]) -> bytes:
    """Return a drawn terminal with a command and what it printed, as PNG."""
    text = f"$ <b>{escape(command)}</b>\n" + escape("\n".join(lines))
    return drawn(browser, f'<div class="window" id="all"><div class="bar"><i></i><i></i><i></i></div><pre>{text}</pre>')


def framed(browser: Browser, address: str, shot: bytes) -> bytes:
    """Return a picture of a page in a drawn window with its address, as PNG."""
    bar = f'<div class="bar"><i></i><i></i><i></i><span>{escape(address)}</span></div>'
    return drawn(browser, f'<div class="window" id="all">{bar}<img src="{inline(shot)}"></div>', 1124)


def drawn(browser: Browser, inside: str, width: int = 960) -> bytes:
    """Return what is inside, drawn with the styles of the frames, as PNG."""
    page = browser.new_page(viewport={"width": width, "height": 400})
    page.set_content(FRAME + inside)
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    data = page.locator("#all").screenshot()
    page.close()
    return data


def inline(data: bytes) -> str:
    """Return a PNG as an address that holds it."""
    return "data:image/png;base64," + base64.b64encode(data).decode()


def few_colours(data: bytes, colours: int = 256) -> bytes:
    """Return a PNG with at most so many colours."""
    picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(colours, Image.Quantize.MAXCOVERAGE)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def save(file: Path, data: bytes) -> None:
    """Write a picture, which must be small."""
    assert len(data) <= MOST, (file.name, len(data))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
