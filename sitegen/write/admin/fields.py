"""The types of front matter to the fields of the web editor: every key has one, shown or hidden.

A shared key is edited where it is set, in the default language. The editor copies fields of all languages into a new
translation, except for texts: what a translation can inherit is therefore not one of them.
"""

import datetime as dt
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, UnsetType, structs

from sitegen.core.admin import ORIGINAL
from sitegen.core.phrases import Says
from sitegen.core.records import SHARED, SHARED_OR_OWN, FrontMatter
from sitegen.write.admin.labels import BODY, CHOICES, HIDDEN, LABELS

Field = dict[str, Any]
_FIRST = ("title", "description", "body", "date", "updated", "image", "image_alt", "draft")
_SHARED = frozenset({*SHARED, *SHARED_OR_OWN, "search.exclude"})
_LONG = frozenset({"description"})
_IMAGES = "image/png,image/jpeg,image/webp,image/svg+xml"


def all_fields(say: Says) -> list[Field]:
    """Return the fields of a page, those that editors need most often first."""
    hints = get_type_hints(FrontMatter)
    names = [name for name in LABELS if name in hints]
    order = [*_FIRST, *(name for name in names if name not in _FIRST)]
    shown = [_body(say) if name == "body" else _field(name, name, hints[name], say) for name in order]
    hidden = [{"name": name, "widget": "hidden", "i18n": name != ORIGINAL} for name in (*HIDDEN, ORIGINAL)]
    return shown + hidden


def _body(say: Says) -> Field:
    """The text as it is typed: the other mode of the editor damages tables, fences of tildes and abbreviations."""
    label, hint = BODY
    found = {"name": "body", "label": say(label), "hint": say(hint), "widget": "richtext", "i18n": True}
    return {**found, "modes": ["raw"], "required": False}


def _field(key: str, name: str, kind: Any, say: Says) -> Field:
    """Return the field of a key; inside of another one, `key` has both names."""
    label, hint = LABELS[key]
    found: Field = {"name": name, "label": say(label)}
    if hint:
        found["hint"] = say(hint)
    found |= _widget(key, kind, say)
    found["i18n"] = not _SHARED.intersection((key, key.partition(".")[0]))
    if key not in ("title", "sources.title"):
        found["required"] = False
    return found


def _widget(key: str, kind: Any, say: Says) -> Field:
    """Return the widget that edits values of a type."""
    origin, members = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):  # of text or false, the adapter writes the text `false` as the value
        return _widget(key, next(member for member in members if member is not UnsetType), say)
    if origin is Literal:
        options = [{"label": say(CHOICES[key][value]), "value": value} for value in members]
        return {"widget": "select", "options": options}
    if origin is tuple:
        inner = members[0]
        return {"widget": "list", **(_inside(key, inner, say) if _is_record(inner) else {})}
    if _is_record(kind):
        return {"widget": "object", "collapsed": True, **_inside(key, kind, say)}
    if key == "image":
        return {"widget": "image", "accept": _IMAGES, "choose_url": False}
    if key in _LONG:
        return {"widget": "text"}
    scalars: dict[Any, Field] = {
        str: {"widget": "string"},
        bool: {"widget": "boolean"},
        int: {"widget": "number", "value_type": "int"},
        dt.date: {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    }
    return dict(scalars[kind])


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _inside(key: str, kind: type[Struct], say: Says) -> Field:
    hints = get_type_hints(kind)
    return {"fields": [_field(f"{key}.{one.name}", one.name, hints[one.name], say) for one in structs.fields(kind)]}
