"""Checks in the background of the preview: shows the problems that `check` would report.

The whole site is checked after a second without a change, at low priority. If a change arrives during a check, the
check still finishes, because its cache is kept, and another one follows. Of a page that was saved since then, only
problems that need no other page are shown.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sitegen.check.pages import CODES
from sitegen.model.messages import level_of
from sitegen.model.phrases import Says
from sitegen.model.problems import LEVELS, Problem
from sitegen.preview.requests import Reply, Request
from sitegen.preview.responses import described
from sitegen.preview.worker import Worker

_QUIET = 1.0  # seconds without a change
_MOST = 10  # problems of one code that are shown of pages other than those just saved

_Problems = Callable[[], Iterable[Problem]]


class _Entry(Struct, frozen=True):
    """A problem, and how the script in a page shows it."""

    problem: Problem
    shown: dict[str, object]


class Checking:
    """The checks of one preview. Belongs to the thread of the loop."""

    def __init__(self, say: Says) -> None:
        self.say = say
        self.worker = Worker()
        self.due = asyncio.Event()
        self.since = 0.0  # when the last change was heard of, or the last build was over
        self.site: list[_Entry] = []
        self.pages: dict[str, list[_Entry]] = {}  # of what was saved since the last check of the site began
        self.meanwhile: set[str] = set()  # what was saved since the one that is going on began
        self.recent: tuple[str, ...] = ()  # what was saved last

    def wait(self) -> None:
        """Start no check until the change has been built."""
        self.due.clear()
        self.since = time.monotonic()

    def start(self) -> None:
        """Check the site when no further change follows the build."""
        self.since = time.monotonic()
        self.due.set()

    def changed(self, paths: Sequence[str]) -> None:
        """Remove the problems of changed files that need no other page: they may be fixed."""
        self.recent = tuple(paths) or self.recent
        self.meanwhile.update(paths)
        for path in paths:
            self.pages[path] = []

    def keep_pages(self, paths: Sequence[str], problems: Iterable[Problem]) -> None:
        """Store the problems of pages that were saved."""
        entries: dict[str, list[_Entry]] = {path: [] for path in paths}
        for problem in problems:
            entries.setdefault(problem.place.path, []).append(self._entry(problem))
        self.pages.update(entries)

    def shown(self, before: Iterable[Problem]) -> tuple[list[dict[str, object]], int]:
        """Return what the script in a page shows in addition to the problems `before`, and how many it does not show.

        The pages that were saved last come first, and are shown in full.
        """
        reported = {(problem.code, problem.place) for problem in before}
        entries = [entry for page in self.pages.values() for entry in page]
        entries += [entry for entry in self.site if not self._is_old(entry.problem)]
        entries = [entry for entry in entries if (entry.problem.code, entry.problem.place) not in reported]
        entries.sort(key=self._order)
        counts: Counter[str] = Counter()
        shown = []
        for entry in entries:
            recent = entry.problem.place.path in self.recent
            counts[entry.problem.code] += not recent
            if recent or counts[entry.problem.code] <= _MOST:
                shown.append(entry.shown)
        return shown, len(entries) - len(shown)

    def _is_old(self, problem: Problem) -> bool:
        return problem.place.path in self.pages and (problem.code in CODES or not problem.place.path.endswith(".md"))

    def _order(self, entry: _Entry) -> tuple[bool, int]:
        return entry.problem.place.path not in self.recent, LEVELS.index(level_of(entry.problem))

    def _entry(self, problem: Problem) -> _Entry:
        return _Entry(problem, described(problem, self.say, of_check=True))

    async def run(self, ask: Callable[[], Request], reported: _Problems, show: Callable[[], None]) -> None:
        """Check the site whenever it is due, until this is cancelled.

        `reported` returns the problems of the last build; `show` is called when the result changes.
        """
        while True:
            await self.due.wait()
            left = self.since + _QUIET - time.monotonic()
            if left > 0:
                await asyncio.sleep(left)
                continue
            self.due.clear()
            self.meanwhile.clear()
            before = {(problem.code, problem.place) for problem in reported()}
            built = await self._checked(replace(ask(), work="site"))
            if not built.failed:
                self._keep_site(problem for problem in built.problems if (problem.code, problem.place) not in before)
                show()

    def _keep_site(self, problems: Iterable[Problem]) -> None:
        """Store the problems, except those of files that changed during the check."""
        self.site = [self._entry(problem) for problem in problems if problem.place.path not in self.meanwhile]
        self.pages = {path: entries for path, entries in self.pages.items() if path in self.meanwhile}

    async def _checked(self, request: Request) -> Reply:
        """Check in the other process; one that got stuck is replaced by one that lets workers take the risk."""
        loop = asyncio.get_running_loop()
        self.worker.make_ready()
        built = await loop.run_in_executor(None, self.worker.ask, request)
        if built.stuck:
            self.worker.make_ready()
            built = await loop.run_in_executor(None, self.worker.ask, replace(request, apart=True))
        return built
