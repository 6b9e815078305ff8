"""`build`: build the site and publish it."""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.packing import packed, refused
from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sitegen.build.i18n import Speech
    from sitegen.build.request import Options, Result
    from sitegen.build.up_to_date import Look
    from sitegen.cli.progress import Tell
    from sitegen.model.extensions import Extensions
    from sitegen.model.problems import Problem

HELP = T_("build the site and publish it (the default)")


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `build`."""
    from sitegen.cli.formats import add_format

    parser.add_argument(
        "--output",
        "--output-dir",
        metavar=say("FOLDER"),
        help=say("the folder that the site is published to (default: public)"),
    )
    parser.add_argument("--base-url", metavar="URL", help=say("the URL of the site, instead of the one in site.yaml"))
    add_config(parser, say)
    parser.add_argument(
        "--offline",
        action="store_true",
        help=say("build a folder that opens from disk without a server (default: public-offline)"),
    )
    parser.add_argument(
        "--zip", metavar=say("FILE"), nargs="?", const="", help=say("build that folder, and pack it into a ZIP file")
    )
    parser.add_argument("--update-urls", action="store_true", help=say("add the URLs of this build to urls.lock"))
    parser.add_argument("--drafts", action="store_true", help=say("also publish drafts"))
    parser.add_argument("--strict", action="store_true", help=say("treat warnings as errors"))
    add_format(parser, say)
    parser.add_argument("--jobs", metavar="N", type=int, help=say("number of processes (default: one per core)"))
    parser.add_argument(
        "--scheduler", metavar=say("URL"), help=say("use a Dask cluster, for example tcp://10.0.0.1:8786")
    )
    parser.add_argument("--clean", action="store_true", help=say("do not use the cache: rebuild everything"))
    parser.add_argument(
        "--verify", action="store_true", help=say("read every published file, and repair what was changed")
    )
    parser.add_argument(
        "--why", metavar=say("PATH"), help=say("explain why files whose path contains PATH were rebuilt")
    )
    parser.add_argument("--timings", action="store_true", help=say("show where the time was spent"))
    parser.add_argument("--quiet", action="store_true", help=say("print only problems"))


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Build; return the exit code: 0 published, 1 problems, 2 an option that makes no sense."""
    from sitegen.build.lock import locked
    from sitegen.build.up_to_date import CACHE, Look, problems_of

    started = time.perf_counter()
    if arguments.jobs is not None and arguments.jobs < 1:
        print(say("--jobs must be 1 or more."), file=sys.stderr)
        return 2
    arguments.offline = arguments.offline or arguments.zip is not None
    reason = refused(arguments.zip, root, say) if arguments.zip else ""
    if reason:
        print(reason, file=sys.stderr)
        return 2
    if arguments.update_urls and (arguments.drafts or arguments.offline):
        print(say("--update-urls cannot be combined with --drafts or --offline."), file=sys.stderr)
        return 2
    look_closely = arguments.update_urls or arguments.clean or arguments.verify or arguments.why or arguments.timings
    with locked(root / CACHE / "lock", lambda: say_waiting(say)):
        words = {name: str(getattr(arguments, name)) for name in ("base_url", "drafts", "offline", "strict")}
        words |= _code_words(root, arguments.extensions)
        output = Path(arguments.output).absolute() if arguments.output else None
        look = Look(root, output, arguments.config, words)
        previous = None if look_closely else look.repeated(today(os.environ))
        if previous is None:
            return _build(arguments, root, look, started, say)
    pages = _counts(previous["pages"], previous["languages"], previous["output"], say)
    _print(arguments, problems_of(previous), pages, say("no change"), started, say, again=True)
    return _pack(arguments, root, previous["output"], say)


def _code_words(root: Path, extensions: "Extensions | None") -> dict[str, str]:
    """Return what the functions of a site add to the options of a build: other code is another build."""
    if not extensions:
        return {}
    from sitegen.build.extending import code_of

    return {"functions": code_of(root, extensions)}


def _pack(arguments: argparse.Namespace, root: Path, output: str, say: "Speech") -> int:
    """Pack the finished folder if that was asked for; return the exit code."""
    if arguments.zip is None:
        return 0
    code, text = packed(arguments.zip, root, output, say)
    if code or not arguments.quiet:
        print(text, file=sys.stderr if code else sys.stdout)
    return code


