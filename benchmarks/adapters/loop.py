"""A bare loop of Python-Markdown and Jinja2, in one process and in two; and copying a finished tree.

The loop is what these libraries cost by themselves: it checks and remembers nothing.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, head, python_tool, write
from benchmarks.corpus import ADDRESS, LANGUAGES, MENU, Doc

LOOP = Path(__file__).with_name("loop_script.py")
LAYOUT = """<!doctype html>
<html lang="{{ page.lang }}"><head><meta charset="utf-8"><title>{% block title %}{{ page.title }}{% endblock %}</title>
<meta name="description" content="{{ page.description }}">
{% for code, address in page.alternates %}<link rel="alternate" hreflang="{{ code }}" href="{{ address }}">
{% endfor %}</head><body>
<nav>{% for address, label in menu %}<a href="{{ address }}">{{ label }}</a>{% endfor %}</nav>
{% block main %}{% endblock %}
</body></html>
"""
PAGE = """{% extends "base.html" %}
{% block main %}
<nav>{% for code, address in page.translations %}<a href="{{ address }}" lang="{{ code }}">{{ code }}</a>{% endfor %}
</nav><main><h1>{{ page.title }}</h1>
<ul>{% for heading in page.toc %}<li><a href="#{{ heading.id }}">{{ heading.name }}</a></li>{% endfor %}</ul>
{{ content }}
</main>{% endblock %}
"""


def install(tools: Path) -> str:
    """Install the libraries, and return the version of Markdown."""
    return python_tool(tools / "loop", ["Markdown", "Jinja2", "PyYAML"], "Markdown")


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write templates, settings and pages."""
    for doc in docs:
        write(site / page(doc), head(doc) + doc.body)
    write(site / "templates/base.html", LAYOUT)
    write(site / "templates/page.html", PAGE)
    settings = {"languages": list(LANGUAGES), "address": ADDRESS, "menu": MENU}
    write(site / "settings.json", json.dumps(settings))
    shutil.copyfile(LOOP, site / "loop.py")


def one(tools: Path) -> list[str]:
    """Return the command for one process."""
    return [str(tools / "loop/bin/python"), "loop.py", "1"]


def two(tools: Path) -> list[str]:
    """Return the command for two processes."""
    return [str(tools / "loop/bin/python"), "loop.py", "2"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    return f"content/{doc.lang}/{doc.name}.md"


ADAPTERS = (
    Adapter("bare loop, two processes", install, prepare, two, page, "output", ("output",)),
    Adapter("bare loop, one process", install, prepare, one, page, "output", ("output",)),
)
