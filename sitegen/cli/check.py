"""`check`: check everything that a build checks and more, without publishing."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech

HELP = T_("check the content for errors and style, without publishing")


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `check`."""
    from sitegen.cli.formats import add_format

    parser.add_argument("--strict", action="store_true", help=say("treat warnings as errors"))
    parser.add_argument("--external", action="store_true", help=say("also check links to other sites"))
    parser.add_argument(
        "--release",
        action="store_true",
        help=say("report placeholders, example domains and anything else unfinished as errors"),
    )
    parser.add_argument(
        "--migrate",
        action="store_true",
        help=say("report text that Python-Markdown, used before, would read differently"),
    )
    add_format(parser, say)
    parser.add_argument("--base-url", metavar="URL", help=say("the URL of the site, instead of the one in site.yaml"))
    add_config(parser, say)
    parser.add_argument("--drafts", action="store_true", help=say("also check drafts"))
    parser.add_argument("--quiet", action="store_true", help=say("print only problems"))


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Check; return the exit code: 0 nothing that fails, 1 errors (or warnings with --strict)."""
    from sitegen import __version__
    from sitegen.build.lock import locked
    from sitegen.build.request import CACHE, Options
    from sitegen.check.site import check
    from sitegen.cli.build import say_waiting, today
    from sitegen.cli.console import summary
    from sitegen.cli.formats import print_problems
    from sitegen.cli.progress import shown
    from sitegen.model.extensions import NONE

    started = time.perf_counter()
    with locked(root / CACHE / "lock", lambda: say_waiting(say)), shown(arguments.quiet, say) as progress:
        options = Options(
            root=root,
            today=today(os.environ),
            base_url=arguments.base_url,
            drafts=arguments.drafts,
            strict=arguments.strict,
            config=arguments.config,
            progress=progress,
            extensions=arguments.extensions or NONE,
            time_limit=arguments.time_limit,
            debug=arguments.debug,
        )
        agent = f"sitegen/{__version__} (link check)" if arguments.external else ""
        result = check(options, agent=agent, release=arguments.release, migrate=arguments.migrate)
    print_problems(result.problems, arguments.format, say, everything=arguments.all)
    if arguments.format == "json" or (arguments.quiet and not result.failed):
        return 1 if result.failed else 0
    count = summary(result.problems, say) or say("nothing to fix")
    if result.failed:
        print(say("{count}.", count=count), file=sys.stderr)
        return 1
    pages = say.plural("{n} page checked", "{n} pages checked", result.pages)
    spoken = say.plural("in {n} language", "in {n} languages", result.languages)
    print(f"{pages} {spoken} ({time.perf_counter() - started:.1f} s); {count}")
    return 0
