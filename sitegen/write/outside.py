"""Which addresses of other hosts a finished page leads to. Reads our own HTML, whose attributes are quoted."""

import html as entities
import re

from sitegen.core.urls import encoded

_TAG = re.compile(r"<(?!link\b)[a-zA-Z][\w-]*\s[^<>]*>")
_ADDRESS = re.compile(r"""\s(?:href|src|cite)=["'](https?://[^"']*)["']""", re.I)
_SCRIPT = re.compile(r"<!--.*?(?:-->|\Z)|(<script\b[^>]*+(?:>|\Z)).*?(?=</script\s*>|\Z)", re.S | re.I)


def outside_addresses(page: bytes, base_url: str) -> list[str]:
    """Return the addresses in the order of the page, each once; those of the site itself are left out.

    What stands in the head as <link> is for machines: addresses of the site itself, proved already.
    """
    text = _SCRIPT.sub(lambda match: match[1] or "", page.decode("utf-8", "replace"))
    found = (entities.unescape(match[1]) for tag in _TAG.finditer(text) for match in _ADDRESS.finditer(tag.group()))
    return [one for one in dict.fromkeys(found) if not (base_url and _is_below(one, base_url))]


def _is_below(address: str, base_url: str) -> bool:
    """Say whether an address is one of the site, whose own is encoded, however a person has typed it."""
    if (address + "/").startswith(base_url) or address.isascii():
        return (address + "/").startswith(base_url)
    try:
        return f"{encoded(address)}/".startswith(base_url)
    except ValueError:
        return False
