"""`build`: make the site and publish it."""

import argparse
import datetime as dt
import gc
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sitegen.commands.progress import Tell
    from sitegen.core.problems import Problem
    from sitegen.pipeline.again import Look
    from sitegen.pipeline.options import Options, Result

# Nearly all that a build makes lives to its end: looking for garbage more often took a fifth of the time of a build.
_GARBAGE = 100_000

HELP = "make the site and publish it (the default)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `build`."""
    parser.add_argument("--output", "--output-dir", metavar="FOLDER", help="where the site goes (default: public)")
    parser.add_argument("--base-url", metavar="URL", help="the site's address, instead of the one in site.yaml")
    parser.add_argument("--config", metavar="FILE", default="site.yaml", help="the settings (default: site.yaml)")
    parser.add_argument("--drafts", action="store_true", help="publish drafts too")
    parser.add_argument("--strict", action="store_true", help="let warnings fail the build")
    parser.add_argument("--jobs", metavar="N", type=int, help="how many processes (default: one for each core)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="work on a Dask cluster, such as tcp://10.0.0.1:8786")
    parser.add_argument("--clean", action="store_true", help="remember nothing: make everything anew")
    parser.add_argument("--verify", action="store_true", help="read every published file, and mend what was changed")
    parser.add_argument("--why", metavar="PATH", help="say why outputs whose path contains PATH were made again")
    parser.add_argument("--timings", action="store_true", help="say where the time went")
    parser.add_argument("--quiet", action="store_true", help="print problems only")


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Build; return the exit code: 0 published, 1 problems, 2 an option that makes no sense."""
    from sitegen.machinery.lock import locked
    from sitegen.pipeline.again import CACHE, Look, problems_of

    started = time.perf_counter()
    if arguments.jobs is not None and arguments.jobs < 1:
        print("--jobs must be 1 or more.", file=sys.stderr)
        return 2
    look_closely = arguments.clean or arguments.verify or arguments.why or arguments.timings
    with locked(root / CACHE / "lock", _say_waiting):
        words = {name: str(getattr(arguments, name)) for name in ("base_url", "drafts", "strict")}
        output = Path(arguments.output).absolute() if arguments.output else None
        look = Look(root, output, arguments.config, words)
        said = None if look_closely else look.repeated(today(os.environ))
        if said is None:
            return _build(arguments, root, look, started)
    made = f"{_made(said['pages'], said['languages'], said['output'])} (no change"
    _print(arguments, problems_of(said), made, started)
    return 0


def _build(arguments: argparse.Namespace, root: Path, look: "Look", started: float) -> int:
    from sitegen.commands.cluster import NoClusterError, workers
    from sitegen.commands.progress import shown
    from sitegen.pipeline.again import build_and_look

    gc.set_threshold(_GARBAGE)
    try:
        with workers(arguments.scheduler) as (executor, at_a_time), shown(arguments.quiet) as progress:
            options = _options(arguments, root, executor, at_a_time, progress)
            result = build_and_look(options, look, verify=arguments.verify)
    except NoClusterError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return _say(arguments, result, started)


def _options(
    arguments: argparse.Namespace, root: Path, executor: "Executor | None", jobs: int | None, progress: "Tell | None"
) -> "Options":
    from sitegen.pipeline.options import Options

    return Options(
        root=root,
        today=today(os.environ),
        output=Path(arguments.output).absolute() if arguments.output else None,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        strict=arguments.strict,
        config=arguments.config,
        jobs=arguments.jobs or jobs,
        executor=executor,
        progress=progress,
        remember=not arguments.clean,
    )


def _say(arguments: argparse.Namespace, result: "Result", started: float) -> int:
    """Print what came of a build; return the exit code."""
    if result.failed:
        found = _print_problems(result.problems)
        print(f"{found.removeprefix('; ')}. Nothing was published.", file=sys.stderr)
        return 1
    made = _made(result.pages, result.languages, result.output)
    done = f"{made} ({result.written} files written, {result.removed} removed"
    _print(arguments, result.problems, done, started)
    if arguments.why:
        _explain(arguments.why, result.reasons)
    if arguments.timings:
        for name, seconds in result.steps:
            print(f"{seconds:8.3f} s  {name}")
    return 0


def _explain(asked: str, reasons: "Mapping[str, list[str]]") -> None:
    """Say why the outputs whose path begins with or contains `asked` were made anew."""
    found = {path: why for path, why in reasons.items() if asked.strip("/") in path}
    if not found:
        print(f"Nothing whose path contains “{asked}” was made anew.")
    for path, why in sorted(found.items()):
        print(f"{path}: {', '.join(why)}")


def _say_waiting() -> None:
    print("Another build is running here; waiting for it.", file=sys.stderr)


def _made(pages: int, languages: int, output: str) -> str:
    return f"{pages} pages in {languages} languages → {output}/"


def _print(arguments: argparse.Namespace, problems: Iterable["Problem"], made: str, started: float) -> None:
    found = _print_problems(problems)
    if not arguments.quiet:
        print(f"{made}, {time.perf_counter() - started:.1f} s){found}")


def _print_problems(problems: Iterable["Problem"]) -> str:
    """Print problems; returns their number in words, to stand behind something."""
    problems = list(problems)
    if not problems:
        return ""
    from sitegen.commands.terminal import print_problems, summary

    print_problems(problems)
    return f"; {summary(problems)}"


def today(environment: Mapping[str, str]) -> dt.date:
    """Return the day that decides what is a draft: SOURCE_DATE_EPOCH (seconds, UTC) goes before the clock."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) < 12:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()
