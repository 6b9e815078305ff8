"""What is asked of this generator only: other edits, a fresh clone, a small site, and growth."""

import shutil
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.adapters import sitegen
from benchmarks.corpus import corpus
from benchmarks.measure import Run, measured, peak_of_all
from benchmarks.reload import save_to_reload

OWN = sitegen.ADAPTERS[0]
PAGE = "content/en/s3/p23.md"


def own_cases(work: Path, pages: int, rounds: int, say: Callable[[str], None]) -> dict[str, float]:
    """Return the name of each case with its median in seconds (those that end in MB: megabytes)."""
    shutil.rmtree(work, ignore_errors=True)
    found: dict[str, float] = {}
    site = _made(work / "edits", pages)
    _run(site)
    for name, edit in EDITS.items():
        say(name)
        found[name] = median(_edited(site, edit, number).wall for number in range(rounds))
    say("fresh clone")
    found["fresh clone with the cache restored, one page edited"] = median(
        _clone(site, work / "clone", number).wall for number in range(rounds)
    )
    say("status and --help")
    found["status, asked for the first time"] = _asked(site, "status").wall
    found["status"] = median(_asked(site, "status").wall for _ in range(rounds))
    found["--help"] = median(_asked(site, "--help").wall for _ in range(rounds))
    say("saved to reloaded")
    found.update(_reloaded(site, rounds))
    small = _made(work / "small", 10)
    say("30 pages")
    found["cold, 30 pages"] = median(_cold(small).wall for _ in range(rounds))
    found["nothing changed, 30 pages"] = median(_run(small).wall for _ in range(rounds))
    for total in (1000, 10_000):
        say(f"{total} pages")
        grown = _made(work / f"grown{total}", total // 3)
        runs = [_cold(grown) for _ in range(rounds)]
        found[f"cold, {total} pages"] = median(run.wall for run in runs)
        found[f"cold, {total} pages, seconds of processors"] = median(run.cpu for run in runs)
        OWN.clear(grown)
        peak = peak_of_all(OWN.command(work), grown, OWN.environment, work / "log")
        found[f"memory of all processes, {total} pages, MB"] = peak
        found[f"nothing changed, {total} pages"] = median(_run(grown).wall for _ in range(rounds))
        shutil.rmtree(grown)
    return found


def _reloaded(site: Path, rounds: int) -> dict[str, float]:
    """Measure what somebody waits for who saves a page and looks at the browser."""
    seconds = save_to_reload(site, PAGE, "en/s3/p23/", max(rounds, 5))
    return {"serve: from the save of a page to the reloaded page in the browser": seconds} if seconds else {}


def _made(site: Path, pages: int) -> Path:
    site.mkdir(parents=True)
    OWN.prepare(site, corpus(pages))
    return site


def _asked(site: Path, verb: str) -> Run:
    return measured([*OWN.command(site), verb], site, OWN.environment, site.parent / "log")


def _run(site: Path) -> Run:
    return measured(OWN.command(site), site, OWN.environment, site.parent / "log")


def _cold(site: Path) -> Run:
    OWN.clear(site)
    return _run(site)


def _replaced(site: Path, path: str, old: str, new: str) -> None:
    file = site / path
    text = file.read_text(encoding="utf-8")
    assert old in text, path
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _edited(site: Path, edit: Callable[[Path, int], None], number: int) -> Run:
    edit(site, number)
    return _run(site)


def _body(site: Path, number: int) -> None:
    _replaced(site, PAGE, "\n## ", f"\nThese are {number} more words.\n\n## ")


def _title(site: Path, number: int) -> None:
    _replaced(site, PAGE, "title: ", f"title: New {number} ")


def _template(site: Path, number: int) -> None:
    _replaced(site, "templates/page.html", "<main", f'<main data-number{number}="1"')


def _string(site: Path, number: int) -> None:
    _replaced(site, "locales/en/LC_MESSAGES/messages.po", 'msgstr "Contents', f'msgstr "Contents {number}')


EDITS: dict[str, Callable[[Path, int], None]] = {
    "one body edited": _body,
    "one title edited": _title,
    "one template edited, which every page uses": _template,
    "one catalogue string edited, which every page of a language shows": _string,
}


def _clone(site: Path, clone: Path, number: int) -> Run:
    """Copy the sources with new time stamps, and the memo, as a host that builds keeps it; then edit one page."""
    shutil.rmtree(clone, ignore_errors=True)
    kept = shutil.ignore_patterns("public", ".public.spare", ".cache")
    shutil.copytree(site, clone, ignore=kept, copy_function=shutil.copyfile)
    (clone / ".cache").mkdir()
    for file in (site / ".cache").glob("memo.sqlite*"):
        shutil.copyfile(file, clone / ".cache" / file.name)
    _body(clone, number + 100)
    return _run(clone)
