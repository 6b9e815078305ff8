"""What a build works with: the cache, the graph and the workers."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.build.cache import Cache
from sitegen.build.digests import Digests
from sitegen.build.graph import Function, Graph, How
from sitegen.build.limits import FORKS, Failure, attempts
from sitegen.build.pool import cores, map_all
from sitegen.build.toolchain import toolchain
from sitegen.model.config import TIME_LIMIT

if TYPE_CHECKING:
    from concurrent.futures import Executor

Item = TypeVar("Item")
Done = TypeVar("Done")
Tell = Callable[[str, int, int], None]


class Session:
    """One build's graph and workers; `close` when it is over."""

    def __init__(
        self,
        root: Path,
        cache: Path | None,
        jobs: int | None = None,
        executor: "Executor | None" = None,
        tell: Tell | None = None,
        *,
        code: str = "",
    ) -> None:
        """Begin. `code` is the digest of the site's own functions: with the toolchain, every result depends on it."""
        self.memo = Cache(cache / "memo.sqlite" if cache else None)
        self.digests = Digests(root, self.memo)
        self.code = code
        self.jobs = jobs or cores()
        self.executor = executor
        self.tell = tell
        self.now = ""  # the step that is being done
        self.seconds: float = TIME_LIMIT  # of processor time that one item may take
        self.apart = False  # whether all work is done in other processes
        self.expendable = False  # whether this process may be ended when it takes too long
        self.debug = False  # whether problems of the engine carry their tracebacks
        self.reasons: dict[str, list[str]] = {}  # output that was rendered → why
        self.steps: list[tuple[str, float]] = []  # what took how long, in seconds

    @cached_property
    def graph(self) -> Graph:
        """The graph of this build."""
        return Graph(self.memo, toolchain(self.memo, self.code), self._work)

    def _work(self, function: Function[Item], shared: Any, items: Sequence[Item], how: How) -> Sequence[Any]:
        return self.map_all(function, shared, items, apart=how.apart, limits=how.limits, jobs=how.jobs)

    def map_all(
        self,
        function: Callable[[Any, Sequence[Item]], Sequence[Done]],
        shared: Any,
        items: Sequence[Item],
        *,
        apart: bool = False,
        limits: float = 1,
        jobs: int = 0,
    ) -> list[Done | Failure]:
        """Return what `function(shared, [item])` gives for each item, or why nothing, made by the workers.

        An item may take `limits` times the limit of a page, 0: any time. `apart` keeps the work out of this process
        however little it is, as libraries need that no timer interrupts; so is all that may call functions of the site
        where a new process costs little. `jobs` 1 makes one at a time, for what needs much memory.
        """
        return map_all(
            function,  # type: ignore[arg-type]
            shared,
            items,
            jobs or self.jobs,
            self.executor,
            lambda done: self.told(done, len(items)),
            seconds=self.seconds * limits,
            apart=apart or self.apart or (bool(self.code) and FORKS),
            expendable=self.expendable,
        )

    def here(
        self, function: Callable[[Any, Sequence[Item]], list[Done]], shared: Any, items: Sequence[Item]
    ) -> list[Done | Failure]:
        """Return the same as `map_all`, made in this process: for a few small things."""
        if self.apart:
            return self.map_all(function, shared, items)
        return attempts(function, shared, items, self.seconds, expendable=self.expendable)

    def told(self, done: int, total: int) -> None:
        """Pass on how much of the present step is done."""
        if self.tell is not None:
            self.tell(self.now, done, total)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note how long a step takes."""
        self.now = name
        self.told(0, 0)
        started = time.perf_counter()
        yield
        self.steps.append((name, time.perf_counter() - started))

    def close(self) -> None:
        """Keep what was learnt."""
        self.digests.close()
        self.memo.close()
