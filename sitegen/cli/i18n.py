"""The UI language of the tool: help, results, problems and hints. Independent of the site's languages.

Every text is in the code in English, as `say("…")`; build.i18n finds its translation. Codes of problems, options and
keys are the same in every language.
"""

import contextlib
import gettext
import os
from collections.abc import Iterator, Mapping, Sequence

from sitegen.build.i18n import DOMAIN, FOLDER, LANGUAGES, Speech

__all__ = ["DOMAIN", "FOLDER", "LANGUAGES", "Speech", "argparse_speaks", "ui_language"]

_OPTION = "--ui-language"


def ui_language(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the language of `--ui-language`, else of the environment, else English; and the other arguments.

    The option is read before any other: the help itself has to be in that language. One that asks for a language that
    the tool does not speak stays among the arguments, for argparse to refuse.
    """
    rest = list(arguments)
    for at, argument in enumerate(rest):
        name, given, value = argument.partition("=")
        if name == _OPTION:
            value = value if given else "".join(rest[at + 1 : at + 2])
            if value in LANGUAGES:
                del rest[at : at + (1 if given else 2)]
                return value, rest
    return _language_of(environment), rest


def _language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the environment asks for, in gettext's order of variables; English without one."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    value = next((environment[name] for name in names if environment.get(name)), "")
    codes = (name.partition(".")[0].partition("_")[0].lower() for name in value.replace("-", "_").split(":"))
    return next((code for code in codes if code in LANGUAGES), "en")


@contextlib.contextmanager
def argparse_speaks(language: str) -> Iterator[None]:
    """Let argparse speak the same language meanwhile: it looks its words up in the domain of gettext that is set.

    Set back at the end, so that no program that is started later (git, rsync) is told another language than asked for.
    """
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
