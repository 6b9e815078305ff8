"""A page's addresses on the host of the sources: where to edit it, to translate it, to report a mistake."""

import re
from typing import Any
from urllib.parse import quote

from sitegen.core.records import Config
from sitegen.core.urls import absolute
from sitegen.site.address import Node


def code_links(config: Config, node: Node) -> dict[str, Any]:
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
