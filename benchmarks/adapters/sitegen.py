"""The generator of this project, as it is shipped; search index and feed are off, as no other makes them here."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import PROJECT, Adapter, head, this_python, write
from benchmarks.corpus import ADDRESS, DEFAULT, LANGUAGES, LOCALES, MENU, Doc

BASE = """<!doctype html>
<html lang="{{ page.lang }}"><head><meta charset="utf-8"><title>{% block title %}{{ page.title }}{% endblock %}</title>
<meta name="description" content="{{ page.description }}">
{% for code, address in page.alternates %}<link rel="alternate" hreflang="{{ code }}" href="{{ address }}">
{% endfor %}</head><body>
<nav>{% for ref in menus.main %}<a href="{{ url(ref) }}">{{ ref.label }}</a>{% endfor %}</nav>
{% block main %}{% endblock %}
</body></html>
"""
PAGE = """{% extends "base.html" %}
{% block main %}
<nav>{% for one in page.translations %}<a href="{{ url(one) }}" lang="{{ one.lang }}">{{ one.label }}</a>{% endfor %}
</nav><main><h1>{{ page.title }}</h1>
<p>{{ _("On this page") }}</p>
<ul>{% for heading in page.toc %}<li><a href="#{{ heading.id }}">{{ heading.text }}</a></li>{% endfor %}</ul>
{{ content }}
</main>{% endblock %}
"""
ROOT = """<!doctype html>
<html lang="{{ lang }}"><head><title>Site</title>
{% for code, address in page.alternates %}<link rel="alternate" hreflang="{{ code }}" href="{{ address }}">
{% endfor %}</head><body><h1>Site</h1>
{% for home in page.homes %}<a href="{{ url(home) }}">{{ home.label }}</a>{% endfor %}</body></html>
"""
REDIRECT = """<!doctype html>
<html lang="{{ lang }}"><head><title>Moved</title></head><body><a href="{{ url(page.target) }}">Here</a></body></html>
"""
CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "On this page"
msgstr "Contents"
"""


def install(_: Path) -> str:
    """Return the version; the runner's own environment has everything."""
    command = [this_python(), "-c", "import sitegen; print(sitegen.__version__)"]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.strip()


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write site.yaml, templates, catalogues and pages."""
    for doc in docs:
        write(site / page(doc), head(doc) + doc.body)
    languages = {code: {"label": label, "locale": LOCALES[code]} for code, label in LANGUAGES.items()}
    settings = {
        "title": "Bench",
        "theme": "none",
        "base_url": ADDRESS,
        "default_language": DEFAULT,
        "languages": languages,
        "navigation": {"main": [f"s{number}/index" for number in range(MENU)]},
        "search": False,
    }
    write(site / "site.yaml", "".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items()))
    for name, text in (("base", BASE), ("page", PAGE), ("root", ROOT), ("404", ROOT), ("redirect", REDIRECT)):
        write(site / f"templates/{name}.html", text)
    for code in LANGUAGES:
        write(site / f"locales/{code}/LC_MESSAGES/messages.po", CATALOGUE)


def command(_: Path) -> list[str]:
    """Return the command."""
    return [this_python(), "-m", "sitegen"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    return f"content/{doc.lang}/{doc.name}.md"


ADAPTERS = (
    Adapter(
        "sitegen",
        install,
        prepare,
        command,
        page,
        "public",
        (".cache", "public", ".public.spare"),
        {"PYTHONPATH": str(PROJECT)},
    ),
)
