"""YAML text to a tree of nodes that know their places.

Only the syntax of YAML is PyYAML's; what a plain word means is decided here and by the type that a field asks for
(`typed`), so that `no`, `12:30`, `1.10` and `012` stay what the editor wrote.
Never constructs objects, never follows an alias.
"""

import datetime as dt
from typing import Any

from msgspec import Struct

from sitegen.model.lazy import lazily
from sitegen.model.packing import day
from sitegen.model.problems import Lines, Place, Problem, window
from sitegen.text.yaml.doubts import doubts, lost

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


# A line of most front matter: a key and a text of characters that mean nothing to YAML where they stand here.
_PLAIN = lazily(r"([A-Za-z]\w{0,99}+): ([^\W_][\w ,.;()'’/+–—…«»„“”?!%-]*+)\Z")


def parse(lines: Lines) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document. Returns the tree (None when empty or broken) and the problems.

    Problems: yaml-syntax, yaml-tab, yaml-alias, yaml-tag, yaml-depth, yaml-key, key-duplicate.
    """
    plain = _plain(lines)
    if plain:
        return plain, []
    from sitegen.text.yaml.syntax import read

    return read(lines)


def _plain(lines: Lines) -> Mapping | None:
    """Return the tree of a text whose every line is a key and a harmless text; None for all other texts."""
    items: dict[str, tuple[Text, Node]] = {}
    for number, row in enumerate(lines.text.removesuffix("\n").split("\n"), lines.first):
        match = _PLAIN.match(row)
        if not match or row[-1] == " " or match[1] in items:
            return None
        key, value, column = match[1], match[2], match.start(2) + 1
        place = Place(lines.path, number, column, *window(row, column))
        items[key] = Text(key, True, Place(lines.path, number, 1, *window(row, 1))), Text(value, True, place)
    return Mapping(tuple(items.values()), next(iter(items.values()))[0].place)


def value_problems(node: Node) -> list[Problem]:
    """Return the problems of texts and numbers below a node where any value is allowed.

    Problems: yaml-lost, yaml-doubtful (a warning).
    """
    if isinstance(node, Sequence):
        return [p for item in node.items for p in value_problems(item)]
    if isinstance(node, Mapping):
        return [p for _, value in node.items for p in value_problems(value)]
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
