"""The edit links of a page: to the web editor of the site, else to the host of its sources.

The editor names a page by the path of its file in the default language.
"""

import re
from typing import Any
from urllib.parse import quote

from sitegen.model.admin import COLLECTION, FOLDER
from sitegen.model.config import Config
from sitegen.model.urls import absolute, relative
from sitegen.site.links import Site
from sitegen.site.nodes import Node


def _code_links(config: Config, node: Node) -> dict[str, Any]:
    """Return the fields of a view by name; "" where site.yaml has no pattern.

    On a fallback page, which shows the source's text, the source's file is edited, and the missing one can be made.
    """
    host, page = config.code_host, node.page
    values = {"path": page.path, "lang": page.lang, "title": page.front.title}
    url = absolute(config.base_url, node.url) if config.base_url else node.url
    links = {"edit_url": _filled(host.edit_url, values), "report_url": _filled(host.report_url, {**values, "url": url})}
    if node.is_fallback:
        path = f"content/{node.lang}/{page.name}.md"
        folder, _, name = path.rpartition("/")
        new = {**values, "path": path, "folder": folder, "name": name, "lang": node.lang}
        links["create_url"] = _filled(host.create_url, new)
    return links


def _filled(pattern: str, values: dict[str, str]) -> str:
    """Return the pattern with its values percent-encoded; a slash stays one only in the path of the address."""
    path = re.split(r"[?#]", pattern, maxsplit=1)[0]

    def value(match: re.Match[str]) -> str:
        return quote(values[match[1]], safe="/" if match.end() <= len(path) else "")

    return re.sub(r"\{(\w+)\}", value, pattern)


def links_to_edit(site: Site, node: Node) -> dict[str, Any]:
    """Return the fields of a view by name. The folder edition has no editor of its own.

    On a fallback page, “translate” opens the language that has no text yet.
    """
    others = _code_links(site.config, node)
    if site.config.editor is None:
        return others
    entry = entry_name(site, node.key)
    links = others | {"edit_url": _address(node.url, entry, node.page.lang)}
    if node.is_fallback:
        links["create_url"] = _address(node.url, entry, node.lang)
    return links


def entry_name(site: Site, key: str) -> str:
    """Return the name of a page in the editor: that of the file in the default language, published or not.

    Without such a file it is the name of the first file in the order of their paths.
    """
    default, source = site.config.default_language, site.sources[key]
    if source.lang == default:
        return source.name
    drafts = [page for page in site.drafts.values() if page.key == key]
    draft = next((page.name for page in drafts if page.lang == default), None)
    if draft is not None:
        return draft
    nodes = (site.node(code, key) for code in site.config.codes)
    published = [node.page for node in nodes if node and not node.is_fallback]
    return min([*published, *drafts], key=lambda page: page.path).name


def _address(start: str, entry: str, lang: str) -> str:
    return f"{relative(start, FOLDER)}#{entry_route(entry, lang)}"


def entry_route(entry: str, lang: str) -> str:
    """Return what follows the # in the URL of a page in the editor, opened in a language."""
    return f"/collections/{COLLECTION}/entries/{quote(entry)}?_locale={lang}"
