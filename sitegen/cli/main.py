"""The command line: finds the command, the UI language and the exit code. Imports a command's module only when used."""

import argparse
import atexit
import gc
import importlib
import os
import re
import runpy
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.build.i18n import LANGUAGES, Speech
from sitegen.cli.i18n import argparse_speaks, ui_language
from sitegen.cli.trust import is_refused

if TYPE_CHECKING:
    from sitegen.model.extensions import Extensions

_DEBUG = "--debug"
_LIMIT = "SITEGEN_TIME_LIMIT"  # seconds of processor time for one page
# A build.py that hands over to `main`, by its name of today or that of version 0.1.
_CALLS_MAIN = re.compile(rb"from sitegen(\.commands\.main|\.cli\.main)? import .*\bmain\b")
_GARBAGE = 100_000  # objects between two collections of garbage
_LETTERS = 200  # of what an exception says
COMMANDS = (
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
    if not entry.is_file() or not _CALLS_MAIN.search(entry.read_bytes()):
        return main()
    sys.path.insert(0, str(entry.parent))
    runpy.run_path(str(entry), run_name="__main__")  # ends with SystemExit
    return 0


def main(arguments: list[str] | None = None, root: Path | None = None, extensions: "Extensions | None" = None) -> int:
    """Run a command. Returns 0 ok, 1 errors (or warnings with --strict), 2 usage, 130 interrupted.

    `extensions` are the functions that a site adds, described in docs/extending.md.
    """
    given = sys.argv[1:] if arguments is None else arguments
    language, given = ui_language(given, os.environ)
    debug, given = _DEBUG in given, [argument for argument in given if argument != _DEBUG]
    say = Speech(language)
    try:
        return _run(given, root or Path.cwd(), extensions, say, debug)
    except KeyboardInterrupt:
        print(say("Interrupted."), file=sys.stderr)
        return 130
    except BrokenPipeError:  # who reads what we print has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        return 1
    except OSError as error:  # of the engine's own files; for those of the site there are problems
        print(say("A file or folder cannot be read or written: {reason}.", reason=_reason(error, say)), file=sys.stderr)
        return 1
    except Exception as error:
        return _failed(error, root or Path.cwd(), say, debug)


def _failed(error: Exception, root: Path, say: Speech, debug: bool) -> int:
    """Say in a line what went wrong in the tool itself, with `debug` the traceback too; return the exit code."""
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("sitegen."):
        text = say(
            "The package {name} is not installed for this Python. Run: {command}",
            name=error.name.partition(".")[0],
            command=_remedy(root),
        )
    else:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:_LETTERS].rstrip(": ")
        text = say("sitegen failed because of an internal error: {reason}.", reason=words)
        if not debug:
            text += " " + say("Run the command again with --debug, and report its output.")
    print(text, file=sys.stderr)
    return 1


