"""The HTML of a page as it can be read elsewhere: every address in it with the host in front.

Feeds are read in programs that know neither the page nor its site: a link to a footnote would lead into the program.
"""

import html
import re
from urllib.parse import urljoin

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/]++)(?:\s*+(=)\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?+")
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "data", "action", "formaction", "longdesc"})
_SETS = frozenset({"srcset", "imagesrcset"})


def with_absolute_addresses(text: str, page: str) -> str:
    """Return HTML whose addresses are absolute; `page` is the full address of the page that it comes from.

    Reads each character once. Addresses with a scheme of their own stay, and whatever is no address.
    """
    done: list[str] = []
    kept = at = 0
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        name = _NAME.match(text, at)
        if name is None:
            continue
        at = name.end()
        while (found := _ATTRIBUTE.match(text, at)) and found.end() > at:
            at = found.end()
            new = _changed(found[1].lower(), _value(found), page) if found[2] else None
            if new is not None:
                done += [text[kept : found.end(1)], '="', html.escape(new), '"']
                kept = at
    return "".join([*done, text[kept:]])


def _value(found: re.Match[str]) -> str:
    return html.unescape(next((value for value in found.group(3, 4, 5) if value is not None), ""))


def _changed(name: str, value: str, page: str) -> str | None:
    """Return the value of an attribute that holds addresses, None for all others."""
    if name in _ADDRESSES:
        return _joined(page, value)
    if name in _SETS:
        return ", ".join(_candidate(page, one.strip()) for one in re.split(r",\s", value) if one.strip())
    return None


def _candidate(page: str, text: str) -> str:
    address, _, rest = text.partition(" ")
    return _joined(page, address) + (f" {rest}" if rest else "")


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address.strip())
    except ValueError:  # no address: it stays as it was written
        return address
