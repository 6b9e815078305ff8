"""The main loop of the preview: build, serve, wait for a change, rebuild, notify the open pages.

One build at a time, never in the thread that answers browsers. A save during a build causes one more build. After a
build, when open pages are notified, the saved pages are checked; after a pause without changes, the whole site.
"""

import asyncio
import datetime as dt
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.build.extending import code_files
from sitegen.build.up_to_date import FOLDERS
from sitegen.inputs.folders import ignored
from sitegen.model.extensions import NONE, Extensions
from sitegen.model.phrases import Says
from sitegen.preview.checking import Checking
from sitegen.preview.requests import Reply, Request, site_folder
from sitegen.preview.responses import Answer, Folder, PreviewStatus, described, page_answer, state
from sitegen.preview.server import Server, live_script
from sitegen.preview.watch import Watch
from sitegen.preview.worker import Tell, Worker

_ENGINE = Path(__file__).resolve().parent.parent
_RESTART = (".py", ".mo")  # files of the engine or the site whose change needs a new process


class Settings(Struct, frozen=True):
    """The options of the preview."""

    root: Path
    config: str
    drafts: bool
    below: str | None  # the path to serve at; None for that of base_url
    language: str  # of the messages
    extensions: Extensions = NONE
    time_limit: float | None = None  # seconds of processor time for a page, instead of those in site.yaml
    debug: bool = False


class Hooks(Struct, frozen=True):
    """Functions of the command line that are called at events. They must be quick."""

    say: Says
    shown: Callable[[Reply], tuple[str, ...]]  # returns problems as lines for a terminal
    begun: Callable[[str], None]  # the address, when the first build is over
    built: Callable[[Reply, list[str], int, float], None]  # what changed, how many outputs are others now, seconds
    today: Callable[[], dt.date]
    tell: Tell | None = None


