"""What nearly every build of the tests would make anew from the same text, made once in a process.

Almost all tests build a small site, and almost all of its templates are the theme's. Turning those into Python takes
longer than everything else that such a build does. Each value here depends on nothing but the arguments in its key; the
tests of tests/build/test_sharing.py see that builds with and without it are equal.
"""

import builtins
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from jinja2 import Environment

from sitegen.outputs import environment, render
from sitegen.text.templates import template_facts

_compile_template = Environment.compile
_sources: dict[tuple[object, ...], str] = {}


def _source(
    self: Environment, source: Any, name: Any = None, filename: Any = None, raw: bool = False, **more: Any
) -> Any:
    """Return what Jinja makes of a template, once for a text and the filters, tests and names that it may use."""
    if not raw or not isinstance(source, str) or more:
        return _compile_template(self, source, name, filename, raw, **more)
    key = (source, name, filename, *(frozenset(part) for part in (self.filters, self.tests, self.globals)))
    if key not in _sources:
        _sources[key] = _compile_template(self, source, name, filename, raw)
    return _sources[key]


@contextmanager
def shared() -> Iterator[None]:
    """Share these values between all builds of this process meanwhile."""
    compiled = functools.lru_cache(maxsize=2000)(builtins.compile)
    facts = functools.lru_cache(maxsize=2000)(lambda text: template_facts(render._syntax(), text))
    with (
        mock.patch.object(Environment, "compile", _source),
        mock.patch.object(environment, "compile", compiled, create=True),
        mock.patch.object(render, "template_facts", lambda _, text: facts(text)),
    ):
        yield
