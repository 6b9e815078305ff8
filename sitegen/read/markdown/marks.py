"""Marks that our extensions leave in the HTML for the pass in `body`.

They are private-use characters, which are taken out of every text first, so that no editor can write one.
"""

import re

from sitegen.core.words import N_

START = "\ue000"
END = "\ue001"
AT = "\ue002"  # the name of the attribute that holds the number of an element's spot (`notes`)
# … and those of Python-Markdown, which leaves marks of its own in the text
_FORBIDDEN = re.compile(f"[\x02\x03{START}{END}{AT}]")

CALLOUTS = {
    "note": N_("Note"),
    "tip": N_("Tip"),
    "important": N_("Important"),
    "warning": N_("Warning"),
    "caution": N_("Caution"),
}


def without_marks(text: str) -> str:
    """Return `text` with nothing in it that could be taken for a mark."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def label(name: str, value: str = "") -> str:
    """Return the mark of a word of the interface, such as the title of a note."""
    return f"{START}label:{name}:{value}{END}"


def block(number: int) -> str:
    """Return the mark of the directive with this number."""
    return f"{START}block:{number}{END}"
