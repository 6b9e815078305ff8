"""The scores of Lighthouse, mobile, for every template in each language: `python -m benchmarks.lighthouse`.

Builds the site, serves it as a good host would (compressed, with a strict Content-Security-Policy), and takes the
median of several runs. Needs Chromium, and Lighthouse: `npm ci --prefix benchmarks --ignore-scripts`.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import chromium
from benchmarks.budgets import weigh_all
from benchmarks.host import Host
from sitegen.build.pipeline import build
from sitegen.build.request import Options

PROJECT = Path(__file__).resolve().parent.parent
COMMAND = PROJECT / "benchmarks/node_modules/lighthouse/cli/index.js"
SCORES = {"performance": "Performance", "accessibility": "Accessibility", "best-practices": "Practices", "seo": "SEO"}
TIMES = {"largest-contentful-paint": "LCP ms", "total-blocking-time": "TBT ms", "cumulative-layout-shift": "CLS"}
# A reader of a language that the site lacks, so that the root page stays where it is.
FLAGS = " ".join(["--headless=new", "--lang=fi", "--accept-lang=fi", *chromium.SWITCHES])


def pages(folder: Path) -> list[str]:
    """Return the heaviest page of each template in each language."""
    found = {(one.path.partition("/")[0], one.kind): one.path for one in reversed(weigh_all(folder))}
    return [path for _, path in sorted(found.items())]


def measured(address: str, rounds: int) -> tuple[dict[str, float], dict[str, str]]:
    """Return the medians of the scores (0 to 100) and times of an address, and audit → what it found in any run."""
    runs = [_run(address) for _ in range(rounds)]
    values = {name: median(round(100 * run["categories"][name]["score"]) for run in runs) for name in SCORES}
    values |= {name: median(run["audits"][name]["numericValue"] for run in runs) for name in TIMES}
    return values, {name: text for run in runs for name, text in _lost(run)}


def _run(address: str) -> dict[str, Any]:
    command = ["node", str(COMMAND), address, "--quiet", "--output=json", f"--only-categories={','.join(SCORES)}"]
    environment = {**os.environ, "CHROME_PATH": chromium.found()}
    done = subprocess.run(
        [*command, f"--chrome-flags={FLAGS}"], capture_output=True, text=True, check=True, env=environment
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["finalDisplayedUrl"] == address, found["finalDisplayedUrl"]
    return found


def _lost(run: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the audits that cost a point: name, and what it says."""
    for category in run["categories"].values():
        for part in category["auditRefs"]:
            audit = run["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield audit["id"], f"{audit['title']} {audit.get('displayValue', '')}".strip()


def row(path: str, values: dict[str, float]) -> str:
    """Return a line of the table."""
    scores = [f"{values[name]:.0f}" for name in SCORES]
    times = [f"{values[name]:.3f}" if name.startswith("cum") else f"{values[name]:.0f}" for name in TIMES]
    return f"| /{path.removesuffix('index.html')} | " + " | ".join([*scores, *times]) + " |"


def main() -> int:
    """Print the table; the exit code is 1 when a median is below 100."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each page; shown are medians (default: 3)")
    parser.add_argument("--only", default="", help="only pages whose path begins with this")
    options = parser.parse_args()
    if not COMMAND.is_file() or not chromium.found():
        print("needs Chromium, and: npm ci --prefix benchmarks --ignore-scripts", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        return _print_table(Path(folder) / "public", options.rounds, options.only)


def _print_table(public: Path, rounds: int, only: str) -> int:
    # Lighthouse fetches robots.txt from within the page, so here the policy lets a page fetch from its own origin.
    with Host(public, connect="'self'") as host:
        today = dt.datetime.now(dt.UTC).date()
        assert not build(Options(root=PROJECT, today=today, output=public, base_url=f"{host.origin}/")).failed
        print("| Page | " + " | ".join([*SCORES.values(), *TIMES.values()]) + " |")
        print("|---|" + "--:|" * (len(SCORES) + len(TIMES)))
        lost: dict[str, str] = {}
        below = False
        for path in (path for path in pages(public) if path.startswith(only)):
            values, more = measured(host.url(path), rounds)
            below |= any(values[name] < 100 for name in SCORES)
            lost |= {f"/{path}: {name}": text for name, text in more.items()}
            print(row(path, values), flush=True)
    for name, text in lost.items():
        print(f"{name}: {text}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
