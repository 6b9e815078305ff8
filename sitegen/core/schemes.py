"""Which addresses may stand in anything that is published: the one place that decides it.

Browsers decode entities in an address, and leave out blanks and control characters (WHATWG URL, 4.4). All of them are
taken away before the scheme is looked at, and every invisible character too, more than browsers do.
"""

import html
import re
import unicodedata

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Attributes of HTML and SVG that hold one address, or a list of them.
ADDRESSES = frozenset(
    "href src action formaction poster cite data background longdesc manifest codebase classid dynsrc lowsrc "
    "xlink:href".split()
)
SETS = frozenset({"srcset", "imagesrcset", "ping", "archive"})
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*+:")
_GONE = "\N{REPLACEMENT CHARACTER}"  # stands where a control character was (`controls`)
_ROUNDS = 4  # entities in entities, in entities


def refused_scheme(address: str) -> str:
    """Return the scheme of an address that may not be published, in lower case; "" when the address may."""
    if ":" not in address and "&" not in address:
        return ""
    found = _SCHEME.match(address)
    if found is None or "&" in found[0]:
        found = _SCHEME.match(_bare(address))
    scheme = found[0][:-1].lower() if found else ""
    return "" if scheme in SCHEMES else scheme


def _bare(address: str) -> str:
    """Return an address as the most lenient reader takes it."""
    for _ in range(_ROUNDS):
        decoded = html.unescape(address)
        if decoded == address:
            break
        address = decoded
    return "".join(letter for letter in address if unicodedata.category(letter)[0] not in "CZ" and letter != _GONE)


def offers(value: str) -> list[str]:
    """Return the addresses of a set such as `srcset`; also what stands behind each comma and each blank."""
    return [part for part in re.split(r"[,\s]+", value) if part]
