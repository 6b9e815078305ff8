"""MkDocs with the plugin static-i18n, and a theme of its own."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, head, python_tool, write
from benchmarks.corpus import ADDRESS, DEFAULT, LANGUAGES, MENU, Doc

SETTINGS = """site_name: Bench
site_url: {address}
use_directory_urls: true
theme: {{name: null, custom_dir: theme, static_templates: [sitemap.xml]}}
markdown_extensions: [attr_list, def_list, footnotes, abbr]
plugins:
  - i18n:
      docs_structure: folder
      languages:
{languages}"""
LAYOUT = """{% set lang = i18n_page_locale %}{% set own = page.url if lang == 'DEFAULT' else page.url[3:] %}
<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="description" content="{{ page.meta.description }}">
{% for code in ['sl', 'en', 'es'] %}{% set there = own if code == 'DEFAULT' else code ~ '/' ~ own -%}
<link rel="alternate" hreflang="{{ code }}" href="{{ config.site_url }}{{ there }}">
{% endfor %}</head><body>
<nav>{% for one in nav.items[1:MENU] %}{% set first = one.children[0] if one.children else one -%}
<a href="{{ first.url|url }}">{{ first.title or one.title }}</a>{% endfor %}</nav>
<nav>{% for code in ['sl', 'en', 'es'] %}{% set there = own if code == 'DEFAULT' else code ~ '/' ~ own -%}
<a href="{{ there|url }}" lang="{{ code }}">{{ code }}</a>
{% endfor %}</nav><main><h1>{{ page.title }}</h1>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.url }}">{{ heading.title }}</a></li>{% endfor %}</ul>
{{ page.content }}
</main></body></html>
"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{%- for file in pages %}<url><loc>{{ file.page.canonical_url|e }}</loc></url>
{% endfor %}</urlset>
"""


def install(tools: Path) -> str:
    """Install it, and return its version."""
    return python_tool(tools / "mkdocs", ["mkdocs", "mkdocs-static-i18n"], "mkdocs")


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write mkdocs.yml, the theme and pages."""
    for doc in docs:
        write(site / page(doc), head(doc) + doc.body)
    languages = "".join(
        f"        - {{locale: {code}, name: {label}, build: true{', default: true' if code == DEFAULT else ''}}}\n"
        for code, label in LANGUAGES.items()
    )
    write(site / "mkdocs.yml", SETTINGS.format(address=ADDRESS, languages=languages))
    write(site / "theme/main.html", LAYOUT.replace("DEFAULT", DEFAULT).replace("MENU", str(MENU + 1)))
    write(site / "theme/sitemap.xml", SITEMAP)


def command(tools: Path) -> list[str]:
    """Return the command."""
    return [str(tools / "mkdocs/bin/mkdocs"), "build", "--quiet"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    return f"docs/{doc.lang}/{doc.name}.md"


ADAPTERS = (Adapter("MkDocs + static-i18n", install, prepare, command, page, "site", ("site",)),)
