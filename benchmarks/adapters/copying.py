"""Copying a finished tree: what the disk alone costs. The tree is the one that this project's generator makes."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from benchmarks.adapters import sitegen
from benchmarks.adapters.base import Adapter
from benchmarks.corpus import Doc


def install(_: Path) -> str:
    """There is nothing to install."""
    return "cp -r"


def prepare(site: Path, docs: Iterable[Doc]) -> None:
    """Build the site once, so that there is a tree to copy."""
    sitegen.prepare(site, docs)
    own = sitegen.ADAPTERS[0]
    subprocess.run(own.command(site), cwd=site, env=own.environment, check=True, capture_output=True)


def command(_: Path) -> list[str]:
    """Return the command."""
    return ["cp", "-r", "public", "copy"]


ADAPTERS = (Adapter("copying the output tree", install, prepare, command, sitegen.page, "copy", ("copy",)),)
