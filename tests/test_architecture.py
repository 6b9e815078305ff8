"""The engine's shape: which floor may import which, how long a file and a function may be, that each says its job."""

import ast
from pathlib import Path

import pytest
from conftest import PROJECT

ENGINE = PROJECT / "sitegen"
FILES = sorted(ENGINE.rglob("*.py"))
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
# What each floor may import of ours, besides itself.
FLOORS = {
    "core": set(),
    "lang": set(),
    "read": {"core", "lang"},
    "site": {"core", "lang", "read"},
    "write": {"core", "lang"},
    "machinery": set(),
    "build": {"machinery"},
    "pipeline": {"core", "lang", "read", "site", "write", "machinery", "build"},
    "preview": {"core", "read", "machinery", "pipeline"},
    "commands": {"core", "lang", "read", "site", "write", "machinery", "pipeline", "preview", ""},
    "": {"commands"},
}


def name_of(file: Path) -> str:
    """Return the path of a file as tests show it."""
    return file.relative_to(ENGINE).as_posix()


def floor_of(file: Path) -> str:
    """Return the floor a file stands on; "" for the package itself."""
    parts = file.relative_to(ENGINE).parts
    return parts[0].removesuffix(".py") if len(parts) > 1 or parts[0] == "pipeline.py" else ""


def imported(file: Path) -> set[str]:
    """Return the floors that a file imports, anywhere in it."""
    modules = []
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import in line {node.lineno}"
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    ours = [module.split(".") for module in modules if module.split(".")[0] == "sitegen"]
    return {parts[1] if len(parts) > 1 and (ENGINE / parts[1]).exists() else "" for parts in ours}


def functions(file: Path) -> list[ast.FunctionDef]:
    """Return all functions and methods of a file."""
    return [node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.FunctionDef)]


def test_there_is_an_engine_to_look_at() -> None:
    assert len(FILES) > 30
    assert {floor_of(file) for file in FILES} == set(FLOORS)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_floor_imports_only_what_lies_below(file: Path) -> None:
    assert imported(file) - {floor_of(file)} <= FLOORS[floor_of(file)]


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_functions_are_short(file: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(file) if f.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_everything_public_says_its_job(file: Path) -> None:
    tree = ast.parse(file.read_bytes())
    public = [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_module_is_a_drawer(file: Path) -> None:
    assert not {"util", "utils", "helpers", "manager", "base", "common", "misc"} & {file.stem}


@pytest.mark.parametrize("file", [f for f in FILES if floor_of(f) in ("lang", "site", "write")], ids=name_of)
def test_rendering_knows_no_clock_no_environment_no_random_no_files(file: Path) -> None:
    tree = ast.parse(file.read_bytes())
    modules = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    modules |= {str(n.module).split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not modules & {"os", "time", "random", "secrets", "uuid", "socket", "subprocess", "pathlib", "tempfile"}
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & {"open", "dt.date.today", "dt.datetime.now", "dt.datetime.utcnow", "datetime.now"}
