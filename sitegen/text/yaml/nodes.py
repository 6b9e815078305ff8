"""YAML text to a tree of nodes that know their places.

Only the syntax of YAML is PyYAML's; what a plain word means is decided here and by the type that a field asks for
(`typed`), so that `no`, `12:30`, `1.10` and `012` stay what the editor wrote.
Never constructs objects, never follows an alias.
"""

import datetime as dt
import re
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.lazy import lazily
from sitegen.model.packing import day
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Place, Problem, problem, window
from sitegen.text.characters import without_controls
from sitegen.text.yaml.doubts import doubts, eaten, lost, reason_of, remedy

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_SHOWN = 500  # characters after a place that are looked at
_DEPTH = 40
_SHALLOW = 2_000  # so many levels do no harm
_STEPS = lazily(r"(?:[-?:][ \t]+){20}")  # many levels in one line
_INTEGER = lazily(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = lazily(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?\Z")
_DATE = lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Text(Struct, frozen=True):
    """A scalar, as written; `plain` when it stood without quotation marks."""

    text: str
    plain: bool
    place: Place
    typed: str = ""  # what was typed in the line, where YAML has taken the end of it for a comment


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple["Node", ...]
    place: Place


class Mapping(Struct, frozen=True):
    """A mapping with text keys, in the order of the file, without repetitions."""

    items: tuple[tuple[Text, "Node"], ...]
    place: Place


Node = Text | Sequence | Mapping


def parse(lines: Lines) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document. Returns the tree (None when empty or broken) and the problems.

    Problems: yaml-syntax, yaml-tab, yaml-alias, yaml-tag, yaml-depth, yaml-key, key-duplicate.
    """
    tab = re.search(r"^ *\t", lines.text, re.M)
    try:
        deep = _too_deep(lines.text)
        if deep:
            return None, [problem("yaml-depth", lines.line(deep.line + 1, deep.column + 1), limit=_DEPTH)]
        loader = _Loader(lines.text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if tab:
            return None, [problem("yaml-tab", lines.place(tab.end() - 1))]
        return None, [_syntax(error, lines)]
    if root is None:
        return None, []
    reader = _Reader(lines)
    return reader.node(root, 0), reader.problems


def _too_deep(text: str) -> Any:
    """Return the mark of what is nested too deeply for PyYAML, which would crash: it goes down by calling itself."""
    if sum(map(text.count, "[{")) < _SHALLOW and not _STEPS.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


# What is said where a list, a mapping or a quotation ends that was not closed.
_UNCLOSED = ("unexpected end of stream", "unexpected document", "',' or ']'", "',' or '}'")


def _syntax(error: Exception, lines: Lines) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        character = getattr(error, "position", None)
        place = lines.place(character) if isinstance(character, int) and character < len(lines.text) else lines.line(1)
        return problem("yaml-syntax", place, reason=reason_of(str(getattr(error, "reason", ""))))
    context = getattr(error, "context_mark", None) or mark
    better = remedy(lines, [mark.line, context.line, mark.line - 1], _Loader)
    said = str(getattr(error, "problem", ""))
    reason = reason_of(said)
    if context.line < mark.line and any(words in said for words in _UNCLOSED):
        mark = context  # what is not closed is found far below
    found = problem("yaml-syntax", lines.line(mark.line + 1, mark.column + 1), better, reason=reason)
    return replace(found, advice=_one_document(lines.path)) if "another document" in said else found


def _one_document(path: str) -> Phrase:
    if path.endswith(".md"):
        return phrase("Remove this line. If it ends the front matter, it must contain only “---”.")
    return phrase("Remove this line, or move what follows it to another file.")


class _Reader:
    """Walks PyYAML's nodes once; collects what is wrong on the way."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.rows = [row.rstrip("\r") for row in lines.text.split("\n")]
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        row, column = node.start_mark.line, node.start_mark.column
        source = self.rows[row] if row < len(self.rows) else ""
        return Place(self.lines.path, row + self.lines.first, column + 1, *window(source, column + 1))

    def alias(self, anchor: Place) -> Place:
        """Return where the alias of this anchor stands: PyYAML knows the anchor's place only."""
        name = re.match(r"&([\w-]+)", anchor.source[anchor.column - 1 :])
        found = re.search(rf"(?<![\w*'\"]){re.escape('*' + name[1])}(?![\w-])", self.lines.text) if name else None
        return self.lines.place(found.start()) if found else anchor

    def node(self, node: yaml.Node, depth: int) -> Node | None:
        place = self.place(node)
        if id(node) in self.seen:
            self.problems.append(problem("yaml-alias", self.alias(place)))
            return None
        self.seen.add(id(node))
        if not node.tag.startswith(_CORE) or node.tag.startswith(_CORE + "python") or self.begins(place, "!"):
            tag = self.typed(place).split(" ")[0] if node.tag.startswith(_CORE) else node.tag
            self.problems.append(problem("yaml-tag", place, tag=tag))
            return None
        if depth > _DEPTH:
            self.problems.append(problem("yaml-depth", place, limit=_DEPTH))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.text(node, place)
        if isinstance(node, yaml.SequenceNode):
            items = [self.node(item, depth + 1) for item in node.value]
            return Sequence(tuple(item for item in items if item is not None), place)
        return self.mapping(node, place, depth)

    def begins(self, place: Place, sign: str) -> bool:
        """Say whether the line has this sign at a place."""
        row = place.line - self.lines.first
        return row < len(self.rows) and self.rows[row].startswith(sign, place.column - 1)

    def typed(self, place: Place) -> str:
        """Return the beginning of what the line has from a place on: a whole line for each of its items is too much."""
        row = place.line - self.lines.first
        return self.rows[row][place.column - 1 : place.column + _SHOWN].rstrip() if row < len(self.rows) else ""

    def text(self, node: yaml.ScalarNode, place: Place) -> Text:
        """Return a scalar, with what is typed behind it where only YAML takes that for a comment."""
        value = without_controls(node.value)
        name = re.match(r"&([\w-]*)", self.typed(place)) if self.begins(place, "&") else None
        if name and (not name[1] or f"*{name[1]}" not in self.lines.text):
            return Text(value, True, place, self.typed(place))
        plain = node.style is None or node.style == ""
        end = node.end_mark
        if not plain or end.line >= len(self.rows) or not eaten(self.rows[end.line][end.column : end.column + _SHOWN]):
            return Text(value, plain, place)
        whole = self.typed(place) if end.line == node.start_mark.line else self.rows[end.line].strip()
        return Text(value, plain, place, whole.lstrip(": \t") if not value else whole)

    def mapping(self, node: yaml.Node, place: Place, depth: int) -> Mapping:
        items: dict[str, tuple[Text, Node]] = {}
        for key, value in node.value:
            name = self.node(key, depth + 1)
            content = self.node(value, depth + 1)
            if not isinstance(name, Text):
                self.problems.append(problem("yaml-key", self.place(key)))
            elif name.text in items:
                first = items[name.text][0].place.line
                self.problems.append(problem("key-duplicate", name.place, key=name.text, first=first))
            elif content is not None:
                items[name.text] = (name, content)
        return Mapping(tuple(items.values()), place)


def slips(node: Node) -> list[Problem]:
    """Return what YAML has made of texts and numbers below a node where any value may stand.

    Problems: yaml-lost, yaml-doubtful (a warning).
    """
    if isinstance(node, Sequence):
        return [found for item in node.items for found in slips(item)]
    if isinstance(node, Mapping):
        return [found for _, value in node.items for found in slips(value)]
    value = scalar(node)
    if node.typed and (value is None or isinstance(value, str)):
        return [lost(node.typed, node.text, node.place)]
    return list(doubts(node.text, value, node.place)) if node.plain else []


def plain_value(node: Node) -> Any:
    """Return a node as plain data: text, true/false, whole number, decimal, date, None, list or dict.

    Follows the core schema of YAML 1.2, and takes a plain ISO day for a date.
    """
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: plain_value(value) for key, value in node.items}
    return scalar(node)


def scalar(node: Text) -> str | bool | int | float | dt.date | None:
    """Return what a scalar means by the core schema of YAML 1.2."""
    text = node.text
    if not node.plain:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text) and len(text) < 19:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    date = as_date(text)
    return day(date) if date else text


def as_date(text: str) -> dt.date | None:
    """Return the day that `text` names as YYYY-MM-DD, or None when it is no day of the calendar."""
    if not _DATE.match(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def as_integer(text: str) -> int | None:
    """Return the whole number that `text` writes in plain decimal digits, or None."""
    return int(text) if _INTEGER.match(text) and len(text) < 19 else None
