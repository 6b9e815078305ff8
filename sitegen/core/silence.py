"""Which problems are not shown because somebody decided so. Errors always are.

A pure function over problems and exceptions; where exceptions are written is known in `read`.
"""

from fnmatch import fnmatchcase

from sitegen.core.messages import is_error
from sitegen.core.problems import Ignore, Problem


def silenced(problems: list[Problem], ignores: list[Ignore]) -> tuple[list[Problem], list[Ignore]]:
    """Return the problems that remain, and the exceptions that silenced nothing."""
    by_code: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_code.setdefault(ignore.code, []).append(ignore)
    kept = []
    used: set[Ignore] = set()
    for one in problems:
        fitting = [] if is_error(one) else [i for i in by_code.get(one.code, ()) if _holds(i, one)]
        used.update(fitting)
        if not fitting:
            kept.append(one)
    return kept, [ignore for ignore in ignores if ignore not in used]


def _holds(ignore: Ignore, problem: Problem) -> bool:
    path = problem.place.path
    if ignore.line:
        return path == ignore.path and problem.place.line == ignore.line
    return path == ignore.path or fnmatchcase(path, ignore.path)
