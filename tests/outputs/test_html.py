"""The Nu HTML checker finds no error on any page of the site, its stylesheets and its drawings."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.site import PROJECT, TESTS, needs

from sitegen.build.request import Result

CHECKER = PROJECT / "node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="module")
def messages(real: Result) -> list[str]:
    """Check every HTML file of the site; return what the checker says and the list does not allow."""
    needs("Java", shutil.which("java"))
    needs("vnu-jar", CHECKER.exists())
    output = Path(real.output)
    pages = sorted(str(path.relative_to(output)) for path in output.rglob("*.html"))
    assert len(pages) >= 60
    return check(output, pages)


def check(folder: Path, files: list[str], *options: str) -> list[str]:
    """Run the checker once over files of a folder; return what it says and the list does not allow."""
    done = subprocess.run(
        ["java", "-jar", str(CHECKER), *options, "--format", "json", "--exit-zero-always", *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    allowed = allow_list()
    said = [shown(message, folder) for message in json.loads(done.stderr)["messages"]]
    return [text for text in said if not any(re.search(pattern, text) for pattern in allowed)]


def allow_list() -> list[str]:
    """Return the patterns of html-allowed.txt."""
    lines = (TESTS / "html-allowed.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def shown(message: dict[str, str], output: Path) -> str:
    """Return one message as a line of text."""
    path = message.get("url", "").removeprefix(output.as_uri() + "/").removeprefix("file:")
    kind = message.get("subType") or message["type"]
    return f"{path}:{message.get('lastLine', 0)}: {kind}: {message['message']}"


def test_checker_finds_no_error(messages: list[str]) -> None:
    assert [text for text in messages if ": error: " in text or ": non-document-error: " in text] == []


def test_checker_warns_of_nothing(messages: list[str]) -> None:
    assert [text for text in messages if ": warning: " in text] == []


@pytest.mark.parametrize("kind", ["css", "svg"])
def test_checker_says_nothing_of_styles_and_drawings(kind: str, real: Result) -> None:
    needs("Java", shutil.which("java"))
    needs("vnu-jar", CHECKER.exists())
    output = Path(real.output)
    files = sorted(str(path.relative_to(output)) for path in output.rglob(f"*.{kind}"))
    files += sorted(str(path) for path in (PROJECT / "static/cards").rglob(f"*.{kind}"))  # not published itself
    assert files
    assert check(output, files, f"--{kind}") == []


def test_checker_sees_mistakes(tmp_path: Path) -> None:
    needs("Java", shutil.which("java"))
    needs("vnu-jar", CHECKER.exists())
    (tmp_path / "a.html").write_text("<!DOCTYPE html><html lang=en><title>A</title><p><div></p>")
    done = subprocess.run(
        ["java", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", str(tmp_path / "a.html")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "error" in [message["type"] for message in json.loads(done.stderr)["messages"]]


def test_every_allowed_message_has_a_reason() -> None:
    lines = (TESTS / "html-allowed.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[number - 1].startswith("#"), line
            re.compile(line)
