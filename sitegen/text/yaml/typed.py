"""A YAML tree to a typed record: the annotations of the record are the schema.

Every mistake in the tree is returned at once, with its place; a record is made only when there is none.
"""

import datetime as dt
import re
import types
from functools import lru_cache, reduce
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct, UnsetType, structs

from sitegen.model.lazy import lazily
from sitegen.model.messages import is_error
from sitegen.model.phrases import Phrase, counted, phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_
from sitegen.text.spelling import near, snake
from sitegen.text.yaml.days import meant_day, meant_days
from sitegen.text.yaml.doubts import lost, quoted
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, Text, as_date, as_integer, plain_value, value_problems

R = TypeVar("R", bound=Struct)
_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_NAMES = {
    str: T_("text"),
    bool: T_("true or false"),
    int: T_("a whole number"),
    dt.date: T_("a date such as 2026-05-01"),
}
# What other generators call a key of ours, where the name alone does not lead to it.
_HABITS = {
    "lastmod": "updated", "last_modified": "updated", "last_updated": "updated", "modified": "updated",
    "pub_date": "date", "published": "publish_date", "expires": "expiry_date", "unpublish_date": "expiry_date",
    "order": "weight", "menu_order": "weight", "nav_order": "weight", "sidebar_position": "weight",
    "permalink": "slug", "url": "slug", "redirect_from": "aliases", "layout": "template", "type": "template",
    "summary": "description", "excerpt": "description", "cover": "image", "featured_image": "image",
    "thumbnail": "image", "banner": "image", "sidebar_label": "nav", "link_title": "nav", "menu": "nav",
    "references": "sources", "heading": "title",
}  # fmt: skip
_BARE = lazily(r"([a-z_]++):([^\s/][^\n]*+)\Z")  # a key whose colon has no blank behind it
_BLOCK = lazily(r"[ \t]*+(?>(?:- ++)*)(?:[\w.-]++:[ \t]++)?\Z")  # before a value to which the rest of its line belongs
_WIDEST = 160  # letters of a line that a place keeps
_WRONG = object()  # stands for a value that a problem has been reported for


def read_record(kind: type[R], node: Node | None, place: Place) -> tuple[R | None, list[Problem]]:
    """Read `node` as a record of the type `kind`; `place` is that of an empty document.

    Problems: key-unknown, key-missing, value-type, date-invalid, date-ambiguous.
    """
    problems: list[Problem] = []
    value = _convert(node if node is not None else Mapping((), place), kind, "", problems)
    return (value if isinstance(value, kind) and not any(map(is_error, problems)) else None), problems


def read_loosely(kind: type[R], node: Node | None, place: Place) -> tuple[dict[str, Any], list[Problem]]:
    """Like read_record, but returns the good fields by name, so that work can go on after a mistake."""
    problems: list[Problem] = []
    if isinstance(node, Mapping):
        return _fields(node, kind, "", problems), problems
    _convert(node if node is not None else Mapping((), place), kind, "", problems)
    return {}, problems


def places_of(node: Node | None) -> dict[str, Place]:
    """Return the place of each top-level key."""
    return {key.text: key.place for key, _ in node.items} if isinstance(node, Mapping) else {}


def places_of_items(node: Node | None, *keys: str) -> dict[str, Place]:
    """Return the place of each text in the list below `keys`."""
    for wanted in keys:
        pairs = node.items if isinstance(node, Mapping) else ()
        node = next((value for key, value in pairs if key.text == wanted), None)
    items = node.items if isinstance(node, Sequence) else ()
    return {item.text: item.place for item in items if isinstance(item, Text)}


def places_within(node: Node | None, key: str) -> dict[str, Place]:
    """Return the place of each key of the mappings directly below `key`."""
    child = next((value for name, value in node.items if name.text == key), None) if isinstance(node, Mapping) else None
    inner = [value for _, value in child.items] if isinstance(child, Mapping) else []
    return {name: place for value in inner for name, place in places_of(value).items()}