def _remedy(root: Path) -> str:
    """Return what to run where this Python lacks a package: the site's own environment, which is created if needed."""
    environment = root / ".venv"
    python = os.path.relpath(environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    again = shlex.join([python, *sys.argv])
    is_command = Path(sys.argv[0]).name == "build.py"
    if is_command and Path(python).exists() and Path(sys.prefix).resolve() != environment.resolve():
        return again
    if not is_command or sys.prefix != sys.base_prefix:
        return install_command()
    project = Path(__file__).resolve().parent.parent.parent
    is_locked = project == root.resolve() and (root / "requirements.lock").is_file()
    packages = f"--require-hashes -r {shlex.quote(os.path.relpath(root / 'requirements.lock'))}" if is_locked else ""
    create = shlex.join([sys.executable, "-m", "venv", os.path.relpath(environment)])
    return f"{create} && {shlex.quote(python)} -m pip install {packages or _package()} && {again}"


def install_command() -> str:
    """Return what installs this tool with the packages that it needs: from its own folder where it is not installed."""
    return f"{shlex.quote(sys.executable)} -m pip install {_package()}"


def _package() -> str:
    project = Path(__file__).resolve().parent.parent.parent
    return f"-e {shlex.quote(str(project))}" if (project / "pyproject.toml").is_file() else "sitegen"


def _tune_garbage_collection() -> None:
    """Collect garbage seldom, and not at the end: the system takes back the memory of a process that ends.

    Nearly all objects of a command live to its end; collecting more often took a fifth of the time of a build, and the
    last collection a fifth of the time of a build after an edit.
    """
    gc.set_threshold(_GARBAGE)
    atexit.register(gc.freeze)


def _run(given: list[str], root: Path, extensions: "Extensions | None", say: Speech, debug: bool) -> int:
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given = ["build", *given]
    if given[0] != "serve":
        _tune_garbage_collection()
    with argparse_speaks(say.language):
        parser = _parser(say, given[0])
        if given[0] not in (*COMMANDS, "-h", "--help", "--version"):
            parser.error(_unknown(given[0], say))
        parsed = parser.parse_args(given)
    parsed.extensions = _bound(extensions, root)
    parsed.debug = debug
    parsed.time_limit, invalid = _time_limit(os.environ)
    if invalid:
        parser.error(say("{name} must be a number of seconds, not “{value}”.", name=_LIMIT, value=invalid))
    if is_refused(parsed, root, say):
        return 1
    module = importlib.import_module(f"sitegen.cli.{parsed.verb}")
    return int(module.run(parsed, root, say))


def _time_limit(environment: Mapping[str, str]) -> tuple[float | None, str]:
    """Return the limit of processor time that the environment sets, and what it says instead of one."""
    text = environment.get(_LIMIT, "").strip()
    try:
        seconds = float(text or "nan")
    except ValueError:
        return None, text
    if not text:
        return None, ""
    return (seconds, "") if 0 < seconds < float("inf") else (None, text)


def _unknown(command: str, say: Speech) -> str:
    import difflib

    near = difflib.get_close_matches(command, COMMANDS, n=1)
    text = say("there is no command “{verb}”.", verb=command)
    return text + (" " + say("Did you mean “{suggestion}”?", suggestion=near[0]) if near else "")


def _reason(error: OSError, say: Speech) -> str:
    from sitegen.model.phrases import spoken, system_reason

    words = spoken(system_reason(error), say)
    return f"{words} ({error.filename})" if error.filename else words


def _bound(extensions: "Extensions | None", root: Path) -> "Extensions | None":
    """Return the functions of a site with the folder of the site."""
    if extensions is None:
        return None
    from msgspec.structs import replace

    return replace(extensions, root=str(root.resolve()))


def _called_by(path: str) -> str:
    """Return what a person types to call this tool: `path` is the program that runs, as Python knows it."""
    if Path(path).parts[-2:] == ("sitegen", "__main__.py"):
        return "python -m sitegen"
    return "sitegen" if Path(path).stem == "sitegen" else "build.py"


def _parser(say: Speech, command: str) -> argparse.ArgumentParser:
    """Return the parser. Of the commands it has the one that is asked for, which describes its options, or all.

    What is said of a wrong option is the same either way, and twelve modules need not be imported.
    """
    parser = argparse.ArgumentParser(
        prog=_called_by(sys.argv[0]),
        description=say(
            "Build a static website in several languages from Markdown, Jinja2 templates and gettext catalogues."
        ),
        epilog=say(
            "Without a command, the site is built. `{name} COMMAND --help` shows the options of a command.",
            name=_called_by(sys.argv[0]),
        ),
    )
    version = f"sitegen {__version__}"
    parser.add_argument("--version", action="version", version=version, help=say("show the version and exit"))
    _add_general(parser, say)
    commands = parser.add_subparsers(title=say("commands"), dest="verb", metavar=say("COMMAND"), required=True)
    for name in (command,) if command in COMMANDS else COMMANDS:
        module = importlib.import_module(f"sitegen.cli.{name}")
        text = say(module.HELP)
        subparser = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
        if name == command:
            module.add_arguments(subparser, say)
            _add_general(subparser, say)
    return parser


def _add_general(parser: argparse.ArgumentParser, say: Speech) -> None:
    parser.add_argument(
        _DEBUG,
        action="store_true",
        default=argparse.SUPPRESS,
        help=say("for an internal error, show the traceback"),
    )
    parser.add_argument(
        "--ui-language",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=say("the language of messages and help (default: that of the environment)"),
    )
