"""`clean` takes away what was made, and nothing else."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from support.site import SiteFolder, tree

from sitegen.cli.main import main
from sitegen.preview.requests import Request
from sitegen.preview.worker import checked

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]


def made_twice(site: Make) -> SiteFolder:
    """Return a site that was built two times, so that there is a spare tree."""
    made = site()
    main([], made.root)
    made.edit("content/en/index.md", "---\ntitle: Home\n---\n\nChanged.\n")
    main([], made.root)
    return made


def test_all_that_was_made_goes_and_all_else_stays(site: Make, capsys: Captured) -> None:
    before = tree(site().root)
    made = made_twice(site)
    assert (made.root / ".public.spare").is_dir()
    capsys.readouterr()
    assert main(["clean"], made.root) == 0
    assert tree(made.root).keys() == before.keys()
    assert not any((made.root / name).exists() for name in ("public", ".public.spare", ".cache"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ".public.spare/ was removed"
    assert lines[1].startswith("public/ (")
    assert lines[2].startswith(".cache/ (")
    assert main(["clean"], made.root) == 0
    assert capsys.readouterr().out == "There is nothing to remove.\n"


def test_the_folder_edition_goes_too(site: Make) -> None:
    before = tree(site().root)
    made = made_twice(site)
    assert main(["--offline"], made.root) == 0
    assert (made.root / "public-offline").is_dir()
    assert main(["clean"], made.root) == 0
    assert tree(made.root).keys() == before.keys()
    assert not (made.root / "public-offline").exists()


def test_what_the_preview_has_checked_goes_too(site: Make) -> None:
    made = site()
    before = tree(made.root)
    asked = Request(made.root, "site.yaml", date(2026, 5, 1), work="site")
    with ProcessPoolExecutor(1, get_context("spawn")) as other:  # a check gives way to others: not this process
        assert other.submit(checked, asked).result().problems
    assert (made.root / ".cache/serve/check/memo.sqlite").is_file()
    assert main(["clean"], made.root) == 0
    assert tree(made.root).keys() == before.keys()
    assert not (made.root / ".cache").exists()


def test_a_dry_run_takes_nothing_away(site: Make, capsys: Captured) -> None:
    made = made_twice(site)
    before = tree(made.root)
    capsys.readouterr()
    assert main(["clean", "--dry-run"], made.root) == 0
    assert tree(made.root) == before
    assert ".public.spare/ would be removed\n" in capsys.readouterr().out


def test_files_of_somebody_else_are_refused_by_name(site: Make, capsys: Captured) -> None:
    made = made_twice(site)
    made.edit("public/notes/mine.txt", "mine")
    before = tree(made.root)
    assert main(["clean"], made.root) == 1
    assert tree(made.root) == before
    printed = capsys.readouterr().err
    assert "The folder contains 1 file that this site did not publish: notes/mine.txt. [output-foreign]" in printed
    assert printed.endswith("Nothing was removed.\n")


def test_a_folder_that_was_never_published_is_refused(site: Make) -> None:
    made = site("-- public/index.html --\nmine\n")
    assert main(["clean"], made.root) == 1
    assert made.has("index.html")


def test_a_list_that_names_files_elsewhere_reaches_none_of_them(site: Make) -> None:
    made = site('-- public/.sitegen --\n{"format": 1, "files": {"../content/en/index.md": "", "/etc/passwd": ""}}\n')
    assert main(["clean"], made.root) == 0
    assert (made.root / "content/en/index.md").exists()
    assert not (made.root / "public").exists()


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_link_in_place_of_a_folder_is_not_followed(site: Make, tmp_path: Path) -> None:
    made = made_twice(site)
    elsewhere = tmp_path / "elsewhere"
    (made.root / "public").rename(elsewhere)
    (made.root / "public").symlink_to(elsewhere)
    assert main(["clean"], made.root) == 1
    assert (elsewhere / "index.html").exists()


def test_what_others_keep_in_the_cache_stays(site: Make) -> None:
    made = made_twice(site)
    made.edit(".cache/other-tool/x", "theirs")
    assert main(["clean"], made.root) == 0
    assert tree(made.root / ".cache") == {"other-tool/x": b"theirs"}


def test_the_folder_of_another_output_is_named(site: Make, tmp_path: Path) -> None:
    made = site()
    main(["--output", str(tmp_path / "out")], made.root)
    assert main(["clean", "--output", str(tmp_path / "out")], made.root) == 0
    assert not (tmp_path / "out").exists()


def test_broken_settings_take_nothing_away(site: Make, capsys: Captured) -> None:
    made = made_twice(site)
    made.edit("site.yaml", "title: [\n")
    before = tree(made.root)
    assert main(["clean"], made.root) == 1
    assert tree(made.root) == before
    assert "Nothing was removed. Give the published folder with --output" in capsys.readouterr().err
    assert main(["clean", "--output", str(made.root / "public")], made.root) == 0
    assert not (made.root / "public").exists()
