"""The site's UI strings and their catalogues: reads them, and computes the files to write.

All files are computed before the first one is written; with any problem, none is written.
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

_ENGINE = THEME.parent
TEMPLATE = "locales/messages.pot"
# Problems of a catalogue that cannot be rewritten: something in it would be lost.
_LOST = ("catalog-broken", "catalog-plural", "not-utf8")


class SiteStrings(Struct, frozen=True):
    """The strings of a site's templates, of the default theme and of the engine, and the catalogues as they are."""

    config: Config
    site: dict[Key, Words]
    theme: dict[Key, Words]
    engine: dict[Key, Words]
    catalogs: dict[str, str]  # language → text, "" where there is none


def read_strings(root: Path, config: str) -> tuple[SiteStrings | None, list[Problem]]:
    """Read the settings, the strings and the catalogues; None with problems if something cannot be read."""
    settings, problems = read_settings(root, config)
    if settings is None:
        return None, problems
    sources, problems = read_tree(root, "templates")
    site, more_problems = words_of_templates(sources)
    problems += more_problems
    catalogs = {}
    for code in settings.codes:
        catalogs[code], more_problems = _catalog(root, code)
        problems += more_problems
    if problems:
        return None, problems
    engine, theme = engine_words(), theme_words() if settings.theme == "default" else {}
    return SiteStrings(settings, site, theme, engine, catalogs), []


def _catalog(root: Path, code: str) -> tuple[str, list[Problem]]:
    """Return the text of a language's catalogue, "" when there is none, and why it cannot be rewritten."""
    path = catalog_path(code)
    if not (root / path).exists():
        return "", []
    source, problems = read_file(root, path)
    if source is None:
        return "", problems
    problems = [problem for problem in read_catalog(source, code)[1] if problem.code in _LOST]
    return source.data.decode("utf-8-sig", "replace"), problems


def engine_words() -> dict[Key, Words]:
    """Return the strings of the engine."""
    files = [file for file in sorted(_ENGINE.rglob("*.py")) if THEME not in file.parents]
    return words_of_code(Source(file.relative_to(_ENGINE.parent).as_posix(), file.read_bytes()) for file in files)


def theme_words() -> dict[Key, Words]:
    """Return the strings of the default theme's templates."""
    return words_of_templates(theme_files("templates"))[0]


def _strings_for(strings: SiteStrings, code: str) -> dict[Key, Words]:
    """Return the strings for the site's catalogue of a language: those of its templates, theme and engine.

    Of the strings that the theme has translated, only those that this catalogue has now: the site's own translations.
    """
    lent = {**strings.theme, **strings.engine}
    if strings.config.theme != "default" or theme_file(catalog_path(code)) is None:
        return joined(lent, strings.site)
    kept = set(_keys(strings.catalogs[code]))
    return {key: words for key, words in joined(lent, strings.site).items() if key not in lent or key in kept}


def _keys(text: str) -> list[Key]:
    """Return the keys of a catalogue."""
    import io

    from babel.messages.pofile import read_po

    messages = [message for message in read_po(io.BytesIO(text.encode())) if message.id]
    return [(m.id if isinstance(m.id, str) else m.id[0], m.context or "") for m in messages]


def for_update(strings: SiteStrings, codes: tuple[str, ...], *, obsolete: bool) -> dict[str, bytes]:
    """Return path → bytes of the updated catalogues; a language without strings has none."""
    words = {code: _strings_for(strings, code) for code in codes}
    return {
        catalog_path(code): updated(strings.catalogs[code], code, words[code], obsolete=obsolete).encode()
        for code in codes
        if words[code] or strings.catalogs[code]
    }


def for_extract(strings: SiteStrings) -> dict[str, bytes]:
    """Return path → bytes of the template for catalogues: all strings but those that the theme has translated."""
    lent = {**strings.theme, **strings.engine} if strings.config.theme == "default" else {}
    words = {key: words for key, words in strings.site.items() if key not in lent}
    return {TEMPLATE: template(words if lent else joined(strings.engine, strings.site)).encode()}


def for_compile(strings: SiteStrings, codes: tuple[str, ...]) -> dict[str, bytes]:
    """Return path → bytes of the compiled catalogues (.mo), for tools that need them: a build reads the .po files."""
    return {
        catalog_path(code).removesuffix(".po") + ".mo": compiled(strings.catalogs[code])
        for code in codes
        if strings.catalogs[code]
    }


def string_counts(strings: SiteStrings, code: str) -> Counts:
    """Return how many strings of a language are translated, as in its updated catalogue."""
    return counts(updated(strings.catalogs[code], code, _strings_for(strings, code)), code)


def changes(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that differ from those on disk."""
    return {path: data for path, data in files.items() if not _has(root / path, data)}


def _has(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each whole or not at all. Raises OSError."""
    for path, data in files.items():
        replace_file(root / path, data, root)
