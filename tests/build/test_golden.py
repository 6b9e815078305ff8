"""Golden sites: `in/` makes exactly `out/`, as trees. `--update` writes out/ anew; a person reads the difference."""

import shutil
from pathlib import Path

import pytest
from support.golden import SITES, made_of
from support.site import tree

STORIES = sorted(folder.name for folder in SITES.iterdir())


@pytest.mark.parametrize("story", STORIES)
def test_site_is_exactly_this_tree(story: str, tmp_path: Path, update: bool) -> None:
    made = made_of(story, tmp_path / "site")
    assert made.problems == []
    out = SITES / story / "out"
    if update:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made.root / "public", out, ignore=shutil.ignore_patterns(".sitegen"))
    expected = tree(out)
    assert sorted(made.outputs) == sorted(expected)
    for path, data in made.outputs.items():
        assert data.decode() == expected[path].decode(), path
