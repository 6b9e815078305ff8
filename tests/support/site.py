"""A site on disk, in a folder of its own, built by the real engine: what nearly all tests stand on.

Beneath the files that a test gives lies the smallest site there is, `tests/minimal/`.
"""

import datetime as dt
import os
from pathlib import Path

import pytest

from sitegen.build.pipeline import build
from sitegen.build.request import Options, Result
from sitegen.check.site import Checked, check
from sitegen.cli.console import shown

TESTS = Path(__file__).resolve().parents[1]
PROJECT = TESTS.parent
TODAY = dt.date(2026, 1, 1)
INSTALL = {
    "the web editor": "make admin-assets",
    "fast-check": "npm ci",
    "distributed": "pip install distributed",
    "@sveltia/cms": "npm ci",
    "apache": "apt-get install apache2",
    "caddy": "apt-get install caddy",
    "nginx": "apt-get install nginx-light",
    "Chromium": "apt-get install chromium",
    "axe-core": "npm ci",
    "commonmark-spec": "npm ci",
    "fonts": "npm ci",
    "users": "run the tests on Linux or macOS",
    "free names": "run the tests on Linux",
    "Java": "apt-get install default-jre-headless",
    "git": "apt-get install git",
    "hunspell": "apt-get install hunspell hunspell-en-gb hunspell-es hunspell-sl",
    "make": "apt-get install make",
    "mounts": "run the tests as root on Linux",
    "setuptools": "pip install 'setuptools>=77'",
    "node": "apt-get install nodejs",
    "sshd and rsync": "apt-get install openssh-server rsync",
    "vnu-jar": "npm install --no-save vnu-jar",
    "timers": "run the tests on Linux or macOS",
}


class SiteFolder:
    """One site on disk. `build` runs the engine; `problems` are what it said last, as a person reads them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.result: Result | Checked | None = None

    def build(self, **options: object) -> Result:
        """Build the site; `options` are fields of pipeline.Options."""
        result = build(Options(**{"root": self.root, "today": TODAY, **options}))  # type: ignore[arg-type]
        self.result = result
        return result

    def check(self, **options: object) -> Checked:
        """Check the site; `options` are fields of pipeline.Options."""
        result = check(Options(**{"root": self.root, "today": TODAY, **options}))  # type: ignore[arg-type]
        self.result = result
        return result

    def edit(self, path: str, text: str) -> None:
        """Write a text file of the site."""
        self.write_bytes(path, text.encode())

    def write_bytes(self, path: str, data: bytes) -> None:
        """Write any file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def remove(self, path: str) -> None:
        """Remove a file of the site."""
        (self.root / path).unlink()

    def read(self, path: str) -> str:
        """Return a text file of the output."""
        return (self.root / "public" / path).read_text(encoding="utf-8")

    def read_bytes(self, path: str) -> bytes:
        """Return any file of the output."""
        return (self.root / "public" / path).read_bytes()

    def has(self, path: str) -> bool:
        """Say whether the output has this file."""
        return (self.root / "public" / path).is_file()

    @property
    def outputs(self) -> dict[str, bytes]:
        """Return every file of the output by its path, without the engine's own list of them."""
        return {path: data for path, data in tree(self.root / "public").items() if path != ".sitegen"}

    @property
    def problems(self) -> list[str]:
        """Return the problems of the last build, as printed (built now when it was not)."""
        return [shown(problem) for problem in (self.result or self.build()).problems]

    @property
    def codes(self) -> list[str]:
        """Return the codes of the problems of the last build (built now when it was not)."""
        return [problem.code for problem in (self.result or self.build()).problems]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder: path with `/` → bytes."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def unpack(text: str) -> dict[str, str]:
    """Split a text of the form txtar (`-- path --` before each file) into path → text."""
    files: dict[str, str] = {}
    path = ""
    for line in text.lstrip("\n").splitlines(keepends=True):
        if line.startswith("-- ") and line.rstrip().endswith(" --"):
            path = line.strip()[3:-3].strip()
            files[path] = ""
        else:
            assert path, f"the text begins without a file: {line!r}"
            files[path] += line
    return files


def needs(name: str, found: object) -> None:
    """Skip the test in one line that says what to install, unless `found`; fail when SITEGEN_REQUIRE is set."""
    if found:
        return
    text = f"needs {name}: {INSTALL[name]}"
    if os.environ.get("SITEGEN_REQUIRE"):
        pytest.fail(text)
    pytest.skip(text)
