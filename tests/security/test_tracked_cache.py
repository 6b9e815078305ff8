"""A cache that git tracks is refused, whatever way git came to track it; a key that cannot be kept is named once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.site import SiteFolder, needs

from sitegen.build import seal
from sitegen.build.git import is_tracked
from sitegen.cli import trust
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
COMMANDS = [["build"], ["build", "--clean"], ["check"], ["status"], ["summary", "--since", "HEAD"]]
COMMANDS += [["translate", "en/index.md"], ["serve", "--port", "0"]]


def git(folder: Path, *words: str, **environment: str) -> None:
    """Run git as a contributor does, with a setting of nobody's."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **environment}
    names = ["-c", "user.name=Ana", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *names, *words], cwd=folder, env={**os.environ, **own}, check=True, capture_output=True)


def kept(root: Path, name: str = ".cache/memo.sqlite") -> None:
    """Put a file where a build keeps what it made."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(b"planted")


def repository(root: Path, *words: str) -> None:
    """Make a repository with all that there is, also what is ignored."""
    git(root, "init", "-q", *words)
    git(root, "add", "-Af")
    git(root, "commit", "-qm", "First")


def plain(root: Path) -> Path:
    kept(root)
    repository(root)
    return root


def ignored_but_forced(root: Path) -> Path:
    (root / ".gitignore").write_text(".cache/\n")
    return plain(root)


def one_file_deep_below(root: Path) -> Path:
    kept(root, ".cache/serve/site/index.html")
    repository(root)
    return root


def gone_from_the_disk(root: Path) -> Path:
    plain(root)
    shutil.rmtree(root / ".cache")
    return root


def intended_only(root: Path) -> Path:
    kept(root)
    git(root, "init", "-q")
    git(root, "add", "-Nf", ".cache/memo.sqlite")
    return root


def said_to_be_unchanged(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--assume-unchanged", ".cache/memo.sqlite")
    return root


def left_out_of_the_tree(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--skip-worktree", ".cache/memo.sqlite")
    return root


def short_names(root: Path) -> Path:
    kept(root, ".cabin/first")
    plain(root)
    git(root, "update-index", "--index-version", "4")
    return root


def split_index(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--split-index")
    return root


def other_digests(root: Path) -> Path:
    kept(root)
    repository(root, "--object-format=sha256")
    return root


def link(root: Path) -> Path:
    (root / ".cache").symlink_to("content")
    repository(root)
    return root


def file_in_its_place(root: Path) -> Path:
    (root / ".cache").write_text("")
    repository(root)
    return root


def repository_in_its_place(root: Path) -> Path:
    kept(root)
    repository(root / ".cache")
    repository(root)
    return root


def site_in_a_subfolder(root: Path) -> Path:
    shutil.copytree(root, root / "sites/town")
    return plain_below(root, "sites/town")


def plain_below(root: Path, name: str) -> Path:
    kept(root / name)
    repository(root)
    return root / name


def tree_beside_its_repository(root: Path) -> Path:
    plain(root)
    git(root, "worktree", "add", "-q", str(root / "beside"))
    return root / "beside"


def clone(root: Path) -> Path:
    plain(root)
    git(root.parent, "clone", "-q", str(root), "clone")
    return root.parent / "clone"


WAYS = [plain, ignored_but_forced, one_file_deep_below, gone_from_the_disk, intended_only, said_to_be_unchanged]
WAYS += [left_out_of_the_tree, short_names, split_index, other_digests, link, file_in_its_place]
WAYS += [repository_in_its_place, site_in_a_subfolder, tree_beside_its_repository, clone]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_cache_that_git_tracks_is_refused(site: Make, way: Callable[[Path], Path], capsys: Captured) -> None:
    needs("git", shutil.which("git"))
    root = way(site().root)
    assert main(["build"], root) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "The cache folder .cache/ is in the git repository. Anyone who can commit could insert pages there, "
        "so the command stopped. "
        "Run “git rm -r --cached --quiet .cache”, and add .cache/ to .gitignore.\n"
    )
    assert not (root / "public").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_that_reads_the_cache_refuses(site: Make, command: list[str], capsys: Captured) -> None:
    root = plain(site().root)
    assert main(command, root) == 1
    assert "The cache folder .cache/ is in the git repository" in capsys.readouterr().err
    assert (root / ".cache/memo.sqlite").read_bytes() == b"planted"


def test_what_the_message_says_to_type_helps(site: Make, capsys: Captured) -> None:
    root = plain(site().root)
    assert main(["build"], root) == 1
    command = capsys.readouterr().err.partition("Run “git ")[2].partition("”")[0]
    git(root, *command.split())
    assert main(["build"], root) == 0


# What is not refused


def no_repository(root: Path) -> Path:
    kept(root)
    return root


def ignored(root: Path) -> Path:
    (root / ".gitignore").write_text(".cache/\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    kept(root)
    return root


def nothing_added(root: Path) -> Path:
    kept(root)
    git(root, "init", "-q")
    return root


def another_of_that_name(root: Path) -> Path:
    kept(root, "docs/.cache/a")
    kept(root, "notes.cache/a")
    kept(root, ".cacheable")
    repository(root)
    return root


def short_names_without(root: Path) -> Path:
    repository(root)
    git(root, "update-index", "--index-version", "4")
    return root


def repository_of_its_own(root: Path) -> Path:
    kept(root)
    repository(root / ".cache")
    return root


GOOD = [no_repository, ignored, nothing_added, another_of_that_name, short_names_without, repository_of_its_own]


@pytest.mark.parametrize("way", GOOD, ids=lambda way: way.__name__)
def test_cache_that_git_does_not_track_is_used(site: Make, way: Callable[[Path], Path], capsys: Captured) -> None:
    root = way(site().root)
    assert main(["build"], root) == 0
    assert capsys.readouterr().err == ""


def test_without_git_the_index_is_believed(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plain(site().root)
    monkeypatch.setenv("PATH", str(root))
    assert is_tracked(root / ".cache")
    assert not is_tracked(root / ".other")


def test_git_is_not_started_where_the_index_says_no(site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = ignored(site().root)
    monkeypatch.setattr("sitegen.build.git.run", lambda *_, **__: pytest.fail("git was started"))
    assert not is_tracked(root / ".cache")


@pytest.mark.parametrize("damage", [b"", b"DIRC", b"DIRC\0\0\0\2", b"\xff" * 1000, b"link" * 60])
def test_damaged_index_stops_nothing(site: Make, damage: bytes) -> None:
    root = ignored(site().root)
    (root / ".git/index").write_bytes(damage)
    assert not is_tracked(root / ".cache")


# A key that cannot be kept


@pytest.fixture
def keyless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Let the key of the cache have no place: a file stands where its folder should be."""
    monkeypatch.delenv(seal.VARIABLE, raising=False)
    place = tmp_path / "home"
    place.mkdir()
    (place / "sitegen").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    monkeypatch.setattr(sys, "platform", "linux")
    yield place
    seal.key_of.cache_clear()


def test_key_in_memory_is_named_once(site: Make, keyless: Path, capsys: Captured) -> None:
    made = site()
    assert main(["build"], made.root) == 0
    start = "The cache cannot be used, because its key cannot be stored."
    assert capsys.readouterr().err == f"{start} ({keyless}/sitegen: the file or folder already exists)\n"


@pytest.mark.parametrize("command", [["build", "--quiet"], ["build", "--clean"], ["clean"], ["schema"]], ids=" ".join)
def test_key_in_memory_is_no_matter_there(site: Make, keyless: Path, command: list[str], capsys: Captured) -> None:
    assert main(command, site().root) == 0
    assert capsys.readouterr().err == ""


def test_short_key_is_named(site: Make, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv(seal.VARIABLE, "short")
    assert main(["build"], site().root) == 0
    assert capsys.readouterr().err.endswith("(SITEGEN_CACHE_KEY: fewer than 32 characters)\n")


def test_reasons_are_those_that_are_translated() -> None:
    assert set(trust.REASONS) == {seal.SHORT, seal.IN_SITE, seal.NO_HOME, seal.OF_OTHERS}
