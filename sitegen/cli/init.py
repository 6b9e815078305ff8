"""`init`: create a new site in a folder that does not exist yet or is empty. Never overwrites anything."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech

HELP = T_("create a new site")
_SHOWN = 5  # names of files that are in the way


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `init`."""
    parser.add_argument("folder", metavar=say("FOLDER"), help=say("the folder of the site: new or empty"))
    parser.add_argument(
        "--languages",
        metavar=say("CODES"),
        required=True,
        help=say("its languages, for example de,ar; the others are translated from the first one"),
    )
    parser.add_argument("--title", metavar=say("TEXT"), help=say("the site's title (default: the folder's name)"))
    parser.add_argument("--base-url", metavar="URL", help=say("the URL where the site will be published"))
    parser.add_argument("--sure", action="store_true", help=say("accept the codes even if they seem wrong"))


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:  # noqa: ARG001 - there is no site yet
    """Write the files; return the exit code: 0 done, 1 the folder holds something, 2 an option that makes no sense."""
    from sitegen.cli.build import today
    from sitegen.cli.starter import EXAMPLE, starter_files
    from sitegen.model.urls import is_base_url

    codes = [code.strip() for code in arguments.languages.split(",") if code.strip()]
    error = next((text for text in (doubt(code, say, sure=arguments.sure) for code in codes) if text), "")
    if error or not codes or len(set(codes)) < len(codes):
        print(error or say("--languages must list each language once, for example de,ar."), file=sys.stderr)
        return 2
    if arguments.base_url is not None and not is_base_url(arguments.base_url):
        print(say("--base-url must be a URL such as https://example.org/."), file=sys.stderr)
        return 2
    folder = Path(arguments.folder).absolute()
    present = _entries(folder)
    if present:
        names = ", ".join(present[:_SHOWN]) + (" …" if len(present) > _SHOWN else "")
        print(say("{folder} is not an empty folder: {names}.", folder=arguments.folder, names=names), file=sys.stderr)
        return 1
    title = " ".join((arguments.title or folder.name.replace("-", " ")).split()) or folder.name
    files = starter_files(codes, title, arguments.base_url or EXAMPLE, today(os.environ))
    write_new(folder, files)
    print(say.plural("{n} file written to {folder}.", "{n} files written to {folder}.", len(files), folder=folder))
    for line in _remaining(codes, arguments, say):
        print(line)
    return 0


def doubt(code: str, say: "Speech", *, sure: bool) -> str:
    """Return what is wrong with the code of a language, "" when nothing is; `sure` lets doubtful codes pass."""
    from sitegen.inputs.config import CODE
    from sitegen.languages.codes import facts, meant

    guess, language = meant(code), facts(code)
    if language is None or not CODE.match(code):
        hint = say("Did you mean “{suggestion}”?", suggestion=guess) if guess else say("Write it like sl, en or pt-BR.")
        return f"{say('“{code}” is not a language code.', code=code)} {hint}"
    if guess and not sure:
        hint = say("Did you mean “{suggestion}”?", suggestion=guess)
        named = say("“{code}” is {language}.", code=code, language=language.english)
        return f"{named} {hint} {say('If it is the code you want, add --sure.')}"
    return ""


def write_new(folder: Path, files: dict[str, str]) -> None:
    """Write files that are not there yet. Raises FileExistsError before anything is written if one exists.

    Raises OutsideError where a link would lead a file out of the folder.
    """
    from sitegen.build.writing import create_file

    for path, text in files.items():
        create_file(folder / path, text.encode(), folder)


def _entries(folder: Path) -> list[str]:
    """Return the names of the entries of a folder; its own name if it is a file."""
    if folder.is_dir():
        return sorted(entry.name for entry in folder.iterdir())
    return [folder.name] if folder.exists() or folder.is_symlink() else []


def _is_installed() -> bool:
    """Say whether Python finds this tool from any folder: installed, or by PYTHONPATH."""
    from importlib.metadata import distributions

    own_folder = Path(__file__).resolve().parent.parent.parent
    searched = [folder for folder in sys.path if Path(folder or ".").resolve() != own_folder]
    by_path = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return any(Path(folder).resolve() == own_folder for folder in by_path if folder) or any(
        distributions(name="sitegen", path=searched)
    )


def _remaining(codes: list[str], arguments: argparse.Namespace, say: "Speech") -> list[str]:
    """Return what is left to do, a line each."""
    from sitegen.cli.main import install_command
    from sitegen.cli.starter import is_spoken
    from sitegen.inputs.theme import theme_file
    from sitegen.text.gettext.catalogs import catalog_path

    lines = [
        say("{code}: the pages are in English until you translate them.", code=code)
        for code in codes
        if not is_spoken(code)
    ]
    lines += [
        say("{code}: the UI strings, too; `messages update` creates a catalogue for them.", code=code)
        for code in codes
        if theme_file(catalog_path(code)) is None
    ]
    if arguments.base_url is None:
        lines.append(say("Set the URL of your site in site.yaml: base_url."))
    if not _is_installed():
        lines.append(say("Install sitegen first: {command}", command=install_command()))
    lines.append(say("Next, run: cd {folder}, then python build.py", folder=arguments.folder))
    return lines
