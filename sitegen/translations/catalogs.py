"""The site's interface strings and their catalogues: what is asked for, what is there, what would be written.

Everything is read and made before the first file is written; with any problem nothing is.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.build.writing import replace_file
from sitegen.inputs.config import read_settings
from sitegen.inputs.folders import read_file, read_tree
from sitegen.inputs.theme import FOLDER as THEME
from sitegen.inputs.theme import theme_file, theme_files
from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.problems import Problem
from sitegen.text.gettext.catalogs import catalog_path, read_catalog
from sitegen.text.gettext.po import Counts, compiled, counts, template, updated
from sitegen.text.templates import Key, Words, joined, words_of_code, words_of_templates

ENGINE = THEME.parent
TEMPLATE = "locales/messages.pot"
# What makes a catalogue unfit to be written anew: something in it would be lost.
_LOST = ("catalog-broken", "catalog-plural", "not-utf8")


class Strings(Struct, frozen=True):
    """What a site's templates ask for, what the default theme's and the engine's do, and the catalogues as they are."""

    config: Config
    own: dict[Key, Words]
    theme: dict[Key, Words]
    engine: dict[Key, Words]
    catalogs: dict[str, str]  # language → text, "" where there is none


def read_strings(root: Path, config: str) -> tuple[Strings | None, list[Problem]]:
    """Read everything that the work on catalogues begins with; None with problems that forbid it."""
    settings, problems = read_settings(root, config)
    if settings is None:
        return None, problems
    sources, problems = read_tree(root, "templates")
    own, wrong = words_of_templates(sources)
    problems += wrong
    catalogs = {}
    for code in settings.codes:
        catalogs[code], wrong = _catalog(root, code)
        problems += wrong
    if problems:
        return None, problems
    engine, theme = engine_words(), theme_words() if settings.theme == "default" else {}
    return Strings(settings, own, theme, engine, catalogs), []


def _catalog(root: Path, code: str) -> tuple[str, list[Problem]]:
    """Return the text of a language's catalogue, "" when there is none, and what makes it unfit."""
    path = catalog_path(code)
    if not (root / path).exists():
        return "", []
    source, problems = read_file(root, path)
    if source is None:
        return "", problems
    problems = [one for one in read_catalog(source, code)[1] if one.code in _LOST]
    return source.data.decode("utf-8-sig", "replace"), problems


def engine_words() -> dict[Key, Words]:
    """Return the strings that the engine asks for."""
    files = [file for file in sorted(ENGINE.rglob("*.py")) if THEME not in file.parents]
    return words_of_code(Source(file.relative_to(ENGINE.parent).as_posix(), file.read_bytes()) for file in files)


def theme_words() -> dict[Key, Words]:
    """Return the strings of the default theme's templates."""
    return words_of_templates(theme_files("templates"))[0]


def wanted(strings: Strings, code: str) -> dict[Key, Words]:
    """Return what the site's catalogue of a language is to hold: all that its templates, theme and engine ask for.

    Of what the theme has translated, only the strings that this catalogue has now: those that the site words otherwise.
    """
    lent = {**strings.theme, **strings.engine}
    if strings.config.theme != "default" or theme_file(catalog_path(code)) is None:
        return joined(lent, strings.own)
    kept = set(_keys(strings.catalogs[code]))
    return {key: words for key, words in joined(lent, strings.own).items() if key not in lent or key in kept}


def _keys(text: str) -> list[Key]:
    """Return what a catalogue holds."""
    import io

    from babel.messages.pofile import read_po

    found = [message for message in read_po(io.BytesIO(text.encode())) if message.id]
    return [(m.id if isinstance(m.id, str) else m.id[0], m.context or "") for m in found]


def for_update(strings: Strings, codes: tuple[str, ...], *, obsolete: bool) -> dict[str, bytes]:
    """Return path → bytes of the catalogues as they are to be; none where there is nothing to say."""
    words = {code: wanted(strings, code) for code in codes}
    return {
        catalog_path(code): updated(strings.catalogs[code], code, words[code], obsolete=obsolete).encode()
        for code in codes
        if words[code] or strings.catalogs[code]
    }


def for_extract(strings: Strings) -> dict[str, bytes]:
    """Return path → bytes of the template for catalogues: all strings but those that the theme has translated."""
    lent = {**strings.theme, **strings.engine} if strings.config.theme == "default" else {}
    words = {key: words for key, words in strings.own.items() if key not in lent}
    return {TEMPLATE: template(words if lent else joined(strings.engine, strings.own)).encode()}


def for_compile(strings: Strings, codes: tuple[str, ...]) -> dict[str, bytes]:
    """Return path → bytes of the compiled catalogues (.mo), for tools that need them: a build reads the .po files."""
    return {
        catalog_path(code).removesuffix(".po") + ".mo": compiled(strings.catalogs[code])
        for code in codes
        if strings.catalogs[code]
    }


def standing(strings: Strings, code: str) -> Counts:
    """Return how far a language is, once its catalogue were up to date."""
    return counts(updated(strings.catalogs[code], code, wanted(strings, code)), code)


def changes(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those files that are not on disk as they are to be."""
    return {path: data for path, data in files.items() if not _has(root / path, data)}


def _has(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each whole or not at all. Raises OSError."""
    for path, data in files.items():
        replace_file(root / path, data, root)
