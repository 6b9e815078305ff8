"""The messages between the preview and its worker process."""

import datetime as dt
from pathlib import Path
from typing import Literal

from msgspec import Struct

from sitegen.build.request import CACHE
from sitegen.model.extensions import NONE, Extensions
from sitegen.model.problems import Problem

FOLDER = "serve"  # below the cache: the cache, the lock and the finished site


class Request(Struct, frozen=True):
    """What to build or to check.

    `below` is the path that the preview stands at, None for that of the site's own base_url. `changed` are, for
    `pages`, the files to check.
    """

    root: Path
    config: str
    today: dt.date
    drafts: bool = True
    below: str | None = None
    changed: tuple[str, ...] = ()
    extensions: Extensions = NONE
    time_limit: float | None = None
    debug: bool = False
    apart: bool = False  # let no page stop the building process itself
    work: Literal["build", "pages", "site"] = "build"  # or check these pages, or the whole site


class Reply(Struct, frozen=True):
    """The result. `files` are all outputs with their digests; `broken` is how the process ended.

    Of a check there are problems only.
    """

    problems: tuple[Problem, ...]
    failed: bool
    base: str = "/"  # the path of the site on its host
    pages: int = 0
    languages: int = 0
    files: dict[str, str] = {}
    broken: str = ""
    stuck: bool = False  # whether a page took too long where nothing but ending the process could stop it


def site_folder(root: Path) -> Path:
    """Return where the preview's site is kept."""
    return root / CACHE / FOLDER / "site"
