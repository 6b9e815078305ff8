"""What every result depends on beside the site."""

import re
import tomllib

from conftest import PROJECT

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
