"""Look for foreign constructs in the tokens of a page: each kind is reported once, where it is first met."""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token
from msgspec import Struct

from sitegen.model.lazy import lazily
from sitegen.model.phrases import Phrase
from sitegen.text.markdown.foreign.generators import CLOSED, COMPONENT, EXPORTED
from sitegen.text.markdown.foreign.masks import Masked
from sitegen.text.markdown.foreign.row import Page, Row
from sitegen.text.markdown.foreign.table import ROWS
from sitegen.text.markdown.notes import Notes


def _key(sign: str) -> str:
    """Return what is looked for instead of a sign: two characters, one of them no letter; "" where it has none."""
    if not sign[0].isalnum():
        return sign[:2]
    return "" if sign[-1].isalnum() or sign[-1].isspace() else sign[-2:]


_BY_KEY: dict[str, list[tuple[str, int]]] = {}  # → signs, and the numbers of their rules
for _number, _row in enumerate(ROWS):
    for _sign in _row.signs:
        _BY_KEY.setdefault(_key(_sign), []).append((_sign, _number))
_FIRST = "".join(sorted({key[0] for key in _BY_KEY if key and not key[0].isalnum()}))
_LAST = "".join(sorted({key[-1] for key in _BY_KEY if key[:1].isalnum()}))
_PAIRS = lazily(f"([{re.escape(_FIRST)}])(?=(.?))", re.S)
_ENDS = lazily(f"([{re.escape(_LAST)}])(?<=(\\w)[{re.escape(_LAST)}])")
_LONGEST = 60  # characters of a construct that are shown


class _Found(Struct):
    """The first construct of a kind, and how many there are."""

    at: int
    construct: str
    advice: Phrase
    count: int = 0


def check(tokens: list[Token], notes: Notes, env: dict[str, Any]) -> None:
    """Report them, and note which tags are components, to be reported no more.

    Problems: dialect-foreign.
    """
    text = notes.offsets.text
    rows = _possible(text)
    if not rows:
        return
    closed = frozenset(CLOSED.findall(text)) if COMPONENT in rows else frozenset()
    page = Page(closed, env.get("references", {}), frozenset(EXPORTED.findall(text) if "export" in text else ()))
    kinds: dict[tuple[str, int], _Found] = {}
    for token in tokens:
        for row, searched in _searched(token, rows):
            for match in row.pattern.finditer(searched):
                if row.confirm and not row.confirm(match, page):
                    continue
                if row is COMPONENT:
                    notes.components.add(match[1])
                at = _offset(token, match, row, notes)
                name = (match[1] or "") if row.pattern.groups else ""
                advice = row.by_name.get(name.lower().strip("/"), row.advice)
                first = kinds.setdefault((row.dialect, id(row.advice)), _Found(at, "", advice))
                if at < first.at or not first.construct:
                    first.at, first.advice, first.construct = at, advice, _shown(token, match.start(), match.end(), row)
                first.count += 1
    for (dialect, _), first in kinds.items():
        notes.report(
            "dialect-foreign",
            first.at,
            dialect=dialect,
            construct=first.construct,
            count=first.count,
            advice=first.advice,
        )


def _offset(token: Token, match: re.Match[str], row: Row, notes: Notes) -> int:
    """Return the offset of a construct in the text: of the fence itself, in a block of code, or in a paragraph."""
    if row.where == "fence":
        return int(token.meta.get("at", 0))
    if row.where != "listing" or token.map is None:
        return notes.offset(token, match.start())
    number = token.map[0] + 1 + token.content.count("\n", 0, match.start())
    return notes.offsets.starts[number] + max(notes.offsets.line(number).find(match.group()), 0)


def _possible(text: str) -> list[Row]:
    """Return the rules that may match: a sign of theirs is in the text, and what they look for, be it in code."""
    pairs = set(_PAIRS.findall(text))
    keys = {"", *(first for first, _ in pairs), *(first + second for first, second in pairs)}
    keys.update(letter + last for last, letter in set(_ENDS.findall(text)))
    signed = {number for key in keys for sign, number in _BY_KEY.get(key, ()) if len(sign) <= len(key) or sign in text}
    rows = (ROWS[number] for number in sorted(signed))
    # what begins a line may be behind the marks of a list or quotation: there the signs must do
    return [row for row in rows if row.where in ("line", "fence") or row.pattern.search(text)]


def _searched(token: Token, rows: list[Row]) -> Iterator[tuple[Row, str]]:
    """Give the rules for a token, each with the text that it looks at."""
    if token.type == "fence":
        yield from ((row, token.info.strip()) for row in rows if row.where == "fence" and token.info)
        yield from ((row, token.content) for row in rows if row.where == "listing")
    elif token.type == "html_block":
        yield from ((row, token.content) for row in rows if row.where == "markup")
    elif token.type == "inline" and token.content:
        fitting = [
            row
            for row in rows
            if any(sign in token.content for sign in row.signs) and row.where not in ("fence", "listing")
        ]
        if not fitting:
            return
        masked = Masked(token)
        is_paragraph = token.meta.get("cell") is None and "at" not in token.meta
        for row in fitting:
            if row.where == "line":
                if is_paragraph:
                    yield row, masked.text
            else:
                yield row, getattr(masked, row.where)


def _shown(token: Token, start: int, end: int, row: Row) -> str:
    """Return a construct as it is written, shortened."""
    text = token.markup + token.info.strip() if row.where == "fence" else token.content[start:end]
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
