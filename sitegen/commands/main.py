"""The command line: which verb, and the exit code. Imports a verb's module only when it is used."""

import argparse
import importlib
import sys
from pathlib import Path

from sitegen import __version__

VERBS = ("build", "messages")


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """Run a command. Returns 0 ok, 1 errors (or warnings with --strict), 2 usage, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or (given[0] not in VERBS and given[0] not in ("-h", "--help", "--version")):
        given = ["build", *given]
    parser = _parser()
    parsed = parser.parse_args(given)
    verb = importlib.import_module(f"sitegen.commands.{parsed.verb}")
    try:
        return int(verb.run(parsed, root or Path.cwd()))
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    except OSError as error:  # of the engine's own files; for those of the site there are problems
        print(f"The system refuses: {error}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Make a static site in several languages from Markdown, Jinja2 templates and gettext catalogues.",
        epilog="Without a verb, the site is built. `build.py VERB --help` shows the options of a verb.",
    )
    parser.add_argument("--version", action="version", version=f"sitegen {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in VERBS:
        module = importlib.import_module(f"sitegen.commands.{name}")
        module.add_arguments(verbs.add_parser(name, help=module.HELP, description=module.HELP.capitalize() + "."))
    return parser
