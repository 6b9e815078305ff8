"""The generator beside others, on one made-up site: `make bench`, or `python -m benchmarks.run --help`.

Each generator lives below .cache/bench, in an environment of its own. The runs are interleaved, so that what else the
machine does falls on all of them; shown are medians. What cannot be installed is left out, and named.
"""

import argparse
import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.adapters.base import PROJECT, Adapter
from benchmarks.corpus import LANGUAGES, corpus
from benchmarks.measure import Run, RunError, measured, peak_of_all
from benchmarks.own import own_cases
from benchmarks.report import report

HOME = PROJECT / ".cache" / "bench"
NAMES = ("sitegen", "hugo", "loop", "copying", "eleventy", "mkdocs", "pelican", "nikola")
COLUMNS = ("cold", "nothing changed", "one body edited")


class Contestant:
    """One generator with its site on disk, and what was measured of it so far."""

    def __init__(self, adapter: Adapter, work: Path) -> None:
        self.adapter = adapter
        self.site = work / adapter.name.replace(" ", "-").replace(",", "")
        self.log = work / f"{self.site.name}.log"
        self.runs: dict[str, list[Run]] = {column: [] for column in COLUMNS}
        self.version = ""
        self.files = 0
        self.memory = 0.0
        self.edits = 0

    def make_ready(self, pages: int) -> None:
        """Install the generator and write its site; build once, so that nothing is compiled while it is measured."""
        self.version = self.adapter.install(HOME)
        shutil.rmtree(self.site, ignore_errors=True)
        self.site.mkdir(parents=True)
        self.adapter.prepare(self.site, corpus(pages))
        self.adapter.clear(self.site)
        self.run()
        self.files = sum(1 for file in (self.site / self.adapter.output).rglob("index.html"))
        if self.files < pages * len(LANGUAGES):
            raise RunError(f"made {self.files} pages of {pages * len(LANGUAGES)}\n{self.log.read_text()[-2000:]}")

    def run(self) -> Run:
        """Run the generator."""
        return measured(self.adapter.command(HOME), self.site, self.adapter.environment, self.log)

    def round(self, pages: int) -> None:
        """Measure each column once."""
        is_copy = self.adapter.output == "copy"
        self.adapter.clear(self.site)
        self.runs["cold"].append(self.run())
        if is_copy:
            return
        self.runs["nothing changed"].append(self.run())
        self.edits += 1
        doc = next(doc for doc in corpus(pages) if doc.lang == "en" and doc.name.count("/p"))
        file = self.site / self.adapter.page(doc)
        file.write_text(f"{file.read_text(encoding='utf-8')}\nThese are {self.edits} more words.\n", encoding="utf-8")
        self.runs["one body edited"].append(self.run())

    def weigh(self) -> None:
        """Find the peak of the memory of all processes in a cold build."""
        self.adapter.clear(self.site)
        self.memory = peak_of_all(self.adapter.command(HOME), self.site, self.adapter.environment, self.log)

    def result(self) -> dict[str, object]:
        """Return what was measured, as plain values."""
        return {
            "name": self.adapter.name,
            "version": self.version,
            "memory": self.memory,
            "largest": max((run.largest for run in self.runs["cold"]), default=0.0),
            "wall": {column: median(run.wall for run in runs) for column, runs in self.runs.items() if runs},
            "cpu": {column: median(run.cpu for run in runs) for column, runs in self.runs.items() if runs},
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and put them into a document when asked to."""
    asked = _parsed(arguments)
    work = HOME / "work"
    missing: list[str] = []
    contestants: list[Contestant] = []
    for name in asked.only.split(","):
        for adapter in importlib.import_module(f"benchmarks.adapters.{name}").ADAPTERS:
            one = Contestant(adapter, work)
            if _tried(lambda one=one: one.make_ready(asked.pages), adapter.name, missing):
                contestants.append(one)
    for number in range(asked.rounds):
        for one in list(contestants):
            _say(f"round {number + 1} of {asked.rounds}: {one.adapter.name}")
            if not _tried(lambda one=one: one.round(asked.pages), one.adapter.name, missing):
                contestants.remove(one)
    for one in contestants:
        _say(f"memory: {one.adapter.name}")
        one.weigh()
    found: dict[str, object] = {
        "pages": asked.pages,
        "rounds": asked.rounds,
        "missing": missing,
        "results": [one.result() for one in contestants],
        "own": {},
    }
    _keep(found)
    if not asked.no_own:
        found["own"] = own_cases(work / "own", asked.pages, asked.rounds, _say)
        _keep(found)
    text = report(found)
    print(text)
    if asked.into:
        _put_into(Path(asked.into), text)
    return 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Measure site generators.")
    parser.add_argument("--pages", type=int, default=1000, help="pages in each of the three languages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(NAMES), help="names of adapters, with commas between")
    parser.add_argument("--no-own", action="store_true", help="leave out what only this generator is asked")
    parser.add_argument("--into", metavar="FILE", help="a document whose part between the marks gets the tables")
    return parser.parse_args(arguments)


def _tried(step: object, name: str, missing: list[str]) -> bool:
    try:
        step()  # type: ignore[operator]
    except (RunError, OSError, subprocess.CalledProcessError, ImportError) as error:
        _say(f"{name} is left out: {error}")
        missing.append(name)
        return False
    return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _keep(found: dict[str, object]) -> None:
    """Write what was measured so far: a long run is not to be lost by a slip at its end."""
    (HOME / "results.json").write_text(json.dumps(found, indent=1))


def _put_into(file: Path, text: str) -> None:
    """Replace what stands between the marks of a document."""
    start, end = "<!-- figures -->\n", "<!-- end of figures -->"
    before, _, rest = file.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    file.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
