"""What the processes of the preview check: the pages just saved, and the whole site as `check` would."""

import contextlib
import os
import shutil
import sys
from pathlib import Path

from sitegen.machinery.inside import is_own
from sitegen.machinery.lock import locked
from sitegen.pipeline.options import CACHE, Options
from sitegen.preview.asked import FOLDER, Asked, Built

_PATIENT = 19  # the niceness of a process that gives way to all others


def checked(asked: Asked) -> Built:
    """Check what is asked for. What makes it fail is a mistake of the engine, which the next change tries again."""
    try:
        return _pages(asked) if asked.work == "pages" else _site(asked)
    except Exception as error:
        return Built((), failed=True, broken=f"{type(error).__name__} {error}".strip())


def _pages(asked: Asked) -> Built:
    from sitegen.pipeline.checkpage import check_pages

    options = Options(
        root=asked.root,
        today=asked.today,
        drafts=asked.drafts,
        config=asked.config,
        extensions=asked.extensions,
        time_limit=asked.time_limit,
        expendable=True,
    )
    return Built(tuple(check_pages(options, asked.changed)), failed=False)


def _site(asked: Asked) -> Built:
    """Check the site as it would be published: without drafts, at its own address. Gives way to the build."""
    from sitegen.pipeline.check import check

    if sys.platform != "win32":
        os.nice(max(0, _PATIENT - os.nice(0)))
    place = asked.root / CACHE / FOLDER / "check"
    options = Options(
        root=asked.root,
        today=asked.today,
        config=asked.config,
        jobs=1,
        cache=place,
        judged=True,
        extensions=asked.extensions,
        time_limit=asked.time_limit,
        debug=asked.debug,
        apart=asked.apart,
        expendable=not asked.apart,
    )
    with locked(place / "lock", lambda: None):
        for memo in (asked.root / CACHE, asked.root / CACHE / FOLDER):
            inherit(memo / "memo.sqlite", place / "memo.sqlite")
        result = check(options)
    return Built(result.problems, failed=False)


def inherit(memo: Path, own: Path) -> None:
    """Begin with what ordinary builds remember. The preview keeps its own memory: many saves would crowd theirs out."""
    if memo.exists() and is_own(own) and not own.exists() and not own.is_symlink():
        with contextlib.suppress(OSError):
            shutil.copyfile(memo, own)
