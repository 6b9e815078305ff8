"""gettext catalogues (.po) to Catalogs. Checks what a translator can break; never compiles to disk."""

import codecs
import gettext
import io
import re
from collections.abc import Sequence

from sitegen.core.packing import packed
from sitegen.core.phrases import phrase
from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.core.records import Catalog, Source
from sitegen.read.catalogslips import catalog_slips, reason_of
from sitegen.read.frontmatter import decode
from sitegen.read.mojibake import mojibake

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_PERCENT = re.compile(r"%(?!\(\w+\)[sd]|%)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
# A line with text that does not begin and end with a quotation mark: Babel takes it, and loses its last letter.
TORN = re.compile(r'^(?:msg[a-z_]+(?:\[\d+\])?[ \t]*)?"(?!(?:[^"\\\n]|\\.)*"[ \t\r]*$).*', re.M)
DOMAIN = "messages"


def catalog_path(lang: str) -> str:
    """Return where the catalogue of a language stands."""
    return f"locales/{lang.replace('-', '_')}/LC_MESSAGES/{DOMAIN}.po"


def read_catalogs(_: None, sources: Sequence[tuple[str, Source]]) -> list[tuple[bytes, bytes]]:
    """Read many catalogues, given as (language, file); returns each packed, and its problems, b"" for none."""
    results = (read_catalog(source, lang) for lang, source in sources)
    return [(packed(catalog), packed(problems) if problems else b"") for catalog, problems in results]


def read_catalog(source: Source, lang: str) -> tuple[Catalog, list[Problem]]:
    """Read one catalogue. Missing and fuzzy strings fall back to the msgid.

    Problems: those of frontmatter.decode and catalogslips, text-mojibake, catalog-broken, catalog-plural,
    string-missing, string-fuzzy (warnings), placeholder-lost, string-html, string-percent.
    """
    from babel.messages.pofile import PoFileError, read_po

    data = source.data.removeprefix(codecs.BOM_UTF8)
    empty = Catalog(lang, "n != 1", {})
    text, damaged = decode(source)
    lines = Lines(source.path, text)
    damaged = damaged or _torn(lines) or catalog_slips(lines)
    if damaged:
        return empty, damaged
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        place = lines.line(line + 1) if isinstance(line, int) else Place(source.path)
        return empty, [problem("catalog-broken", place, reason=reason_of(error))]
    problems = mojibake(lines)
    if not _plural_works(catalog.plural_expr, catalog.num_plurals):
        place = _header_place(lines)
        return empty, [problem("catalog-plural", place, rule=catalog.plural_expr)]
    messages: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        texts = tuple(text or "" for text in strings)
        place = lines.line(message.lineno) if message.lineno else Place(source.path)
        wrong = _check(ids, texts, message.fuzzy, place, catalog.num_plurals)
        problems += wrong
        if not message.fuzzy and all(texts) and not any(p.code == "catalog-forms" for p in wrong):
            key = f"{message.context}\x04{ids[0]}" if message.context else ids[0]
            messages[key] = texts
    return Catalog(lang, catalog.plural_expr, messages), problems


def _torn(lines: Lines) -> list[Problem]:
    """Report a line whose quotation marks do not match."""
    torn = TORN.search(lines.text)
    reason = phrase("the quotation marks do not match")
    return [problem("catalog-broken", lines.place(torn.start()), reason=reason)] if torn else []


def _check(
    ids: tuple[str, ...] | list[str], texts: tuple[str, ...], fuzzy: bool, place: Place, forms: int
) -> list[Problem]:
    name = ids[0] if len(ids[0]) <= 60 else ids[0][:59] + "…"
    if fuzzy:
        return [problem("string-fuzzy", place, msgid=name)]
    if not any(texts):
        return [problem("string-missing", place, msgid=name)]
    if not all(texts):
        return [problem("catalog-forms", place, msgid=name, expected=forms, found=sum(map(bool, texts)))]
    found = []
    wanted = set(_PLACEHOLDER.findall(ids[-1]))
    for text in texts:
        has = set(_PLACEHOLDER.findall(text))
        # A plural form may leave out the number ("one city"), never name a value that does not exist.
        optional = {"num"} if len(ids) > 1 else set()
        for lost in sorted(wanted - has - optional):
            found.append(problem("placeholder-lost", place, msgid=name, placeholder=f"%({lost})s"))
        for new in sorted(has - wanted):
            found.append(problem("placeholder-unknown", place, msgid=name, placeholder=f"%({new})s"))
        if _PERCENT.search(text.replace("%%", "")):
            found.append(problem("string-percent", place, msgid=name))
        tag = _TAG.search(text)
        if tag and tag.group() not in ids[0]:
            found.append(problem("string-html", place, msgid=name, tag=tag.group()))
    return found


def _plural_works(expression: str, forms: int) -> bool:
    try:
        rule = gettext.c2py(expression)
        return all(0 <= rule(n) < forms for n in range(201))
    except (ValueError, RecursionError, ZeroDivisionError):
        return False


def _header_place(lines: Lines) -> Place:
    found = lines.text.find('"Plural-Forms')
    return lines.place(found) if found >= 0 else Place(lines.path)


def missing_catalog(lang: str) -> Problem:
    """Return the problem of a language that has no catalogue at all (a warning: msgids are shown)."""
    return problem("catalog-missing", Place(catalog_path(lang)), code=lang)
