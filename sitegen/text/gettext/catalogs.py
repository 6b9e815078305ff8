"""gettext catalogues (.po) to Catalogs. Checks what a translator can break; never compiles to disk."""

import ast
import codecs
import gettext
import io
import re
from collections.abc import Sequence

from sitegen.model.files import Catalog, Source
from sitegen.model.lazy import lazily
from sitegen.model.packing import packed
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.words import T_
from sitegen.text.damage import mojibake
from sitegen.text.parts import decode

_LINE = lazily(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?[ \t]*+("(?>(?:[^"\\]|\\.)*)")[ \t\r]*+\Z')

# What Babel says (babel/messages/pofile.py), by a part of its texts, and what it means to a translator.
_REASONS = (
    ("Got line starting with", T_("text in quotation marks does not follow msgid, msgstr or msgctxt")),
    ("misformatted keyword", T_("a line begins with neither a keyword such as msgid nor a quotation mark")),
    ("more translations than num_plurals", T_("a string has more plural forms than Plural-Forms declares")),
    ("Missing msgid_plural", T_("a string with plural forms has no msgid_plural")),
    ("Invalid plural", T_("the header Plural-Forms is invalid")),
    ("plural", T_("the plural forms are not written correctly")),
    ("encod", T_("the header names an unknown charset")),
)
_NO_CATALOGUE = T_("the text is not a PO catalogue")
_CHARSET = lazily(r"charset=([\w.:-]+)", re.IGNORECASE)


def _structure_problems(lines: Lines) -> list[Problem]:
    """Report what Babel accepts in silence: no header, another charset, a string twice. Problems: catalog-broken."""
    strings, header = _strings(lines.text)
    problems = []
    charset = _CHARSET.search(header)
    if not header:
        problems.append(_broken(Place(lines.path), reason=phrase("it has no header")))
    elif charset and charset[1].lower() not in ("utf-8", "utf8") and not lines.text.isascii():
        place = lines.place(max(lines.text.find(charset.group()), 0))
        reason = phrase("the header declares the charset {charset}, but the file is UTF-8", charset=charset[1])
        problems.append(_broken(place, reason=reason))
    first: dict[tuple[str, str], int] = {}
    for key, line in strings:
        if key in first:
            reason = phrase("“{msgid}” is repeated; it is already in line {line}", msgid=key[1][:60], line=first[key])
            problems.append(_broken(lines.line(line, 1), reason=reason))
        first.setdefault(key, line)
    return problems


def catalog_reason(error: Exception) -> Phrase:
    """Return a translatable reason why Babel cannot read a catalogue."""
    message = str(error)
    return phrase(next((ours for theirs, ours in _REASONS if theirs in message), _NO_CATALOGUE))


def _broken(place: Place, **values: object) -> Problem:
    return problem("catalog-broken", place, None, **values)


def _strings(text: str) -> tuple[list[tuple[tuple[str, str], int]], str]:
    """Return context and msgid of each string with the line of its msgid, and the text of the header."""
    strings: list[tuple[tuple[str, str], int]] = []
    header: list[str] = []
    part, context, msgid, start = "", "", "", 0
    for number, row in enumerate([*text.split("\n"), 'msgid ""'], 1):
        line = _LINE.match(row)
        if line is None:
            continue
        name, words = line[1] or part, str(ast.literal_eval(line[2]))
        if line[1] in ("msgctxt", "msgid"):
            if part.startswith("msgstr") and msgid:
                strings.append(((context, msgid), start))
            if part.startswith("msgstr"):
                context, msgid = "", ""
            start = number if line[1] == "msgid" else start
        if name == "msgctxt":
            context += words
        elif name == "msgid":
            msgid += words
        elif name == "msgstr" and not msgid:
            header.append(words)
        part = name
    return strings, "".join(header)


