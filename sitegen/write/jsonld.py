"""The Jinja filter `jsonld`: a value as JSON that can stand in a data block of a page."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sitegen.core.controls import without_controls

# In <script> only these can end the block or begin another one (HTML, "Restrictions for contents of script elements").
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def jsonld(value: Any) -> Markup:
    """Return `value` as compact JSON, keys in the order written. Parts that are None or empty are left out.

    Days become ISO 8601; interface strings, which templates hold escaped, become plain text again.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - no character of markup is left


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value.unescape() if isinstance(value, Markup) else value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
