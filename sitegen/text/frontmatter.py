"""The front matter of a Markdown file: its values, each key with its place in the file."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, UnsetType

from sitegen.model.lazy import lazily
from sitegen.model.page import NO_DAY, Confirmed, FrontMatter
from sitegen.model.phrases import phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import is_slug, joined, refused_scheme
from sitegen.text.parts import Front, split, top_of
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, Text, parse
from sitegen.text.yaml.typed import places_of, places_of_items, places_within, read_loosely

# A value below such a key, or a key that ends with `_` and such a word, is an address whatever a template does with it.
_NAMES = frozenset("address addresses href link links src uri url urls website homepage".split())


def address_problems(node: Node | None) -> list[Problem]:
    """Return link-scheme for each address that may not be published, at its place.

    What other keys hold is judged where it reaches an output (`outputs/addresses`).
    """
    return [
        problem("link-scheme", text.place, target=text.text)
        for text in _addresses(node, is_address=False)
        if refused_scheme(text.text)
    ]


def _addresses(node: Node | None, is_address: bool) -> Iterator[Text]:
    if isinstance(node, Text):
        if is_address:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _addresses(item, is_address)
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield from _addresses(value, is_address or key.text.lower().rpartition("_")[2] in _NAMES)


_MARK = lazily(r"[0-9a-f]{12}\Z")


class Head(Struct, frozen=True):
    """The front matter, and the body's text."""

    front: FrontMatter
    places: dict[str, Place]
    body: Lines


def read_head(path: str, text: str) -> tuple[Head | None, list[Problem]]:
    """Split `text` and read its front matter.

    Problems: frontmatter-missing, frontmatter-foreign, frontmatter-unclosed, those of yamltext and typed,
    dates-reversed, slug-invalid, alias-invalid, title-empty, l10n-damaged, link-scheme.
    A head comes back whenever there is a title to go on with, so that one mistake does not hide the next.
    """
    lines, body, problems = split(path, text)
    if lines is None:
        return None, problems
    front = read_front(lines, top_of(path, text))
    return (Head(front.values, front.places, body) if front.values else None), list(front.problems)


def read_front(lines: Lines, top: Place) -> Front:
    """Read front matter; `top` is the first line of the file. Problems: those of read_head, but for its form."""
    if lines.first == 1:
        return Front(None, {}, (problem("frontmatter-missing", top),))
    node, problems = parse(lines)
    if problems:
        return Front(None, {}, tuple(problems))
    values, problems = read_loosely(FrontMatter, node, top)
    places = places_of(node)
    values |= {key: NO_DAY for key in ("date", "updated") if key in places and key not in values}
    problems += _rules(values, places, places_of_items(node, "aliases")) + _record(values, places_within(node, "l10n"))
    problems += address_problems(node)
    if not values.get("title"):
        return Front(None, {}, tuple(problems))
    return Front(FrontMatter(**values), places, tuple(problems))


def _rules(values: dict[str, Any], places: dict[str, Place], aliases: dict[str, Place]) -> list[Problem]:
    problems = []
    for start, end in (("date", "updated"), ("publish_date", "expiry_date")):
        first, last = values.get(start), values.get(end)
        if isinstance(first, dt.date) and isinstance(last, dt.date) and NO_DAY < last < first:
            problems.append(problem("dates-reversed", places[end], first=start, last=end))
    if "title" in values and not values["title"].strip():
        problems.append(problem("title-empty", places["title"]))
        del values["title"]
    if values.get("slug") and not is_slug(values["slug"]):
        problems.append(problem("slug-invalid", places["slug"], value=values["slug"]))
        del values["slug"]
    if "nav" in values and values["nav"] is True:
        details = {
            "expected": phrase("{one} or {other}", one=phrase("text"), other="false"),
            "found": phrase("“{text}”", text="true"),
        }
        problems.append(problem("value-type", places["nav"], key="nav", **details))
    for alias in values.get("aliases", ()):
        if not is_alias(alias):
            problems.append(problem("alias-invalid", aliases[alias], value=alias))
    values["aliases"] = tuple(alias for alias in values.get("aliases", ()) if is_alias(alias))
    return problems


def _record(values: dict[str, Any], places: dict[str, Place]) -> list[Problem]:
    """Take what is no mark out of the record of a translation."""
    if "l10n" not in values:
        return []
    marks = values["l10n"].sections
    ids = [id_ for id_ in marks if not _MARK.match(marks[id_])]
    values["l10n"] = Confirmed({id_: mark for id_, mark in marks.items() if id_ not in ids})
    return [problem("l10n-damaged", places[id_], id=id_, mark=marks[id_]) for id_ in ids]


def is_alias(alias: str) -> bool:
    """Say whether `alias` is an old address inside the site: `/sl/stara-stran/`."""
    parts = alias.strip("/").split("/")
    return (
        alias.startswith("/")
        and not alias.startswith("//")
        and joined("", alias.strip("/")) is not None
        and all(map(is_slug, parts))
    )


def is_set(value: object) -> bool:
    """Say whether an optional key is in the file."""
    return not isinstance(value, UnsetType)
