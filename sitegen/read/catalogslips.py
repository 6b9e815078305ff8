"""What Babel takes in silence in a catalogue: a string twice, a header with another charset, no header, or nothing."""

import ast
import re

from sitegen.core.phrases import Phrase, phrase
from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.core.words import T_

_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?[ \t]*+("(?:[^"\\]|\\.)*+")[ \t\r]*+\Z')
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
_CHARSET = re.compile(r"charset=([\w.:-]+)", re.IGNORECASE)


def catalog_slips(lines: Lines) -> list[Problem]:
    """Return catalog-broken for each of these: nothing is read from such a file."""
    strings, header = _strings(lines.text)
    found = []
    charset = _CHARSET.search(header)
    if not header:
        found.append(_broken(Place(lines.path), reason=phrase("it has no header")))
    elif charset and charset[1].lower() not in ("utf-8", "utf8") and not lines.text.isascii():
        place = lines.place(max(lines.text.find(charset.group()), 0))
        reason = phrase("the header declares the charset {charset}, but the file is UTF-8", charset=charset[1])
        found.append(_broken(place, reason=reason))
    first: dict[tuple[str, str], int] = {}
    for key, line in strings:
        if key in first:
            reason = phrase("“{msgid}” is repeated; it is already in line {line}", msgid=key[1][:60], line=first[key])
            found.append(_broken(lines.line(line, 1), reason=reason))
        first.setdefault(key, line)
    return found


def reason_of(error: Exception) -> Phrase:
    """Return in our own words why Babel cannot read a catalogue."""
    said = str(error)
    return phrase(next((ours for theirs, ours in _REASONS if theirs in said), _NO_CATALOGUE))


def _broken(place: Place, **values: object) -> Problem:
    return problem("catalog-broken", place, None, **values)


def _strings(text: str) -> tuple[list[tuple[tuple[str, str], int]], str]:
    """Return context and msgid of each string with the line of its msgid, and the text of the header."""
    found: list[tuple[tuple[str, str], int]] = []
    header: list[str] = []
    part, context, msgid, start = "", "", "", 0
    for number, row in enumerate([*text.split("\n"), 'msgid ""'], 1):
        line = _LINE.match(row)
        if line is None:
            continue
        name, words = line[1] or part, str(ast.literal_eval(line[2]))
        if line[1] in ("msgctxt", "msgid"):
            if part.startswith("msgstr") and msgid:
                found.append(((context, msgid), start))
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
    return found, "".join(header)
