"""Interface strings: which words templates and engine ask the catalogues for. Never reads a file or a catalogue.

Strings stand in templates as `_("…")`, `ngettext("…", "…", n)`, `{% trans %}…`, and in the engine as `N_("…")`. A
comment that begins with `Translators:` right before a string goes with it.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from sitegen.core.problems import Lines, Problem, problem
from sitegen.core.records import Source
from sitegen.core.templateslips import syntax_reason
from sitegen.read.frontmatter import decode

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
    found: dict[Key, Words] = {}
    problems: list[Problem] = []
    for source in sources:
        text, wrong = decode(source)
        problems += wrong
        try:
            found = joined(found, _extracted("jinja2.ext:babel_extract", source.path, text))
        except Exception as error:  # Jinja2 raises errors of its own, and lets some of Python's through
            line = getattr(error, "lineno", None)
            lines = Lines(source.path, text)
            reason = syntax_reason(getattr(error, "message", None) or str(error))
            problems.append(problem("template-broken", lines.line(line or 1), reason=reason))
    return found, problems


def words_of_code(sources: Iterable[Source]) -> dict[Key, Words]:
    """Return the strings that the engine itself asks for; of its code, only modules that mark some are read."""
    found: dict[Key, Words] = {}
    for source in sources:
        text = source.data.decode()
        if _MARKED.search(text):
            found = joined(found, _extracted("python", source.path, text))
    return found


def joined(one: Mapping[Key, Words], other: Mapping[Key, Words]) -> dict[Key, Words]:
    """Return the strings of both, in the order of the alphabet; what both have keeps the files and notes of both."""
    found = dict(one)
    for key, words in other.items():
        known = found.get(key, words)
        found[key] = Words(
            max(known.id, words.id, key=len),
            words.context,
            tuple(sorted({*known.files, *words.files})),
            tuple(dict.fromkeys((*known.notes, *words.notes))),
        )
    return dict(sorted(found.items()))


def _extracted(method: str, path: str, text: str) -> dict[Key, Words]:
    from babel.messages.extract import extract

    found: dict[Key, Words] = {}
    options = _OPTIONS if method != "python" else {}
    file = io.BytesIO(text.encode())
    for _, written, notes, context in extract(method, file, _KEYWORDS, (_FOR_TRANSLATORS,), options):
        ids = (written,) if isinstance(written, str) else tuple(written)
        words = Words(ids, context or "", (path,), tuple(notes))
        found = joined(found, {words.key: words})
    return found
