"""What every result depends on beside the site."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from support.site import PROJECT

from sitegen.build import toolchain
from sitegen.build.toolchain import LIBRARIES, key, keys

BESIDE_RESULTS = {"livereload", "rich"}  # the preview, and colours in a terminal


def test_a_new_version_of_any_library_that_results_come_from_makes_them_anew() -> None:
    """A library that is missing there could be renewed, and everything of it would stay as it was."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[]", one)[0].lower() for one in project["dependencies"]}
    assert wanted - BESIDE_RESULTS <= {one.lower() for one in LIBRARIES}


def test_keys_with_one_beginning_are_those_that_are_made_one_by_one() -> None:
    rows = [("a", b"b"), (), ("", b""), ("č", b"\0" * 99)]
    assert keys(("x", b"y"), rows) == [key("x", b"y", *row) for row in rows]
    assert len({key("a", "b"), key("ab"), key("a", "", "b"), key("", "ab")}) == 4


def test_versions_are_those_that_python_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = toolchain._versions()
    assert {name: known[toolchain._folder_name(name)] for name in LIBRARIES} == {
        name: version(name) for name in LIBRARIES
    }
    for folder in ("Jinja2-0.1.dist-info", "mdit-py-plugins-0.2.dist-info"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "METADATA").write_text(f"Name: {folder[:-14]}\nVersion: {folder[-13:-10]}\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "none"), str(tmp_path), *sys.path])
    first = toolchain._versions()
    assert (first["jinja2"], first["mdit_py_plugins"]) == ("0.1", "0.2")
    assert first["markdown"] == known["markdown"]
