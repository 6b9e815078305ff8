"""The parts of a drawing to XML: every name and value in them was checked before."""

from msgspec import Struct

from sitegen.inputs.drawing_css import joined
from sitegen.inputs.drawing_names import MOVABLE

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_VALUE = str.maketrans(_ESCAPES | {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


class Start(Struct, frozen=True):
    """An element that begins, with what is published of it."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    style: tuple[tuple[str, str], ...] = ()  # what its `style` said


class End(Struct, frozen=True):
    """The end of an element."""

    name: str


def as_xml(parts: list[Start | End | str]) -> str:
    """Return the parts as XML. Without a stylesheet, properties become attributes, which every policy allows."""
    styled = any(isinstance(part, Start) and part.name == "style" for part in parts)
    out: list[str] = []
    open_tag = False
    for part in parts:
        if isinstance(part, End):
            out.append("/>" if open_tag else f"</{part.name}>")
            open_tag = False
            continue
        if open_tag:
            out.append(">")
        open_tag = isinstance(part, Start)
        out.append(_opening(part, styled) if isinstance(part, Start) else part.translate(_IN_TEXT))
    return "".join(out)


def _opening(start: Start, styled: bool) -> str:
    """Return `<name a="b"`, its bracket still open."""
    attributes = dict(start.attributes)
    rest = list(start.style)
    if not styled:
        moved = [(name, text) for name, text in rest if name in MOVABLE and "!" not in text]
        if len({name for name, _ in rest}) == len(rest):
            attributes.update(moved)
            rest = [pair for pair in rest if pair not in moved]
    if rest:
        attributes["style"] = joined(rest)
    return f"<{start.name}" + "".join(f' {name}="{text.translate(_IN_VALUE)}"' for name, text in attributes.items())
