"""`status`: a table of pages and languages, words still to translate, and UI strings. Changes nothing."""

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
    from sitegen.build.status import Standings
    from sitegen.site.status import Row, Tally, Translation
    from sitegen.translations.history import Edit


# What `status` says of a language in preparation: everything that is missing until it can be published.

_SHOWN = 10  # places of texts in data/


def missing(found: "Standings", code: str) -> dict[str, Any]:
    """Return what is missing as plain data; a home page is "missing", "draft" or "done"."""
    states = {row.key: one.state for row in found.rows for one in row.translations if one.lang == code}
    strings = next(one for one in found.strings if one.lang == code)
    home = states.get("index", "missing")
    return {
        "settings": list(found.config.prepared[code].lacks),
        "home": home if home in ("missing", "draft") else "done",
        "pages": sum(1 for state in states.values() if state == "missing"),
        "drafts": sum(1 for state in states.values() if state == "draft"),
        "strings": strings.total - strings.done,
        "data": list(found.unsaid[code]),
    }


def prepared_lines(found: "Standings", code: str, say: "Speech") -> list[str]:
    """Return the lines on a language in preparation: a heading, and one for each kind of thing that is missing."""
    lacks = missing(found, code)
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
    from sitegen.build.status import read_all
    from sitegen.cli.build import today
    from sitegen.cli.console import print_problems
    from sitegen.site.status import tally

    found, problems = read_all(root, arguments.config, today(os.environ))
    print_problems(problems, say=say)
    if found is None:
        return 1
    codes = arguments.lang or list(found.config.codes)
    unknown = next((code for code in codes if code not in found.config.codes), None)
    if unknown is not None:
        known = ", ".join(found.config.codes)
        print(
            say("site.yaml has no language “{code}”. Choose from: {known}.", code=unknown, known=known), file=sys.stderr
        )
        return 2
    sums = tally(found.rows, codes)
    edits = _edits(found, root) if arguments.authors or arguments.json else {}
    if arguments.json:
        print(json.dumps(_as_json(found, codes, sums, edits), ensure_ascii=False, indent=2))
    else:
        _print(found, codes, sums, edits if arguments.authors else None, arguments.todo, say)
    due = [one for one in sums if arguments.lang or one.lang not in found.config.prepared]
    low = [one for one in due if arguments.fail_under is not None and one.share < arguments.fail_under]
    for one in low:
        values = {"lang": one.lang, "share": one.share, "wanted": arguments.fail_under}
        print(say("{lang}: {share} % of the words are translated; {wanted} % are required.", **values), file=sys.stderr)
    return 1 if low or problems else 0


def _edits(found: "Standings", root: Path) -> dict[str, "Edit"]:
    from sitegen.translations.history import last_edits, repository

    around = repository(root)
    return last_edits(around, "content", (page.path for page in found.pages)) if around else {}


def _print(
    found: "Standings",
    codes: list[str],
    sums: "tuple[Tally, ...]",
    edits: "dict[str, Edit] | None",
    only_todo: bool,
    say: "Speech",
) -> None:
    from sitegen.cli.console import has_colour

    colour = has_colour(sys.stdout)
    rows = [row for row in found.rows if not only_todo or any(_is_todo(one) for one in row.translations)]
    lines = _table(rows, codes, colour, say) if edits is None else _long(rows, codes, edits, colour, say)
    print("\n".join([*lines, ""]) if rows else "", end="\n" if rows else "")
    for one in sums:
        print(_sum(one, say))
    for strings in found.strings:
        if strings.lang in codes:
            values = {"lang": strings.lang, "done": strings.done, "total": strings.total}
            print(say("{lang}: {done} of {total} UI strings translated", **values))
    for code in codes:
        if code in found.config.prepared:
            print("\n" + "\n".join(prepared_lines(found, code, say)))


def _is_todo(one: "Translation") -> bool:
    return one.state != "current"


def _cell(one: "Translation", say: "Speech") -> str:
    if one.state != "outdated":
        return say(_STATES[one.state])
    return say.plural("outdated ({n} section)", "outdated ({n} sections)", len(one.outdated))


def _table(rows: "list[Row]", codes: list[str], colour: bool, say: "Speech") -> list[str]:
    """Return a line for each page: its key, and a column for each language."""
    cells = [[_in_table(row, code, say) for code in codes] for row in rows]
    widths = [max([len(code), *(len(line[at][1]) for line in cells)]) for at, code in enumerate(codes)]
    room = max(16, min(_WIDEST, _width()) - sum(width + 2 for width in widths))
    first = min(room, max((len(row.key) for row in rows), default=0))
    heads = (code.ljust(width) for code, width in zip(codes, widths, strict=True))
    lines = ["  ".join([" " * first, *heads]).rstrip()]
    for row, line in zip(rows, cells, strict=True):
        shown = (_painted(text.ljust(w), state, colour) for (state, text), w in zip(line, widths, strict=True))
        lines.append("  ".join([_short(row.key, first).ljust(first), *shown]).rstrip())
    return lines


def _in_table(row: "Row", code: str, say: "Speech") -> tuple[str, str]:
    """Return the state of a page in a language, and its words."""
    one = next((one for one in row.translations if one.lang == code), None)
    return ("source", say(_STATES["source"])) if one is None else (one.state, _cell(one, say))


def _long(rows: "list[Row]", codes: list[str], edits: "dict[str, Edit]", colour: bool, say: "Speech") -> list[str]:
    """Return the lines of each page with one for each language: its state, and who edited the file last."""
    entries = []
    for row in rows:
        files = {row.source.lang: row.source} | {one.lang: one.standing for one in row.translations if one.standing}
        for code in codes:
            edit = edits.get(files[code].path) if code in files else None
            entries.append((row.key, code, *_in_table(row, code, say), edit))
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


def _sum(one: "Tally", say: "Speech") -> str:
    counted = say.plural("{n} page", "{n} pages", one.pages)
    states = ", ".join(f"{say(text)} {one.states[state]}" for state, text in _STATES.items() if state in one.states)
    words = say.plural("{n} word to translate", "{n} words to translate", one.words)
    return f"{one.lang}: {counted}; {states}; {words} ({one.share} %)"


def _as_json(
    found: "Standings", codes: list[str], sums: "tuple[Tally, ...]", edits: "dict[str, Edit]"
) -> dict[str, Any]:
    """Return the whole answer as plain data; keys and states are the same in every language of the tool."""
    languages = {
        one.lang: {
            "pages": one.pages,
            "states": one.states,
            "words": one.words,
            "total_words": one.total,
            "percent": one.share,
        }
        for one in sums
    }
    strings = {one.lang: {"done": one.done, "total": one.total} for one in found.strings if one.lang in codes}
    pages = [
        {
            "page": row.key,
            "source": {"lang": row.source.lang, "path": row.source.path, **_edited(edits, row.source.path)},
            "translations": {
                one.lang: {
                    "state": one.state,
                    "path": one.standing.path if one.standing else None,
                    "words": one.words,
                    "sections": {section.id: section.state for section in one.sections},
                    **_edited(edits, one.standing.path if one.standing else ""),
                }
                for one in row.translations
                if one.lang in codes
            },
        }
        for row in found.rows
    ]

    preparation = {code: missing(found, code) for code in codes if code in found.config.prepared}
    return {"languages": languages, "strings": strings, "preparation": preparation, "pages": pages}


def _edited(edits: "dict[str, Edit]", path: str) -> dict[str, Any]:
    edit = edits.get(path)
    return {"edited": {"author": edit.author, "date": edit.date, "commit": edit.commit}} if edit else {}
