"""Finds every regular expression of the project by its syntax tree, and how each is used."""

import ast
import functools
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from sitegen.languages import proofreading, typography
from sitegen.text.markdown import parsers
from support.site import PROJECT

_TAKES_PATTERN = {"compile", "match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
_ANCHORED = {"match", "fullmatch"}
# Names that only a call gives: what they may be where a pattern is put together ("": the pattern that comes of it).
SAMPLES: dict[str, list[dict[str, object]]] = {
    "sitegen/languages/proofreading.py": [
        {"marks": marks, "openers": "".join(pair[0] for pair in marks.outer)}
        for marks in proofreading._LANGUAGES.values()
    ],
    "sitegen/languages/typography.py": [
        {"": typography.Typesetter(language).pattern} for language in ("sl", "en", "es", "fr", "de", "it")
    ],
    "sitegen/text/yaml/syntax.py": [{"name": ("", "a")}],
    "sitegen/text/markdown/parsers.py": [{"names": parsers.INLINE_SIGNS}],
    "sitegen/model/lazy.py": [{"": re.compile("x")}],
    "sitegen/text/markdown/rawhtml.py": [{"tag": ("", "", "a")}],
    "sitegen/text/markdown/rules/definitions.py": [{"words": "a|b"}],
}


@dataclass(frozen=True)
class Pattern:
    """One regular expression: where it is, how it is called, and the pattern itself."""

    path: str
    line: int
    anchored: bool  # only ever tried at one place of a text
    compiled: re.Pattern[str] | re.Pattern[bytes]

    @property
    def place(self) -> str:
        """Return where it is, as editors understand it."""
        return f"{self.path}:{self.line}"


@functools.cache
def modules() -> list[tuple[str, ast.Module]]:
    """Return every module of the package: its path in the project and its syntax tree."""
    files = [
        file
        for file in sorted((PROJECT / "sitegen").rglob("*.py"))
        if not {"starter", "commands", "core"} & {*file.relative_to(PROJECT).parts}
    ]
    return [(file.relative_to(PROJECT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Return the calls of `re` that take a pattern."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if (isinstance(node.func, ast.Name) and node.func.id == "lazily") or (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _TAKES_PATTERN
        ):  # compiled later
            yield node


def patterns_of(path: str, tree: ast.Module) -> tuple[list[Pattern], list[str]]:
    """Return the patterns of a module, and the lines whose pattern cannot be told."""
    module = importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    found, unknown = [], []
    for call in calls(tree):
        anchored = _ways(call, tree) <= _ANCHORED
        try:
            compiled = {_compiled(call, module, names) for names in SAMPLES.get(path, [{}])}
        except Exception as error:
            unknown.append(f"{path}:{call.lineno}: {ast.unparse(call.args[0])}: {error}")
            continue
        found += [
            Pattern(path, call.lineno, anchored, one) for one in sorted(compiled, key=lambda one: str(one.pattern))
        ]
    return found, unknown


def _compiled(call: ast.Call, module: ModuleType, names: dict[str, object]) -> re.Pattern[str] | re.Pattern[bytes]:
    """Return the pattern of a call, with constants of its module and with these names for what only a call gives."""
    if "" in names:
        return names[""]  # type: ignore[return-value]
    flags = next((word.value for word in call.keywords if word.arg == "flags"), None)
    if flags is None:
        method = call.func.attr if isinstance(call.func, ast.Attribute) else "compile"
        at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2)
        flags = call.args[at] if len(call.args) > at else None
    known = {**vars(module), **names}

    def value(node: ast.expr) -> object:
        return eval(compile(ast.Expression(node), module.__name__, "eval"), known)

    return re.compile(value(call.args[0]), value(flags) if flags else 0)  # type: ignore[call-overload,no-any-return]


def _ways(call: ast.Call, tree: ast.Module) -> set[str]:
    """Return the methods by which a pattern is used; "search" for a use that cannot be told."""
    if isinstance(call.func, ast.Attribute) and call.func.attr != "compile":
        return {call.func.attr}
    holder = _above(tree)[call]
    if isinstance(holder, ast.Attribute):
        return {holder.attr}
    if not isinstance(holder, ast.Assign) or not isinstance(holder.targets[0], ast.Name):
        return {"search"}
    name = holder.targets[0].id
    trees = [tree] if name.startswith("_") else [one for _, one in modules()]
    return {way for one in trees for way in _uses(one).get(name, ())}


@functools.cache
def _above(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    """Return what each node of a module stands in."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


@functools.cache
def _uses(tree: ast.Module) -> dict[str, set[str]]:
    """Return by which methods each name is used in a module; "search" for a use that cannot be told."""
    uses: dict[str, set[str]] = {}
    for node, use in _above(tree).items():
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            method = use.attr if isinstance(use, ast.Attribute) else "search"
            if method != "pattern":
                uses.setdefault(node.id if isinstance(node, ast.Name) else node.attr, set()).add(method)
    return uses


def every_pattern() -> tuple[list[Pattern], list[str]]:
    """Return every pattern of the project, and the lines whose pattern cannot be told."""
    found: list[Pattern] = []
    unknown: list[str] = []
    for path, tree in modules():
        more, lines = patterns_of(path, tree)
        found += more
        unknown += lines
    return found, unknown
