"""`translate`: find the page and the language, then show, confirm, export or import the translation."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.build.status import TranslationStatus
    from sitegen.site.status import PageStatus, PageTranslation

HELP = T_("show what changed in the source of a page, and confirm its translations")


class _UsageError(Exception):
    """What a person typed makes no sense: one line that says why."""


class _Chosen(NamedTuple):
    """The page, and the language when one was named."""

    page: "PageStatus"
    lang: str


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `translate`."""
    parser.add_argument("path", metavar=say("PATH"), help=say("a file of the page in any language, or its key"))
    parser.add_argument("--lang", metavar=say("LANGUAGE"), help=say("the language to translate into"))
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--confirm",
        metavar=say("SECTION"),
        nargs="*",
        help=say("record that the translation matches the source, in these sections or in all"),
    )
    does.add_argument(
        "--trivial",
        action="store_true",
        help=say("confirm all translations of the page: the last edit of the source did not change the meaning"),
    )
    does.add_argument(
        "--export", metavar=say("FILE.po"), type=Path, help=say("write a .po file for translators who do not use git")
    )
    does.add_argument(
        "--import",
        dest="import_",
        metavar=say("FILE.po"),
        type=Path,
        help=say("read a translated .po file, and write the translation"),
    )
    parser.add_argument(
        "--sure", action="store_true", help=say("with --confirm: also confirm text that is identical to the source")
    )
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Show, confirm, export or import; return the exit code: 0, 1 something could not be done, 2 wrong usage."""
    from sitegen.build.status import read_status
    from sitegen.cli.build import today
    from sitegen.cli.console import print_problems

    status, problems = read_status(root, arguments.config, today(os.environ))
    if status is None:
        print_problems(problems, say=say)
        return 1
    name = _inside(arguments.path, root)
    broken = [problem for problem in problems if problem.place.path == name]
    if broken:
        print_problems(broken, say=say)
        return 1
    try:
        return _do(arguments, root, _chosen(status, name, arguments, root, say), say)
    except _UsageError as error:
        print(error, file=sys.stderr)
        return 2


def _do(arguments: argparse.Namespace, root: Path, chosen: _Chosen, say: "Speech") -> int:
    if arguments.trivial:
        from sitegen.cli.confirming import confirm_trivial

        return confirm_trivial(root, chosen.page, chosen.lang, say)
    translation = _translation(chosen, say)
    if arguments.confirm is not None:
        from sitegen.cli.confirming import confirm, unknown_section

        error = unknown_section(chosen.page, translation, arguments.confirm, say)
        if error:
            raise _UsageError(error)
        return confirm(root, chosen.page, translation, arguments.confirm, say, sure=arguments.sure)
    if arguments.export or arguments.import_:
        from sitegen.cli.po import export, import_

        if arguments.export:
            return export(root, chosen.page, translation, arguments.export, say)
        return import_(root, chosen.page, translation, arguments.import_, say)
    from sitegen.cli.comparison import show

    show(root, chosen.page, translation, say)
    return 0


def _inside(path: str, root: Path) -> str:
    """Return a path as the site names its files: from the site's folder, with slashes."""
    given = Path(path)
    if given.is_absolute():
        real, top = Path(os.path.realpath(given)), Path(os.path.realpath(root))
        if not real.is_relative_to(top):
            return given.as_posix()
        given = real.relative_to(top)
    return os.path.normpath(given).replace(os.sep, "/")


def _chosen(
    status: "TranslationStatus", name: str, arguments: argparse.Namespace, root: Path, say: "Speech"
) -> _Chosen:
    """Return the page that a path or key means. Raises _UsageError."""
    codes = status.config.codes
    if arguments.lang is not None and arguments.lang not in codes:
        languages = ", ".join(codes)
        raise _UsageError(
            say("site.yaml has no language “{code}”. Choose from: {known}.", code=arguments.lang, known=languages)
        )
    file = next((file for file in status.files if file.path == name), None)
    key = file.key if file else name.removesuffix(".md")
    page = next((page for page in status.pages if page.key == key), None)
    if page is None:
        raise _UsageError(_no_page(status, name, root, say))
    lang = arguments.lang or (file.lang if file and file.lang != page.source.lang else "")
    if lang == page.source.lang:
        raise _UsageError(
            say("{lang} is the language of the source itself ({path}).", lang=lang, path=page.source.path)
        )
    return _Chosen(page, lang)


def _no_page(status: "TranslationStatus", name: str, root: Path, say: "Speech") -> str:
    from sitegen.cli.console import calm
    from sitegen.text.spelling import near

    if any(file.path == name for file in status.files):
        return say("{path} is a draft in every language.", path=calm(name))
    if (root / name).is_file():
        return say("{path} is not a page: pages are Markdown files in content/LANGUAGE/.", path=calm(name))
    text = say("There is no page “{path}”.", path=calm(name))
    names = {file.path for file in status.files} | {page.key for page in status.pages}
    guess = f"content/{name}" if f"content/{name}" in names else near(name, names)
    return text + (" " + say("Did you mean “{suggestion}”?", suggestion=guess) if guess else "")


def _translation(chosen: _Chosen, say: "Speech") -> "PageTranslation":
    others = chosen.page.translations
    if not chosen.lang and len(others) == 1:
        return others[0]
    if not chosen.lang:
        languages = ", ".join(translation.lang for translation in others)
        raise _UsageError(say("Choose the translation with --lang: {known}.", known=languages))
    return next(translation for translation in others if translation.lang == chosen.lang)
