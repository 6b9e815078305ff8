"""What a site may add to the engine: plain functions, handed to `main` in its build.py. Calls none of them."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from sitegen.model.problems import Place, Problem, problem, window

_MISTAKES = 160  # letters of what an exception says


class Finding(Struct, frozen=True):
    """What a check of the site found: a text for people, where to fix it, and how."""

    text: str
    path: str = "site.yaml"
    line: int = 0
    hint: str = ""
    level: Literal["error", "warning"] = "warning"


class Extensions(Struct, frozen=True):
    """The functions of a site. Each must be found by its name in its module, so that worker processes can have it.

    markdown: each gets the Markdown instance and registers on it what it likes (Python-Markdown, Extension API).
    filters: by the names that templates use; each gets the value, and what stands in the filter's brackets.
    checks: each gets the linked Site, and gives Findings.
    pages: each gets the data (language → file → value), and gives (path below content/, text of the Markdown file).
    outputs: each gets the linked Site, and gives (path in the published folder, bytes).
    """

    markdown: tuple[Callable[[Any], None], ...] = ()
    filters: Mapping[str, Callable[..., Any]] = {}
    checks: tuple[Callable[[Any], Iterable[Finding]], ...] = ()
    pages: tuple[Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]], ...] = ()
    outputs: tuple[Callable[[Any], Iterable[tuple[str, bytes]]], ...] = ()
    root: str = ""  # the folder of the site: `main` fills it in

    def __bool__(self) -> bool:
        """Say whether there is any function."""
        return bool(self.markdown or self.filters or self.checks or self.pages or self.outputs)


NONE = Extensions()


class ExtensionError(Exception):
    """A function of the site failed during a build; carries the problem to report."""

    def __init__(self, report: Problem) -> None:
        super().__init__(report.code)
        self.report = report


def is_theirs(error: BaseException, extensions: Extensions) -> bool:
    """Say whether an exception came out of a function of the site."""
    return bool(extensions.root and extensions and _own_frames(error, extensions.root))


def fault(error: BaseException, function: Callable[..., Any], root: str) -> Problem:
    """Return the problem that a function of the site has failed: at its own line, or at that of what it called."""
    frames = _own_frames(error, root)
    last = frames[-1] if frames else None
    place = (
        _place(last.filename, last.lineno or 0, root, window(last.line or "", 0)[0])
        if last
        else place_of(function, root)
    )
    words = " ".join(str(error).split())[:_MISTAKES]
    reason = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return problem("extension-failed", place, name=last.name if last else name_of(function), reason=reason)


def _own_frames(error: BaseException, root: str) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(error.__traceback__) if _is_own(frame.filename, root)]


def wrong_result(function: Callable[..., Any], result: object, expected: str, root: str) -> Problem:
    """Return the problem that a function of the site returned a value of the wrong type."""
    return problem(
        "extension-result",
        place_of(function, root),
        name=name_of(function),
        found=type(result).__name__ if not isinstance(result, str) else f"“{result}”",
        expected=expected,
    )


def name_of(function: Callable[..., Any]) -> str:
    """Return what a function is called."""
    return str(getattr(function, "__name__", type(function).__name__))


def place_of(function: Callable[..., Any], root: str) -> Place:
    """Return where a function begins; build.py when that is unknown."""
    code = getattr(function, "__code__", None)
    return _place(code.co_filename, code.co_firstlineno, root) if code else Place("build.py")


def _is_own(file: str, root: str) -> bool:
    path = Path(file)
    return path.is_relative_to(root or "/") and "site-packages" not in path.parts and not path.is_relative_to(_ENGINE)


def _place(file: str, line: int, root: str, source: str = "") -> Place:
    path = Path(file)
    return Place(
        path.relative_to(root).as_posix() if root and path.is_relative_to(root) else path.name, line, 0, source
    )


_ENGINE = Path(__file__).resolve().parent.parent
