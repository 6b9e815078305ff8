"""The worker process of the preview: builds and checks, and stays loaded from save to save.

After a failed build, or if the process dies, the last good site is still served.
"""

import contextlib
import gc
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from pickle import PicklingError
from urllib.parse import urlsplit

from msgspec.structs import replace

from sitegen.build.inside import is_own
from sitegen.build.limits import failure_of, was_slow
from sitegen.build.lock import locked
from sitegen.build.request import CACHE, Options, Result
from sitegen.build.workers import end_with_parent
from sitegen.model.urls import base_path, encoded
from sitegen.preview.requests import FOLDER, Reply, Request, site_folder

# What the processes of the preview check: the pages just saved, and the whole site as `check` would.

_PATIENT = 19  # the niceness of a process that gives way to all others


def checked(request: Request) -> Reply:
    """Run a check. A failure is a bug of the engine; the next change tries again."""
    try:
        return _pages(request) if request.work == "pages" else _site(request)
    except Exception as error:
        return Reply((), failed=True, broken=f"{type(error).__name__} {error}".strip())


def _pages(request: Request) -> Reply:
    from sitegen.check.pages import check_pages

    options = Options(
        root=request.root,
        today=request.today,
        drafts=request.drafts,
        config=request.config,
        extensions=request.extensions,
        time_limit=request.time_limit,
        expendable=True,
    )
    return Reply(tuple(check_pages(options, request.changed)), failed=False)


def _site(request: Request) -> Reply:
    """Check the site as it would be published: without drafts, at its own address. Gives way to the build."""
    from sitegen.check.site import check

    if sys.platform != "win32":
        os.nice(max(0, _PATIENT - os.nice(0)))
    place = request.root / CACHE / FOLDER / "check"
    options = Options(
        root=request.root,
        today=request.today,
        config=request.config,
        jobs=1,
        cache=place,
        judged=True,
        extensions=request.extensions,
        time_limit=request.time_limit,
        debug=request.debug,
        apart=request.apart,
        expendable=not request.apart,
    )
    with locked(place / "lock", lambda: None):
        for memo in (request.root / CACHE, request.root / CACHE / FOLDER):
            inherit(memo / "memo.sqlite", place / "memo.sqlite")
        result = check(options)
    return Reply(result.problems, failed=False)


def inherit(memo: Path, copy: Path) -> None:
    """Start with a copy of the cache of ordinary builds. The preview has its own, so many saves do not fill theirs."""
    if memo.exists() and is_own(copy) and not copy.exists() and not copy.is_symlink():
        with contextlib.suppress(OSError):
            shutil.copyfile(memo, copy)


_GARBAGE = 100_000
_PATIENCE = 5  # seconds until a process that closed its end of the pipe has ended
_BETWEEN = 0.05  # seconds between two words about how far a build has come
Tell = Callable[[str, int, int], None]


class Worker:
    """The building process, as its parent sees it."""

    def __init__(self) -> None:
        self.process: multiprocessing.process.BaseProcess | None = None
        self.pipe: Connection | None = None

    def ask(self, request: Request, tell: Tell | None = None) -> Reply:
        """Build or check in that process and wait for it. `tell` receives the progress of a build."""
        try:
            if self.pipe is None:
                raise EOFError
            self.pipe.send(request)
            while not isinstance(message := self.pipe.recv(), Reply):
                if tell is not None:
                    tell(*message)
        except (EOFError, OSError, PicklingError, AttributeError, TypeError) as error:  # or a function cannot travel
            return self._ended(error)
        return message

    def _ended(self, error: Exception) -> Reply:
        """Return the reply when the process gave none."""
        process = self.process
        if process is not None and isinstance(error, (EOFError, OSError)):
            process.join(_PATIENCE)
            if was_slow(process.exitcode):
                return Reply((), failed=True, stuck=True)
        return Reply((), failed=True, broken=f"{type(error).__name__} {error}".strip())

    def make_ready(self) -> None:
        """Start the process unless it runs. Belongs to the main thread: the new one must ignore Ctrl-C."""
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
            request = pipe.recv()
            if request.work != "build":
                pipe.send(checked(request))
                continue
            built = _built(request, _Often(pipe), is_first=is_first)
            is_first = built.failed and (
                is_first or any(problem.code == "internal-error" for problem in built.problems)
            )
            pipe.send(built)
            gc.collect()  # now, while no request waits


class _Often:
    """Tells the parent how far a build has come, but not too often."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.next = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + _BETWEEN
            self.pipe.send((step, done, total))


def _built(request: Request, tell: Tell, *, is_first: bool) -> Reply:
    """Build. `is_first` says that this process has not built the site yet."""
    from sitegen.build.failures import STEPS, internal_error
    from sitegen.build.lock import locked
    from sitegen.build.publish import read_manifest

    place = request.root / CACHE / FOLDER
    output = site_folder(request.root)
    options = Options(
        root=request.root,
        today=request.today,
        output=output,
        drafts=request.drafts,
        config=request.config,
        cache=place,
        preview=True,
        extensions=request.extensions,
        progress=tell,
        time_limit=request.time_limit,
        debug=request.debug,
        apart=request.apart,
        expendable=not request.apart,
    )
    try:
        with locked(place / "lock", lambda: None):
            inherit(request.root / CACHE / "memo.sqlite", place / "memo.sqlite")
            result, base = _whole(request, options, is_first=is_first)
            files = {} if result.failed else read_manifest(output) or {}
    except Exception as error:
        problem = internal_error(request.config, STEPS["read"], failure_of(error), debug=request.debug)
        return Reply((problem,), failed=True)
    return Reply(result.problems, result.failed, base, result.pages, result.languages, files)


def _whole(request: Request, options: Options, *, is_first: bool) -> tuple[Result, str]:
    """Build; return the result and the path of the site."""
    from sitegen.build.pipeline import build

    base_url, base = _address(request)
    if not is_first:  # only this process has written the published files
        options = replace(options, suspect=frozenset(), looked=options.output)
    return build(replace(options, base_url=base_url)), base


def _address(request: Request) -> tuple[str | None, str]:
    """Return the URL to build for, None for that of site.yaml, and the path of the site."""
    from sitegen.inputs.config import read_settings

    config, _ = read_settings(request.root, request.config)
    if config is None:
        return None, request.below or "/"
    if request.below is None:
        return None, base_path(config.base_url) if config.base_url else "/"
    parts = urlsplit(config.base_url or "http://localhost/")
    address = encoded(f"{parts.scheme}://{parts.netloc}{request.below}")
    return address, urlsplit(address or "").path
