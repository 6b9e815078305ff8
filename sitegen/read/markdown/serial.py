"""The element tree as HTML, as Python-Markdown writes it; what only a site's own step may put there is left to it."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from markdown.serializers import RE_AMP, to_html_string

from sitegen.read.markdown.tags import VOID

BOOLEAN = frozenset(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden inert "
    "ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed "
    "selected".split()
)
_OTHER = frozenset({"script", "style"})  # their text is no HTML


class _Unusual(Exception):  # noqa: N818 - no error: the tree is written by Python-Markdown
    pass


def html_of(root: ET.Element) -> str:
    """Return an element and all that is in it as HTML: for `Markdown.serializer`."""
    done: list[str] = []
    try:
        _write(root, done.append)
    except _Unusual:
        return str(to_html_string(root))
    return "".join(done)


def _write(element: ET.Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    if tag.__class__ is not str or tag in _OTHER:
        raise _Unusual
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if element.text:
        write(escaped(element.text))
    for child in element:
        _write(child, write)
        if child.tail:
            write(escaped(child.tail))
    if tag.lower() not in VOID:
        write(f"</{tag}>")


def escaped(text: str) -> str:
    """Return a text as it stands in HTML."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _attributes(element: ET.Element) -> str:
    """Return the attributes in the order of their names; one whose value is its name may go without it."""
    done = []
    for name, value in sorted(element.items()):
        if name.__class__ is not str or not isinstance(value, str):
            raise _Unusual
        if name == value and name in BOOLEAN:
            done.append(f" {name}")
        else:
            done.append(f' {name}="{escaped(value).replace(chr(34), "&quot;")}"')
    return "".join(done)
