"""`messages`: extract, update, compile and count the UI strings of the site."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.translations.catalogs import SiteStrings

HELP = T_("collect the UI strings and update their translations")
_ACTIONS = {
    "extract": T_("write all strings to locales/messages.pot, for a new translation"),
    "update": T_("bring the catalogues (.po) up to date with the templates"),
    "compile": T_("compile the catalogues (.mo) for other tools; the build does not need them"),
    "status": T_("show how many strings are translated"),
}


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the actions of `messages`, and the options of each."""
    actions = parser.add_subparsers(title=say("actions"), dest="action", metavar=say("ACTION"), required=True)
    for name, text in _ACTIONS.items():
        about = say(text)
        subparser = actions.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".")
        subparser.set_defaults(lang=None)
        if name != "extract":
            subparser.add_argument(
                "--lang", metavar=say("LANGUAGE"), action="append", help=say("only this language (may be repeated)")
            )
        subparser.add_argument(
            "--check", action="store_true", help=say("write nothing; exit with 1 if there is work to do")
        )
        if name == "update":
            subparser.add_argument(
                "--no-obsolete",
                action="store_true",
                help=say("remove the translations of strings that no longer exist"),
            )
        add_config(subparser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Do what is asked; return the exit code: 1 for problems (nothing is written), 2 for an unknown language.

    With --check, nothing is written, and 1 says that something would change, or that translations are missing.
    """
    from sitegen.cli.console import print_problems, summary
    from sitegen.translations.catalogs import changes, for_compile, for_extract, for_update, read_strings, write_all

    strings, problems = read_strings(root, arguments.config)
    if strings is None:
        print_problems(problems, say=say)
        print(say("{count}. Nothing was written.", count=summary(problems, say)), file=sys.stderr)
        return 1
    codes = tuple(arguments.lang or strings.config.codes)
    for code in codes:
        if code not in strings.config.codes:
            languages = ", ".join(strings.config.codes)
            print(
                say("site.yaml has no language “{code}”. Choose from: {known}.", code=code, known=languages),
                file=sys.stderr,
            )
            return 2
    if arguments.action == "status":
        return _status(strings, codes, arguments.check, say)
    if arguments.action == "extract":
        files = for_extract(strings)
    elif arguments.action == "compile":
        files = for_compile(strings, codes)
    else:
        files = for_update(strings, codes, obsolete=not arguments.no_obsolete)
    changed = changes(root, files)
    if not arguments.check:
        write_all(root, changed)
    for path in files:
        print(f"{path}: {_outcome(path in changed, arguments.check, say)}")
    return 1 if arguments.check and changed else 0


def _outcome(changed: bool, check: bool, say: "Speech") -> str:
    if not changed:
        return say("unchanged")
    return say("would change") if check else say("written")


def _status(strings: "SiteStrings", codes: tuple[str, ...], check: bool, say: "Speech") -> int:
    """Print how far each language is; with `check`, return 1 unless all is done."""
    from sitegen.translations.catalogs import string_counts

    complete = True
    for code in codes:
        string_count = string_counts(strings, code)
        complete = complete and not (string_count.missing or string_count.fuzzy)
        translated = say.plural("{n} string translated", "{n} strings translated", string_count.translated)
        rest = say(
            "missing: {missing}, to be checked (fuzzy): {fuzzy}", missing=string_count.missing, fuzzy=string_count.fuzzy
        )
        print(f"{code}: {translated}, {rest}")
    return 1 if check and not complete else 0
