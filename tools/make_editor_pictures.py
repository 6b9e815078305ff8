"""Takes the pictures of the web editor for the guides; `python -m tools.make_pictures` calls it.

They show the real program on a clone of the project whose site.yaml has `admin`, in each language of the guides, doing
what the guides say. Needs `make admin-assets`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page

if TYPE_CHECKING:
    from admin.editor import Editor

from tools.make_guide_pictures import GUIDE, PROJECT, few_colours, framed, save

SETTINGS = "\nadmin:\n  backend: github\n  repository: city/site\n  branch: main\n"
BROWSERS = {"sl": "sl-SI", "en": "en-GB", "es": "es-ES"}
ADDRESS = "learning-cities.example/admin/"
WINDOW = {"width": 1240, "height": 820}


def main(browser: Browser, clone: Path) -> None:
    """Take all of them; `clone` is a clone of the project, which is changed."""
    from admin.editor import served

    shutil.copytree(PROJECT / "sitegen/admin/assets", clone / "sitegen/admin/assets", dirs_exist_ok=True)
    with (clone / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    add_sentence(clone / "content/sl/network/joining.md")
    subprocess.run([sys.executable, "build.py", "--quiet"], cwd=clone, check=True)
    contents = (file for file in sorted((clone / "content").rglob("*")) if file.is_file())
    files = {file.relative_to(clone).as_posix(): file.read_bytes() for file in contents}
    with served(clone / "public") as origin:
        for lang in BROWSERS:
            take(browser, origin, files, lang)


def add_sentence(file: Path) -> None:
    """Make the change of docs/guide/sl/translate.md, so that something is outdated in two languages."""
    old, new = lines_of("translate", "sl")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def take(browser: Browser, origin: str, files: dict[str, bytes], lang: str) -> None:
    """Take the pictures of one language: the start page, a translation, a correction, a new page."""
    with opened(browser, origin, files, lang) as editor:
        picture(browser, editor.page, lang, "editor-start")
        editor.sign_in()
        editor.open("network/joining")
        editor.language("en" if lang == "sl" else lang)
        editor.compare("sl")
        picture(browser, editor.page, lang, "editor-translate")
    with opened(browser, origin, files, lang) as editor:
        editor.sign_in()
        editor.open("network/joining")
        editor.language(lang)
        correct(editor.page, lang)
        picture(browser, editor.page, lang, "editor-page")
    with opened(browser, origin, files, lang) as editor:
        editor.sign_in()
        write(editor, lang)
        picture(browser, editor.page, lang, "editor-new")


@contextmanager
def opened(browser: Browser, origin: str, files: dict[str, bytes], lang: str) -> Iterator["Editor"]:
    """Open the start page in a new window with a folder of its own; nothing may go wrong there."""
    from admin.editor import Editor

    context = browser.new_context(viewport=WINDOW, locale=BROWSERS[lang])  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    editor = Editor(context.new_page(), origin, speaks="es" if lang == "es" else "en")
    editor.fill(files)
    editor.page.locator("#start h2").first.wait_for()
    yield editor
    context.close()
    assert editor.wrong == [], editor.wrong


def correct(page: Page, lang: str) -> None:
    """Make the correction of docs/guide/…/correct-a-page.md in the box of the text, as a person does."""
    old, new = lines_of("correct-a-page", lang)
    box = page.locator('[data-key-path="body"] textarea').locator("visible=true").first
    box.scroll_into_view_if_needed()
    box.evaluate(
        """(area, old) => {
          const at = area.value.indexOf(old);
          area.focus();
          area.setSelectionRange(at, at + old.length);
        }""",
        old,
    )
    page.keyboard.insert_text(new)
    page.mouse.move(300, 500)
    page.mouse.wheel(0, -140)


def write(editor: "Editor", lang: str) -> None:
    """Fill in the invitation of docs/guide/…/announce-an-event.md: in Slovenian with its picture, then in `lang`."""
    editor.page.set_viewport_size({"width": WINDOW["width"], "height": 1330})
    editor.new("news")
    for language in dict.fromkeys(("sl", lang)):
        editor.language(language)
        editor.enable()
        for key, value in invitation(language).items():
            editor.field(key).fill(value)
        if language == "sl":
            editor.choose("image", GUIDE / "pictures/square.png")
    if lang != "sl":
        editor.compare("sl")


def invitation(lang: str) -> dict[str, str]:
    """Return what a guide lets its reader write: title, description and the first paragraph."""
    from support.console import blocks

    guide = blocks(GUIDE / lang / "announce-an-event.md")
    file = next(block.text for block in guide if block.kind == "markdown" and f"/{lang}/" in block.words)
    _, head, body = file.split("---\n", 2)
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return {
        "title": values["title"],
        "description": values["description"],
        "body": body.partition("![")[0].strip(),
    }


def lines_of(guide: str, lang: str) -> tuple[str, str]:
    """Return the old and the new text of the change that a guide shows."""
    from support.console import blocks

    change = next(block for block in blocks(GUIDE / lang / f"{guide}.md") if block.kind == "diff")
    old, new = ("\n".join(line[1:] for line in change.text.split("\n") if line.startswith(sign)) for sign in "-+")
    return old, new


def picture(browser: Browser, page: Page, lang: str, name: str) -> None:
    """Write what a tab shows, in a drawn window."""
    page.wait_for_timeout(1200)  # the preview follows what is typed
    shown = framed(browser, ADDRESS + re.sub(r"^[^#]*", "", page.url), page.screenshot(caret="initial"))
    save(GUIDE / lang / f"pictures/{name}.png", few_colours(shown))
