"""The version of site.yaml: one that is not known is refused, a key that means something else is told."""

import pytest
from support.site import TESTS

from sitegen.cli.console import shown
from sitegen.inputs.config_rules import CHANGES, CURRENT, Change, version_problems
from sitegen.model.problems import Lines
from sitegen.text.yaml.nodes import parse

MADE_UP = (Change("languages", 2, "Write “tongues” instead, and then version: 2."),)


def said(text: str, changes: tuple[Change, ...] = MADE_UP, current: int = 2) -> list[str]:
    """Return what is said of a file."""
    node, problems = parse(Lines("site.yaml", text))
    assert node is not None
    assert problems == []
    return [shown(problem) for problem in version_problems(node, changes, current)]


def test_a_key_that_means_something_else_is_told() -> None:
    (text,) = said("title: A\nlanguages: {}\n")
    assert text.split("\n") == [
        "site.yaml:2:1: error: Since version 2 of the settings, “languages” has a different meaning. [version-changed]",
        "     2 | languages: {}",
        "       | ^",
        "       = Write “tongues” instead, and then version: 2.",
    ]


@pytest.mark.parametrize("text", ["version: 2\nlanguages: {}\n", "title: A\n", "version: 1\n"])
def test_nothing_is_told_where_nothing_changed(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("version", ["3", "0", "-1", "99999"])
def test_an_unknown_version_is_refused(version: str) -> None:
    assert "[version-unknown]" in said(f"version: {version}\n")[0]


@pytest.mark.parametrize("version", ["true", "one", "[1]", "{a: 1}", "1.0"])
def test_what_is_no_number_is_left_to_the_types(version: str) -> None:
    assert said(f"version: {version}\n") == []


def test_every_change_is_of_a_version_that_exists_and_stands_in_the_manual() -> None:
    manual = (TESTS.parent / "docs/site-yaml.md").read_text(encoding="utf-8").partition("## Versions")[2]
    assert f"| {CURRENT} |" in manual
    assert all(1 < change.version <= CURRENT and f"`{change.key}`" in manual for change in CHANGES)
