"""Where a reader edits a page: in the web editor of the site, else on the host of its sources.

The editor calls a page by the path of its file in the default language.
"""

from typing import Any
from urllib.parse import quote

from sitegen.core.admin import COLLECTION, FOLDER
from sitegen.core.urls import relative
from sitegen.site.address import Node
from sitegen.site.codehost import code_links
from sitegen.site.link import Site


def links_to_edit(site: Site, node: Node) -> dict[str, Any]:
    """Return the fields of a view by name. The folder edition has no editor of its own.

    On a fallback page, “translate” opens the language that has no text yet.
    """
    others = code_links(site.config, node)
    if site.config.admin is None or site.config.offline:
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
    own = next((page.name for page in drafts if page.lang == default), None)
    if own is not None:
        return own
    nodes = (site.node(code, key) for code in site.config.codes)
    published = [node.page for node in nodes if node and not node.is_fallback]
    return min([*published, *drafts], key=lambda page: page.path).name


def _address(start: str, entry: str, lang: str) -> str:
    return f"{relative(start, FOLDER)}#{entry_route(entry, lang)}"


def entry_route(entry: str, lang: str) -> str:
    """Return what follows the # in the address of a page in the editor, opened in a language."""
    return f"/collections/{COLLECTION}/entries/{quote(entry)}?_locale={lang}"
