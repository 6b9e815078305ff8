"""The default theme, which lies inside the engine: what a site does not have itself comes from here, file by file.

A site's own file takes the place of the theme's file at the same path. A template of the site may still name the one
it took the place of, as `theme/<name>`. Never writes; never looks at anything but paths and bytes.
"""

import gettext
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from sitegen.inputs.folders import read_file, read_tree
from sitegen.model.files import Catalog, Source

FOLDER = Path(__file__).resolve().parent.parent / "theme"
PREFIX = "theme/"  # how a template of the site names the theme's template of the same name
_NUMBERS = range(201)  # enough to meet every form of every plural rule that gettext knows


class _HasPath(Protocol):
    """A file with its path in the site, read or not."""

    @property
    def path(self) -> str:
        """Return its path."""


One = TypeVar("One", bound=_HasPath)


def theme_file(path: str) -> Source | None:
    """Return one file of the theme, or None when it has no such file."""
    return read_file(FOLDER, path)[0] if (FOLDER / path).is_file() else None


def theme_files(folder: str) -> list[Source]:
    """Return the theme's files below one of its folders, in the order of their paths."""
    return read_tree(FOLDER, folder)[0]


def beneath(site: Iterable[One], theme: Iterable[One]) -> list[One]:
    """Return the site's own files, and those of the theme that they do not take the place of, in order."""
    files = {source.path: source for source in theme} | {source.path: source for source in site}
    return [files[path] for path in sorted(files)]


def layered(site: dict[str, str], theme: dict[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """Return all templates by name, and the names of those that are the theme's.

    `theme/<name>` is among them where a template of the site names it, so that `extends 'theme/page.html'` works.
    """
    borrowed = {name: text for name, text in theme.items() if name not in site}
    for name, text in theme.items():
        if any(PREFIX + name in template for template in site.values()):
            borrowed[PREFIX + name] = text
    return borrowed | site, frozenset(borrowed)


def merged(site: Catalog | None, theme: Catalog | None) -> Catalog | None:
    """Return the catalogue of a language: the site's own strings before those of the theme."""
    if site is None or theme is None:
        return site or theme
    order = _order(site.plural, theme.plural)
    borrowed = {
        key: texts if len(texts) == 1 else tuple(texts[min(at, len(texts) - 1)] for at in order)
        for key, texts in theme.messages.items()
    }
    return Catalog(site.lang, site.plural, borrowed | site.messages)


def _order(site: str, theme: str) -> list[int]:
    """Return, for each plural form by the site's rule, the theme's form for the same numbers."""
    if site == theme:
        return list(range(1 + max(map(gettext.c2py(theme), _NUMBERS))))
    mine, other = gettext.c2py(site), gettext.c2py(theme)
    first = {mine(number): other(number) for number in reversed(_NUMBERS)}
    return [first.get(form, 0) for form in range(1 + max(first))]
