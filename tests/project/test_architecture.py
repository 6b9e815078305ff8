"""The shape of the generator: which layer may import which, how long files and functions are, and their docstrings."""

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from support.site import PROJECT

pytestmark = pytest.mark.cheap
ENGINE = PROJECT / "sitegen"
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
# What each layer may import of ours, besides itself. "" is the package itself, which sites import.
LAYERS: dict[str, set[str]] = {
    "model": set(),
    "languages": set(),
    "text": {"model", "languages"},
    "inputs": {"model", "languages", "text"},
    "site": {"model", "languages", "text"},
    "outputs": {"model", "languages", "text", "site"},
    "build": {"model", "text", "inputs", "site", "outputs"},
    "translations": {"model", "text", "inputs", "site", "build"},
    "check": {"model", "languages", "text", "inputs", "site", "build"},
    "deploy": {"build"},
    "preview": {"model", "text", "inputs", "build", "check"},
    "cli": {
        *("model", "languages", "text", "inputs", "site", "outputs", "build"),
        *("translations", "check", "deploy", "preview", ""),
    },
    "": {"cli", "model"},
    "commands": {"cli"},  # old homes of what sites import, for one release
    "core": {"model"},
}
# Modules of kinds of output: each is known to the table of kinds, and to no other kind.
KINDS = {"page", "standalone", "calendar", "redirect", "feed", "sitemap", "card", "search", "hosts", "admin"}
COMPOSED_BY = {"kinds", "render", "views"}
# Layers that get all that they need as arguments.
PURE = ("model", "languages", "text", "site", "outputs")
# Modules of the system that read the clock, the environment, chance or files; and those that may use one.
IMPURE = {"os", "time", "random", "secrets", "uuid", "socket", "subprocess", "pathlib", "tempfile", "shutil"}
EXCEPTIONS = {
    "model/extensions.py": {"pathlib"},  # which lines of a traceback are the site's: paths only, no file is read
}
IMPURE_CALLS = {"open", "dt.date.today", "dt.datetime.now", "dt.datetime.utcnow", "datetime.now"}


def python_files() -> list[Path]:
    """Return the modules of the generator."""
    return sorted(ENGINE.rglob("*.py"))


FILES = python_files()


def name_of(file: Path) -> str:
    """Return the path of a file as tests show it."""
    return file.relative_to(ENGINE).as_posix()


def layer_of(file: Path) -> str:
    """Return the layer that a file belongs to; "" for the package itself."""
    parts = file.relative_to(ENGINE).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def tree_of(file: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(file.read_bytes())


@cache
def imports_of(file: Path) -> frozenset[str]:
    """Return the modules of ours, without the name of the package, that a file imports anywhere in it."""
    modules = []
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import in line {node.lineno}"
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    return frozenset(module.removeprefix("sitegen.") for module in modules if module.split(".")[0] == "sitegen")


def layers_of(modules: frozenset[str]) -> set[str]:
    """Return the layers of imported modules."""
    firsts = {module.split(".")[0] for module in modules}
    return {first if (ENGINE / first).is_dir() else "" for first in firsts}


def functions(file: Path) -> list[ast.FunctionDef]:
    """Return all functions and methods of a file."""
    return [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]


def test_there_is_a_generator_to_look_at() -> None:
    assert len(FILES) > 30
    assert {layer_of(file) for file in FILES} == set(LAYERS)


def test_layers_have_an_order() -> None:
    order = list(LAYERS)[:12]
    for number, layer in enumerate(order):
        assert LAYERS[layer] - {""} <= set(order[:number]), layer


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_layer_imports_only_what_is_below(file: Path) -> None:
    assert layers_of(imports_of(file)) - {layer_of(file)} <= LAYERS[layer_of(file)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds_of_output_do_not_know_each_other(kind: str) -> None:
    folder = ENGINE / "outputs" / kind
    files = sorted(folder.glob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    for file in files:
        imported = {module.split(".")[1] for module in when_run(file) if module.startswith("outputs.")}
        assert not imported & (KINDS - {kind} | COMPOSED_BY)


def when_run(file: Path) -> set[str]:
    """Return what a file imports of ours when it runs, and not for types alone."""
    types = {
        node
        for block in tree_of(file).body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.ImportFrom) and node not in types]
    modules = {str(node.module) for node in found if str(node.module).startswith("sitegen.")}
    return {module.removeprefix("sitegen.") for module in modules}


def test_every_kind_of_task_has_its_row() -> None:
    from sitegen.model.views import Task
    from sitegen.outputs.kinds import KINDS as ROWS

    assert set(get_args(get_type_hints(Task)["kind"])) == set(ROWS)


@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in ("", "cli")])
def test_no_build_needs_what_only_people_ask_for(layer: str) -> None:
    """What a build is made of can be read, tested and shipped without translators' tools, checks and deployment."""
    known = LAYERS[layer] & {"translations", "check", "deploy", "preview", "cli"}
    assert not known or layer in ("translations", "check", "deploy", "preview", "commands")


def test_every_module_can_be_imported_first() -> None:
    """No module depends on another one having been imported before it."""
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for known in [module for module in sys.modules if module.split('.')[0] == 'sitegen']:\n"
        "        del sys.modules[known]\n"
        "    importlib.import_module(name)\n"
    )
    names = [
        ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        for file in FILES
        if file.name != "__main__.py" and layer_of(file) not in ("commands", "core")
    ]
    subprocess.run([sys.executable, "-c", code, *names], check=True, cwd=PROJECT, env=os.environ | {"PYTHONPATH": "."})


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_functions_are_short(file: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(file) if f.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_everything_public_says_its_job(file: Path) -> None:
    tree = tree_of(file)
    public = [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_module_is_a_drawer(file: Path) -> None:
    assert not {"util", "utils", "helpers", "manager", "base", "common", "misc"} & {file.stem}


@pytest.mark.parametrize("file", [file for file in FILES if layer_of(file) in PURE], ids=name_of)
def test_pure_layers_use_no_clock_no_environment_no_chance_no_files(file: Path) -> None:
    tree = tree_of(file)
    modules = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    modules |= {str(n.module).split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert modules & IMPURE == EXCEPTIONS.get(name_of(file), set())
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & IMPURE_CALLS


@pytest.mark.parametrize("name", ["main", "Extensions", "Finding"])
def test_sites_import_what_they_need_from_the_package(name: str) -> None:
    import sitegen

    assert callable(getattr(sitegen, name))
    assert name in sitegen.__all__


def test_the_package_has_nothing_else() -> None:
    import sitegen

    with pytest.raises(AttributeError, match="has no attribute 'build_everything'"):
        sitegen.build_everything  # noqa: B018


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("from sitegen.commands.main import main", "import `main` from `sitegen`"),
        ("from sitegen.core.extensions import Extensions, Finding", "import `Extensions` and `Finding` from `sitegen`"),
    ],
)
def test_old_imports_of_sites_work_and_say_what_to_write(line: str, instead: str) -> None:
    command = [sys.executable, "-W", "always", "-c", line]
    done = subprocess.run(
        command, cwd=PROJECT, env=os.environ | {"PYTHONPATH": "."}, capture_output=True, text=True, check=True
    )
    assert f"DeprecationWarning: {instead}" in done.stderr
