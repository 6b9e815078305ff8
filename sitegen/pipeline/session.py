"""What a build works with: the memo, the workers and the recipe. The only place where remembering happens."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sitegen.core.records import TIME_LIMIT
from sitegen.machinery.limits import FORKS, Failure, attempts
from sitegen.machinery.memo import Memo
from sitegen.machinery.pool import cores, map_all
from sitegen.machinery.recipe import key, recipe

Item = TypeVar("Item")
Done = TypeVar("Done")
Tell = Callable[[str, int, int], None]


class Session:
    """One build's memo and workers; `close` when it is over."""

    def __init__(
        self,
        cache: Path | None,
        jobs: int | None = None,
        executor: Executor | None = None,
        tell: Tell | None = None,
        *,
        counts: bool = True,
        code: str = "",
    ) -> None:
        """Begin. `code` is the digest of the site's own functions: with the recipe, every result depends on it."""
        self.memo = Memo(cache / "memo.sqlite" if cache else None, counts=counts)
        self.code = code
        self.jobs = jobs or cores()
        self.executor = executor
        self.tell = tell
        self.now = ""  # the step that is being done
        self.seconds: float = TIME_LIMIT  # of processor time that one item may take
        self.apart = False  # whether all work is done in other processes
        self.expendable = False  # whether this process may be ended when it takes too long
        self.debug = False  # whether problems of the engine carry their tracebacks
        self.made: dict[str, int] = {}  # kind → how many results had to be made anew
        self.reasons: dict[str, list[str]] = {}  # output made anew → why
        self.steps: list[tuple[str, float]] = []  # what took how long, in seconds

    @cached_property
    def recipe(self) -> bytes:
        """What every result depends on beside its own parts; takes a while to find, so who knows it may set it."""
        return recipe(self.code.encode()) if self.code else recipe()

    def key(self, *parts: bytes | str) -> bytes:
        """Return the key of a result that depends on `parts` and on the recipe."""
        return key(self.recipe, *parts)

    def remembered(
        self,
        kind: str,
        keys: Sequence[bytes],
        items: Sequence[Item],
        function: Callable[[Any, Sequence[Item]], list[bytes]],
        shared: Callable[[], Any],
        failed: Callable[[Item, Failure], bytes],
        *,
        apart: bool = False,
        limits: float = 1,
    ) -> list[bytes]:
        """Return what `function(shared(), [item])` gives for each item, making only what the memo lacks.

        Where it gives nothing, `failed` makes a result of that, which is never remembered. For `apart` and `limits` see
        `map_all`.
        """
        found = self.memo.get(kind, keys)
        missing = [at for at, k in enumerate(keys) if k not in found]
        self.made[kind] = self.made.get(kind, 0) + len(missing)
        if missing:
            results = self.map_all(function, shared(), [items[at] for at in missing], apart=apart, limits=limits)
            made = dict(zip(missing, results, strict=True))
            good = {keys[at]: one for at, one in made.items() if not isinstance(one, Failure)}
            self.memo.put(kind, good)
            found.update(good)
            found.update({keys[at]: failed(items[at], one) for at, one in made.items() if isinstance(one, Failure)})
        return [found[k] for k in keys]

    def map_all(
        self,
        function: Callable[[Any, Sequence[Item]], list[Done]],
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
            function,
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
        self.memo.close()
