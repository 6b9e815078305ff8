"""Permalinks: compares the URLs that `urls.lock` lists as published with those of the plan. Reads and writes no files.

The list grows on request (`--update-urls`) and never shrinks by itself.
"""

from collections.abc import Iterable, Sequence

from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.views import CalendarView, FeedView, PageView, RedirectView, Task

FILE = "urls.lock"
_HEAD = """\
# Addresses that this site has published. A build fails when one of them would lead nowhere: see docs/hosting.md.
# Written by `build.py --update-urls`, one address a line; in a conflict, keep the lines of both sides.
"""
_SHOWN = 5


def permalinks(tasks: Iterable[Task]) -> set[str]:
    """Return the URLs that readers may keep: pages in their own language, redirects, feeds, calendars."""
    kept = (PageView, RedirectView, FeedView, CalendarView)
    views = (task.view for task in tasks)
    urls = (v.url for v in views if isinstance(v, kept) and not (isinstance(v, PageView) and v.is_fallback))
    return {f"/{url}" for url in urls}


def lock_text(before: str, addresses: Iterable[str]) -> str:
    """Return the whole file: its comments, and all URLs of `before` and the new ones, sorted."""
    lines = [line.strip() for line in before.splitlines()]
    comments = "".join(f"{line}\n" for line in lines if line.startswith("#")) or _HEAD
    listed = {line for line in lines if line.startswith("/")}
    return comments + "".join(f"{address}\n" for address in sorted(listed.union(addresses)))


def check_permalinks(lock: Lines, tasks: Sequence[Task], *, new: bool) -> list[Problem]:
    """Compare. With `new`, URLs that the file lacks are reported as well.

    Problems: address-line, address-gone, address-new (a warning).
    """
    problems: list[Problem] = []
    listed: dict[str, Place] = {}
    for number, text in enumerate(lock.text.splitlines(), 1):
        line = text.strip()
        if line.startswith("/"):
            listed.setdefault(line, lock.line(number, 1))
        elif line and not line.startswith("#"):
            problems.append(problem("address-line", lock.line(number, 1)))
    alive = {f"/{task.path.removesuffix('index.html')}" for task in tasks}
    for address, place in listed.items():
        if address not in alive:
            problems.append(problem("address-gone", place, address=address, file=_nearest(address, tasks, listed)))
    missing = sorted(permalinks(tasks) - listed.keys()) if new else []
    if missing:
        names = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        problems.append(problem("address-new", Place(lock.path), names=names))
    return problems


def _nearest(address: str, tasks: Iterable[Task], listed: Iterable[str]) -> str:
    """Return the file whose page most likely has the content now: a page with a new URL first, then a section above."""
    import difflib

    views = (task.view for task in tasks)
    pages = {f"/{v.url}": v.source for v in views if isinstance(v, PageView) and not v.is_fallback}
    lang = address.split("/")[1]
    same_language = {url: source for url, source in pages.items() if url.startswith(f"/{lang}/")} or pages
    new = sorted(same_language.keys() - set(listed))
    for candidates, least in ((new, 0.5), (sorted(same_language), 0.8)):
        matches = difflib.get_close_matches(address, candidates, n=1, cutoff=least)
        if matches:
            return same_language[matches[0]]
    above = address.rstrip("/")
    while above:
        above = above.rpartition("/")[0]
        if f"{above}/" in same_language:
            return same_language[f"{above}/"]
    return min(same_language.values(), default="content/")
