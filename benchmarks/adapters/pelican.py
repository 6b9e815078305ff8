"""Pelican, with its own translations of pages, and its cache of contents."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, python_tool, write
from benchmarks.corpus import ADDRESS, DEFAULT, LANGUAGES, MENU, Doc

SETTINGS = """
import re
SITENAME = "Bench"
SITEURL = {address!r}
PATH = "content"
PAGE_PATHS = [""]
ARTICLE_PATHS = []
ARTICLE_EXCLUDES = [""]
DEFAULT_LANG = {default!r}
TIMEZONE = "UTC"
PAGE_URL = PAGE_LANG_URL = "{{lang}}/{{slug}}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{{lang}}/{{slug}}/index.html"
THEME = "theme"
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = ["sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = ""
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = "cache"
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {{
    "extension_configs": {{
        "markdown.extensions." + name: {{}} for name in ("meta", "attr_list", "def_list", "footnotes", "abbr", "tables")
    }},
    "output_format": "html5",
}}
MENU = {{code: [(f"{{code}}/s{{n}}/", f"Section {{n}}") for n in range({menu})] for code in {codes!r}}}
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
JINJA_FILTERS = {{"headings": _HEADING.findall}}
"""
LAYOUT = """<!doctype html>
<html lang="{{ page.lang }}"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="description" content="{{ page.description }}">
{% set all = [page] + page.translations %}
{% for one in all %}<link rel="alternate" hreflang="{{ one.lang }}" href="{{ SITEURL }}/{{ one.url }}">
{% endfor %}</head><body>
<nav>{% for address, label in MENU[page.lang] %}<a href="/{{ address }}">{{ label }}</a>{% endfor %}</nav>
<nav>{% for one in all %}<a href="/{{ one.url }}" lang="{{ one.lang }}">{{ one.lang }}</a>
{% endfor %}</nav><main><h1>{{ page.title }}</h1>
<ul>{% for id, text in page.content|headings %}<li><a href="#{{ id }}">{{ text }}</a></li>{% endfor %}</ul>
{{ page.content }}
</main></body></html>
"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{% for page in pages %}{% set all = [page] + page.translations %}{% for one in all %}
<url><loc>{{ SITEURL }}/{{ one.url }}</loc>{% for other in all %}
<xhtml:link rel="alternate" hreflang="{{ other.lang }}" href="{{ SITEURL }}/{{ other.url }}"/>{% endfor %}</url>
{% endfor %}{% endfor %}</urlset>
"""


def install(tools: Path) -> str:
    """Install it, and return its version."""
    return python_tool(tools / "pelican", ["pelican[markdown]"], "pelican")


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write pelicanconf.py, the theme and pages."""
    for doc in docs:
        up = "" if doc.name == "index" else "../"
        body = doc.linked(lambda meant, up=up: f"{{filename}}{up}{meant}.md")  # type: ignore[misc]
        lines = f"Title: {doc.title}\nDescription: {doc.description}\nSlug: {doc.folder or 'home'}\nLang: {doc.lang}\n"
        write(site / page(doc), f"{lines}\n{body}")
    codes = list(LANGUAGES)
    write(
        site / "pelicanconf.py", SETTINGS.format(address=ADDRESS.rstrip("/"), default=DEFAULT, menu=MENU, codes=codes)
    )
    write(site / "theme/templates/page.html", LAYOUT)
    write(site / "theme/templates/sitemap.html", SITEMAP)


def command(tools: Path) -> list[str]:
    """Return the command."""
    return [str(tools / "pelican/bin/pelican"), "--quiet", "--settings", "pelicanconf.py", "--output", "output"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    return f"content/{doc.lang}/{doc.name}.md"


ADAPTERS = (Adapter("Pelican", install, prepare, command, page, "output", ("output", "cache")),)
