"""Another version of the web editor: taken if its tests pass, else nothing has changed."""

import json
from pathlib import Path

import pytest

from tools import upgrade_admin

FILES = ("package.json", "package-lock.json")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the two files of npm, of which the tool believes that it is the project."""
    for name in FILES:
        (tmp_path / name).write_text(json.dumps({"devDependencies": {upgrade_admin.PACKAGE: "1.0.0"}}))
    editor = tmp_path / "node_modules"
    editor.mkdir()
    monkeypatch.setattr(upgrade_admin, "FILES", tuple(tmp_path / name for name in FILES))
    monkeypatch.setattr(upgrade_admin, "EDITOR", editor)
    monkeypatch.setattr(upgrade_admin, "ASSETS", tmp_path / "assets")
    return tmp_path


def pretend(project: Path, monkeypatch: pytest.MonkeyPatch, failing: str = "") -> list[str]:
    """Do as npm does instead of running it; return the commands. The command that holds `failing` fails."""
    commands = []

    def run(*command: str) -> bool:
        words = " ".join(command)
        commands.append(words)
        if command[:2] == ("npm", "install"):
            version = command[-1].rpartition("@")[2]
            for name in FILES:
                (project / name).write_text(json.dumps({"devDependencies": {upgrade_admin.PACKAGE: version}}))
        if command[:2] == ("npm", "ci"):
            (project / "node_modules/package.json").write_text(json.dumps({"version": upgrade_admin.pinned()}))
        return not failing or failing not in words

    monkeypatch.setattr(upgrade_admin, "run", run)
    return commands


def test_a_version_whose_tests_pass_is_taken(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = pretend(project, monkeypatch)
    assert upgrade_admin.main(["2.0.0"]) == 0
    assert upgrade_admin.pinned() == upgrade_admin.installed() == "2.0.0"
    install, clean, assets, tests = commands
    assert "--package-lock-only" in install
    assert "--ignore-scripts" in install
    assert "--ignore-scripts" in clean
    assert assets.endswith("tools.make_admin_assets")
    assert "tests/admin" in tests
    assert "proof or not proof" in tests


@pytest.mark.parametrize("failing", ["npm install", "make_admin_assets", "pytest"])
def test_a_version_that_fails_leaves_no_trace(failing: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [(project / name).read_bytes() for name in FILES]
    commands = pretend(project, monkeypatch, failing)
    assert upgrade_admin.main(["2.0.0"]) == 1
    assert [(project / name).read_bytes() for name in FILES] == before
    assert commands[-1].endswith("tools.make_admin_assets") or commands[-1].startswith("npm ci")
    assert upgrade_admin.installed() == "1.0.0"


@pytest.mark.parametrize("words", [[], [""], ["latest"], ["1.0.0", "2.0.0"], ["--help"]])
def test_a_wrong_command_does_nothing(words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = pretend(project, monkeypatch)
    assert upgrade_admin.main(words) == 2
    assert commands == []
