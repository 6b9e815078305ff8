"""Tokens of markdown-it-py to the element tree of Python-Markdown.

Tokens that are more than a tag have functions (`writers`), by their type; all others are written by their tag and their
attributes, so that a rule of a site needs no more than tokens. Raw HTML goes into Python-Markdown's stash.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.util import AtomicString
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from sitegen.text.markdown.marks import AT
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.rules.attributes import attributes_of

_TITLED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt"})  # attributes may end their line
_AS_IT_IS = re.compile(r"[A-Za-z0-9_./#-]*\Z")  # an address that needs no encoding


class Tree:
    """The tree of one text, while it grows."""

    def __init__(
        self, markdown: Markdown, notes: Notes, root: ET.Element, env: dict[str, Any], writers: "Mapping[str, Writer]"
    ) -> None:
        self.markdown, self.notes, self.env = markdown, notes, env
        self.writers = writers
        self.within, self.siblings, self.number = Token("", "", 0), list[Token](), 0
        self.stack = [root]
        self.pending: list[str] = []
        self.has_patterns = bool(len(markdown.inlinePatterns))
        self.abbreviations = env.get("abbreviations")
        self.ends: list[int] = [-1]  # of each open element, the line behind it
        self.last: tuple[ET.Element | None, int] = (None, -1)  # the block closed last, and the line behind it
        self.is_empty = False  # the paragraph that is open holds attributes of the block above only

    # what both kinds of tokens are made of

    def text(self, text: str) -> None:
        """Add plain text at the end of the open element."""
        if "&" in text:
            text = text.replace("&", "&amp;")
        self.pending.append(text)

    def markup(self, text: str) -> None:
        """Add text that is HTML already, such as an entity or the mark of a word of the interface."""
        self.pending.append(text)

    def flush(self) -> ET.Element:
        """Write what is pending into the tree; return the open element."""
        parent = self.stack[-1]
        if self.pending:
            text = "".join(self.pending)
            self.pending.clear()
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + text
            else:
                parent.text = (parent.text or "") + text
        return parent

    def element(self, tag: str, attributes: dict[str, str]) -> ET.Element:
        """Add an element at the end of the open one."""
        return ET.SubElement(self.flush(), tag, attributes)

    def open(self, tag: str, attributes: dict[str, str]) -> ET.Element:
        """Add an element, and open it."""
        element = ET.SubElement(self.flush() if self.pending else self.stack[-1], tag, attributes)
        self.stack.append(element)
        return element

    def close(self) -> ET.Element:
        """Close the open element."""
        if self.pending:
            self.flush()
        return self.stack.pop()

    def code(self, text: str) -> str:
        """Return code as the text of an element: no pattern of a site may look into it."""
        if "&" in text:
            text = text.replace("&", "&amp;")
        return AtomicString(text) if self.has_patterns else text

    def html(self, html: str) -> None:
        """Add raw HTML."""
        self.notes.has_html = True
        self.markup(self.markdown.htmlStash.store(html))

    def address(self, target: str) -> str:
        """Return an address as HTML wants it; problems show it as it is written."""
        if _AS_IT_IS.match(target):
            return target
        encoded = normalizeLink(target)
        if encoded != target:
            self.notes.targets[encoded] = target
        return encoded

    # blocks

    def run(self, tokens: list[Token]) -> None:
        """Add all blocks."""
        for token in tokens:
            kind = token.type
            if kind == "inline":
                self.inline(token)
            elif kind in self.writers:
                self.writers[kind](self, token)
            elif token.hidden or not token.tag:
                continue
            elif token.nesting < 0:
                self._end()
            else:
                self._block(token)
        self.flush()

    def _block(self, token: Token) -> None:
        attributes = {name: str(value) for name, value in token.attrs.items()} if token.attrs else {}
        style = attributes.pop("style", "") if token.tag in ("td", "th") else ""
        if style.startswith("text-align:"):
            attributes["class"] = f"align-{style[11:]}"
        if token.tag in _TITLED and token.tag[0] == "h":
            attributes[AT] = str(self.notes.spot(token.meta.get("at", 0)))
        self.open(token.tag, attributes)
        self.ends.append(token.map[1] if token.map else -1)
        if token.nesting == 0:
            self._end()

    def _end(self) -> None:
        element = self.close()
        end = self.ends.pop()
        if self.is_empty:
            self.is_empty = False
            self.stack[-1].remove(element)
        else:
            self.last = (element, end)

    def inline(self, token: Token) -> None:
        """Add the text of a block."""
        children = token.children or []
        task = token.meta.get("task")
        if task is not None:
            self.stack[-1].set("class", "task")
            self.open("label", {})
            self.element("input", {"type": "checkbox", "disabled": "", **({"checked": ""} if task else {})})
            self.text(" ")
        block_attributes = children[-1] if children and children[-1].type == "attributes" else None
        if block_attributes is not None and self._are_of_block(children):
            children = children[:-1]
            if children and children[-1].type == "softbreak":
                children = children[:-1]
            if children and children[-1].type == "text":
                children[-1].content = children[-1].content.rstrip(" \t")
            self._of_block(token, block_attributes, bool(children))
        self.inlines(token, children)
        if task is not None:
            self.close()
        self.flush()

    def inlines(self, within: Token, children: list[Token]) -> None:
        """Add inline tokens; `within` is the block that they are in."""
        self.within, self.siblings = within, children
        for number, child in enumerate(children):
            kind = child.type
            if kind == "text":
                if self.abbreviations:
                    self._abbreviated(child.content)
                else:
                    self.text(child.content)
            elif kind == "softbreak":
                self.pending.append("\n")
            elif kind == "hardbreak":
                self.element("br", {})
                self.pending.append("\n")
            elif kind in self.writers:
                self.number = number
                self.writers[kind](self, child)
            elif child.nesting < 0:
                self.close()
            elif child.tag:
                attributes = {name: str(value) for name, value in child.attrs.items()} if child.attrs else {}
                self.open("del" if child.tag == "s" else child.tag, attributes)
                if child.nesting == 0:
                    self.close()
            else:
                self.text(child.content)

    def _abbreviated(self, text: str) -> None:
        pattern, titles = self.abbreviations  # type: ignore[misc]
        at = 0
        for match in pattern.finditer(text):
            self.text(text[at : match.start()])
            self.element("abbr", {"title": titles[match[0]]}).text = self.code(match[0])
            at = match.end()
        self.text(text[at:])

    # attributes in braces

    def _are_of_block(self, children: list[Token]) -> bool:
        """Say whether the braces at the end belong to the block, not to what is before them."""
        if len(children) == 1 or children[-2].type == "softbreak":
            return True
        before = children[-2]
        tag = self.stack[-1].tag
        is_apart = before.content.endswith((" ", "\t")) or tag[:1] == "h"  # a heading's text carries none of its own
        return tag in _TITLED and before.type == "text" and is_apart

    def _of_block(self, within: Token, braces: Token, has_text: bool) -> None:
        element: ET.Element | None = self.stack[-1]
        is_below = bool(within.map) and self.last[1] == within.map[0]  # type: ignore[index]
        if not has_text and element is not None and element.tag == "p" and self.last[0] is not None and is_below:
            element, self.is_empty = self.last[0], True
        elif not has_text and element is not None and element.tag == "p":
            self.notes.report("attributes-alone", self.notes.offset(within, 0), braces=braces.content)
        if element is not None:
            self.attributes(element, braces, within)

    def attributes(self, element: ET.Element, braces: Token, within: Token) -> None:
        """Set the attributes in braces on an element."""
        number = element.get(AT)
        start = self.notes.offset(within, braces.map[0] if braces.map else 0)
        spot = self.notes.spots[int(number) if number else self.notes.spot(start)]
        if not number:
            element.set(AT, str(len(self.notes.spots) - 1))
        for name, value, at in attributes_of(braces.content):
            spot.attributes[name] = start + at
            if name == "class" and element.get("class"):
                value = f"{element.get('class')} {value}"
            element.set(name, value.replace("&", "&amp;"))


Writer = Callable[[Tree, Token], None]  # of an inline token: its block is `within`, its place among the others `number`
