"""A drawing next to a page: read as XML (expat) and rewritten from the elements and attributes that are allowed.

Nothing is copied: every element, attribute and value that is published was named in `svgnames` or checked by
`svgstyle`, so what a browser would read otherwise than we do never reaches it. Comments, processing instructions,
metadata and what drawing programs write for themselves are dropped. Owners' drawings (static/, templates) never come
here.
"""

import contextlib
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from sitegen.inputs.drawing_css import Refused, address, declarations, sheet, value
from sitegen.inputs.drawing_names import (
    ADOBE,
    ANIMATED,
    ANIMATIONS,
    EDITORS,
    ELEMENTS,
    HTML,
    IDLE,
    LINKING,
    PLAIN,
    PRESENTATION,
    SVG,
    TIMED,
    XLINK,
    XML,
)
from sitegen.inputs.drawing_xml import End, Start, as_xml
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Place, Problem, problem, window
from sitegen.model.words import T_

_CODES = expat.errors.codes
_REASONS = {  # what expat's codes mean
    _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]: T_("an element is not closed, or is closed in the wrong place"),
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: T_("it is empty or ends too early"),
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: T_("a tag or a comment is not closed"),
    _CODES[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: T_("an element has the same attribute twice"),
    _CODES[expat.errors.XML_ERROR_UNBOUND_PREFIX]: T_("the namespace prefix of a name is not declared"),
    _CODES[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: T_("there is text after the last element"),
    _CODES[expat.errors.XML_ERROR_MISPLACED_XML_PI]: T_("there is something before <?xml …?>"),
}
_NOT_XML = T_("it is not correct XML here")
_NOT_UTF_8, _ENTITY = phrase("it is not encoded in UTF-8"), phrase("a custom entity")
_LOADING = frozenset({"image", "feImage"})
_DEEPEST = 200
_MOST_PROBLEMS = 20
_ENCODINGS = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-", "windows-125")


def read_svg(path: str, data: bytes) -> tuple[bytes, list[Problem]]:
    """Return the drawing that is published, and what is wrong with the one that was written.

    Problems: svg-active, svg-html, svg-address, svg-picture, svg-doctype, svg-unknown, svg-broken, each with its line.
    """
    reading = _Reading(path, data)
    with contextlib.suppress(_Stop):
        reading.read()
    if reading.problems:
        return b"", reading.problems
    return as_xml(reading.parts).encode(), []


class _Stop(Exception):  # noqa: N818 - ends the parse; the problem is kept already
    """Nothing after this can be judged."""


class _Reading:
    """One parse: the parts that may be published, and the problems."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.parts: list[Start | End | str] = []
        self.problems: list[Problem] = []
        self.dropped = 0  # how deep inside an element that is dropped
        self.depth = 0
        self.style: list[str] | None = None  # the text of the <style> that is open
        self.named: set[tuple[str, str]] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.SkippedEntityHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self) -> None:
        """Parse everything. Raises _Stop where nothing more can be judged."""
        if b"\0" in self.data:
            self._stop("svg-broken", reason=_NOT_UTF_8)
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            if error.code == _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
                self._stop("svg-doctype", what=_ENTITY)
            reason = phrase(_REASONS.get(error.code, _NOT_XML))
            self.problems = [self._problem("svg-broken", error.lineno, error.offset, {"reason": reason})]
        except (ValueError, LookupError):
            self._stop("svg-broken", reason=_NOT_UTF_8)

    def _stop(self, code: str, **values: str | Phrase) -> NoReturn:
        self._add(code, **values)
        raise _Stop

    def _problem(self, code: str, line: int, column: int, values: Mapping[str, str | Phrase]) -> Problem:
        lines = self.data.split(b"\n", line)
        source = lines[line - 1].decode("utf-8", "replace") if 0 < line <= len(lines) else ""
        return problem(code, Place(self.path, line, column + 1, *window(source, column + 1)), **values)

    def _add(self, code: str, **values: str | Phrase) -> None:
        """Report once for each cause and name."""
        sort = (code, str(values))
        if sort not in self.named:
            self.named.add(sort)
            at = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
            self.problems.append(self._problem(code, *at, values))
        if len(self.problems) == _MOST_PROBLEMS:
            raise _Stop

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and not encoding.lower().startswith(_ENCODINGS):
            self._stop("svg-broken", reason=_NOT_UTF_8)

    def _doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:
        if subset:
            self._stop("svg-doctype", what=phrase("entity definitions in the DOCTYPE"))

    def _entity(self, name: str, parameter: bool) -> None:
        self._stop("svg-doctype", what=_ENTITY)

    def _start(self, written: str, attributes: list[str]) -> None:
        space, _, name = written.rpartition(" ")
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        self.depth += 1
        if self.depth == 1 and (name != "svg" or space not in (SVG, "")):
            self._stop("svg-broken", reason=phrase("it is not a drawing: its first element is <{name}>", name=name))
        if self.depth > _DEEPEST:
            self._stop("svg-broken", reason=phrase("its elements are nested too deeply"))
        if self.dropped or _is_litter(space, name, pairs):
            self.dropped += 1
            return
        if self._unknown(space, name):
            self.dropped += 1  # one mistake, not one for each thing inside
            self.style = None
            return
        self.parts.append(self._element(name, pairs))
        if name == "style":
            self.style = []

    def _unknown(self, space: str, name: str) -> bool:
        """Report an element that no drawing may hold, by what it would do. Returns whether it was reported."""
        kind = name.lower()
        if space in (SVG, "") and self.style is None and (name in ELEMENTS or name in _LOADING):
            return False  # what loads is reported by its address
        if space == HTML or kind in ("foreignobject", "html", "body", "iframe", "div", "embed", "object"):
            code = "svg-html"
        else:
            code = "svg-active" if kind in ("script", "handler", "listener") else "svg-unknown"
        self._add(code, what=f"<{name}>")
        return True

    def _element(self, name: str, pairs: list[tuple[str, str]]) -> Start:
        """Return what is published of an element's attributes."""
        kept: dict[str, str] = {}
        style: list[tuple[str, str]] = []
        for written, text in sorted(pairs, key=lambda pair: pair[0] != "attributeName"):
            try:
                if written == "style":
                    style = declarations(text)
                else:
                    kept |= _attribute(name, written, text, kept)
            except Refused as refused:
                self._add(refused.code, what=refused.what)
                if written == "attributeName":
                    break  # what it would be set to says no more
        if name in _LOADING and not any(attribute.rpartition(" ")[2] == "href" for attribute, _ in pairs):
            self._add("svg-unknown", what=f"<{name}>")
        if self.depth == 1:
            kept = {"xmlns": SVG} | kept
        return Start(name, tuple(kept.items()), tuple(style))

    def _end(self, written: str) -> None:
        self.depth -= 1
        if self.dropped:
            self.dropped -= 1
            return
        name = written.rpartition(" ")[2]
        if self.style is not None:
            try:
                self.parts.append(sheet("".join(self.style)))
            except Refused as refused:
                self._add(refused.code, what=refused.what)
            self.style = None
        self.parts.append(End(name))

    def _text(self, text: str) -> None:
        if self.dropped or not self.depth:
            return
        (self.parts if self.style is None else self.style).append(text)


def _is_litter(space: str, name: str, pairs: list[tuple[str, str]]) -> bool:
    """Say whether an element is of use to a drawing program only."""
    if space.startswith(EDITORS) or (name == "metadata" and space in (SVG, "")):
        return True
    needs = dict(pairs).get("requiredExtensions", "")
    return name == "foreignObject" and needs.startswith(ADOBE)


def _attribute(element: str, written: str, text: str, before: Mapping[str, str]) -> dict[str, str]:
    """Return an attribute as it is published, nothing if it is dropped. Raises Refused."""
    space, _, name = written.rpartition(" ")
    if space.startswith(EDITORS) if space else name in IDLE or name.startswith("data-"):
        return {}
    if name.lower().startswith("on"):
        raise Refused("svg-active", name)
    if name == "href" and space in ("", XLINK):
        target = _target(element, text)
        return {} if space and name in before else {name: target}
    if space == XLINK:
        return {}  # title, role, show …: without meaning in a picture
    if space == XML and name in ("lang", "space"):
        return {f"xml:{name}": text}
    if space == XML and name == "base":
        raise Refused("svg-address", text)
    if space:
        raise Refused("svg-unknown", name)
    return {name: _value(element, name, text)}


def _target(element: str, text: str) -> str:
    target = address(text)
    if element not in LINKING:
        raise Refused("svg-unknown", f"<{element} href>")
    return target


def _value(element: str, name: str, text: str) -> str:
    """Return the value of an attribute without a namespace. Raises Refused."""
    if name == "attributeName" and (element not in ANIMATIONS or text.strip() not in ANIMATED):
        raise Refused("svg-active" if "href" in text or text.strip().startswith("on") else "svg-unknown", text)
    if name == "type" and element == "style" and text.strip().lower() not in ("", "text/css"):
        raise Refused("svg-unknown", text)
    if name in PRESENTATION or name in TIMED:
        return ";".join(map(value, text.split(";"))) if element in ANIMATIONS and name in TIMED else value(text)
    if name in PLAIN or name.startswith("aria-"):
        return text
    raise Refused("svg-unknown", name)
