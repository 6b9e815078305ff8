"""Eleventy, from npm, with Nunjucks layouts."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters.base import Adapter, head, node_tool, write
from benchmarks.corpus import ADDRESS, LANGUAGES, MENU, Doc

SETTINGS = r"""
const path = require("path").posix;
const languages = %(languages)s;
const base = %(address)s;
module.exports = function (config) {
  config.amendLibrary("md", (md) => {
    md.core.ruler.push("heading_ids", (state) => {
      state.tokens.forEach((token, at) => {
        const inline = state.tokens[at + 1];
        if (token.type !== "heading_open" || !inline.children.length) return;
        const last = inline.children[inline.children.length - 1];
        const found = /\s*\{#([\w-]+)\}$/.exec(last.content);
        if (found) { token.attrSet("id", found[1]); last.content = last.content.slice(0, found.index); }
      });
    });
  });
  config.addFilter("toc", (html) => [...html.matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/g)].map((m) => [m[1], m[2]]));
  config.addFilter("inLanguage", (url, code) => "/" + code + url.slice(3));
  config.addFilter("absolute", (url) => base + url.slice(1));
  config.addCollection("menu", (api) => {
    const menu = {};
    for (const code of languages) {
      const found = api.getAll().filter((p) => new RegExp("^/" + code + "/s\\d+/$").test(p.url || ""));
      menu[code] = found.sort((a, b) => a.data.weight - b.data.weight).slice(0, %(menu)d);
    }
    return menu;
  });
  return { dir: { input: "content", includes: "../layouts", output: "_site" }, markdownTemplateEngine: false };
};
"""
LAYOUT = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="description" content="{{ description }}">
{% for code in languages -%}
<link rel="alternate" hreflang="{{ code }}" href="{{ page.url | inLanguage(code) | absolute }}">
{% endfor %}</head><body>
<nav>{% for one in collections.menu[lang] %}<a href="{{ one.url }}">{{ one.data.title }}</a>{% endfor %}</nav>
<nav>{% for code in languages %}<a href="{{ page.url | inLanguage(code) }}" lang="{{ code }}">{{ code }}</a>
{% endfor %}</nav><main><h1>{{ title }}</h1>
<ul>{% for entry in content | toc %}<li><a href="#{{ entry[0] }}">{{ entry[1] | safe }}</a></li>{% endfor %}</ul>
{{ content | safe }}
</main></body></html>
"""
SITEMAP = """---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{% for one in collections.all %}<url><loc>{{ one.url | absolute }}</loc>{% for code in languages %}
<xhtml:link rel="alternate" hreflang="{{ code }}" href="{{ one.url | inLanguage(code) | absolute }}"/>{% endfor %}</url>
{% endfor %}</urlset>
"""


def install(tools: Path) -> str:
    """Install it, and return its version."""
    node_tool(tools / "eleventy", ["@11ty/eleventy"])
    return str(json.loads((tools / "eleventy/node_modules/@11ty/eleventy/package.json").read_text())["version"])


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Write settings, layout, sitemap and pages."""
    for doc in docs:
        body = doc.linked(lambda meant, lang=doc.lang: f"/{lang}/{meant.removesuffix('index')}")  # type: ignore[misc]
        write(site / page(doc), head(doc, "layout: page.njk", f"lang: {doc.lang}") + body)
    codes = list(LANGUAGES)
    values = {"languages": json.dumps(codes), "address": json.dumps(ADDRESS), "menu": MENU}
    write(site / ".eleventy.js", SETTINGS % values)
    write(site / "content/_data/languages.json", json.dumps(codes))
    write(site / "content/sitemap.njk", SITEMAP)
    write(site / "layouts/page.njk", LAYOUT)


def command(tools: Path) -> list[str]:
    """Return the command."""
    return ["node", str(tools / "eleventy/node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]


def page(doc: Doc) -> str:
    """Return the path of a page."""
    return f"content/{doc.lang}/{doc.name}.md"


def node_version() -> str:
    """Return the version of Node."""
    return subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()


ADAPTERS = (Adapter("Eleventy", install, prepare, command, page, "_site", ("_site", ".cache")),)