def _build(arguments: argparse.Namespace, root: Path, look: "Look", started: float, say: "Speech") -> int:
    from sitegen.build.up_to_date import build_and_look
    from sitegen.cli.cluster import NoClusterError, workers
    from sitegen.cli.progress import shown

    try:
        with workers(arguments.scheduler, say) as (executor, at_a_time), shown(arguments.quiet, say) as progress:
            options = _options(arguments, root, executor, at_a_time, progress)
            result = build_and_look(options, look, verify=arguments.verify)
    except NoClusterError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return _say(arguments, result, started, say) or _pack(arguments, root, result.output, say)


def _options(
    arguments: argparse.Namespace, root: Path, executor: "Executor | None", jobs: int | None, progress: "Tell | None"
) -> "Options":
    from sitegen.build.request import Options
    from sitegen.model.extensions import NONE

    return Options(
        root=root,
        today=today(os.environ),
        output=Path(arguments.output).absolute() if arguments.output else None,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        offline=arguments.offline,
        update_urls=arguments.update_urls,
        strict=arguments.strict,
        config=arguments.config,
        jobs=arguments.jobs or jobs,
        executor=executor,
        progress=progress,
        remember=not arguments.clean,
        extensions=arguments.extensions or NONE,
        time_limit=arguments.time_limit,
        debug=arguments.debug,
    )


def _say(arguments: argparse.Namespace, result: "Result", started: float, say: "Speech") -> int:
    """Print the result of a build; return the exit code."""
    if result.failed:
        count = _print_problems(arguments, result.problems, say)
        if arguments.format != "json":
            print(say("{count}. Nothing was published.", count=count), file=sys.stderr)
        return 1
    pages = _counts(result.pages, result.languages, result.output, say)
    written = say.plural("{n} file written", "{n} files written", result.written)
    files = f"{written}, {say.plural('{n} removed', '{n} removed', result.removed)}"
    _print(arguments, result.problems, pages, files, started, say)
    if arguments.update_urls and not arguments.quiet:
        print(say.plural("{n} URL added to urls.lock", "{n} URLs added to urls.lock", result.recorded))
    if arguments.why:
        _explain(arguments.why, result.reasons, say)
    if arguments.timings:
        from sitegen.cli.progress import STEPS

        for name, seconds in result.steps:
            print(f"{seconds:8.3f} s  {say(STEPS[name])}")
    return 0


def _explain(part: str, reasons: "Mapping[str, list[str]]", say: "Speech") -> None:
    """Print why the outputs whose path contains `part` were rebuilt."""
    matches = {path: why for path, why in reasons.items() if part.strip("/") in path}
    if not matches:
        print(say("No file whose path contains “{asked}” was rebuilt.", asked=part))
    for path, why in sorted(matches.items()):
        print(f"{path}: {', '.join(map(say, why))}")


def say_waiting(say: "Speech") -> None:
    """Say that another process has the lock."""
    print(say("Another build of this site is running; waiting for it to finish."), file=sys.stderr)


def _counts(pages: int, languages: int, output: str, say: "Speech") -> str:
    counted = say.plural("{n} page", "{n} pages", pages)
    spoken = say.plural("in {n} language", "in {n} languages", languages)
    return f"{counted} {spoken} → {output}/"


def _print(
    arguments: argparse.Namespace,
    problems: Iterable["Problem"],
    pages: str,
    files: str,
    started: float,
    say: "Speech",
    *,
    again: bool = False,
) -> None:
    """Print the problems and the line of a good build; of one that found nothing changed, the counts alone."""
    problems = list(problems)
    if again and problems and arguments.format == "text" and not arguments.all:
        count = _counted(problems, say)
        if arguments.quiet:
            print(count, file=sys.stderr)
    else:
        count = _print_problems(arguments, problems, say)
    if not arguments.quiet and arguments.format != "json":
        print(f"{pages} ({files}, {time.perf_counter() - started:.1f} s)" + (count and f"; {count}"))


def _counted(problems: list["Problem"], say: "Speech") -> str:
    """Return how many problems there are, and how to see them."""
    from sitegen.cli.console import summary

    return say("{count} as before (--all prints them)", count=summary(problems, say))


def _print_problems(arguments: argparse.Namespace, problems: Iterable["Problem"], say: "Speech") -> str:
    """Print problems as was asked; returns their number in words."""
    problems = list(problems)
    if not problems and arguments.format == "text":
        return ""
    from sitegen.cli.console import summary
    from sitegen.cli.formats import print_problems

    print_problems(problems, arguments.format, say, everything=arguments.all)
    return summary(problems, say)


def today(environment: Mapping[str, str]) -> dt.date:
    """Return the day that decides what is a draft: SOURCE_DATE_EPOCH (seconds, UTC) goes before the clock."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) < 12:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()
