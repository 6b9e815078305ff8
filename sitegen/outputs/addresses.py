"""Every address in a finished output, wherever it came from, whose scheme may not be published.

Only looks: what an owner has written into a template, word for word, may stay, and that is for `site/proof` to say.
"""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sitegen.model.lazy import lazily
from sitegen.model.urls import ADDRESSES, SETS, offers, refused_scheme

_TAG = lazily(r"<([a-zA-Z][^\s/><]*+)(?=[\s/])((?>(?:[^<>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*))")
_ATTRIBUTE = lazily(r"(?<![^\s\"'<>/=])([^\s\"'<>/=]++)\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>]++))")
_JSON = lazily(r"<script\b([^>]*+)>([^<]*+)", re.I)
_STYLE = lazily(r"url\(\s*+[\"']?([^)\"']*+)")
_BEFORE = lazily(r"(?i)\A[\s\d.;,]*+(?>(?:url\s*+=\s*+)?)[\"']?+")  # what stands before the address of a refresh
_MOVED = frozenset("to from by values".split())  # what SVG sets an attribute to, in the course of time
_OF_META = lazily(r"(?:url|image|video|audio|player|stream|secure_url|refresh)\Z", re.I)
# Keys of schema.org whose values are addresses.
_OF_JSON = frozenset(
    "@id url sameas image logo photo thumbnailurl contenturl embedurl mainentityofpage item license isbasedon "
    "citation discussionurl downloadurl installurl target urltemplate codeRepository archivedat".lower().split()
)


def foreign(text: str) -> tuple[str, ...]:
    """Return the addresses in HTML or XML that may not be published, as they are written, each once and sorted."""
    addresses = {raw for name, rest in _tags(text) for raw in _of_tag(name, rest)}
    for block in _JSON.finditer(text):
        if "json" in block[1].lower():
            addresses.update(_of_json(block[2]))
    if "url(" in text:
        addresses.update(match[1] for match in _STYLE.finditer(text) if _is_style(match[1]))
    return tuple(sorted(addresses))


def of_feed(text: str) -> tuple[str, ...]:
    """Return the same for a feed, in which the HTML of its entries is escaped."""
    return tuple(sorted({*foreign(text), *foreign(html.unescape(text))}))


def _tags(text: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(text):
        if ":" in tag[2] or "&" in tag[2]:
            yield tag[1].lower(), tag[2]


@lru_cache(maxsize=4096)  # menus and the like stand on every page
def _of_tag(element: str, rest: str) -> tuple[str, ...]:
    return tuple(_addresses_in(element, rest))


def _addresses_in(element: str, rest: str) -> Iterator[str]:
    meta = element == "meta" and any(
        _OF_META.search(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(rest)
        if match[1] != "content"
    )
    for match in _ATTRIBUTE.finditer(rest):
        name, raw = match[1].lower(), match[2] or match[3] or match[4] or ""
        if name in ADDRESSES or (element in ("animate", "set", "animatemotion") and name in _MOVED):
            parts = raw.split(";") if name == "values" else [raw]
        elif name in SETS:
            yield from (part for part in offers(html.unescape(raw)) if refused_scheme(part))
            continue
        elif meta and name == "content":
            raw = _BEFORE.sub("", html.unescape(raw))
            parts = [raw]
        else:
            continue
        if any(refused_scheme(part) for part in parts):
            yield raw


def _of_json(text: str) -> set[str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    addresses: set[str] = set()
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, dict):
            waiting += [(name.lower(), part) for name, part in node.items()]
        elif isinstance(node, list):
            waiting += [(key, part) for part in node]
        elif isinstance(node, str) and key in _OF_JSON and refused_scheme(node):
            addresses.add(node)
    return addresses


def _is_style(raw: str) -> bool:
    """Say whether an address in a style may not stay: pictures inside of it cannot act."""
    scheme = refused_scheme(raw)
    return bool(scheme) and not (scheme == "data" and raw.strip().lower().startswith(("data:image/", "data:font/")))
