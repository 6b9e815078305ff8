"""A site is never published among its own sources, or where a tool would run what it finds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import SiteFolder, tree

from sitegen.cli.main import main
from sitegen.inputs.folders import occupied

Make = Callable[..., SiteFolder]
INSIDE = [
    "content",
    "content/x",
    "content/sl/x/y",
    "templates/x",
    "static/site",
    "data/x",
    "locales/out",
    ".git",
    ".git/hooks",
    ".github/workflows",
    ".gitlab/x",
    ".cache/site",
    "public/.well-known",
    "public/../content/x",
    "./content/x/",
    "content//x",
    "Content/x",
    "CONTENT",
    "Templates/x",
    "ſtatic/x",
    "build.py",
]


def shape(made: SiteFolder) -> dict[str, bytes]:
    """Return the files of a site, without the cache and the settings."""
    return {path: data for path, data in tree(made.root).items() if not path.startswith((".cache/", "site.yaml"))}


@pytest.mark.parametrize("output", INSIDE)
def test_output_folder_of_the_settings_is_refused(site: Make, output: str) -> None:
    made = site()
    before = shape(made)
    made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + f"output: {output}\n")
    assert made.build().failed
    assert made.codes == ["output-inside"]
    assert shape(made) == before


@pytest.mark.parametrize("output", INSIDE)
def test_output_folder_of_the_option_is_refused(
    site: Make, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site()
    before = shape(made)
    monkeypatch.chdir(made.root)
    assert main(["--output", output], made.root) == 1
    assert "[output-inside]" in capsys.readouterr().err
    assert shape(made) == before


@pytest.mark.parametrize("output", [".", "..", "/"])
def test_output_folder_around_the_site_is_refused(site: Make, output: str) -> None:
    made = site()
    assert made.build(output=made.root / output).failed
    assert made.codes == ["output-inside"]


@pytest.mark.parametrize("target", ["content/x", "content", ".git", "templates", "static/x"])
def test_output_folder_behind_a_link_is_refused(site: Make, target: str) -> None:
    made = site()
    (made.root / target).mkdir(parents=True, exist_ok=True)
    (made.root / "public").symlink_to(made.root / target)
    assert made.build().failed
    assert made.codes == ["output-inside"]
    (made.root / "public").unlink()
    (made.root / "way").symlink_to((made.root / target).parent)
    assert made.build(output=made.root / "way" / Path(target).name).failed
    assert made.codes == ["output-inside"]


def test_output_folder_in_sources_that_are_a_link_is_refused(site: Make, tmp_path: Path) -> None:
    made = site()
    (made.root / "content").rename(tmp_path / "texts")
    (made.root / "content").symlink_to(tmp_path / "texts")
    assert occupied(made.root, tmp_path / "texts" / "x") == "content"
    assert occupied(made.root, tmp_path / "texts") == "content"


def test_output_folder_is_known_by_its_number_on_disk(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes `inhalt` for `content` gives both one number, whatever the names look like."""
    made = site()
    numbers = {"inhalt": os.stat(made.root / "content")}
    real = Path.stat

    def stat(self: Path, **options: bool) -> os.stat_result:
        return numbers.get(self.name) or real(self, **options)

    monkeypatch.setattr(Path, "stat", stat)
    assert occupied(made.root, Path("inhalt/x")) == "content"


@pytest.mark.parametrize(
    "output", ["public", "dist/site", "docs", "docs/content", "contents", "my.site", "content-offline"]
)
def test_output_folder_of_its_own_is_accepted(site: Make, output: str) -> None:
    made = site()
    assert not made.build(output=made.root / output).failed
    made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + f"output: {output}\n")
    assert not made.build().failed


def test_output_folder_may_be_outside_the_site(site: Make, tmp_path: Path) -> None:
    made = site()
    assert not made.build(output=tmp_path / "content" / "out").failed
