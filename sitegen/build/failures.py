"""What could not be done, as problems: a limit of time that was reached, or a mistake of the engine.

Whatever a file holds, nobody who writes a site shall see a traceback: one problem names the file, what was being done
with it, and how to report it. With `debug` the traceback goes along.
"""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, TypeVar

from sitegen.build.limits import Failure, failure_of
from sitegen.build.session import Session
from sitegen.model.files import Asset, Source
from sitegen.model.page import Page
from sitegen.model.phrases import Phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.views import Task
from sitegen.model.words import T_

Done = TypeVar("Done")

READING = T_("Reading this file")
RENDERING = T_("Rendering this page")
COMPRESSING = T_("Compressing this file")
ENCODING = T_("Encoding this image")
INDEXING = T_("Building the search index")
CHECKING = T_("Checking this page")
STEPS = {
    "read": T_("Reading the site"),
    "link": T_("Linking the pages"),
    "render": T_("Rendering the site"),
    "search": T_("Building the search index"),
    "prove": T_("Checking the generated site"),
    "pictures": T_("Encoding the images"),
    "digest": T_("Comparing the generated site"),
    "compress": T_("Compressing the generated site"),
    "publish": T_("Publishing the site"),
    "proofread": T_("Proofreading the site"),
    "translations": T_("Comparing the translations"),
    "outside": T_("Checking external links"),
}


class FailedError(Exception):
    """Something failed that nothing can be done without; carries the problem to show."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


def problem_of(path: str, doing: str, failure: Failure, session: Session) -> Problem:
    """Return the problem that `doing` something with the file at `path` failed: time-limit or internal-error.

    Raises ModuleNotFoundError where a package is not installed: no file is to blame, and no other would be done.
    """
    if failure.missing:
        raise ModuleNotFoundError(failure.reason, name=failure.missing)
    if failure.kind == "slow":
        return problem("time-limit", Place(path), doing=Phrase(doing), seconds=f"{session.seconds:g}")
    return internal_error(path, doing, failure, debug=session.debug)


def internal_error(path: str, doing: str, failure: Failure, *, debug: bool) -> Problem:
    """Return the problem that the engine made a mistake while `doing` something with the file at `path`."""
    reason = failure.reason if failure.kind == "error" else Phrase(T_("its process ended unexpectedly"))
    trace = {"trace": failure.trace} if debug and failure.trace else {}
    return problem("internal-error", Place(path), doing=Phrase(doing), reason=reason, **trace)


def done_or_failed(done: Sequence[Done | Failure], paths: Sequence[str], doing: str, session: Session) -> list[Done]:
    """Return the results if there are all. Raises FailedError for the first that is not there."""
    found: list[Done] = []
    for path, one in zip(paths, done, strict=True):
        if isinstance(one, Failure):
            raise FailedError(problem_of(path, doing, one, session))
        found.append(one)
    return found


def problem_of_step(error: Exception, path: str, session: Session) -> Problem:
    """Return the problem that a step failed which many files go into: at the file that it was at, else at `path`."""
    if isinstance(error, FailedError):
        return error.found
    doing = STEPS.get(session.now, STEPS["read"])
    return problem_of(_path_in(error.__traceback__) or path, doing, failure_of(error), session)


def _path_in(trace: TracebackType | None) -> str:
    """Return the file that an exception was met at: that of the innermost record in the variables of the calls."""
    found = ""
    while trace is not None:
        found = next(_paths_of(trace.tb_frame.f_locals.values()), found)
        trace = trace.tb_next
    return found


def _paths_of(values: Any) -> Iterator[str]:
    from sitegen.site.nodes import Node

    for value in list(values):
        if isinstance(value, Node):
            yield value.page.path
        elif isinstance(value, (Page, Source, Asset)):
            yield value.path
        elif isinstance(value, Task):
            yield value.source