_PLACEHOLDER = lazily(r"%\((\w+)\)[sd]")
_PERCENT = lazily(r"%(?!\(\w+\)[sd]|%)")
_TAG = lazily(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")

# A line with text that does not begin and end with a quotation mark: Babel takes it, and loses its last letter.
TORN = lazily(r'^(?:msg[a-z_]+(?:\[\d+\])?[ \t]*)?"(?!(?:[^"\\\n]|\\.)*"[ \t\r]*$).*', re.M)
DOMAIN = "messages"


def catalog_path(lang: str) -> str:
    """Return the path of the catalogue of a language."""
    return f"locales/{lang.replace('-', '_')}/LC_MESSAGES/{DOMAIN}.po"


def read_catalogs(_: None, sources: Sequence[tuple[str, Source]]) -> list[tuple[bytes, bytes]]:
    """Read many catalogues, given as (language, file); returns each packed, and its problems, b"" for none."""
    results = (read_catalog(source, lang) for lang, source in sources)
    return [(packed(catalog), packed(problems) if problems else b"") for catalog, problems in results]


def read_catalog(source: Source, lang: str) -> tuple[Catalog, list[Problem]]:
    """Read one catalogue. Missing and fuzzy strings fall back to the msgid.

    Problems: those of parts.decode, text-mojibake, catalog-language (a warning),
    catalog-broken, catalog-plural, string-missing, string-fuzzy (warnings), placeholder-lost, string-html,
    string-percent.
    """
    from babel.messages.pofile import PoFileError, read_po

    data = source.data.removeprefix(codecs.BOM_UTF8)
    empty = Catalog(lang, "n != 1", {})
    text, damaged = decode(source)
    lines = Lines(source.path, text)
    damaged = damaged or _torn(lines) or _structure_problems(lines)
    if damaged:
        return empty, damaged
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        place = lines.line(line + 1) if isinstance(line, int) else Place(source.path)
        return empty, [problem("catalog-broken", place, reason=catalog_reason(error))]
    problems = mojibake(lines) + _other_language(catalog.locale_identifier or "", lang, lines)
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
        mistakes = _check(ids, texts, message.fuzzy, place, catalog.num_plurals)
        problems += mistakes
        if not message.fuzzy and all(texts) and not any(p.code == "catalog-forms" for p in mistakes):
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
    problems = []
    wanted = set(_PLACEHOLDER.findall(ids[-1]))
    for text in texts:
        has = set(_PLACEHOLDER.findall(text))
        # A plural form may leave out the number ("one city"), never name a value that does not exist.
        optional = {"num"} if len(ids) > 1 else set()
        for lost in sorted(wanted - has - optional):
            problems.append(problem("placeholder-lost", place, msgid=name, placeholder=f"%({lost})s"))
        for new in sorted(has - wanted):
            problems.append(problem("placeholder-unknown", place, msgid=name, placeholder=f"%({new})s"))
        if _PERCENT.search(text.replace("%%", "")):
            problems.append(problem("string-percent", place, msgid=name))
        tag = _TAG.search(text)
        if tag and tag.group() not in ids[0]:
            problems.append(problem("string-html", place, msgid=name, tag=tag.group()))
    return problems


def _other_language(declared: str, lang: str, lines: Lines) -> list[Problem]:
    """Report a catalogue whose header names another language, `declared`: a copy, or one in the wrong folder."""
    if not declared or _primary(declared) == _primary(lang):
        return []
    place = lines.place(max(lines.text.find('"Language:'), 0))
    return [problem("catalog-language", place, found=declared, code=lang, better=lang.replace("-", "_"))]


def _primary(code: str) -> str:
    return re.split("[-_@.]", code)[0].lower()


def _plural_works(expression: str, forms: int) -> bool:
    try:
        rule = gettext.c2py(expression)
        return all(0 <= rule(n) < forms for n in range(201))
    except (ValueError, RecursionError, ZeroDivisionError):
        return False


def _header_place(lines: Lines) -> Place:
    at = lines.text.find('"Plural-Forms')
    return lines.place(at) if at >= 0 else Place(lines.path)


def missing_catalog(lang: str) -> Problem:
    """Return the problem of a language that has no catalogue at all (a warning: msgids are shown)."""
    return problem("catalog-missing", Place(catalog_path(lang)), code=lang)


def check_plurals(catalog: Catalog, locale: str) -> list[Problem]:
    """Compare the rule of a catalogue, which works, with that of the locale. Problem: plural-forms-number."""
    from babel.messages.plurals import get_plural

    if not catalog.messages:
        return []
    rule = gettext.c2py(catalog.plural)
    forms = 1 + max(rule(n) for n in range(1001))
    expected = get_plural(locale)
    if forms == expected.num_plurals:
        return []
    values = {"code": catalog.lang, "found": forms, "expected": expected.num_plurals, "rule": str(expected)}
    return [problem("plural-forms-number", Place(catalog_path(catalog.lang)), None, **values)]
