"""Marks that our extensions leave in the HTML for the pass in `body`.

A mark begins with the seal of its page: a digest of the whole text. No text can hold its own digest, whatever it turns
into when entities, references and escapes are decoded; and the same text has the same marks.
"""

import hashlib
import re

from sitegen.model.words import N_
from sitegen.text.characters import is_clean, without_controls

START = "\ue000"
END = "\ue001"
AT = "\ue002"  # the name of the attribute that holds the number of an element's spot (`notes`)
# A name is never decoded: it cannot be written but as it is.
_FORBIDDEN = re.compile(f"[{START}{END}{AT}]")

CALLOUTS = {
    "note": N_("Note"),
    "tip": N_("Tip"),
    "important": N_("Important"),
    "warning": N_("Warning"),
    "caution": N_("Caution"),
}


def without_marks(text: str) -> str:
    """Return `text` with nothing in it that could be taken for a mark, ours or Python-Markdown's, and no controls."""
    if is_clean(text):  # a mark cannot be printed
        return text
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", without_controls(text))


def opening(text: str) -> str:
    """Return what the marks of a page begin with; `text` is all of the page."""
    seal = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=b"sitegen-marks")
    return f"{START}{seal.hexdigest()}:"


def label(start: str, name: str, value: str = "") -> str:
    """Return the mark of a word of the interface, such as the title of a note; `start` as `opening` gave it."""
    return f"{start}{name}:{value}{END}"


def block(start: str, number: int) -> str:
    """Return the mark of the directive with this number."""
    return f"{start}{number}{END}"


def taken(rest: str) -> tuple[str, str]:
    """Return the content of a mark and the text after it; `rest` is all that follows the opening."""
    held, _, after = rest.partition(END)
    return held, after
