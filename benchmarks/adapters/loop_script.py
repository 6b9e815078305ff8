"""Python-Markdown and Jinja2 in a loop: `python loop.py PROCESSES` in a folder that adapters/loop.py has written."""

import json
import multiprocessing
import re
import sys
from pathlib import Path

import markdown
import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

SETTINGS = json.loads(Path("settings.json").read_text())
EXTENSIONS = ["tables", "footnotes", "def_list", "abbr", "attr_list", "fenced_code", "admonition", "toc"]
LINK = re.compile(r'href="([^":#]+)\.md"')
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def address(lang: str, name: str) -> str:
    """Return the address of a page."""
    return f"{lang}/{name.removesuffix('index')}" + ("" if name.endswith("index") else "/")


def parsed(file: Path) -> dict[str, object]:
    """Return front matter and text of a page."""
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    _, lang, name = file.as_posix().removesuffix(".md").split("/", 2)
    return {"lang": lang, "name": name, "body": body, **yaml.load(front, LOADER)}


def rendered(pages: list[dict[str, object]], menus: dict[str, list[tuple[str, str]]]) -> None:
    """Write some pages."""
    env = Environment(loader=FileSystemLoader("templates"), autoescape=True)
    template = env.get_template("page.html")
    reader = markdown.Markdown(extensions=EXTENSIONS)
    for page in pages:
        lang, name = page["lang"], page["name"]
        own = address(lang, name)
        up = "../" * own.count("/")
        reader.reset()
        html = reader.convert(page["body"])
        inside = name.rpartition("/")[0]
        html = linked(html, up, lang, inside)
        page["toc"] = [heading for top in reader.toc_tokens for heading in (top, *top["children"])]
        page["alternates"] = [(code, SETTINGS["address"] + address(code, name)) for code in SETTINGS["languages"]]
        page["translations"] = [(code, up + address(code, name)) for code in SETTINGS["languages"]]
        menu = [(up + there, label) for there, label in menus[lang]]
        file = Path("output", own, "index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(template.render(page=page, menu=menu, content=Markup(html)), encoding="utf-8")


def linked(html: str, up: str, lang: str, inside: str) -> str:
    """Return the text with links that lead to addresses."""
    return LINK.sub(lambda found: f'href="{up}{address(lang, meant(inside, found[1]))}"', html)


def meant(inside: str, written: str) -> str:
    """Return the page that a link means."""
    return written.removeprefix("../") if written.startswith("../") else f"{inside}/{written}".lstrip("/")


def main(processes: int) -> None:
    """Write the whole site."""
    pages = [parsed(file) for file in sorted(Path("content").rglob("*.md"))]
    menus = {
        code: [(address(code, p["name"]), p["title"]) for p in pages if p["lang"] == code and 0 < p["weight"] <= 8]
        for code in SETTINGS["languages"]
    }
    if processes == 1:
        rendered(pages, menus)
    else:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            size = -(-len(pages) // (processes * 8))
            pool.starmap(rendered, [(pages[at : at + size], menus) for at in range(0, len(pages), size)], 1)
    entries = "".join(
        f"<url><loc>{SETTINGS['address']}{address(p['lang'], p['name'])}</loc>"
        + "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{SETTINGS["address"]}{address(code, p["name"])}"/>'
            for code in SETTINGS["languages"]
        )
        + "</url>\n"
        for p in pages
    )
    Path("output/sitemap.xml").write_text(f"<urlset>{entries}</urlset>")


main(int(sys.argv[1]))
