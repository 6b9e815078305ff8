"""Nikola, with Jinja2 templates of its own and without posts, tags, archives and galleries."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, python_tool, write
from benchmarks.corpus import ADDRESS, DEFAULT, LANGUAGES, MENU, Doc

SETTINGS = """
import re
BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Bench"
BLOG_EMAIL = "bench@bench.example"
SITE_URL = {address!r}
DEFAULT_LANG = {default!r}
TRANSLATIONS = {{code: "" if code == DEFAULT_LANG else "./" + code for code in {codes!r}}}
TRANSLATIONS_PATTERN = "{{path}}.{{lang}}.{{ext}}"
NAVIGATION_LINKS = {{}}
POSTS = ()
PAGES = (("pages/*.md", "", "page.tmpl"),)
TIMEZONE = "UTC"
THEME = "bench"
COMPILERS = {{"markdown": (".md",)}}
MARKDOWN_EXTENSIONS = [
    "markdown.extensions." + name for name in ("attr_list", "def_list", "footnotes", "abbr", "tables")
]
INDEX_PATH = "blog"
DEMOTE_HEADERS = False
PRETTY_URLS = STRIP_INDEXES = True
GENERATE_RSS = GENERATE_ATOM = False
ENABLE_AUTHOR_PAGES = False
COPY_SOURCES = False
USE_BUNDLES = False
GALLERY_FOLDERS = {{}}
LISTINGS_FOLDERS = {{}}
IMAGE_FOLDERS = {{}}
FILES_FOLDERS = {{}}
DISABLED_PLUGINS = [
    "render_galleries", "render_listings", "classify_indexes", "classify_archive", "classify_tags",
    "classify_categories", "classify_authors", "classify_sections", "classify_page_index", "render_taxonomies",
    "create_bundles", "copy_assets", "robots", "generate_rss", "redirect", "gallery",
]
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
GLOBAL_CONTEXT = {{
    "headings": _HEADING.findall,
    "menu": {{code: [("/" if code == DEFAULT_LANG else "/" + code + "/") + f"s{{n}}/" for n in range({menu})]
             for code in {codes!r}}},
}}
"""
LAYOUT = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ post.title(lang) }}</title>
<meta name="description" content="{{ post.description(lang) }}">
{% for code in translations -%}
<link rel="alternate" hreflang="{{ code }}" href="{{ post.permalink(code, absolute=True) }}">
{% endfor %}</head><body>
<nav>{% for address in menu[lang] %}<a href="{{ address }}">Section {{ loop.index0 }}</a>{% endfor %}</nav>
<nav>{% for code in translations %}<a href="{{ post.permalink(code) }}" lang="{{ code }}">{{ code }}</a>
{% endfor %}</nav><main><h1>{{ post.title(lang) }}</h1>
<ul>{% for id, text in headings(post.text(lang)) %}<li><a href="#{{ id }}">{{ text }}</a></li>{% endfor %}</ul>
{{ post.text(lang) }}
</main></body></html>
"""


def install(tools: Path) -> str:
    """Install it, and return its version."""
    return python_tool(tools / "nikola", ["nikola", "markdown", "jinja2"], "nikola")


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write conf.py, the theme and pages."""
    for doc in docs:
        start = "/" if doc.lang == DEFAULT else f"/{doc.lang}/"
        body = doc.linked(lambda meant, start=start: start + meant.removesuffix("index"))  # type: ignore[misc]
        slug = doc.name.rpartition("/")[2]
        values = f".. title: {doc.title}\n.. slug: {slug}\n.. date: 2026-01-01\n.. description: {doc.description}\n"
        write(site / page(doc), f"<!--\n{values}-->\n\n{body}")
    write(site / "conf.py", SETTINGS.format(address=ADDRESS, default=DEFAULT, codes=list(LANGUAGES), menu=MENU))
    write(site / "themes/bench/bench.theme", "[Theme]\nengine = jinja\nparent = base-jinja\n")
    write(site / "themes/bench/templates/page.tmpl", LAYOUT)
    write(site / "themes/bench/templates/post.tmpl", LAYOUT)


def command(tools: Path) -> list[str]:
    """Return the command."""
    return [str(tools / "nikola/bin/nikola"), "build", "-q", "-n", "2", "-v", "0"]


def page(doc: Doc) -> str:
    """Return the path of a page: the language stands in the name of the file."""
    return f"pages/{doc.name}{'' if doc.lang == DEFAULT else '.' + doc.lang}.md"


ADAPTERS = (Adapter("Nikola", install, prepare, command, page, "output", ("output", "cache", ".doit.db*", "*.pyc")),)
