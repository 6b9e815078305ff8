"""Marks that our extensions leave in the HTML for the pass in `body`.

They are private-use characters, which are taken out of every text first, so that no editor can write one.
"""

from sitegen.core.words import N_

START = "\ue000"
END = "\ue001"
_FORBIDDEN = str.maketrans({START: "\N{REPLACEMENT CHARACTER}", END: "\N{REPLACEMENT CHARACTER}"})

CALLOUTS = {
    "note": N_("Note"),
    "tip": N_("Tip"),
    "important": N_("Important"),
    "warning": N_("Warning"),
    "caution": N_("Caution"),
}


def without_marks(text: str) -> str:
    """Return `text` with nothing in it that could be taken for a mark."""
    return text.translate(_FORBIDDEN) if START in text or END in text else text


def label(name: str, value: str = "") -> str:
    """Return the mark of a word of the interface, such as the title of a note."""
    return f"{START}label:{name}:{value}{END}"


def block(number: int) -> str:
    """Return the mark of the directive with this number."""
    return f"{START}block:{number}{END}"
