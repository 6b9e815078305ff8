"""The adapter of the web editor, run by Node.js: what it changes in a file, what it leaves, and what it refuses."""

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT, needs

HERE = Path(__file__).with_name("adapter")
FILES = sorted(HERE.glob("*.test.mjs"))


def test_the_adapter_has_tests() -> None:
    assert len(FILES) >= 4


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_adapter_keeps_its_word(file: Path) -> None:
    needs("node", shutil.which("node"))
    needs("fast-check", (PROJECT / "node_modules/fast-check").is_dir())
    done = subprocess.run(["node", "--test", str(file)], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
