"""`build`: make the site and publish it."""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.core.problems import Problem

HELP = "make the site and publish it (the default)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `build`."""
    parser.add_argument("--output", "--output-dir", metavar="FOLDER", help="where the site goes (default: public)")
    parser.add_argument("--base-url", metavar="URL", help="the site's address, instead of the one in site.yaml")
    parser.add_argument("--config", metavar="FILE", default="site.yaml", help="the settings (default: site.yaml)")
    parser.add_argument("--drafts", action="store_true", help="publish drafts too")
    parser.add_argument("--strict", action="store_true", help="let warnings fail the build")
    parser.add_argument("--jobs", metavar="N", type=int, help="how many processes (default: one for each core)")
    parser.add_argument("--clean", action="store_true", help="remember nothing: make everything anew")
    parser.add_argument("--verify", action="store_true", help="read every published file, and mend what was changed")
    parser.add_argument("--quiet", action="store_true", help="print problems only")


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Build; return the exit code: 0 published, 1 problems."""
    from sitegen.machinery.lock import locked
    from sitegen.pipeline.again import CACHE, Look, build_unless_repeated, problems_of

    started = time.perf_counter()
    if arguments.jobs is not None and arguments.jobs < 1:
        print("--jobs must be 1 or more.", file=sys.stderr)
        return 2
    day = today(os.environ)
    with locked(
        root / CACHE / "lock", lambda: print("Another build is running here; waiting for it.", file=sys.stderr)
    ):
        output = Path(arguments.output) if arguments.output else None
        words = {name: str(getattr(arguments, name)) for name in ("base_url", "drafts", "strict")}
        look = Look(root, output, arguments.config, words)
        said = None if arguments.clean or arguments.verify else look.repeated(day)
        if said is not None:
            problems = problems_of(said)
            _print(
                arguments.quiet,
                problems,
                f"{_made(said['pages'], said['languages'], said['output'])} (no change",
                started,
            )
            return 0
        from sitegen.pipeline.options import Options

        options = Options(
            root=root,
            today=day,
            output=output,
            base_url=arguments.base_url,
            drafts=arguments.drafts,
            strict=arguments.strict,
            config=arguments.config,
            jobs=arguments.jobs,
            remember=not arguments.clean,
        )
        if arguments.verify:
            look.record.content = {}
        result = build_unless_repeated(options, look)
    if result.failed:
        _print_problems(result.problems)
        return 1
    made = f"{_made(result.pages, result.languages, result.output)} ({result.written} files written, {result.removed} removed"
    _print(arguments.quiet, result.problems, made, started)
    return 0


def _made(pages: int, languages: int, output: str) -> str:
    return f"{pages} pages in {languages} languages → {output}/"


def _print(quiet: bool, problems: Iterable["Problem"], made: str, started: float) -> None:
    found = _print_problems(problems, published=True)
    if not quiet:
        print(f"{made}, {time.perf_counter() - started:.1f} s){found}")


def _print_problems(problems: Iterable["Problem"], *, published: bool = False) -> str:
    """Print problems; returns their number as words, to stand behind something."""
    problems = list(problems)
    if not problems:
        return ""
    from sitegen.commands.terminal import print_problems, summary

    print_problems(problems)
    if not published:
        print(f"{summary(problems)}. Nothing was published.", file=sys.stderr)
    return f"; {summary(problems)}"


def today(environment: Mapping[str, str]) -> dt.date:
    """Return the day that decides what is a draft: SOURCE_DATE_EPOCH (seconds, UTC) goes before the clock."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) < 12:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()
