"""The version of site.yaml's meaning: files of an older one are told what changed, files of a newer one are refused.

The number changes only when a key that means something today would mean something else, or nothing, tomorrow; a new
key is no new version. Each such change stands in CHANGES, and in docs/site-yaml.md as a migration note.
"""

from typing import NamedTuple

from sitegen.core.problems import Problem, problem
from sitegen.read.typed import places_of
from sitegen.read.yamltext import Mapping, Node, Text, scalar

CURRENT = 1


class Change(NamedTuple):
    """What became of a key: since which version, and what to do about it, as a sentence."""

    key: str
    version: int
    advice: str


CHANGES: tuple[Change, ...] = ()


def version_problems(node: Node, changes: tuple[Change, ...] = CHANGES, current: int = CURRENT) -> list[Problem]:
    """Compare the version of a file (a missing one is 1) with what this engine knows.

    Problems: version-unknown, version-changed at each key that means something else by now.
    """
    if not isinstance(node, Mapping):
        return []
    places = places_of(node)
    written = next((_plain(value) for key, value in node.items if key.text == "version"), 1)
    if not isinstance(written, int) or isinstance(written, bool):
        return []  # the type is reported with those of all other keys
    if not 1 <= written <= current:
        return [problem("version-unknown", places["version"], version=written, known=current)]
    return [
        problem("version-changed", places[one.key], key=one.key, version=one.version, advice=one.advice)
        for one in changes
        if one.version > written and one.key in places
    ]


def _plain(node: Node) -> object:
    return scalar(node) if isinstance(node, Text) else None
