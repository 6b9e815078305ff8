"""The Content-Security-Policy inside of a finished page, for hosts that send no headers and for pages on a disk.

A browser heeds it from where it stands on, so it goes before whatever a page loads, and behind the element that names
the encoding, which has to be near the start of the file.
"""

import html
import re
from collections.abc import Iterable, Mapping

from sitegen.model.hosting import POLICY, policy_text
from sitegen.model.lazy import lazily

_INSIDE = r"(?>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*)>"
_COMMENT = r"<!--(?>(?:[^-]|-(?!->))*)-->"
_START = lazily(rf"(?>(?:\s++|{_COMMENT}|<(?:!doctype|html|head)\b{_INSIDE})*)", re.I)
# From there to the element with the encoding, past nothing that loads or runs anything.
_ENCODING = r"meta\s(?=[^<>]*\bcharset\s*=)"
_TO_ENCODING = re.compile(
    rf"(?>(?:[^<]++|{_COMMENT}|<(?!!--|/?(?:script|style|link|base|body)\b|{_ENCODING}))*)<{_ENCODING}[^<>]*+>", re.I
)


def with_policy(text: str, policy: Mapping[str, tuple[str, ...]], inline: Iterable[tuple[str, str]]) -> str:
    """Return a page with the policy first in its head; `inline` is that of `PageFacts`."""
    if not policy:
        return text
    start = _START.match(text)
    assert start is not None  # it matches nothing at all, too
    encoding = _TO_ENCODING.match(text, start.end())
    at = encoding.end() if encoding else start.end()
    value = html.escape(policy_text(policy, inline), quote=False).replace('"', "&quot;")
    return f'{text[:at]}\n<meta http-equiv="{POLICY}" content="{value}">{text[at:]}'
