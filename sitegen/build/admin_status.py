"""What the start page of the web editor shows: what is outdated in each language, and the warnings of this build.

Holds no time and no history, so that the same sources give the same file. Everybody can read it: of a page that is not
published it says nothing but that a published page has a draft in another language.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from sitegen.build.admin import STATUS, interface_languages, speech
from sitegen.build.finished import Finished, Origin
from sitegen.build.publish import digest_of
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.build.status import page_files
from sitegen.model.admin import COLLECTION, Admin, code_service
from sitegen.model.config import Config
from sitegen.model.messages import hint_of, is_warning, level_of, text_of
from sitegen.model.phrases import Phrase, Says, Value
from sitegen.model.problems import Problem, in_order
from sitegen.model.words import T_
from sitegen.site.edit_links import entry_route
from sitegen.site.status import (
    LanguageStatus,
    PageStatus,
    PageTranslation,
    SectionStatus,
    language_statuses,
    page_statuses,
)
from sitegen.text.sections import FRONT, INTRODUCTION
from sitegen.text.translation import PageFile

Entries = Mapping[str, tuple[str, str]]
_TODO = ("missing", "outdated", "unconfirmed", "draft")
WORDS = {
    "open": T_("Open the editor"),
    "new": T_("Add a page"),
    "runs": T_("Was the last change published?"),
    "token": T_("Create an access token"),
    "language": T_("Language of this page"),
    "direct": T_("What you save is published within a few minutes."),
    "review": T_("What you save is a proposal: it is published after somebody has approved it."),
    "translations": T_("Translations"),
    "warnings": T_("Warnings"),
    "nothing": T_("No warnings."),
    "done": T_("{share} % of the words are translated"),
    "todo": T_("Pages: {pages}. Words to translate: {words}."),
    "sections": T_("Sections: {sections}"),
    "missing": T_("missing"),
    "outdated": T_("outdated"),
    "unconfirmed": T_("unconfirmed"),
    "draft": T_("draft"),
    "front": T_("title and description"),
    "introduction": T_("introduction"),
    "source": T_("The texts of this language are translated into the others."),
}


def with_status(site: Finished, problems: Iterable[Problem], options: Options, session: Session) -> Finished:
    """Return the site with the list for the start page; `problems` are those that this build reports."""
    config = site.config
    if config.editor is None or options.judged:
        return site
    pages, _ = page_files(options.root, config, session)
    rows = page_statuses(pages, config, options.today)
    warnings = [problem for problem in problems if is_warning(problem)]
    if not options.drafts:
        warnings = _of_published(warnings, pages, rows, config)
    entries = _entries(pages, config.default_language)
    content = _content(config, config.editor, rows, warnings, entries)
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    origin = Origin({STATUS: digest_of(data)}, lambda paths: dict.fromkeys(paths, data))
    return replace(site, origins=(*site.origins, origin))


def _of_published(
    problems: Iterable[Problem], pages: Iterable[PageFile], rows: Iterable[PageStatus], config: Config
) -> list[Problem]:
    """Return the problems of published pages, and of what is no page, which name no page that is not published."""
    public = set()
    for row in rows:
        public.add(row.source.path)
        public.update(one.file.path for one in row.translations if one.file and one.state != "draft")
    hidden = [one for one in pages if one.path not in public]
    titles = {one.title for one in hidden}
    paths = [*(one.path for one in hidden), *(f"content/{code}/" for code in config.prepared)]

    def is_told(one: Problem) -> bool:
        texts = list(_texts([*one.values, ("", one.suggestion), ("", one.advice)]))
        is_public = one.place.path in public or not one.place.path.startswith("content/")
        return is_public and titles.isdisjoint(texts) and not any(path in text for text in texts for path in paths)

    return [one for one in problems if is_told(one)]


def _texts(values: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """Return the texts that fill a problem, those in phrases too."""
    for _, value in values:
        if isinstance(value, Phrase):
            yield from _texts(value.values)
        else:
            yield value


def _entries(pages: Iterable[PageFile], default: str) -> dict[str, tuple[str, str]]:
    """Return path of a file → its language, and the page's name in the editor (site.admin.entry_name)."""
    same: dict[str, list[PageFile]] = {}
    for page in pages:
        same.setdefault(page.key, []).append(page)
    entries = {}
    for files in same.values():
        name = min(files, key=lambda page: (page.lang != default, page.path)).name
        entries.update({page.path: (page.lang, name) for page in files})
    return entries


def _content(
    config: Config, admin: Admin, rows: tuple[PageStatus, ...], problems: list[Problem], entries: Entries
) -> dict[str, Any]:
    service, codes = code_service(admin), interface_languages(config)
    titles = {one.code: one.title for one in config.languages}
    sums = {one.lang: one for one in language_statuses(rows, config.codes)}
    is_used = any(one.file and one.file.confirmed for row in rows for one in row.translations)
    todo = [(row, one) for row in rows for one in row.translations if one.state in _TODO]
    return {
        "repository": admin.repository,
        "runs": service.runs.format(repository=admin.repository, branch=quote(admin.branch, safe="")),
        "token": "" if admin.sign_in or admin.application else service.token,
        "workflow": admin.workflow,
        "new": f"/collections/{COLLECTION}/new?_locale={config.default_language}",
        "titles": {code: titles.get(code, titles[config.default_language]) for code in codes},
        "words": {code: {name: speech(code)(text) for name, text in WORDS.items()} for code in codes},
        "languages": [_language(one.code, one.label, sums.get(one.code)) for one in config.languages],
        "work": [
            _work(row, one, entries[row.source.path][1]) for row, one in todo if is_used or one.state != "unconfirmed"
        ],
        "problems": [_problem(one, entries.get(one.place.path), codes) for one in in_order(problems)],
    }


def _language(code: str, label: str, summary: LanguageStatus | None) -> dict[str, Any]:
    """Return how far a language is; one that is the source of every page has nothing to do."""
    if summary is None:
        return {"code": code, "label": label}
    return {"code": code, "label": label, "share": summary.share, "words": summary.words, "states": summary.states}


def _work(row: PageStatus, translation: PageTranslation, entry: str) -> dict[str, Any]:
    return {
        "lang": translation.lang,
        "state": translation.state,
        "title": row.source.title,
        "route": entry_route(entry, translation.lang),
        "words": translation.words,
        "sections": [_section(section) for section in translation.outdated] if translation.state == "outdated" else [],
    }


def _section(section: SectionStatus) -> dict[str, str]:
    """Return the title of a section, else its id; `word` is that of a part which every page has."""
    is_part = not section.title and section.id in (FRONT, INTRODUCTION)
    return {"word": section.id} if is_part else {"title": section.title or section.id}


def _problem(problem: Problem, entry: tuple[str, str] | None, codes: list[str]) -> dict[str, Any]:
    place = problem.place
    where = place.path + (f":{place.line}" if place.line else "")
    return {
        "code": problem.code,
        "level": level_of(problem),
        "where": where,
        "route": entry_route(entry[1], entry[0]) if entry else "",
        "texts": {code: _said(problem, speech(code)) for code in codes},
    }


def _said(problem: Problem, say: Says) -> list[str]:
    return [text_of(problem, say), hint_of(problem, say)]