@lru_cache(maxsize=64)
def _schema(kind: type[Struct]) -> tuple[dict[str, Any], frozenset[str]]:
    hints = get_type_hints(kind)
    fields = structs.fields(kind)
    required = frozenset(f.name for f in fields if f.default is NODEFAULT and f.default_factory is NODEFAULT)
    return {f.name: hints[f.name] for f in fields}, required


def _convert(node: Node, kind: Any, where: str, problems: list[Problem]) -> Any:
    if kind is Any:
        problems.extend(value_problems(node))
        return plain_value(node)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(node, kind, where, problems)
    if origin is tuple:
        return _sequence(node, kind, where, problems)
    if origin is dict:
        return _mapping(node, kind, where, problems)
    if isinstance(kind, type) and issubclass(kind, Struct):
        if not isinstance(node, Mapping):
            return _mismatch(node, kind, where, problems)
        values = _fields(node, kind, where, problems)
        failure = any(value is _WRONG for value in values.values()) or _schema(kind)[1] - values.keys()
        return _WRONG if failure else kind(**values)
    if kind is str and isinstance(node, Text) and node.typed:
        problems.append(lost(node.typed, node.text, node.place))
        return _WRONG
    value = _scalar(node, kind)
    if value is not _WRONG:
        return value
    if kind is dt.date and isinstance(node, Text):
        return _no_day(node, where, problems)
    return _mismatch(node, kind, where, problems)


def _no_day(node: Text, where: str, problems: list[Problem]) -> Any:
    """Report a text that is no day in our form; with the day, where it can mean one only."""
    days = meant_days(node.text)
    if len(days) > 1:
        values = {"key": where, "value": node.text, "first": days[0], "second": days[1]}
        problems.append(problem("date-ambiguous", node.place, None, **values))
    elif not days and re.match(r"\d{4}-\d\d-\d\d\b", node.text):
        problems.append(problem("date-invalid", node.place, key=where, value=node.text))
    else:
        return _mismatch(node, dt.date, where, problems)
    return _WRONG


def _scalar(node: Node, kind: Any) -> Any:
    """Return the scalar as the type asks for it, or _WRONG."""
    if not isinstance(node, Text):
        return _WRONG
    if get_origin(kind) is Literal:
        return node.text if node.text in get_args(kind) else _WRONG
    if kind is str:
        return node.text if not (node.plain and node.text in ("", "~", "null")) else _WRONG
    if kind is bool and node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if kind is int and node.plain:
        number = as_integer(node.text)
        return _WRONG if number is None else number
    if kind is dt.date:
        return as_date(node.text) or _WRONG
    return _WRONG


def _union(node: Node, kind: Any, where: str, problems: list[Problem]) -> Any:
    """Take the first member that fits: true/false before text, so that `nav: false` is not a label."""
    members = [member for member in get_args(kind) if member not in (UnsetType, types.NoneType)]
    for member in sorted(members, key=lambda member: member is str):
        attempt: list[Problem] = []
        value = _convert(node, member, where, attempt)
        if not attempt:
            return value
        if (
            len(members) == 1
            or any(p.code == "yaml-lost" for p in attempt)
            or (isinstance(node, Mapping) and _is_mapping(member))
        ):
            problems.extend(attempt)
            return _WRONG
    return _mismatch(node, kind, where, problems)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Struct))


def _sequence(node: Node, kind: Any, where: str, problems: list[Problem]) -> Any:
    if not isinstance(node, Sequence):
        return _mismatch(node, kind, where, problems)
    members = get_args(kind)
    if members[-1] is not Ellipsis and len(members) != len(node.items):
        return _mismatch(node, kind, where, problems)
    values = tuple(_convert(item, members[0], where, problems) for item in node.items)
    return _WRONG if _WRONG in values else values


def _mapping(node: Node, kind: Any, where: str, problems: list[Problem]) -> Any:
    if not isinstance(node, Mapping):
        return _mismatch(node, kind, where, problems)
    _, member = get_args(kind)
    values = {k.text: _convert(v, member, _join(where, k.text), problems) for k, v in node.items}
    return _WRONG if any(value is _WRONG for value in values.values()) else values


