"""Templates as text: the UI strings that they ask for, and the templates and variables that they depend on.

Strings stand in templates as `_("…")`, `ngettext("…", "…", n)`, `{% trans %}…`, and in the engine as `N_("…")`. A
comment that begins with `Translators:` right before a string goes with it.

Read from the template's syntax, so it is known before rendering. A reference that only rendering can know (a computed
name) counts as a reference to every template.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sitegen.model.files import Source
from sitegen.model.problems import Lines, Problem, problem
from sitegen.text.parts import decode
from sitegen.text.template_errors import syntax_reason

if TYPE_CHECKING:
    from jinja2 import Environment


Key = tuple[str, str]  # the text (that of one thing, where it has a plural), and the context
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "t": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_FOR_TRANSLATORS = "Translators:"

# Options of Babel's extractor: without `silent` it leaves a template with a mistake out, and says nothing.
_OPTIONS = {"silent": "false", "trimmed": "true"}
_MARKED = re.compile(r"\bN_\(")


class Words(Struct, frozen=True):
    """One interface string: its text (and that of the plural), where it is asked for, and notes for translators."""

    id: tuple[str, ...]
    context: str = ""
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Return what catalogues know it by."""
        return self.id[0], self.context


def words_of_templates(sources: Iterable[Source]) -> tuple[dict[Key, Words], list[Problem]]:
    """Return the strings of templates. Problems: template-broken, and those of decode."""
    words: dict[Key, Words] = {}
    problems: list[Problem] = []
    for source in sources:
        text, decode_problems = decode(source)
        problems += decode_problems
        try:
            words = joined(words, _extracted("jinja2.ext:babel_extract", source.path, text))
        except Exception as error:  # Jinja2 raises errors of its own, and lets some of Python's through
            line = getattr(error, "lineno", None)
            lines = Lines(source.path, text)
            reason = syntax_reason(getattr(error, "message", None) or str(error))
            problems.append(problem("template-broken", lines.line(line or 1), reason=reason))
    return words, problems


def words_of_code(sources: Iterable[Source]) -> dict[Key, Words]:
    """Return the strings that the engine itself asks for; of its code, only modules that mark some are read."""
    words: dict[Key, Words] = {}
    for source in sources:
        text = source.data.decode()
        if _MARKED.search(text):
            words = joined(words, _extracted("python", source.path, text))
    return words


def joined(first: Mapping[Key, Words], other: Mapping[Key, Words]) -> dict[Key, Words]:
    """Return the strings of both, in the order of the alphabet; what both have keeps the files and notes of both."""
    union = dict(first)
    for key, words in other.items():
        earlier = union.get(key, words)
        union[key] = Words(
            max(earlier.id, words.id, key=len),
            words.context,
            tuple(sorted({*earlier.files, *words.files})),
            tuple(dict.fromkeys((*earlier.notes, *words.notes))),
        )
    return dict(sorted(union.items()))


def _extracted(method: str, path: str, text: str) -> dict[Key, Words]:
    from babel.messages.extract import extract

    strings: dict[Key, Words] = {}
    options = _OPTIONS if method != "python" else {}
    file = io.BytesIO(text.encode())
    for _, written, notes, context in extract(method, file, _KEYWORDS, (_FOR_TRANSLATORS,), options):
        ids = (written,) if isinstance(written, str) else tuple(written)
        words = Words(ids, context or "", (path,), tuple(notes))
        strings = joined(strings, {words.key: words})
    return strings


SETS_LANGUAGE = "lang ="  # stands among the names of a template that gives `lang` another value: it sees all languages


class TemplateFacts(Struct, frozen=True):
    """One template by itself. `references` is None where a name is computed."""

    references: tuple[str, ...] | None
    names: tuple[str, ...]


class Dependencies(Struct, frozen=True):
    """A template with all that it may reach: names of templates and of variables, both sorted."""

    templates: tuple[str, ...]
    names: tuple[str, ...]


def template_facts(env: "Environment", source: str) -> TemplateFacts:
    """Return the facts of one template; none for a template with a syntax error."""
    from jinja2 import TemplateSyntaxError, meta  # not needed while every template is cached

    try:
        tree = env.parse(source)
    except TemplateSyntaxError:
        return TemplateFacts((), ())
    names = list(meta.find_referenced_templates(tree))
    references = None if None in names else tuple(sorted({name for name in names if name}))
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


def dependencies_of(start: Iterable[str], facts: Mapping[str, TemplateFacts]) -> Dependencies:
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
    return Dependencies(tuple(sorted(templates)), tuple(sorted(names)))
