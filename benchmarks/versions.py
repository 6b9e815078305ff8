"""The present version beside earlier ones, on the same edits: `python -m benchmarks.versions COMMIT...`.

Each version builds a site of its own, with its own cache, by the libraries that are installed. The runs are
interleaved; shown are the medians of processor time, and of the ratios of pairs: its time by the other's.
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.adapters import sitegen
from benchmarks.adapters.base import PROJECT
from benchmarks.corpus import corpus
from benchmarks.measure import Run, measured
from benchmarks.own import EDITS

HOME = PROJECT / ".cache" / "bench" / "versions"
OWN = sitegen.ADAPTERS[0]
COARSE = 2.2  # seconds after which a version trusts the time stamp of a file
NOW = "now"


class Version:
    """One version of the generator, with its site."""

    def __init__(self, name: str, pages: int) -> None:
        """Take the code of a commit, or that of the working tree, and build the site once."""
        self.name, self.code = name, HOME / name / "code"
        self.site, self.clone = HOME / name / "site", HOME / name / "clone"
        shutil.rmtree(HOME / name, ignore_errors=True)
        self.code.mkdir(parents=True)
        if name == NOW:
            shutil.copytree(PROJECT / "sitegen", self.code / "sitegen")
        else:
            packed = subprocess.run(["git", "archive", name, "sitegen"], cwd=PROJECT, check=True, capture_output=True)
            subprocess.run(["tar", "x", "-C", self.code], input=packed.stdout, check=True)
        self.site.mkdir()
        OWN.prepare(self.site, corpus(pages))
        self.run(self.site)

    def run(self, site: Path) -> Run:
        """Build a site."""
        environment = {"PYTHONPATH": str(self.code)}
        return measured(OWN.command(site), site, environment, HOME / self.name / "log")

    def nothing(self, _: int) -> Run:
        """Build when all stamps are trusted and nothing has changed."""
        time.sleep(COARSE)
        self.run(self.site)
        return self.run(self.site)

    def cold(self, _: int) -> Run:
        """Build without cache and output."""
        OWN.clear(self.site)
        return self.run(self.site)

    def cloned(self, number: int) -> Run:
        """Build a copy of the sources with the cache, and one page edited."""
        shutil.rmtree(self.clone, ignore_errors=True)
        kept = shutil.ignore_patterns("public", ".public.spare", ".cache")
        shutil.copytree(self.site, self.clone, ignore=kept, copy_function=shutil.copyfile)
        (self.clone / ".cache").mkdir()
        for file in (self.site / ".cache").glob("memo.sqlite*"):
            shutil.copyfile(file, self.clone / ".cache" / file.name)
        EDITS["one body edited"](self.clone, number + 1000)
        return self.run(self.clone)

    def edited(self, edit: Callable[[Path, int], None], number: int) -> Run:
        """Build after an edit."""
        edit(self.site, number)
        return self.run(self.site)


def cases(version: Version) -> Iterator[tuple[str, Callable[[int], Run]]]:
    """Give the name of each case, and what measures it once."""
    yield "nothing changed", version.nothing
    for name, edit in EDITS.items():
        yield name, lambda number, edit=edit: version.edited(edit, number)  # type: ignore[misc]
    yield "fresh clone with the cache restored, one page edited", version.cloned
    yield "cold", version.cold


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versions", description="Measure earlier versions.")
    parser.add_argument("commits", nargs="+", help="what this version is compared with")
    parser.add_argument("--pages", type=int, default=300, help="pages in each of the three languages")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    versions = [Version(name, asked.pages) for name in (NOW, *asked.commits)]
    times: dict[str, dict[str, list[float]]] = {}
    for number in range(asked.rounds):
        order = versions if number % 2 else versions[::-1]
        for all_at_once in zip(*(list(cases(version)) for version in order), strict=True):
            for version, (case, measure) in zip(order, all_at_once, strict=True):
                times.setdefault(case, {}).setdefault(version.name, []).append(measure(number).cpu)
    print("\n".join(table(times, asked.commits)))
    return 0


def table(times: dict[str, dict[str, list[float]]], commits: Sequence[str]) -> Iterator[str]:
    """Give the lines of a table: case, seconds of this version, and its time by that of each commit."""
    yield f"| Build | seconds | {' | '.join(commits)} |"
    yield "|---" * (len(commits) + 2) + "|"
    for case, by_version in times.items():
        now = by_version[NOW]
        ratios = (median(a / b for a, b in zip(now, by_version[name], strict=True)) for name in commits)
        yield f"| {case} | {median(now):.2f} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |"


if __name__ == "__main__":
    raise SystemExit(main())
