"""`build`: make the site and publish it."""

import argparse
import datetime as dt
import os
import sys
import time
from pathlib import Path

from sitegen.commands.terminal import print_problems, summary

HELP = "make the site and publish it (the default)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `build`."""
    parser.add_argument("--output", "--output-dir", metavar="FOLDER", help="where the site goes (default: public)")
    parser.add_argument("--base-url", metavar="URL", help="the site's address, instead of the one in site.yaml")
    parser.add_argument("--config", metavar="FILE", default="site.yaml", help="the settings (default: site.yaml)")
    parser.add_argument("--drafts", action="store_true", help="publish drafts too")
    parser.add_argument("--strict", action="store_true", help="let warnings fail the build")
    parser.add_argument("--quiet", action="store_true", help="print problems only")


def run(arguments: argparse.Namespace, root: Path) -> int:
    """Build; return the exit code: 0 published, 1 problems."""
    from sitegen.pipeline.build import build
    from sitegen.pipeline.options import Options

    started = time.perf_counter()
    options = Options(
        root=root,
        today=today(os.environ),
        output=Path(arguments.output) if arguments.output else None,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        strict=arguments.strict,
        config=arguments.config,
    )
    result = build(options)
    print_problems(result.problems)
    if result.failed:
        print(f"{summary(result.problems)}. Nothing was published.", file=sys.stderr)
        return 1
    if not arguments.quiet:
        found = summary(result.problems)
        seconds = time.perf_counter() - started
        print(
            f"{result.pages} pages in {result.languages} languages → {result.output}/ "
            f"({result.written} files written, {result.removed} removed, {seconds:.1f} s)"
            + (f"; {found}" if found else "")
        )
    return 0


def today(environment: "os._Environ[str] | dict[str, str]") -> dt.date:
    """Return the day that decides what is a draft: SOURCE_DATE_EPOCH (seconds, UTC) goes before the clock."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now(dt.UTC).date()
