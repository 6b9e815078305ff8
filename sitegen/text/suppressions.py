"""What somebody decided to live with: entries of `check.ignore` in site.yaml, and comments in Markdown.

Only warnings and notes can be ignored, and only with a reason: `<!-- sitegen: ignore CODE: reason -->`.
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from sitegen.model.messages import TEXTS
from sitegen.model.problems import Ignore, Place, Problem, problem
from sitegen.text.spelling import near

if TYPE_CHECKING:
    from sitegen.text.yaml.nodes import Mapping, Node


class IgnoreEntry(Struct, frozen=True):
    """One entry of `check.ignore`."""

    code: str
    path: str
    reason: str


class CheckOptions(Struct, frozen=True):
    """The key `check` of site.yaml."""

    ignore: tuple[IgnoreEntry, ...] = ()


def ignores_of(options: CheckOptions, node: "Mapping") -> tuple[tuple[Ignore, ...], list[Problem]]:
    """Return the entries of site.yaml, whose tree is `node`, each with its place. Problems: those of checked."""
    from sitegen.text.yaml.nodes import Sequence

    ignores: list[Ignore] = []
    problems: list[Problem] = []
    items = _at(_at(node, "check"), "ignore")
    places = [item.place for item in items.items] if isinstance(items, Sequence) else []
    for entry, place in zip(options.ignore, places, strict=True):
        ignore, mistakes = checked(entry.code, entry.path, 0, entry.reason, place)
        ignores += [ignore] if ignore else []
        problems += mistakes
    return tuple(ignores), problems


def _at(node: "Node | None", key: str) -> "Node | None":
    from sitegen.text.yaml.nodes import Mapping

    pairs = node.items if isinstance(node, Mapping) else ()
    return next((value for name, value in pairs if name.text == key), None)


def checked(code: str, path: str, line: int, reason: str, place: Place) -> tuple[Ignore | None, list[Problem]]:
    """Return what was written as a record, unless it makes no sense.

    Problems: ignore-unknown, ignore-error, ignore-reason (all warnings; nothing is ignored then).
    """
    if code not in TEXTS:
        return None, [problem("ignore-unknown", place, near(code, TEXTS), code=code)]
    if TEXTS[code].level == "error":
        return None, [problem("ignore-error", place, code=code)]
    if not reason.strip():
        return None, [problem("ignore-reason", place, code=code)]
    return Ignore(code, path, line, reason.strip(), place), []
