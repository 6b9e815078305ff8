"""Addresses of other schemes in finished outputs: which are an owner's own words, and where the others were written."""

import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.read import yamltext
from sitegen.read.tree import read_tree

_PICTURE = "data:image/svg+xml,"
_WRITTEN = ("data", "content", "locales")  # what people write whom nobody knows


def foreign_addresses(
    found: Mapping[str, tuple[str, ...]],
    sources: Mapping[str, str],
    templates: Iterable[str],
    texts: Iterable[str],
    root: Path,
    before: Iterable[Problem],
) -> list[Problem]:
    """Return output-scheme for every address in an output whose scheme may not be published: `found` by output path.

    One that stands in `templates` word for word is the owner's; so is a drawing of `texts`, the files below static/,
    as a picture inside of a page. `before` are the problems found earlier: what they say of a line is not said again.
    """
    own = _Own(list(templates), set(texts))
    known = {(one.place.path, one.place.line) for one in before if one.code == "link-scheme"}
    problems = []
    for path, addresses in sorted(found.items()):
        for raw in addresses:
            if not own.holds(raw):
                place = _place(html.unescape(raw), raw, root) or Place(sources[path])
                values = {"address": html.unescape(raw)[:200], "output": path}
                if (place.path, place.line) not in known:
                    known.add((place.path, place.line))
                    problems.append(problem("output-scheme", place, None, **values))
    return problems


class _Own:
    """What owners have written."""

    def __init__(self, templates: list[str], texts: set[str]) -> None:
        self.templates, self.texts = templates, texts
        self.known: dict[str, bool] = {}

    def holds(self, raw: str) -> bool:
        """Say whether an address is an owner's."""
        if raw not in self.known:
            words = (f'"{raw}"', f"'{raw}'", f"({raw})")
            literal = any(word in template for template in self.templates for word in words)
            picture = raw.startswith(_PICTURE) and unquote(html.unescape(raw)).removeprefix(_PICTURE) in self.texts
            self.known[raw] = literal or picture
        return self.known[raw]


def _place(address: str, raw: str, root: Path) -> Place | None:
    """Return where an address is written in content, data or a catalogue."""
    for path, text in _texts(root):
        for form in (address, raw):
            if form and form in text:
                return Lines(path, text).place(text.index(form))
    return next((place for path, text in _texts(root) for place in _values(path, text, address)), None)


def _values(path: str, text: str, address: str) -> Iterator[Place]:
    """Give the places of a value in data or front matter that is written with escapes."""
    first = 1
    if path.endswith(".md"):
        text, first = text.removeprefix("---\n").partition("\n---")[0], 2
    if path.endswith(".po") or "\\" not in text:
        return
    waiting = [yamltext.parse(Lines(path, text, first))[0]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yamltext.Mapping):
            waiting += [value for _, value in node.items]
        elif isinstance(node, yamltext.Sequence):
            waiting += node.items
        elif node is not None and address in node.text:
            yield node.place


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for folder in _WRITTEN:
        for source in read_tree(root, folder)[0]:
            if source.path.endswith((".md", ".yaml", ".yml", ".po")):
                yield source.path, source.data.decode("utf-8", "replace")
