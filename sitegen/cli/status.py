"""`status`: print a table of pages and languages, words to translate, and UI strings. Changes nothing."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.build.status import TranslationStatus
    from sitegen.site.status import LanguageStatus, PageStatus, PageTranslation
    from sitegen.translations.history import Edit


# What `status` says of a language in preparation: everything that is missing until it can be published.

_SHOWN = 10  # places of texts in data/


def missing(status: "TranslationStatus", code: str) -> dict[str, Any]:
    """Return what is missing as plain data; a home page is "missing", "draft" or "done"."""
    translations = [(page.key, translation) for page in status.pages for translation in page.translations]
    states = {key: translation.state for key, translation in translations if translation.lang == code}
    strings = next(strings for strings in status.strings if strings.lang == code)
    home = states.get("index", "missing")
    return {
        "settings": list(status.config.prepared[code].lacks),
        "home": home if home in ("missing", "draft") else "done",
        "pages": sum(1 for state in states.values() if state == "missing"),
        "drafts": sum(1 for state in states.values() if state == "draft"),
        "strings": strings.total - strings.done,
        "data": list(status.missing_texts[code]),
    }


def _prepared_lines(status: "TranslationStatus", code: str, say: "Speech") -> list[str]:
    """Return the lines on a language in preparation: a heading, and one for each kind of thing that is missing."""
    lacks = missing(status, code)
    kinds = _texts(code, lacks, say)
    if not kinds:
        return [
            say(
                "{lang} is in preparation. Nothing is missing: to publish it, remove “status” from its entry.",
                lang=code,
            )
        ]
    return [
        say("{lang} is in preparation. Before it can be published, add:", lang=code),
        *(f"- {text}" for text in kinds),
    ]


def _texts(code: str, lacks: dict[str, Any], say: "Speech") -> list[str]:
    texts = []
    if lacks["settings"]:
        texts.append(say("site.yaml: {keys}", keys=", ".join(f"{key}.{code}" for key in lacks["settings"])))
    home = f"content/{code}/index.md"
    if lacks["home"] == "missing":
        texts.append(say("the home page: {path}", path=home))
    elif lacks["home"] == "draft":
        texts.append(say("the home page is a draft: {path}", path=home))
    if lacks["pages"]:
        texts.append(say.plural("{n} page", "{n} pages", lacks["pages"]))
    if lacks["drafts"]:
        texts.append(say.plural("{n} page is a draft", "{n} pages are drafts", lacks["drafts"]))
    if lacks["strings"]:
        texts.append(say.plural("{n} UI string", "{n} UI strings", lacks["strings"]))
    if lacks["data"]:
        places = ", ".join(lacks["data"][:_SHOWN]) + (" …" if len(lacks["data"]) > _SHOWN else "")
        count = len(lacks["data"])
        texts.append(say.plural("{n} text in data/: {places}", "{n} texts in data/: {places}", count, places=places))
    return texts


# `status`: a table of pages and languages, words still to translate, and interface strings. Changes nothing.

HELP = T_("show which translations are up to date, outdated or missing")
_WIDEST = 100
_STATES = {
    "current": T_("up to date"),
    "outdated": T_("outdated"),
    "missing": T_("missing"),
    "draft": T_("draft"),
    "unconfirmed": T_("unconfirmed"),
    "source": T_("source"),
}
_COLOURS = {"current": "32", "outdated": "33", "missing": "31", "draft": "36", "unconfirmed": "35"}


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `status`."""
    parser.add_argument(
        "--lang", metavar=say("LANGUAGE"), action="append", help=say("only this language (may be repeated)")
    )
    parser.add_argument("--todo", action="store_true", help=say("only pages that need work"))
    parser.add_argument(
        "--authors", action="store_true", help=say("show who edited each file last, and when (from the git history)")
    )
    parser.add_argument("--json", action="store_true", help=say("print JSON, for other programs"))
    parser.add_argument(
        "--fail-under",
        metavar=say("PERCENT"),
        type=int,
        help=say("exit with 1 if any language has a smaller share of words translated"),
    )
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Print the table; return the exit code: 0, 1 below --fail-under or with unreadable files, 2 wrong usage."""
    if arguments.fail_under is not None and not 0 <= arguments.fail_under <= 100:
        print(say("--fail-under must be between 0 and 100."), file=sys.stderr)
        return 2
    from sitegen.build.status import read_status
    from sitegen.cli.build import today
    from sitegen.cli.console import print_problems
    from sitegen.site.status import language_statuses

    status, problems = read_status(root, arguments.config, today(os.environ))
    print_problems(problems, say=say)
    if status is None:
        return 1
    codes = arguments.lang or list(status.config.codes)
    unknown = next((code for code in codes if code not in status.config.codes), None)
    if unknown is not None:
        languages = ", ".join(status.config.codes)
        print(
            say("site.yaml has no language “{code}”. Choose from: {known}.", code=unknown, known=languages),
            file=sys.stderr,
        )
        return 2
    sums = language_statuses(status.pages, codes)
    edits = _edits(status, root) if arguments.authors or arguments.json else {}
    if arguments.json:
        print(json.dumps(_as_json(status, codes, sums, edits), ensure_ascii=False, indent=2))
    else:
        _print(status, codes, sums, edits if arguments.authors else None, arguments.todo, say)
    due = [language for language in sums if arguments.lang or language.lang not in status.config.prepared]
    low = [language for language in due if arguments.fail_under is not None and language.share < arguments.fail_under]
    for language in low:
        values = {"lang": language.lang, "share": language.share, "wanted": arguments.fail_under}
        print(say("{lang}: {share} % of the words are translated; {wanted} % are required.", **values), file=sys.stderr)
    return 1 if low or problems else 0


def _edits(status: "TranslationStatus", root: Path) -> dict[str, "Edit"]:
    from sitegen.translations.history import last_edits, repository

    around = repository(root)
    return last_edits(around, "content", (file.path for file in status.files)) if around else {}


def _print(
    status: "TranslationStatus",
    codes: list[str],
    sums: "tuple[LanguageStatus, ...]",
    edits: "dict[str, Edit] | None",
    only_todo: bool,
    say: "Speech",
) -> None:
    from sitegen.cli.console import has_colour

    colour = has_colour(sys.stdout)
    pages = [page for page in status.pages if not only_todo or any(_is_todo(t) for t in page.translations)]
    lines = _table(pages, codes, colour, say) if edits is None else _long(pages, codes, edits, colour, say)
    print("\n".join([*lines, ""]) if pages else "", end="\n" if pages else "")
    for language in sums:
        print(_sum(language, say))
    for strings in status.strings:
        if strings.lang in codes:
            values = {"lang": strings.lang, "done": strings.done, "total": strings.total}
            print(say("{lang}: {done} of {total} UI strings translated", **values))
    for code in codes:
        if code in status.config.prepared:
            print("\n" + "\n".join(_prepared_lines(status, code, say)))


def _is_todo(translation: "PageTranslation") -> bool:
    return translation.state != "current"


def _cell(translation: "PageTranslation", say: "Speech") -> str:
    if translation.state != "outdated":
        return say(_STATES[translation.state])
    return say.plural("outdated ({n} section)", "outdated ({n} sections)", len(translation.outdated))


def _table(pages: "list[PageStatus]", codes: list[str], colour: bool, say: "Speech") -> list[str]:
    """Return a line for each page: its key, and a column for each language."""
    cells = [[_in_table(page, code, say) for code in codes] for page in pages]
    widths = [max([len(code), *(len(line[at][1]) for line in cells)]) for at, code in enumerate(codes)]
    room = max(16, min(_WIDEST, _width()) - sum(width + 2 for width in widths))
    first = min(room, max((len(page.key) for page in pages), default=0))
    heads = (code.ljust(width) for code, width in zip(codes, widths, strict=True))
    lines = ["  ".join([" " * first, *heads]).rstrip()]
    for page, line in zip(pages, cells, strict=True):
        shown = (_painted(text.ljust(w), state, colour) for (state, text), w in zip(line, widths, strict=True))
        lines.append("  ".join([_short(page.key, first).ljust(first), *shown]).rstrip())
    return lines


def _in_table(page: "PageStatus", code: str, say: "Speech") -> tuple[str, str]:
    """Return the state of a page in a language, and its words."""
    translation = next((translation for translation in page.translations if translation.lang == code), None)
    return ("source", say(_STATES["source"])) if translation is None else (translation.state, _cell(translation, say))


def _long(
    pages: "list[PageStatus]", codes: list[str], edits: "dict[str, Edit]", colour: bool, say: "Speech"
) -> list[str]:
    """Return the lines of each page with one for each language: its state, and who edited the file last."""
    entries = []
    for page in pages:
        files = {page.source.lang: page.source} | {
            translation.lang: translation.file for translation in page.translations if translation.file
        }
        for code in codes:
            edit = edits.get(files[code].path) if code in files else None
            entries.append((page.key, code, *_in_table(page, code, say), edit))
    width = max((len(text) for _, _, _, text, _ in entries), default=0)
    lines, last = [], ""
    for key, code, state, text, edit in entries:
        lines += [key] if key != last else []
        last = key
        who = f"  {edit.date}  {edit.author}" if edit else ""
        lines.append(f"  {code}  {_painted(text.ljust(width), state, colour)}{who}".rstrip())
    return lines


def _painted(text: str, state: str, colour: bool) -> str:
    return f"\033[{_COLOURS[state]}m{text}\033[0m" if colour and state in _COLOURS else text


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[len(text) - width + 1 :]


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else 80


def _sum(language: "LanguageStatus", say: "Speech") -> str:
    counted = say.plural("{n} page", "{n} pages", language.pages)
    states = ", ".join(
        f"{say(text)} {language.states[state]}" for state, text in _STATES.items() if state in language.states
    )
    words = say.plural("{n} word to translate", "{n} words to translate", language.words)
    return f"{language.lang}: {counted}; {states}; {words} ({language.share} %)"


def _as_json(
    status: "TranslationStatus", codes: list[str], sums: "tuple[LanguageStatus, ...]", edits: "dict[str, Edit]"
) -> dict[str, Any]:
    """Return the whole answer as plain data; keys and states are the same in every language of the tool."""
    languages = {
        language.lang: {
            "pages": language.pages,
            "states": language.states,
            "words": language.words,
            "total_words": language.total,
            "percent": language.share,
        }
        for language in sums
    }
    strings = {s.lang: {"done": s.done, "total": s.total} for s in status.strings if s.lang in codes}
    pages = [
        {
            "page": page.key,
            "source": {"lang": page.source.lang, "path": page.source.path, **_edited(edits, page.source.path)},
            "translations": {
                translation.lang: {
                    "state": translation.state,
                    "path": translation.file.path if translation.file else None,
                    "words": translation.words,
                    "sections": {section.id: section.state for section in translation.sections},
                    **_edited(edits, translation.file.path if translation.file else ""),
                }
                for translation in page.translations
                if translation.lang in codes
            },
        }
        for page in status.pages
    ]

    preparation = {code: missing(status, code) for code in codes if code in status.config.prepared}
    return {"languages": languages, "strings": strings, "preparation": preparation, "pages": pages}


def _edited(edits: "dict[str, Edit]", path: str) -> dict[str, Any]:
    edit = edits.get(path)
    return {"edited": {"author": edit.author, "date": edit.date, "commit": edit.commit}} if edit else {}
