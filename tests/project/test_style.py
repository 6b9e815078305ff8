"""The tools that keep the code in shape find nothing: ruff (rules and form) and mypy."""

import subprocess
import sys

import pytest
from support.site import PROJECT


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy", "--strict", "sitegen"],
    ],
    ids=" ".join,
)
@pytest.mark.long
def test_tool_finds_nothing(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
