"""`serve`: show a live preview of the site, and reload open pages at every save."""

import argparse
import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.build.i18n import Speech
    from sitegen.preview.requests import Reply

HELP = T_("preview the site, and reload it whenever a file is saved")
_NAMED = 3  # so many changed files are named, others are counted
_PATH = re.compile(r"/?([\w~-][\w.~-]*(/|\Z))*\Z")  # no part begins with a dot


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `serve`."""
    parser.add_argument(
        "--port", metavar="N", type=int, help=say("the port (default: 8000 or the next free one; 0: any free one)")
    )
    parser.add_argument("--open", action="store_true", help=say("open the browser"))
    parser.add_argument(
        "--base-path",
        metavar=say("PATH"),
        help=say("serve the site below this path, such as /some/sub (default: that of base_url)"),
    )
    add_config(parser, say)
    parser.add_argument("--no-drafts", action="store_true", help=say("omit drafts"))
    parser.add_argument("--quiet", action="store_true", help=say("print only the URL and problems"))


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Serve until Ctrl-C; return the exit code: 1 when the port is in use, 2 for an option that makes no sense."""
    if arguments.port is not None and not 0 <= arguments.port <= 65535:
        print(say("--port must be between 0 and 65535."), file=sys.stderr)
        return 2
    if arguments.base_path is not None and not _PATH.match(arguments.base_path):
        print(say("--base-path must be a path such as /some/sub."), file=sys.stderr)
        return 2
    import asyncio

    from sitegen.cli.build import today
    from sitegen.cli.progress import shown
    from sitegen.model.extensions import NONE
    from sitegen.preview.loop import Hooks, Preview, Settings
    from sitegen.preview.server import bound

    try:
        listening = bound(arguments.port)
    except OSError as error:
        print(_refused(arguments.port, error, say), file=sys.stderr)
        return 1
    below = None if arguments.base_path is None else "/" + f"{arguments.base_path.strip('/')}/".lstrip("/")
    extensions = arguments.extensions or NONE
    wanted = Settings(
        root.resolve(),
        arguments.config,
        not arguments.no_drafts,
        below,
        say.language,
        extensions,
        arguments.time_limit,
        arguments.debug,
    )
    with listening, contextlib.ExitStack() as first:
        tell = first.enter_context(shown(arguments.quiet, say))
        terminal = _Terminal(say, arguments.quiet, arguments.open, first.close, root)
        ears = Hooks(say, terminal.shown, terminal.begun, terminal.built, lambda: today(os.environ), tell)
        asyncio.run(Preview(wanted, ears, listening).run())
    return 0


def _refused(port: int | None, error: OSError, say: "Speech") -> str:
    import errno

    from sitegen.model.phrases import spoken, system_reason

    if error.errno == errno.EADDRINUSE:
        if port is None:
            return say("All ports that were tried, from 8000 on, are in use. Choose another one with --port.")
        return say(
            "Port {port} is in use. Choose another one with --port, or stop the program that uses it.", port=port
        )
    return say("Port {port} cannot be used: {reason}.", port=port, reason=spoken(system_reason(error), say))


class _Terminal:
    """What the terminal shows of a preview."""

    def __init__(self, say: "Speech", quiet: bool, opens: bool, end_progress: "Callable[[], None]", root: Path) -> None:
        from sitegen.build.extending import outline_of

        self.root = root
        self.outline = outline_of(root)  # of the build.py that runs
        self.say = say
        self.quiet = quiet
        self.opens = opens
        self.end_progress = end_progress

    def shown(self, built: "Reply") -> tuple[str, ...]:
        """Return the problems as a terminal shows them, without colours."""
        from sitegen.cli.console import shown

        return tuple(shown(problem, say=self.say) for problem in built.problems)

    def begun(self, address: str) -> None:
        """Say where the site is, and show it in the browser when asked to."""
        print(self.say("The site is at {address} (press Ctrl-C to stop).", address=address), flush=True)
        if self.opens:
            import threading
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    def built(self, built: "Reply", changed: list[str], others: int, seconds: float) -> None:
        """Print the changed files, the result, and the time."""
        self.end_progress()
        self._problems(built)
        self._restart(changed)
        if self.quiet:
            return
        say = self.say
        took = f"{seconds:.1f} s"
        if built.failed:
            print(
                say("{what}: the last good version is still shown ({took})", what=self._named(changed), took=took),
                flush=True,
            )
            return
        if changed:
            rebuilt = say.plural("{n} file rebuilt", "{n} files rebuilt", others)
            print(f"{self._named(changed)}: {rebuilt} ({took})", flush=True)
            return
        pages = say.plural("{n} page", "{n} pages", built.pages)
        languages = say.plural("in {n} language", "in {n} languages", built.languages)
        print(f"{pages} {languages} ({took})", flush=True)

    def _restart(self, changed: list[str]) -> None:
        """Say when build.py names other functions than those that this process was started with."""
        from sitegen.build.extending import outline_of

        if "build.py" not in changed:
            return
        outline = outline_of(self.root)
        if outline and outline != self.outline:
            text = self.say("The functions in build.py have changed. To use them, stop with Ctrl-C and start again.")
            print(text, file=sys.stderr, flush=True)

    def _problems(self, built: "Reply") -> None:
        from sitegen.cli.console import print_problems, summary

        print_problems(built.problems, say=self.say, everything=False)
        if built.problems:
            print(self.say("{count}.", count=summary(built.problems, self.say)), file=sys.stderr, flush=True)
        if built.broken:
            print(built.broken, file=sys.stderr)
            print(self.say("This is a bug in sitegen. Save a file to try again."), file=sys.stderr, flush=True)

    def _named(self, changed: list[str]) -> str:
        if not changed:
            return self.say("First build")
        names = ", ".join(path.encode("utf-8", "replace").decode() for path in changed[:_NAMED])
        others = len(changed) - _NAMED
        return (
            self.say.plural("{names} and {n} more", "{names} and {n} more", others, names=names)
            if others > 0
            else names
        )
