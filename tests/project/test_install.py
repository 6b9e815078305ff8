"""The package as it is installed: from the folder, a source archive, a wheel, or editable; with theme and command."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from support.site import PROJECT, needs

PACKED = ("sitegen", "pyproject.toml", "README.md", "LICENSE")
OFFLINE = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed; return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"LANGUAGE": "en"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the package is made of."""
    needs("setuptools", int(version("setuptools").split(".")[0]) >= 77)
    folder = tmp_path_factory.mktemp("source")
    for name in PACKED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def archive(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the source archive."""
    folder = tmp_path_factory.mktemp("archive")
    code = f"from setuptools import build_meta; print(build_meta.build_sdist({str(folder)!r}))"
    run(sys.executable, "-c", code, cwd=source)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the wheel, of the source archive: what is lost there is lost here."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", *OFFLINE, "-w", str(folder), str(archive), cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_everything_but_what_is_for_developers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    here = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "sitegen").rglob("*") if path.is_file()}
    wanted = {path for path in here if "__pycache__" not in path and not path.endswith("sitegen.po")}
    assert wanted - names == set()
    assert {name for name in names if not name.startswith(("sitegen/", "sitegen-"))} == set()


def test_nothing_in_the_wheel_is_about_learning_cities(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        for name in opened.namelist():
            if name.startswith("sitegen/") and not name.endswith((".png", ".mo", ".woff2")):
                text = opened.read(name).decode().casefold()
                found = [word for word in ("unesco", "learning cit", "učeča", "ciudades del", "gnlc") if word in text]
                assert found == [], name


@pytest.mark.parametrize("way", ["folder", "archive", "wheel", "editable"])
def test_an_installed_tool_makes_and_builds_a_site(
    way: str, source: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv"), cwd=tmp_path)
    places = {"base": str(tmp_path / "venv"), "platbase": str(tmp_path / "venv")}
    packages = Path(sysconfig.get_path("purelib", vars=places))
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n")  # what the tool needs, without a network
    scripts = Path(sysconfig.get_path("scripts", vars=places))
    what = source if way in ("folder", "editable") else request.getfixturevalue(way)
    flags = ["-e"] if way == "editable" else []
    run(scripts / "python", "-m", "pip", "install", *OFFLINE, *flags, str(what), cwd=tmp_path)
    tool = scripts / "sitegen"
    assert run(tool, "--version", cwd=tmp_path).startswith("sitegen ")
    run(tool, "init", "town", "--languages", "de,ar", "--title", "Stadt", cwd=tmp_path)
    assert "16 pages in 2 languages" in run(tool, "build", "--strict", cwd=tmp_path / "town")
    again = run(tool, "build", "--strict", cwd=tmp_path / "town")
    assert "no change" in again or "0 files written, 0 removed" in again  # files of these seconds are looked at again
    assert "Zum Inhalt springen" in (tmp_path / "town/public/de/index.html").read_text(encoding="utf-8")
    assert "link-missing" in run(tool, "explain", "link-missing", cwd=tmp_path)
    run(tool, "new", "tips", "--all", cwd=tmp_path / "town")
    run(tool, "check", "--strict", cwd=tmp_path / "town")
    assert "crea un sitio nuevo" in run(tool, "--help", "--ui-language", "es", cwd=tmp_path)
    place = "import sitegen.inputs.theme as theme; print(theme.FOLDER)"
    found = Path(run(scripts / "python", "-c", place, cwd=tmp_path).strip())
    assert found.is_relative_to(source if way == "editable" else packages)


def test_a_changed_theme_of_the_tool_makes_the_site_anew(source: Path, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    shutil.copytree(source, tool)
    code = f"import sys; sys.path.insert(0, {str(tool)!r}); from sitegen.cli.main import main; sys.exit(main())"
    run(sys.executable, "-c", code, "init", "town", "--languages", "de", cwd=tmp_path)
    run(sys.executable, "-c", code, "build", cwd=tmp_path / "town")
    page = tool / "sitegen/theme/templates/components/colophon.html"
    page.write_text(page.read_text(encoding="utf-8") + "<p>Neu.</p>\n", encoding="utf-8")
    run(sys.executable, "-c", code, "build", cwd=tmp_path / "town")
    assert "<p>Neu.</p>" in (tmp_path / "town/public/de/index.html").read_text(encoding="utf-8")
