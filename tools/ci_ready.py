"""Whether the site may be published, for the job that would publish it: `python -m tools.ci_ready [--base-url URL]`.

Does what `check --release` does. What is missing is printed; on GitHub as notices, since a site that is not filled in
yet is no failure. Exit code 0: publish; 1: do not.
"""

import argparse
import os
import sys
from pathlib import Path

from sitegen.build.request import Options
from sitegen.check.site import check
from sitegen.cli.build import today
from sitegen.cli.console import ENGLISH, shown
from sitegen.cli.formats import as_github
from sitegen.model.messages import is_error
from sitegen.model.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
INTRODUCTION = "Nothing is published: the site is not ready. Fill in what is listed here (docs/check.md#release)."


def as_notice(problem: Problem) -> str:
    """Return a problem as GitHub shows a notice beside its line."""
    return "::notice " + as_github(problem, ENGLISH).partition(" ")[2]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Print what is missing; return 0 when nothing is, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tools.ci_ready")
    parser.add_argument("--base-url", help="the address that the site will have")
    given = parser.parse_args(arguments)
    options = Options(root=root, today=today(os.environ), base_url=given.base_url)
    errors = [problem for problem in check(options, release=True).problems if is_error(problem)]
    if not errors:
        sys.stdout.write("The site is ready.\n")
        return 0
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    lines = [f"::notice title=not published::{INTRODUCTION}" if on_github else INTRODUCTION]
    lines += [as_notice(problem) if on_github else f"\n{shown(problem)}" for problem in errors]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
