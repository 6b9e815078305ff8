"""The types of front matter to the fields of the web editor: every key has a label, and a field, shown or hidden.

Plain words for people who do not know the generator; docs/front-matter.md is for those who do.

A shared key is edited where it is set, in the default language. The editor copies fields of all languages into a new
translation, except for texts: what a translation can inherit is therefore not one of them.
"""

import datetime as dt
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, UnsetType, structs

from sitegen.model.admin import ORIGINAL
from sitegen.model.page import SHARED, SHARED_OR_OWN, FrontMatter
from sitegen.model.phrases import Says
from sitegen.model.words import T_

# Key → label, hint. Keys inside of another one have both names: `search.also`.
LABELS: dict[str, tuple[str, str]] = {
    "title": (T_("Title"), T_("The heading of the page, and its name in menus and lists.")),
    "description": (
        T_("Description"),
        T_("One or two sentences for search engines and lists, 50 to 160 characters."),
    ),
    "title_short": (T_("Short title"), T_("Only if the title is too long for a browser tab.")),
    "date": (T_("Date"), T_("The day of first publication.")),
    "updated": (T_("Updated"), T_("The day of the last change of substance; not for a corrected typo.")),
    "image": (T_("Picture"), T_("A photo or drawing; it is saved next to the page.")),
    "image_alt": (
        T_("Description of the picture"),
        T_("What the picture shows, for people who do not see it. With it, the picture appears on the page."),
    ),
    "draft": (T_("Draft"), T_("A draft is not published.")),
    "publish_date": (T_("Publish on"), T_("The first day on which the page is shown.")),
    "expiry_date": (T_("Remove after"), T_("The last day on which the page is shown.")),
    "weight": (T_("Order"), T_("The smallest number comes first in its section. Empty: by date.")),
    "slug": (T_("Name in the URL"), T_("The last part of the URL: letters, digits and hyphens. Empty: the file name.")),
    "aliases": (T_("Old URLs"), T_("Earlier URLs of this page, such as /en/old-page/. They lead here.")),
    "search": (T_("Search"), T_("How the search of the site treats this page.")),
    "search.exclude": (T_("Hide from the search"), ""),
    "search.also": (T_("Other search words"), T_("Words that people search for and that the page does not use.")),
    "sources": (T_("Sources"), T_("Where the facts on this page come from.")),
    "sources.title": (T_("Title of the source"), T_("In its own language.")),
    "sources.publisher": (T_("Publisher"), ""),
    "sources.language": (T_("Language"), T_("Its code, such as en.")),
    "sources.address": (T_("URL"), T_("Where it can be read.")),
    "nav": (T_("Name in menus"), T_("Only if the title is too long for a menu. “false” keeps the page out of lists.")),
    "fallback": (T_("If a translation is missing"), T_("What readers of that language see.")),
    "template": (T_("Template"), T_("Only if the page needs a special layout.")),
}
BODY = (T_("Text"), T_("Markdown. A heading begins with `##`, a list with `-`, and a link is `[text](page.md)`."))
CHOICES: dict[str, dict[str, str]] = {
    "fallback": {
        "hide": T_("nothing"),
        "link": T_("a link to the original"),
        "show": T_("the text of the original"),
    }
}

# Keys that the editor keeps and does not show → why.
HIDDEN: dict[str, str] = {
    "translation_key": "a mistake in it separates a page from its translations",
    "l10n": "written by `translate --confirm` only",
    "extra": "anything, of any type: for those who write templates",
}


Field = dict[str, Any]
_FIRST = ("title", "description", "body", "date", "updated", "image", "image_alt", "draft")
_SHARED = frozenset({*SHARED, *SHARED_OR_OWN, "search.exclude"})
_PREVIEWED = ("title", "description", "image")  # besides the text
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
    field = {"name": "body", "label": say(label), "hint": say(hint), "widget": "richtext", "i18n": True}
    return {**field, "modes": ["raw"], "required": False}


def _field(key: str, name: str, kind: Any, say: Says) -> Field:
    """Return the field of a key; inside of another one, `key` has both names."""
    label, hint = LABELS[key]
    field: Field = {"name": name, "label": say(label)}
    if hint:
        field["hint"] = say(hint)
    field |= _widget(key, kind, say)
    field["i18n"] = not _SHARED.intersection((key, key.partition(".")[0]))
    if key not in ("title", "sources.title"):
        field["required"] = False
    if key not in _PREVIEWED:
        field["preview"] = False
    return field


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
    return {
        "fields": [_field(f"{key}.{field.name}", field.name, hints[field.name], say) for field in structs.fields(kind)]
    }
