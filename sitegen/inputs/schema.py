"""The records that files are read into, as JSON Schema (draft 7, what editors know best), so that an editor can help.

Made of the same annotations that `typed` reads by, with the descriptions of the manual. It never knows more than the
engine: what only the whole site can tell (a page that does not exist) is left to `check`. It is made for YAML 1.2, in
which an unquoted `2026` is a number: a text of ours may be one.
"""

import datetime as dt
import re
import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct, UnsetType, structs, to_builtins

from sitegen.inputs.config import CODE, COLOR, EXTENSIONS
from sitegen.inputs.ranges import LIMITS, limits_of
from sitegen.inputs.sitefile import SiteFile
from sitegen.model.admin import Admin
from sitegen.model.config import CardText, Look, MarkdownOptions
from sitegen.model.page import FrontMatter

DRAFT = "http://json-schema.org/draft-07/schema#"
Json = dict[str, Any]
Descriptions = Mapping[tuple[str, str], str]

_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_TEXT: Json = {"type": ["string", "number", "boolean"]}
_ADDRESS = {"pattern": r"""^(https?://[^\s"'<>\\?#]+)?$"""}
# What the engine asks beyond the type, in the words of JSON Schema: record, field → more.
_MORE: dict[tuple[type[Struct], str], Json] = {
    (FrontMatter, "title"): {"pattern": r"\S"},
    (FrontMatter, "nav"): {"not": {"const": True}},
    (FrontMatter, "aliases"): {"items": {"type": "string", "pattern": r"^/(?!/)"}},
    (SiteFile, "base_url"): _ADDRESS,
    (SiteFile, "edit_url"): {"pattern": r"^https?://.*\{path\}"},
    (SiteFile, "create_url"): {"pattern": r"^https?://.*\{(path|name)\}"},
    (SiteFile, "report_url"): {"pattern": "^(https?://|mailto:)"},
    (SiteFile, "languages"): {"minProperties": 1, "propertyNames": {"pattern": "^" + CODE.pattern.replace(r"\Z", "$")}},
    (Admin, "repository"): {"pattern": r"^[^/\s]+(/[^/\s]+)+$"},
    (Admin, "sign_in"): {"pattern": "^(https://.+)?$"},
    (Admin, "host"): {"pattern": "^(https://[A-Za-z0-9.-]+(:[0-9]+)?)?$"},
    (Admin, "application"): {"pattern": "^([0-9a-f]{64})?$"},
    (MarkdownOptions, "extensions"): {"items": {"enum": sorted(EXTENSIONS)}},
    (Look, "brand"): {"type": "string", "pattern": "^" + COLOR.pattern.replace(r"\Z", "$")},
    (Look, "accent"): {"type": "string", "pattern": "^" + COLOR.pattern.replace(r"\Z", "$")},
    (CardText, "color"): {"type": "string", "pattern": "^" + COLOR.pattern.replace(r"\Z", "$")},
}


def schema_of(kind: type[Struct], title: str, descriptions: Descriptions) -> Json:
    """Return the schema of a file that is read as `kind`. `descriptions` is (key at the top or "", key) → text."""
    return {"$schema": DRAFT, "title": title, **_record(kind, "", descriptions)}


def _record(kind: type[Struct], above: str, descriptions: Descriptions) -> Json:
    hints = get_type_hints(kind, include_extras=True)
    properties, required = {}, []
    for field in structs.fields(kind):
        value = {**_value(hints[field.name], above or field.name, descriptions), **_MORE.get((kind, field.name), {})}
        text = descriptions.get((above, field.name)) or descriptions.get(("", above), "")
        properties[field.name] = {"description": text, **value} if text else value
        if field.default is NODEFAULT and field.default_factory is NODEFAULT:
            required.append(field.name)
        elif isinstance(field.default, (str, int, bool, tuple)) and field.default not in ("", ()):
            properties[field.name]["default"] = to_builtins(field.default)
    schema: Json = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


def _value(kind: Any, above: str, descriptions: Descriptions) -> Json:
    """Return the schema of one value; `above` is the top-level key that contains it."""
    origin, members = get_origin(kind), get_args(kind)
    if kind is Any:
        return {}
    if origin is Annotated:
        limits = limits_of(members[1])
        return _value(members[0], above, descriptions) | {LIMITS[name]: limits[name] for name in limits}
    if origin in (Union, types.UnionType):
        rest = [member for member in members if member is not UnsetType]
        if set(rest) == {str, bool}:
            return dict(_TEXT)
        choices = [_value(member, above, descriptions) for member in rest]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is Literal:
        return {"enum": list(members)}
    if origin is tuple:
        many: Json = {"type": "array", "items": _value(members[0], above, descriptions)}
        return many if members[-1] is Ellipsis else {**many, "minItems": len(members), "maxItems": len(members)}
    if origin is dict:
        inner = _value(members[1], above, descriptions)
        return {"type": "object", "additionalProperties": inner} if inner else {"type": "object"}
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _record(kind, above, descriptions)
    scalars: dict[Any, Json] = {
        str: _TEXT,
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        dt.date: {"type": "string", "format": "date", "pattern": _DAY},
    }
    return dict(scalars[kind])


def manual_descriptions(manual: str) -> dict[tuple[str, str], str]:
    """Return (key at the top or "", key) → meaning, from the tables of a page of the manual whose first column is Key.

    A table below the heading of a key (### `languages`) describes the keys below that key.
    """
    meanings: dict[tuple[str, str], str] = {}
    above, columns = "", []
    for line in manual.split("\n"):
        if heading := re.match(r"#+ (?:`(\w+)`)?", line):
            above = heading[1] or ""
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else []
        if cells and cells[0] == "Key":
            columns = cells
        elif cells and columns and "Meaning" in columns and len(cells) == len(columns):
            for key in re.findall(r"`(\w+)`", cells[0]):
                meanings[above, key] = _plain(cells[columns.index("Meaning")])
        elif not cells:
            columns = []
    return meanings


def _plain(cell: str) -> str:
    """Return a cell's text without links, and with a capital letter."""
    text = re.sub(r" \(\[how\]\([^()]*+\)\)|; see below|see below", "", cell).replace("\\|", "|")
    text = re.sub(r"\[([^\[\]]*+)\]\([^()]*+\)", r"\1", text).replace("`", "").replace("*", "")
    return text[:1].upper() + text[1:]
