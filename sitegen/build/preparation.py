"""Languages in preparation: which of them a build makes, and the one note that says how far each is.

A build that publishes sets them aside before anything is linked, so that nothing of what it writes can know of them.
With drafts they are languages like the others, from the day their home page exists.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from sitegen.model.config import Config, Language
from sitegen.model.files import Catalog
from sitegen.model.page import Page
from sitegen.model.phrases import counted
from sitegen.model.problems import Problem, problem

# What is only not translated yet: the note counts it, or `status` shows it.
_UNDONE = frozenset(
    "catalog-missing data-text-missing section-added section-lags section-missing sections-differ string-fuzzy "
    "string-missing".split()
)


def seen(config: Config, paths: Collection[str], *, drafts: bool) -> Config:
    """Return the settings of what a build makes: without the languages that it sets aside."""
    if not config.prepared:
        return config
    homes = frozenset(code for code in config.prepared if drafts and f"content/{code}/index.md" in paths)
    languages = tuple(one for one in config.languages if one.code not in config.prepared or one.code in homes)
    return replace(config, languages=languages)


def language_of(one: Problem, config: Config) -> str:
    """Return the language in preparation that a problem is about, or ""."""
    if one.code == "data-text-missing":
        code = str(dict(one.values)["code"])
        return code if code in config.prepared else ""
    from sitegen.text.gettext.catalogs import catalog_path

    path = one.place.path
    starts = ((code, (f"content/{code}/", catalog_path(code))) for code in config.prepared)
    return next((code for code, start in starts if path.startswith(start)), "")


def settled(problems: Iterable[Problem], config: Config) -> list[Problem]:
    """Return the problems that concern a build: of languages in preparation nothing that is only undone.

    A mistake in a language that is set aside is a note: it keeps nobody from publishing the others.
    """
    if not config.prepared:
        return list(problems)
    aside = config.aside
    kept = []
    for one in problems:
        code = language_of(one, config)
        if code and one.code in _UNDONE:
            continue
        kept.append(replace(one, noted=True) if code in aside else one)
    return kept


def states(
    config: Config,
    languages: Iterable[Language],
    pages: Collection[Page],
    catalogs: Mapping[str, Catalog],
    problems: Iterable[Problem],
    today: dt.date,
) -> list[Problem]:
    """Return one note on each language in preparation. Problems: language-in-preparation."""
    if not config.prepared:
        return []
    from sitegen.site.nodes import is_draft

    labels = {one.code: one.label for one in languages}
    keys: dict[str, set[str]] = {}
    for page in pages:
        if not is_draft(page.front, today):
            keys.setdefault(page.lang, set()).add(page.key)
    whole = set[str]().union(*(found for code, found in keys.items() if code not in config.prepared))
    strings = max(len(catalog.messages) for catalog in catalogs.values())
    unsaid = [language_of(one, config) for one in problems if one.code == "data-text-missing"]
    notes = []
    for code, known in config.prepared.items():
        missing = strings - len(catalogs[code].messages) + unsaid.count(code) + len(known.lacks)
        texts = counted("{n} other text is missing", "{n} other texts are missing", missing)
        values = {"label": labels[code], "code": code, "pages": len(keys.get(code, set()) & whole)}
        notes.append(problem("language-in-preparation", known.place, **values, total=len(whole), texts=texts))
    return notes
