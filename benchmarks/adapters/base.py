"""What the runner needs to know of a generator, and what adapters share."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Doc

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Adapter:
    """One generator.

    `install` makes it ready below a folder of tools and returns its version; `prepare` writes its site to an empty
    folder; `command` returns what builds that site; `page` the file of a page; `forget` are the paths that a cold
    build begins without.
    """

    name: str
    install: Callable[[Path], str]
    prepare: Callable[[Path, Iterable[Doc]], None]
    command: Callable[[Path], list[str]]
    page: Callable[[Doc], str]
    output: str
    forget: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def clear(self, site: Path) -> None:
        """Remove everything that a build left."""
        for pattern in self.forget:
            for found in site.glob(pattern):
                if found.is_dir():
                    shutil.rmtree(found)
                else:
                    found.unlink()


def write(file: Path, text: str) -> None:
    """Write a text file, and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def python_tool(folder: Path, packages: list[str], shown: str) -> str:
    """Install packages into a virtual environment of their own, once; returns the version of the package `shown`."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    marked = folder / ".installed"
    if not marked.exists():
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True, stderr=subprocess.DEVNULL)
        marked.touch()
    asked = f"from importlib.metadata import version; print(version({shown!r}))"
    return subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True).stdout.strip()


def node_tool(folder: Path, packages: list[str]) -> None:
    """Install packages of npm into a folder of their own, once."""
    if not (folder / "node_modules").is_dir():
        write(folder / "package.json", '{"name": "bench", "private": true}\n')
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def this_python() -> str:
    """Return the interpreter that runs the benchmark: the project's own."""
    return sys.executable


def head(doc: Doc, *more: str) -> str:
    """Return the front matter of a page as YAML."""
    lines = [f"title: {doc.title}", f"description: {doc.description}", f"weight: {doc.weight}", *more]
    return "---\n" + "\n".join(lines) + "\n---\n"
