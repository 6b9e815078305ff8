"""The command line: which verb, in which language, and the exit code. Imports a verb's module only when it is used."""

import argparse
import importlib
import os
import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.commands.speech import LANGUAGES, Speech, argparse_speaks, asked_language

if TYPE_CHECKING:
    from sitegen.core.extensions import Extensions

VERBS = (
    "build",
    "serve",
    "check",
    "new",
    "status",
    "translate",
    "summary",
    "messages",
    "schema",
    "explain",
    "deploy",
    "init",
    "clean",
)


def console() -> int:
    """Run a command in the folder of a site: through its build.py where it has one, with the functions of the site."""
    entry = Path.cwd() / "build.py"
    if not entry.is_file() or b"sitegen.commands.main" not in entry.read_bytes():
        return main()
    sys.path.insert(0, str(entry.parent))
    runpy.run_path(str(entry), run_name="__main__")  # ends with SystemExit
    return 0


def main(arguments: list[str] | None = None, root: Path | None = None, extensions: "Extensions | None" = None) -> int:
    """Run a command. Returns 0 ok, 1 errors (or warnings with --strict), 2 usage, 130 interrupted.

    `extensions` are the functions that a site adds, described in docs/extending.md.
    """
    given = sys.argv[1:] if arguments is None else arguments
    language, given = asked_language(given, os.environ)
    say = Speech(language)
    try:
        return _run(given, root or Path.cwd(), extensions, say)
    except KeyboardInterrupt:
        print(say("Interrupted."), file=sys.stderr)
        return 130
    except BrokenPipeError:  # who reads what we print has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        return 1
    except OSError as error:  # of the engine's own files; for those of the site there are problems
        print(say("The system refuses: {reason}.", reason=_reason(error, say)), file=sys.stderr)
        return 1


def _run(given: list[str], root: Path, extensions: "Extensions | None", say: Speech) -> int:
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given = ["build", *given]
    with argparse_speaks(say.language):
        parser = _parser(say, given[0])
        if given[0] not in (*VERBS, "-h", "--help", "--version"):
            parser.error(_unknown(given[0], say))
        parsed = parser.parse_args(given)
    parsed.extensions = _bound(extensions, root)
    verb = importlib.import_module(f"sitegen.commands.{parsed.verb}")
    return int(verb.run(parsed, root, say))


def _unknown(verb: str, say: Speech) -> str:
    import difflib

    near = difflib.get_close_matches(verb, VERBS, n=1)
    text = say("there is no verb “{verb}”.", verb=verb)
    return text + (" " + say("Did you mean “{suggestion}”?", suggestion=near[0]) if near else "")


def _reason(error: OSError, say: Speech) -> str:
    words = say(error.strerror) if error.strerror else str(error)
    return f"{words} ({error.filename})" if error.filename else words


def _bound(extensions: "Extensions | None", root: Path) -> "Extensions | None":
    """Return the functions of a site with the folder that they are told to stand in."""
    if extensions is None:
        return None
    from msgspec.structs import replace

    return replace(extensions, root=str(root.resolve()))


def _parser(say: Speech, asked: str) -> argparse.ArgumentParser:
    """Return the parser; only the verb that is asked for describes its options, so that the others are not imported."""
    parser = argparse.ArgumentParser(
        prog="build.py",
        description=say(
            "Make a static site in several languages from Markdown, Jinja2 templates and gettext catalogues."
        ),
        epilog=say("Without a verb, the site is built. `build.py VERB --help` shows the options of a verb."),
    )
    version = f"sitegen {__version__}"
    parser.add_argument("--version", action="version", version=version, help=say("show the version and stop"))
    _add_language(parser, say)
    verbs = parser.add_subparsers(title=say("verbs"), dest="verb", metavar=say("VERB"), required=True)
    for name in VERBS:
        module = importlib.import_module(f"sitegen.commands.{name}")
        text = say(module.HELP)
        own = verbs.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
        if name == asked:
            module.add_arguments(own, say)
            _add_language(own, say)
    return parser


def _add_language(parser: argparse.ArgumentParser, say: Speech) -> None:
    parser.add_argument(
        "--ui-language",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=say("the language of what this tool prints (default: that of the environment)"),
    )
