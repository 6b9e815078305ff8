"""What a template depends on: the templates it extends, includes and imports, and the variables that any of them names.

Read from the template's syntax, so it is known before rendering. A reference that only rendering can know (a computed
name) counts as a reference to every template.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from jinja2 import Environment

SETS_LANGUAGE = "lang ="  # stands among the names of a template that gives `lang` another value: it sees all languages


class TemplateFacts(Struct, frozen=True):
    """One template by itself. `references` is None where a name is computed."""

    references: tuple[str, ...] | None
    names: tuple[str, ...]


class Closure(Struct, frozen=True):
    """A template with all that it may reach: names of templates and of variables, both sorted."""

    templates: tuple[str, ...]
    names: tuple[str, ...]


def template_facts(env: "Environment", source: str) -> TemplateFacts:
    """Return what one template says of itself; a template with a syntax error says nothing."""
    from jinja2 import TemplateSyntaxError, meta  # of no use while every template is known

    try:
        tree = env.parse(source)
    except TemplateSyntaxError:
        return TemplateFacts((), ())
    found = list(meta.find_referenced_templates(tree))
    references = None if None in found else tuple(sorted({name for name in found if name}))
    return TemplateFacts(references, tuple(sorted(_names(tree))))


def _names(tree: object) -> set[str]:
    from jinja2 import nodes

    assert isinstance(tree, nodes.Template)
    names = {node.name for node in tree.find_all(nodes.Name)}
    if any(node.name == "lang" and node.ctx != "load" for node in tree.find_all(nodes.Name)):
        names.add(SETS_LANGUAGE)
    parts = {node.attr for node in tree.find_all(nodes.Getattr) if _is_data(node.node)}
    uses = sum(1 for node in tree.find_all(nodes.Name) if node.name == "data")
    if uses and uses == sum(1 for node in tree.find_all(nodes.Getattr) if _is_data(node.node)):
        names = (names - {"data"}) | {f"data.{part}" for part in parts}  # only these files of data/
    return names


def _is_data(node: object) -> bool:
    return getattr(node, "name", "") == "data"


def closure(start: Iterable[str], facts: Mapping[str, TemplateFacts]) -> Closure:
    """Return everything that the templates `start` may reach, they themselves among it."""
    templates: set[str] = set()
    names: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name in templates or name not in facts:
            continue
        templates.add(name)
        names.update(facts[name].names)
        references = facts[name].references
        waiting += facts if references is None else references
    return Closure(tuple(sorted(templates)), tuple(sorted(names)))
