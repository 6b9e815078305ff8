"""The examples of a guide, run as a reader would run them: in a clone of the project, in their order.

What is read in a Markdown file, and nothing else:

    ```console            commands behind `$ `, and below each what it prints; nothing below: whatever it prints.
                          `…` stands for what varies in a line, a line `…` for any lines; seconds, the port of
                          127.0.0.1 and the line numbers of problems may differ. `exit=1` behind `console` is the exit
                          code of its last command, if not 0. A server stays until a line `^C`
    ```diff PATH          lines with `-` are in the file once, and are exchanged for those with `+`; without any `-`,
                          the lines with `+` are added at its end
    ```markdown PATH      (or another language) the whole file
    <!-- not run: … -->   on the line above a block: it is not run, for one of the reasons of `REASONS`

Must never change the project itself: a clone is made for every guide.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from support.site import PROJECT

REASONS = (
    "needs the network",
    "needs another machine",
    "needs root",
    "needs Windows",
    "needs make",
    "takes long",
    "shows a made-up history",
)
_PATIENCE = 300  # seconds for one command, on a machine that has much to do
_FENCE = re.compile(r"^( *)```(\S+)[ ]?([^\n]*)\n(.*?)^\1```$", re.M | re.S)
_MARK = re.compile(r"<!-- not run: (.+?) -->\s*\Z")
ADDRESS = "https://code.example/learning-cities.git"  # where the guides say that the project is; git is told better


@dataclass(frozen=True)
class Block:
    """One example: its kind, the words behind it, its text, its line, and why it is not run (empty: it is)."""

    kind: str
    words: str
    text: str
    line: int
    reason: str


@dataclass(frozen=True)
class Step:
    """A command, what it is to print (a line each), and the exit code wanted."""

    command: str
    wanted: tuple[str, ...]
    code: int
    line: int


def blocks(guide: Path) -> list[Block]:
    """Return the examples of a Markdown file, in their order."""
    text = guide.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        before = text[: match.start()]
        mark = _MARK.search(before)
        line = before.count("\n") + 1
        text_of_it = re.sub(rf"^{match[1]}", "", match[4], flags=re.M)  # a block in a list is indented as its item is
        found.append(Block(match[2], match[3].strip(), text_of_it, line, mark[1] if mark else ""))
    return found


def steps(block: Block) -> list[Step]:
    """Return the commands of a block of console, each with its output."""
    code = int(match[1]) if (match := re.search(r"\bexit=(\d+)", block.words)) else 0
    found: list[Step] = []
    for number, line in enumerate(block.text.split("\n")[:-1], block.line + 1):
        if line.startswith("$ "):
            found.append(Step(line[2:], (), 0, number))
        else:
            assert found, f"line {number}: an output without a command"
            last = found[-1]
            found[-1] = Step(last.command, (*last.wanted, line), last.code, last.line)
    if found:
        found[-1] = Step(found[-1].command, found[-1].wanted, code, found[-1].line)
    return found


def matches(wanted: tuple[str, ...], printed: list[str]) -> bool:
    """Say whether this was printed: `…` is anything in a line, a line `…` any lines; numbers that vary may differ."""
    if not wanted:
        return True
    parts = []
    for line in wanted:
        text = r"\s*…\s*" if line.strip() == "…" else None
        parts.append(r"(?:[^\n]*\n)*?" if text else _line(line) + "\n")
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in printed)) is not None


def _line(line: str) -> str:
    text = re.escape(line.rstrip()).replace("…", "[^\n]*?")
    text = re.sub(r"(\.md|\.yaml|\.po):\d+:(\d+:)?", lambda name: rf"{name[1]}:\d+:(\d+:)?", text)
    text = re.sub(r"\A(?:\\ )+\d+\\ \\\|", lambda _: r" +\d+ \|", text)
    text = re.sub(r"127\\\.0\\\.0\\\.1:\d+", lambda _: r"127\.0\.0\.1:\d+", text)
    return re.sub(r"\d+\\?[.,]\d+\\? s\b", lambda _: r"\d+[.,]\d+ s", text) + r"[ \t]*"


@dataclass
class Desk:
    """A folder in which a reader works, the language of the system, and the servers that run.

    `engine` is where the command `sitegen` finds its code, if that is not the folder.
    """

    folder: Path
    language: str
    engine: Path | None = None
    servers: "list[Server]" = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the command `sitegen` beside the folder, as an installation would."""
        self.home = self.folder.parent
        self.commands = self.home / "bin"
        self.commands.mkdir(exist_ok=True)
        command = self.commands / "sitegen"
        command.write_text(
            f'#!/bin/sh\nPYTHONPATH={self.engine or self.folder} exec {sys.executable} -m sitegen "$@"\n'
        )
        command.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        """Return what the commands see: the language, this Python, no colours, a name for commits."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
        python = f"{self.commands}{os.pathsep}{Path(sys.executable).parent}"
        return {
            **kept,
            "HOME": str(self.home),
            "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "LANGUAGE": self.language,
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "GIT_AUTHOR_NAME": "Ana Novak",
            "GIT_AUTHOR_EMAIL": "ana@example.org",
            "GIT_COMMITTER_NAME": "Ana Novak",
            "GIT_COMMITTER_EMAIL": "ana@example.org",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": f"url.{self.home / 'origin'}.insteadOf",
            "GIT_CONFIG_VALUE_0": ADDRESS,
            "GIT_CONFIG_KEY_1": "init.defaultBranch",
            "GIT_CONFIG_VALUE_1": "main",
        }

    def run(self, step: Step) -> tuple[int, list[str]]:
        """Run a command to its end; return its exit code and the lines it printed. `cd` moves the desk."""
        if step.command.startswith("cd "):
            self.folder = (self.folder / step.command[3:].strip()).resolve(strict=True)
            return 0, []
        done = subprocess.run(
            step.command,
            shell=True,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
            check=False,
        )
        return done.returncode, _lines(done.stdout.decode("utf-8", "replace"))

    def serve(self, step: Step) -> "Server":
        """Start a server and return it when it has printed what is wanted, or when patience ends."""
        server = Server(step.command, self.folder, self.environment)
        self.servers.append(server)
        server.wait(tuple(line for line in step.wanted if line != "^C"))
        return server

    def change(self, block: Block) -> None:
        """Change a file as a block of diff, or one that holds a whole file, says."""
        file = self.folder / block.words
        assert file.resolve().is_relative_to(self.folder.resolve()), block.words
        if block.kind != "diff":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            return
        lines = block.text.split("\n")[:-1]
        old = "\n".join(line[1:] for line in lines if line.startswith("-"))
        new = "\n".join(line[1:] for line in lines if line.startswith("+"))
        text = file.read_text(encoding="utf-8")
        if old:
            assert text.count(old) == 1, f"line {block.line}: {block.words} has this {text.count(old)} times: {old}"
            text = text.replace(old, new)
        else:
            text = f"{text.rstrip()}\n\n{new}\n"
        file.write_text(text, encoding="utf-8")

    def close(self) -> None:
        """End the servers that still run."""
        for server in self.servers:
            server.end()


class Server:
    """A command that runs until it is interrupted."""

    def __init__(self, command: str, folder: Path, environment: dict[str, str]) -> None:
        self.printed: list[str] = []
        self.process = subprocess.Popen(
            f"exec {command}",
            shell=True,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.decode("utf-8", "replace").rstrip())

    def wait(self, wanted: tuple[str, ...]) -> bool:
        """Wait until this, and perhaps more, was printed; say whether it was."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if matches((*wanted, "…"), self.printed):
                return True
            if self.process.poll() is not None:
                self._reader.join(5)
                return matches((*wanted, "…"), self.printed)
            time.sleep(0.05)
        return False

    def end(self) -> int:
        """Press Ctrl-C, wait, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self._reader.join()
            assert self.process.stdout is not None
            self.process.stdout.close()


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text.strip() else []


def clone(folder: Path) -> Path:
    """Clone the project as it stands, with what is not committed yet, to `folder`; return that."""
    git = ["git", "-C", str(folder), "-c", "user.name=Ana Novak", "-c", "user.email=ana@example.org"]
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(folder)], check=True)
    listed = ["git", "-C", str(PROJECT), "ls-files", "--modified", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        source, target = PROJECT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_file() and not source.is_symlink():
            shutil.copy2(source, target)
        elif not source.exists():
            target.unlink(missing_ok=True)
    subprocess.run([*git, "checkout", "--quiet", "-B", "main"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "-m", "As it stands"], check=True)
    return folder
