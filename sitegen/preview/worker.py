"""The process that builds, or checks: it stays warm from save to save, and the server goes on answering meanwhile.

Nothing here serves or watches. A build that fails, or a process that dies, leaves the last good site where it is.
"""

import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pickle import PicklingError
from urllib.parse import urlsplit

from msgspec.structs import replace

from sitegen.core.urls import base_path, encoded
from sitegen.machinery.limits import failure_of, was_slow
from sitegen.machinery.parent import end_with_parent
from sitegen.pipeline.options import CACHE, Options, Result
from sitegen.preview.asked import FOLDER, Asked, Built, site_folder
from sitegen.preview.checks import checked, inherit

_GARBAGE = 100_000
_PATIENCE = 5  # seconds until a process that closed its end of the pipe has ended
_BETWEEN = 0.05  # seconds between two words about how far a build has come
Tell = Callable[[str, int, int], None]


class Worker:
    """The building process, as its parent sees it."""

    def __init__(self) -> None:
        self.process: multiprocessing.process.BaseProcess | None = None
        self.pipe: Connection | None = None

    def ask(self, asked: Asked, tell: Tell | None = None) -> Built:
        """Build or check in that process and wait for it. `tell` hears how far a build has come."""
        try:
            if self.pipe is None:
                raise EOFError
            self.pipe.send(asked)
            while not isinstance(said := self.pipe.recv(), Built):
                if tell is not None:
                    tell(*said)
        except (EOFError, OSError, PicklingError, AttributeError, TypeError) as error:  # or a function cannot travel
            return self._ended(error)
        return said

    def _ended(self, error: Exception) -> Built:
        """Return what there is to tell when no answer came."""
        process = self.process
        if process is not None and isinstance(error, (EOFError, OSError)):
            process.join(_PATIENCE)
            if was_slow(process.exitcode):
                return Built((), failed=True, stuck=True)
        return Built((), failed=True, broken=f"{type(error).__name__} {error}".strip())

    def make_ready(self) -> None:
        """Start the process unless it runs. Belongs to the main thread: the new one must never hear Ctrl-C."""
        if self.process is not None and self.process.is_alive():
            return
        self.stop()
        context = multiprocessing.get_context("spawn")
        self.pipe, its = context.Pipe()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as it is here, it is there from the first moment
        try:
            self.process = context.Process(target=work, args=(its,), name="sitegen-preview")
            self.process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        its.close()

    def stop(self) -> None:
        """End the process, also in the middle of a build: what it publishes is always whole."""
        if self.process is not None:
            self.process.terminate()
            self.process.join(5)
        if self.pipe is not None:
            self.pipe.close()
        self.process = self.pipe = None


def work(pipe: Connection) -> None:
    """Build or check whenever the parent asks for it, until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with_parent(parent.pid)
    gc.set_threshold(_GARBAGE)
    is_first = True
    with contextlib.suppress(EOFError, OSError):
        while True:
            asked = pipe.recv()
            if asked.work != "build":
                pipe.send(checked(asked))
                continue
            built = _built(asked, _Often(pipe), is_first=is_first)
            is_first = built.failed and (is_first or any(one.code == "internal-error" for one in built.problems))
            pipe.send(built)
            gc.collect()  # now, while nobody waits


class _Often:
    """Tells the parent how far a build has come, but not too often."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.next = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + _BETWEEN
            self.pipe.send((step, done, total))


def _built(asked: Asked, tell: Tell, *, is_first: bool) -> Built:
    """Build. `is_first` says that this process has not built the site yet."""
    from sitegen.machinery.lock import locked
    from sitegen.machinery.publish import read_manifest
    from sitegen.pipeline.failures import STEPS, internal_error

    place = asked.root / CACHE / FOLDER
    output = site_folder(asked.root)
    options = Options(
        root=asked.root,
        today=asked.today,
        output=output,
        drafts=asked.drafts,
        config=asked.config,
        cache=place,
        preview=True,
        extensions=asked.extensions,
        progress=tell,
        time_limit=asked.time_limit,
        debug=asked.debug,
        apart=asked.apart,
        expendable=not asked.apart,
    )
    try:
        with locked(place / "lock", lambda: None):
            inherit(asked.root / CACHE / "memo.sqlite", place / "memo.sqlite")
            result, base = _whole(asked, options, is_first=is_first)
            files = {} if result.failed else read_manifest(output) or {}
    except Exception as error:
        found = internal_error(asked.config, STEPS["read"], failure_of(error), debug=asked.debug)
        return Built((found,), failed=True)
    return Built(result.problems, result.failed, base, result.pages, result.languages, files)


def _whole(asked: Asked, options: Options, *, is_first: bool) -> tuple[Result, str]:
    """Build; return the path that the site stands at, too."""
    from sitegen.pipeline.build import build

    base_url, base = _address(asked)
    if not is_first:  # nobody but this process has written what is published
        options = replace(options, suspect=frozenset(), looked=options.output)
    return build(replace(options, base_url=base_url)), base


def _address(asked: Asked) -> tuple[str | None, str]:
    """Return the address to build for, None for that of site.yaml, and the path that the site then stands at."""
    from sitegen.read.config import read_settings

    config, _ = read_settings(asked.root, asked.config)
    if config is None:
        return None, asked.below or "/"
    if asked.below is None:
        return None, base_path(config.base_url) if config.base_url else "/"
    parts = urlsplit(config.base_url or "http://localhost/")
    address = encoded(f"{parts.scheme}://{parts.netloc}{asked.below}")
    return address, urlsplit(address or "").path
