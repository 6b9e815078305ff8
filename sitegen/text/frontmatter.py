"""The front matter of a Markdown file: bytes to text, front matter and body, each with its position in the file."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, UnsetType

from sitegen.model.files import Source
from sitegen.model.page import NO_DAY, Confirmed, FrontMatter
from sitegen.model.phrases import phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import is_slug, joined, refused_scheme
from sitegen.text.characters import control_in
from sitegen.text.damage import conflicts
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, Text, parse
from sitegen.text.yaml.typed import places_of, places_of_items, places_within, read_loosely

# Addresses in front matter and in data: which values are meant as one, and whether it may be published.


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


# The head of a Markdown file: bytes to text, front matter and body, each with its place in the file.

MAX_BYTES = 1_000_000
_OPENING = re.compile(r"(?:[ \t]*+\n)*+---[ \t]*+(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*+$", re.M)

# how a head of Hugo's in another language begins and ends, and what that language is called
_FOREIGN = (
    (re.compile(r"\A(?:[ \t]*+\n)*+\+\+\+[ \t]*+\n"), re.compile(r"^\+\+\+[ \t]*+$", re.M), "TOML"),
    (re.compile(r"\A(?:[ \t]*+\n)*+\{[ \t]*+\n"), re.compile(r"^\}[ \t]*+$", re.M), "JSON"),
    (re.compile(r"\A(?:[ \t]*+\n)*+(?=\{[ \t]*+\"[^\n]*\}[ \t]*+\n)"), re.compile("$", re.M), "JSON"),  # in one line
)
_MARK = re.compile(r"[0-9a-f]{12}\Z")


class Head(Struct, frozen=True):
    """What stands above the body, and the body's text."""

    front: FrontMatter
    places: dict[str, Place]
    body: Lines


def decode(source: Source) -> tuple[str, list[Problem]]:
    """Return the text of a file with line feeds only, and without BOM.

    Problems: file-too-long, not-utf8, nul-character, control-character, merge-conflict. The text is "" then.
    """
    place = Place(source.path)
    if len(source.data) > MAX_BYTES:
        return "", [problem("file-too-long", place, size=len(source.data), limit=MAX_BYTES)]
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source.data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return "", [problem("not-utf8", Place(source.path, line, column), position=error.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        return "", [problem("nul-character", Lines(source.path, text).place(text.index("\0")))]
    control = control_in(text)
    if control >= 0:
        place = Lines(source.path, text).place(control)
        return "", [problem("control-character", place, number=f"U+{ord(text[control]):04X}")]
    torn = conflicts(Lines(source.path, text), markdown=source.path.endswith(".md"))
    return ("" if torn else text), torn


def read_head(path: str, text: str) -> tuple[Head | None, list[Problem]]:
    """Split `text` and read its front matter.

    Problems: frontmatter-missing, frontmatter-foreign, frontmatter-unclosed, those of yamltext and typed,
    dates-reversed, slug-invalid, alias-invalid, title-empty, l10n-damaged, link-scheme.
    A head comes back whenever there is a title to go on with, so that one mistake does not hide the next.
    """
    front, body, problems = _split(path, text)
    if front is None:
        return None, problems
    top = Place(path, 1, 0, text.split("\n", 1)[0][:160])
    if front.first == 1:
        return None, [problem("frontmatter-missing", top)]
    node, problems = parse(front)
    if problems:
        return None, problems
    values, problems = read_loosely(FrontMatter, node, top)
    places = places_of(node)
    values |= {key: NO_DAY for key in ("date", "updated") if key in places and key not in values}
    problems += _rules(values, places, places_of_items(node, "aliases")) + _record(values, places_within(node, "l10n"))
    problems += address_problems(node)
    if not values.get("title"):
        return None, problems
    return Head(FrontMatter(**values), places, body), problems


def body_of(path: str, text: str) -> Lines:
    """Return what stands behind the front matter, be that as it may; nothing when it is not closed."""
    return _split(path, text)[1]


def _split(path: str, text: str) -> tuple[Lines | None, Lines, list[Problem]]:
    """Return front matter and body; the front matter is empty when the file has none.

    Blank lines may stand above it, blanks behind its hyphens, and `...` may close it, as YAML has it.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _without_front(path, text)
    first = opening.group().count("\n") + 1
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        at = text.index("---")
        return None, Lines(path, ""), [problem("frontmatter-unclosed", Lines(path, text).place(at))]
    front, body = text[opening.end() : closing.start()], text[closing.end() + 1 :]
    return Lines(path, front, first), Lines(path, body, first + front.count("\n") + 1), []


def _without_front(path: str, text: str) -> tuple[Lines | None, Lines, list[Problem]]:
    """Return what `_split` does of a text that does not begin with three hyphens. Problems: frontmatter-foreign."""
    for beginning, end, name in _FOREIGN:
        opening = beginning.match(text)
        closing = end.search(text, opening.end()) if opening else None
        if opening and closing:
            at = len(opening.group()) - len(opening.group().lstrip())
            body = Lines(path, text[closing.end() + 1 :], text.count("\n", 0, closing.end() + 1) + 1)
            return None, body, [problem("frontmatter-foreign", Lines(path, text).place(at), name=name)]
    return Lines(path, "", 1), Lines(path, text, 1), []


def _rules(values: dict[str, Any], places: dict[str, Place], aliases: dict[str, Place]) -> list[Problem]:
    found = []
    for start, end in (("date", "updated"), ("publish_date", "expiry_date")):
        first, last = values.get(start), values.get(end)
        if isinstance(first, dt.date) and isinstance(last, dt.date) and NO_DAY < last < first:
            found.append(problem("dates-reversed", places[end], first=start, last=end))
    if "title" in values and not values["title"].strip():
        found.append(problem("title-empty", places["title"]))
        del values["title"]
    if values.get("slug") and not is_slug(values["slug"]):
        found.append(problem("slug-invalid", places["slug"], value=values["slug"]))
        del values["slug"]
    if "nav" in values and values["nav"] is True:
        wrong = {
            "expected": phrase("{one} or {other}", one=phrase("text"), other="false"),
            "found": phrase("“{text}”", text="true"),
        }
        found.append(problem("value-type", places["nav"], key="nav", **wrong))
    for alias in values.get("aliases", ()):
        if not is_alias(alias):
            found.append(problem("alias-invalid", aliases[alias], value=alias))
    values["aliases"] = tuple(alias for alias in values.get("aliases", ()) if is_alias(alias))
    return found


def _record(values: dict[str, Any], places: dict[str, Place]) -> list[Problem]:
    """Take what is no mark out of the record of a translation."""
    if "l10n" not in values:
        return []
    marks = values["l10n"].sections
    wrong = [id_ for id_ in marks if not _MARK.match(marks[id_])]
    values["l10n"] = Confirmed({id_: mark for id_, mark in marks.items() if id_ not in wrong})
    return [problem("l10n-damaged", places[id_], id=id_, mark=marks[id_]) for id_ in wrong]


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
    """Say whether an optional key stands in the file."""
    return not isinstance(value, UnsetType)