class Preview:
    """One running preview."""

    def __init__(self, settings: Settings, hooks: Hooks, listening: socket.socket) -> None:
        self.settings = settings
        self.hooks = hooks
        self.listening = listening
        self.folder: Folder | None = None
        self.built = Reply((), failed=False)
        self.shown: list[dict[str, object]] = []  # its problems for the script in a page
        self.texts: tuple[str, ...] = ()  # and for a page that explains
        self.status = PreviewStatus(building=True, language=settings.language)
        self.worker = Worker()
        self.checking = Checking(hooks.say)
        self.stop = threading.Event()
        self.changed: list[str] = []
        self.news = asyncio.Event()
        self.careful = False  # whether a page took too long in the last build

    async def run(self) -> None:
        """Serve until this is cancelled."""
        server = Server(self.listening, self._answer, self._state)
        loop = asyncio.get_running_loop()
        watch = Watch(self.settings.root, self._names, _uninteresting)
        watcher = threading.Thread(target=self._watch, args=(watch, loop), name="watch", daemon=True)
        watcher.start()
        checks = asyncio.create_task(
            self.checking.run(self._request, lambda: self.built.problems, lambda: self._show(server))
        )
        try:
            await self._build(server)
            base = self.folder.base if self.folder else self.settings.below or "/"
            self.hooks.begun(f"http://127.0.0.1:{server.port}{base}")
            while True:
                await self.news.wait()
                await self._build(server)
        finally:
            self.stop.set()
            checks.cancel()
            self.checking.worker.stop()
            self.worker.stop()  # or else the thread that waits for it would never end
            server.stop()

    def _watch(self, watch: Watch, loop: asyncio.AbstractEventLoop) -> None:
        while changed := watch.wait(self.stop):
            loop.call_soon_threadsafe(self._hear, changed)

    def _hear(self, changed: list[str]) -> None:
        self.changed += changed
        self.checking.wait()
        self.news.set()

    def _names(self) -> list[str]:
        """Return the names to watch, including the engine if it is next to the site."""
        engine = [_ENGINE.name] if _ENGINE.parent == self.settings.root.resolve() else []
        root, extensions = self.settings.root, self.settings.extensions
        code = sorted(file.relative_to(root).as_posix() for file in code_files(root)) if extensions else []
        return [*FOLDERS, self.settings.config, *engine, *code]

    async def _build(self, server: Server) -> None:
        """Build once, keep the result, and notify the terminal and the open pages."""
        changed, self.changed = sorted(set(self.changed)), []
        self.news.clear()
        started = time.perf_counter()
        if any(path.endswith(_RESTART) for path in changed):
            self.worker.stop()
            self.checking.worker.stop()
        self.worker.make_ready()
        request = replace(self._request(), apart=self.careful)
        tell = self.hooks.tell if self.status.building else None
        loop = asyncio.get_running_loop()
        built = await loop.run_in_executor(None, self.worker.ask, request, tell)
        if built.stuck:  # the process has been ended: another one lets workers take the risk
            self.worker.make_ready()
            built = await loop.run_in_executor(None, self.worker.ask, replace(request, apart=True), tell)
        self.careful = any(problem.code == "time-limit" for problem in built.problems)
        self.checking.changed(changed)
        others = self._keep(built)
        server.tell()
        self.hooks.built(built, changed, others, time.perf_counter() - started)
        await self._check_saved(server, changed)

    def _request(self) -> Request:
        """Return a request for a build with these settings."""
        settings = self.settings
        return Request(
            settings.root,
            settings.config,
            self.hooks.today(),
            settings.drafts,
            settings.below,
            (),
            settings.extensions,
            settings.time_limit,
            settings.debug,
        )

    async def _check_saved(self, server: Server, changed: list[str]) -> None:
        """Check the pages that were saved, in the process that has just built; then the site's turn comes."""
        pages = tuple(path for path in changed if path.endswith(".md"))
        if pages and not self.news.is_set():
            self.worker.make_ready()
            request = replace(self._request(), changed=pages, work="pages")
            built = await asyncio.get_running_loop().run_in_executor(None, self.worker.ask, request)
            if not built.failed:
                self.checking.keep_pages(pages, built.problems)
                self._show(server)
        if not self.news.is_set():
            self.checking.start()

    def _keep(self, built: Reply) -> int:
        """Store the result of a build; return how many outputs have changed."""
        self.built = built
        self.shown = [described(problem, self.hooks.say) for problem in built.problems]
        self.texts = self.hooks.shown(built)
        if built.broken:
            text = built.broken.strip().rpartition("\n")[2]
            self.shown = [{"level": "error", "word": self.hooks.say("error"), "where": "sitegen", "text": text}]
            self.texts = (text,)
        if built.failed:  # what keeps the page from being shown goes first
            self.shown.sort(key=lambda problem: problem["level"] != "error")
        self._say()
        if built.failed:
            return 0
        before = self.folder.files if self.folder else {}
        self.folder = Folder(site_folder(self.settings.root), built.base, built.files)
        paths = before.keys() | built.files.keys()
        return sum(1 for path in paths if before.get(path) != built.files.get(path))

    def _say(self) -> None:
        """Update the status from the build and the checks; a problem that both report appears once."""
        from_check, left = self.checking.shown(self.built.problems)
        problems = (*self.shown, *from_check)
        self.status = PreviewStatus(problems, self.built.failed, False, self.texts, self.settings.language, left)

    def _show(self, server: Server) -> None:
        """Notify open pages if a check has changed the problems."""
        before = self.status
        self._say()
        if self.status != before:
            server.tell()

    def _answer(self, path: str) -> Answer:
        return page_answer(self.folder, self.status, path, live_script(), self.hooks.say)

    def _state(self, path: str) -> bytes:
        return state(self.folder, self.status, path, self.hooks.say)


def _uninteresting(path: str) -> bool:
    """Say whether a change of this file can change nothing: litter, and what Python compiles for itself."""
    return path.endswith(".pyc") or ignored(path.partition("@")[0].rpartition("/")[2])
