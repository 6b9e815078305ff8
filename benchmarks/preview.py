"""The command `serve` as a process of its own, for tests and measurements: started, listened to, ended like Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[^\s]*")


class Preview:
    """A running preview of the site in a folder; `said` is all that it has printed."""

    def __init__(self, root: Path, *options: str, log: Path | None = None, patience: float = 120) -> None:
        self.root = root
        self.log = log or root.with_name(f"{root.name}.serve.log")
        self.patience = patience
        self.command = [sys.executable, "-m", "sitegen", "serve", "--port", "0", *options]

    def __enter__(self) -> Self:
        """Start it, and wait until it says its address."""
        self.start()
        self.address = self.wait_for(_ADDRESS)
        self.port = urlsplit(self.address).port or 0
        return self

    def start(self) -> None:
        """Start it, and wait for nothing."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a measurement in the background: serve must hear us
            signal.signal(signal.SIGINT, signal.default_int_handler)
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        if self.process.poll() is None:
            try:
                self.interrupt()
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                raise

    @property
    def said(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, pattern: "re.Pattern[str] | str", after: int = 0) -> str:
        """Wait until something that matches was printed behind the first `after` characters; return it."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            found = re.search(pattern, self.said[after:])
            if found:
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not printed:\n{self.said}")

    def interrupt(self) -> int:
        """Press Ctrl-C, which every process of the terminal hears; return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(self.patience)
