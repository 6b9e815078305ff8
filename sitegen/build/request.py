"""What a person asks of a build, and what comes of it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sitegen.model.extensions import NONE, Extensions
from sitegen.model.problems import Problem
from sitegen.model.words import T_

if TYPE_CHECKING:
    from concurrent.futures import Executor

CACHE = ".cache"
OUTSIDE = T_("it leads out of the site's folder")  # what build.inside says


class Options(Struct, frozen=True):
    """What a person asked for. `today` decides what is a draft: nothing below reads the clock."""

    root: Path
    today: dt.date
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    update_urls: bool = False  # add the addresses of this build to urls.lock
    offline: bool = False  # the folder edition: it opens from disk, without a server
    strict: bool = False
    config: str = "site.yaml"
    jobs: int | None = None
    executor: "Executor | None" = None  # of a cluster; else processes of this machine
    remember: bool = True
    progress: Callable[[str, int, int], None] | None = None  # told a step, how much of it is done, of how much
    extensions: Extensions = NONE  # the functions of the site
    suspect: frozenset[str] | None = None  # outputs that may have been changed by others; None: any
    looked: Path | None = None  # the output folder that `suspect` speaks of
    cache: Path | None = None  # where results are remembered; None for the site's own
    time_limit: float | None = None  # seconds of processor time for a page, instead of those in site.yaml
    apart: bool = False  # do all reading and rendering in processes that can be ended
    expendable: bool = False  # this process may be ended when a page takes too long; its parent asks again, `apart`
    judged: bool = False  # only look for problems: no picture is encoded, no file compressed
    debug: bool = False  # whether mistakes of the engine come with their tracebacks
    preview: bool = False  # stylesheets keep their names, so that no page changes with them


class Result(Struct, frozen=True):
    """What came of it. Nothing was published when `failed`."""

    problems: tuple[Problem, ...]
    failed: bool
    pages: int = 0
    languages: int = 0
    written: int = 0
    removed: int = 0
    recorded: int = 0  # addresses that were added to urls.lock
    output: str = ""
    touched: frozenset[str] | None = None  # published files whose stamps may differ from those before; None: any
    days: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max)  # a build on these days, the last left out, is the same
    made: dict[str, int] = {}  # name of a step → how many results were not known
    reasons: dict[str, list[str]] = {}  # output that was rendered → why
    steps: tuple[tuple[str, float], ...] = ()  # what took how long, in seconds
