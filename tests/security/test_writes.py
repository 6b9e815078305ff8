"""Nothing is written, replaced or removed outside of the site's folder, whatever links a checkout holds."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import SiteFolder, tree

from sitegen.build.cache import Cache
from sitegen.build.inside import OutsideError, is_own, real_inside
from sitegen.build.writing import create_file, replace_file
from sitegen.cli.main import main
from sitegen.preview.requests import Request
from sitegen.preview.worker import _built

Make = Callable[..., SiteFolder]
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Give a folder of somebody else's, beside the sites."""
    folder = tmp_path / "outside"
    (folder / "sub").mkdir(parents=True)
    (folder / "precious.txt").write_text("precious")
    (folder / "sub/index.html").write_text("precious")
    (folder / "en.po").write_text(PO)
    return folder


def linked(made: SiteFolder, name: str, target: Path) -> None:
    """Put a link in the place of a file or folder of a site."""
    place = made.root / name
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


COMMANDS: dict[str, tuple[str, list[str]]] = {
    "build, public is a link": ("public", []),
    "build, public leads into a folder there": ("public", ["build", "--clean"]),
    "build, the folder edition is a link": ("public-offline", ["--offline"]),
    "build, the cache is a link": (".cache", []),
    "build, the spare tree is a link": (".public.spare", []),
    "check, the cache is a link": (".cache", ["check"]),
    "status, the cache of translations is a link": (".cache/translations", ["status"]),
    "summary, the cache is a link": (".cache", ["summary", "--since", "HEAD"]),
    "clean, the cache is a link": (".cache", ["clean"]),
    "clean, the cache of the preview is a link": (".cache/serve", ["clean"]),
    "clean, public is a link": ("public", ["clean"]),
    "new, a folder is a link": ("content/en/od", ["new", "od/evil", "--title", "Evil"]),
    "schema, its folder is a link": ("docs", ["schema"]),
    "schema, the settings of the editor are a link": (".vscode", ["schema"]),
    "messages, the catalogues are a link": ("locales", ["messages", "update"]),
    "messages, the template of catalogues": ("locales/messages.pot", ["messages", "extract"]),
    "a new language, its folder is a link": ("content/de", ["new", "--language", "de"]),
    "addresses, their file is a link": ("urls.lock", ["--update-urls"]),
}


@pytest.mark.parametrize(("name", "command"), COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("target", ["folder", "below", "nothing yet"])
def test_no_command_writes_through_a_link(
    site: Make, outside: Path, name: str, command: list[str], target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site()
    linked(made, name, {"folder": outside, "below": outside / "sub", "nothing yet": outside / "new"}[target])
    before = tree(outside)
    main(command, made.root)
    assert "Traceback" not in capsys.readouterr().err
    assert tree(outside) == before
    assert not (outside / "new").exists()


@pytest.mark.parametrize(
    "name",
    ["lock", "memo.sqlite", "memo.sqlite-wal", "memo.sqlite-shm", "memo.sqlite-journal", "built.json", "built.new",
     "outside.json", "outside.json.new", "serve", "translations"],
)  # fmt: skip
@pytest.mark.parametrize("target", ["precious.txt", "new"])
def test_links_in_the_cache_are_not_followed(site: Make, outside: Path, name: str, target: str) -> None:
    made = site()
    linked(made, f".cache/{name}", outside / target)
    before = tree(outside)
    for command in ([], ["check"], ["status"], []):
        main(command, made.root)
    assert tree(outside) == before
    assert not made.build().failed


@pytest.mark.parametrize(
    "name", ["", "serve", "serve/site", "serve/site.sitegen.new", "serve/memo.sqlite", "serve/lock"]
)
def test_preview_is_not_led_away(site: Make, outside: Path, name: str) -> None:
    made = site()
    main([], made.root)
    linked(made, f".cache/{name}".rstrip("/"), outside / "new")
    asked = Request(root=made.root, config="site.yaml", today=made.build().days[0])
    _built(asked, lambda *_: None, is_first=True)
    assert not (outside / "new").exists()


@pytest.mark.parametrize("catalogue", ["en.po", "new.po"])
def test_catalogue_that_is_a_link_is_not_written(site: Make, outside: Path, catalogue: str) -> None:
    made = site()
    linked(made, "locales/en/LC_MESSAGES/messages.po", outside / catalogue)
    before = tree(outside)
    main(["messages", "update"], made.root)
    main(["messages", "compile"], made.root)
    assert tree(outside) == before


def test_link_inside_the_site_is_followed(site: Make) -> None:
    made = site()
    made.edit("other/a.txt", "old")
    linked(made, "a.txt", made.root / "other/a.txt")
    replace_file(made.root / "a.txt", b"new", made.root)
    assert (made.root / "other/a.txt").read_text() == "new"
    assert (made.root / "a.txt").is_symlink()


def test_folder_that_a_person_names_may_lie_anywhere(site: Make, tmp_path: Path) -> None:
    made = site()
    assert main(["--output", str(tmp_path / "elsewhere")], made.root) == 0
    assert (tmp_path / "elsewhere/index.html").exists()


PATHS: dict[str, Callable[[Path, Path], Path]] = {
    "above": lambda top, _: top / "../x",
    "far above": lambda top, _: top / "a/../../../x",
    "absolute": lambda _, out: out / "x",
    "through a link": lambda top, _: top / "link/x",
    "through a link to a link": lambda top, _: top / "chain/x",
    "through a link and back": lambda top, _: top / "link/../x",
    "a link itself": lambda top, _: top / "file",
    "a link to nothing": lambda top, _: top / "dangling",
    "a folder below a link": lambda top, _: top / "link/a/b/c",
    "a name that begins as the folder's": lambda top, _: top.with_name(f"{top.name}-evil") / "x",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_paths_are_judged_by_where_they_lead(tmp_path: Path, outside: Path, path: Callable[[Path, Path], Path]) -> None:
    top = tmp_path / "top"
    (top / "a").mkdir(parents=True)
    (top / "link").symlink_to(outside)
    (top / "chain").symlink_to("link")
    (top / "file").symlink_to(outside / "precious.txt")
    (top / "dangling").symlink_to(outside / "new")
    before = tree(outside)
    file = path(top, outside)
    with pytest.raises(OutsideError):
        real_inside(top, file)
    with pytest.raises(OutsideError):
        replace_file(file, b"evil", top)
    with pytest.raises(OSError):
        create_file(file, b"evil", top)
    assert tree(outside) == before


def test_folder_that_is_reached_by_a_link_is_a_folder_of_a_site(site: Make, tmp_path: Path) -> None:
    made = site()
    (tmp_path / "link").symlink_to(made.root)
    assert main([], tmp_path / "link") == 0
    assert (made.root / ".cache/memo.sqlite").exists()
    assert is_own(tmp_path / "link/.cache/lock")


def test_memo_behind_a_link_is_in_memory(tmp_path: Path, outside: Path) -> None:
    (tmp_path / ".cache").symlink_to(outside)
    before = tree(outside)
    memo = Cache(tmp_path / ".cache/memo.sqlite")
    memo.put("kind", {b"key": b"value"})
    assert memo.get("kind", [b"key"]) == {b"key": b"value"}
    memo.close()
    assert tree(outside) == before
    assert os.path.islink(tmp_path / ".cache")
