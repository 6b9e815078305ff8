"""Calls the functions that a site adds, where a build has its turn for them; what goes wrong becomes problems."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.model.config import Config
from sitegen.model.extensions import Extensions, Finding, fault, wrong_result
from sitegen.model.files import Source
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import joined

if TYPE_CHECKING:
    from sitegen.site.links import Site

_OUTPUT = "a path inside the published folder, and bytes"


def code_of(root: Path, extensions: Extensions) -> str:
    """Return a digest of build.py and all that it imports from beside it; "" for a site without functions."""
    if not extensions:
        return ""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(code_files(root)):
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def outline_of(root: Path) -> str:
    """Return build.py without its functions and imports: what it hands to the engine is in the rest.

    A process that runs takes up a function that was changed, but never another list of functions. "" for a file that
    is no Python.
    """
    import ast

    try:
        tree = ast.parse((root / "build.py").read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ""
    others = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom)
    return "\n".join(ast.dump(node) for node in tree.body if not isinstance(node, others))


def code_files(root: Path) -> set[Path]:
    """Return build.py and the modules in the site's folder that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [root / "build.py"]
    while waiting:
        file = waiting.pop()
        if file in found or not file.is_file():
            continue
        found.add(file)
        waiting += _imported(file, root)
    return found


def _imported(file: Path, root: Path) -> Iterator[Path]:
    import ast

    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(alias.name for alias in node.names if node.level)]
        for name in names:
            first = name.split(".")[0]
            for folder in {root, file.parent} if first and first != "sitegen" else ():
                yield folder / f"{first}.py"
                yield from sorted((folder / first).rglob("*.py"))


def generated_pages(
    extensions: Extensions, data: Mapping[str, Any], config: Config, there: Iterable[str]
) -> tuple[list[Source], list[Problem]]:
    """Return the pages that functions make of the data. `there` are the paths of files that exist already.

    Problems: extension-failed, extension-result.
    """
    sources: dict[str, Source] = {}
    taken = set(there)
    problems: list[Problem] = []
    expected = "a path like content/" + config.default_language + "/a.md that is not taken, and its text"
    for function in extensions.pages:
        made, wrong = _called(function, data, extensions.root)
        problems += wrong
        for one in made:
            path, text = one if isinstance(one, tuple) and len(one) == 2 else (one, None)
            if not isinstance(text, str) or not _is_page(path, config) or path in taken:
                problems.append(wrong_result(function, path, expected, extensions.root))
                continue
            taken.add(path)
            sources[path] = Source(path, text.encode())
    return [sources[path] for path in sorted(sources)], problems


def _is_page(path: object, config: Config) -> bool:
    if not isinstance(path, str) or joined("", path) != path or not path.endswith(".md"):
        return False
    parts = path.split("/")
    return len(parts) > 2 and parts[0] == "content" and parts[1] in config.declared


def findings(extensions: Extensions, site: "Site") -> list[Problem]:
    """Return what the site's own checks say. Problems: own-error, own-warning, extension-failed, extension-result."""
    problems: list[Problem] = []
    for function in extensions.checks:
        made, wrong = _called(function, site, extensions.root)
        problems += wrong
        for one in made:
            if isinstance(one, Finding):
                problems.append(problem(f"own-{one.level}", Place(one.path, one.line), text=one.text, hint=one.hint))
            else:
                problems.append(wrong_result(function, one, "Finding", extensions.root))
    return problems


def further_outputs(extensions: Extensions, site: "Site") -> tuple[dict[str, tuple[str, bytes]], list[Problem]]:
    """Return output path → (build.py, bytes) of what functions publish. Problems as those of `findings`."""
    files: dict[str, tuple[str, bytes]] = {}
    problems: list[Problem] = []
    for function in extensions.outputs:
        made, wrong = _called(function, site, extensions.root)
        problems += wrong
        for one in made:
            path, data = one if isinstance(one, tuple) and len(one) == 2 else (one, None)
            if not isinstance(data, bytes) or not isinstance(path, str) or joined("", path) != path or path in files:
                problems.append(wrong_result(function, path, _OUTPUT, extensions.root))
            else:
                files[path] = "build.py", data
    return files, problems


def _called(function: Callable[[Any], Iterable[Any]], given: object, root: str) -> tuple[list[Any], list[Problem]]:
    try:
        return list(function(given)), []
    except (Exception, SystemExit) as error:  # whatever a function of the site may raise, its line is told
        return [], [fault(error, function, root)]
