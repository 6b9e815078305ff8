"""The element tree to what `body` reads: as HTML, or straight, where nothing needs the HTML in between.

It serves speed alone. Python-Markdown does all of its steps but the last ones, which work on HTML: they have nothing to
do where a text holds no raw HTML and the site has no functions for Markdown. Everything else takes the long way, by
HTML, and without this file everything would: what is cut out is the same.
"""

import contextlib
import html as entities
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.serializers import RE_AMP, to_html_string

from sitegen.text.markdown.marks import AT
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rawhtml import allowed
from sitegen.text.markdown.tags import OWN, PLAIN, VOID

if TYPE_CHECKING:
    from sitegen.text.markdown.body import Pass


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
    pieces: list[str] = []
    try:
        _write(root, pieces.append)
    except _Unusual:
        return str(to_html_string(root))
    return "".join(pieces)


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
    """Return a text, escaped for HTML."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _attributes(element: ET.Element) -> str:
    """Return the attributes in the order of their names; one whose value is its name may go without it."""
    pieces = []
    for name, value in sorted(element.items()):
        if name.__class__ is not str or not isinstance(value, str):
            raise _Unusual
        if name == value and name in BOOLEAN:
            pieces.append(f" {name}")
        else:
            pieces.append(f' {name}="{escaped(value).replace(chr(34), "&quot;")}"')
    return "".join(pieces)


_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


class _Tag(NamedTuple):
    start: str
    plain: tuple[int, bool] | None
    end: str
    plain_end: tuple[int, bool] | None
    is_void: bool


@contextlib.contextmanager
def straight(markdown: Markdown, notes: Notes) -> Iterator[list[ET.Element]]:
    """Let Python-Markdown put the tree into the list that this yields, where its HTML needs no processing."""
    roots: list[ET.Element] = []

    def serializer(root: ET.Element) -> str:
        is_bare = not (root.text or root.attrib) and (not len(root) or not root[-1].tail)
        if notes.has_html or markdown.htmlStash.html_counter or not is_bare or not _is_usual(root):
            return html_of(root)
        roots.append(root)
        return f"<{root.tag}></{root.tag}>"

    markdown.serializer = serializer
    try:
        yield roots
    finally:
        markdown.serializer = html_of


def _is_usual(root: ET.Element) -> bool:
    """Say whether all elements have names such as HTML knows, and are no scripts."""
    return all(_usual(element.tag) and all(map(_usual_name, element.attrib)) for element in root.iter())


@lru_cache(maxsize=256)
def _usual(tag: Any) -> bool:
    return isinstance(tag, str) and bool(_NAME.match(tag)) and tag not in ("script", "style")


@lru_cache(maxsize=256)
def _usual_name(name: Any) -> bool:
    return isinstance(name, str) and (name == AT or bool(_NAME.match(name)))


@lru_cache(maxsize=256)
def _tag(tag: str) -> _Tag:
    start, end = f"<{tag}>", f"</{tag}>"
    return _Tag(start, PLAIN.get(start), end, PLAIN.get(end), tag in VOID)


def go_through(root: ET.Element, walk: "Pass") -> None:
    """Tell the pass all that is in an element."""
    for child in root:
        _element(child, walk)
        if child.tail:
            walk.text(escaped(child.tail))


def _element(element: ET.Element, walk: "Pass") -> None:
    name = element.tag
    start, plain, end, plain_end, is_void = _tag(name)
    if element.attrib:
        _with_attributes(name, element.attrib, walk)
    elif plain is None or walk.setters or walk.closing_block:
        walk.tag(start)
    else:  # as `Pass.plain` does
        walk.depth += plain[0]
        if plain[1]:
            walk.setter.block()
        walk.chunk.append(start)
    if element.text:
        walk.text(escaped(element.text))
    for child in element:
        _element(child, walk)
        if child.tail:
            walk.text(escaped(child.tail))
    if is_void:
        return
    if plain_end is None or walk.setters or walk.closing_block:
        walk.close(name, end)
    else:
        walk.plain(end, *plain_end)


def _with_attributes(name: str, attributes: dict[str, str], walk: "Pass") -> None:
    """Pass on a start tag with its attributes, in the order of their names and as HTML writes them."""
    values: dict[str, str] = {}
    refused, spot, is_marked = [], -1, False
    for attribute in sorted(attributes):
        value = attributes[attribute]
        if attribute == AT:
            spot = int(value)
            continue
        is_marked = is_marked or walk.mark in value
        if walk.notes.trusted or allowed(name, attribute) or (name, attribute) in OWN:
            if "&" in value:
                value = entities.unescape(escaped(value))
            values[attribute] = "" if attribute == value and attribute in BOOLEAN else value
        else:
            refused.append(attribute)
    walk.start(name, values, refused, spot, is_marked=is_marked)