def _fields(node: Mapping, kind: type[Struct], where: str, problems: list[Problem]) -> dict[str, Any]:
    hints, required = _schema(kind)
    values: dict[str, Any] = {}
    for key, content in node.items:
        if key.text not in hints:
            habit = _HABITS.get(snake(key.text))
            guess = habit if habit in hints else near(key.text, hints)
            if (
                habit == "publish_date"
                and isinstance(content, Text)
                and _BOOLEANS.get(content.text, content.text) == "false"
            ):
                guess = "draft: true"  # `published: false`, as Jekyll has it
            problems.append(problem("key-unknown", key.place, guess, key=_join(where, key.text)))
            continue
        value = _convert(content, hints[key.text], _join(where, key.text), problems)
        if value is not _WRONG:
            values[key.text] = value
    written = {key.text for key, _ in node.items}
    for name in hints:
        if name in required and name not in written:
            problems.append(problem("key-missing", node.place, key=_join(where, name)))
    return values


def _mismatch(node: Node, kind: Any, where: str, problems: list[Problem]) -> Any:
    guess = (_meant(node, kind, where) if isinstance(node, Text) else None) or _as_text(node, kind)
    actual = _found(node)
    if isinstance(node, Text) and not node.plain and guess == node.text:
        actual = phrase("the text “{text}” in quotation marks", text=node.text)
    values = {"key": where or phrase("the file"), "expected": _described(kind), "found": actual}
    problems.append(problem("value-type", node.place, guess, **values))
    return _WRONG


def _as_text(node: Node, kind: Any) -> str | None:
    """Return what the line has, between quotation marks, where a text is asked for and YAML sees another value."""
    at = node.place.column - 1
    typed = node.place.source[at:].rstrip() if _BLOCK.match(node.place.source[:at]) else ""
    is_text = kind is str or (get_origin(kind) in (Union, types.UnionType) and str in get_args(kind))
    if not is_text or not typed or len(node.place.source) >= _WIDEST:
        return None
    return quoted(typed) if not isinstance(node, Text) or node.text in ("~", "null") else None


def _found(node: Node) -> Phrase:
    """Describe the value in plain words."""
    if isinstance(node, Text):
        return phrase("“{text}”", text=node.text) if node.text else phrase("empty")
    if isinstance(node, Sequence):
        return counted("a list of {n} value", "a list of {n} values", len(node.items))
    return phrase("a group of “key: value” lines")


def _meant(node: Text, kind: Any, where: str) -> str | None:
    """Return the value that a mistaken word means: YAML 1.1 also had yes and no, and a colon needs a blank after it."""
    text = node.text
    bare = _BARE.match(text)
    if not where and bare:
        return f"{bare[1]}: {bare[2]}"
    if not node.plain and _scalar(structs.replace(node, plain=True), kind) is not _WRONG:
        return text
    members = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    for member in members:
        if member is dt.date and (day := meant_day(text)):
            return day.isoformat()
        if member is bool and text.lower() in _BOOLEANS:
            return _BOOLEANS[text.lower()]
        if get_origin(member) is Literal:
            return near(text, frozenset(get_args(member)))
        if get_origin(member) is tuple and get_args(member)[-1] is Ellipsis and text:
            return f"[{text if node.plain else quoted(text)}]"
        if _is_mapping(member) and get_origin(member) is None and "exclude" in _schema(member)[0]:
            return "{exclude: true}" if _BOOLEANS.get(text.lower(), text.lower()) == "false" else None
    return None


def _described(kind: Any) -> Phrase:
    """Say in plain words what a type asks for."""
    origin, members = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        described = [_described(m) for m in members if m not in (UnsetType, types.NoneType)]
        return reduce(lambda first, other: phrase("{one} or {other}", one=first, other=other), described)
    if origin is Literal:
        return phrase("one of {values}", values=", ".join(members))
    if origin is tuple and members[-1] is not Ellipsis:
        return counted("a list of {n} value", "a list of {n} values", len(members))
    if origin is tuple:
        return phrase("a list")
    return phrase(_NAMES.get(kind, T_("a group of “key: value” lines")))


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
