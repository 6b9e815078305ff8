"""`messages`: collect the interface strings, and bring the catalogues of all languages up to date.

Strings stand in the templates as `_("…")`, and in the engine as `N_("…")`. A catalogue keeps its header and its
translations; new strings come without one, and what is no longer used goes. The order is that of the alphabet, so that
a change shows no more than what changed.
"""

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.core.words import T_

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from sitegen.commands.speech import Speech

ENGINE = Path(__file__).resolve().parent.parent
HELP = T_("collect the interface strings and update the catalogues")
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "t": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `messages`."""
    parser.add_argument("action", choices=("update", "status"), help=say("bring up to date, or say what is missing"))
    parser.add_argument(
        "--config", metavar=say("FILE"), default="site.yaml", help=say("the settings (default: site.yaml)")
    )


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Update or compare the catalogues; return the exit code: 1 when something is wrong or, for status, missing."""
    from sitegen.commands.terminal import print_problems
    from sitegen.read.catalogs import catalog_path
    from sitegen.read.config import read_config
    from sitegen.read.theme import FOLDER as THEME
    from sitegen.read.theme import theme_file
    from sitegen.read.tree import read_file

    source, problems = read_file(root, arguments.config)
    config, problems = read_config(source) if source else (None, problems)
    if config is None:
        print_problems(problems, say=say)
        return 1
    try:
        own, theme = extracted(root / "templates", root), extracted(THEME / "templates", THEME, ENGINE)
    except SyntaxError as error:
        print(f"{error.filename}:{error.lineno}: {error.msg}", file=sys.stderr)
        return 1
    complete = True
    for code in config.codes:
        path = root / catalog_path(code)
        header, catalog = opened(path, code)
        borrowed = config.theme == "default" and theme_file(catalog_path(code)) is not None
        catalog.update(_wanted(own, theme, catalog, borrowed=borrowed), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        missing = sum(1 for message in catalog if message.id and not _translated(message))
        complete = complete and not missing
        strings = say.plural("{n} string", "{n} strings", len(catalog))
        print(
            say(
                "{path}: {strings}, {missing} not translated", path=catalog_path(code), strings=strings, missing=missing
            )
        )
        if arguments.action == "update":
            write(path, header, catalog)
    return 0 if complete or arguments.action == "update" else 1


def _wanted(own: "Catalog", theme: "Catalog", written: "Catalog", *, borrowed: bool) -> "Catalog":
    """Return the strings that a catalogue of the site is to hold: those of its own templates, and those of the theme.

    Of the theme's, where they are `borrowed` from its own catalogue, only the ones that the site words otherwise.
    """
    from babel.messages.catalog import Catalog

    wanted = Catalog(charset="utf-8")
    for message in theme:
        if message.id and (not borrowed or message.id in written):
            wanted.add(message.id, context=message.context)
    for message in own:
        if message.id and not (borrowed and message.id in theme and message.id not in written):
            wanted.add(message.id, context=message.context)
    return wanted


def extracted(templates: Path, root: Path, engine: Path | None = None) -> "Catalog":
    """Return every string of a folder of templates, and of the engine's code. `root` is where paths begin.

    Raises SyntaxError for a template that cannot be read.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    found = Catalog(charset="utf-8")
    files = [(file, "python") for file in sorted(engine.rglob("*.py"))] if engine else []
    files += [(file, "jinja2.ext:babel_extract") for file in sorted(templates.rglob("*.html"))]
    for file, method in files:
        options = {"silent": "false", "trimmed": "true"} if file.suffix == ".html" else {}
        try:
            strings = list(extract(method, io.BytesIO(file.read_bytes()), _KEYWORDS, options=options))
        except Exception as error:
            line = getattr(error, "lineno", 0)
            raise SyntaxError(str(error), (str(file.relative_to(root)), line, 0, "")) from error
        for _, text, _, context in strings:
            found.add(text, context=context)
    return found


def opened(path: Path, code: str) -> tuple[str, "Catalog"]:
    """Return the header of a catalogue as it is written, and its strings."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    locale = code.replace("-", "_")
    if not path.exists():
        new = Catalog(locale=locale, charset="utf-8")
        plural = f"nplurals={new.num_plurals}; plural={new.plural_expr};"
        lines = (f"Language: {code}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
        fields = "".join(
            f'"{line}\\n"\n' for line in (*lines, "Content-Transfer-Encoding: 8bit", f"Plural-Forms: {plural}")
        )
        return f'msgid ""\nmsgstr ""\n{fields}', new
    text = path.read_text(encoding="utf-8")
    return text.partition("\n\n")[0] + "\n", read_po(io.BytesIO(text.encode()), locale=locale)


def _translated(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def write(path: Path, header: str, catalog: "Catalog") -> None:
    """Write a catalogue in the order of the alphabet, under the header that it had."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{header}\n{out.getvalue().decode().lstrip()}", encoding="utf-8", newline="\n")
