"""Links and pictures whose address has blanks or goes on in the next line: `[x](my file.pdf)` is text."""

import re
from typing import Any

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.foreign.masks import Masked
from sitegen.text.markdown.notes import Notes

# What stands between the brackets; templates of other tools are not looked at here.
_ADDRESS = lazily(r"\]\([ \t]*+((?>(?:[^()\[\]{}<>]++|\([^()\[\]{}<>\n]*+\))+))\)")
_ENCLOSED = lazily(r"<((?:https?://|mailto:)[^<>]*+)>", re.I)
_TITLE = lazily(r"(?<![ \t])[ \t]++[\"'“”„«»‘’]")
_QUOTES = "\"'“”„«»‘’ \t"
_LONGEST = 1000  # characters of the text of a link that are looked through
_PHONE = lazily(r"(?:\+|00)[\d ()/.-]{5,20}\Z")
_SCHEME = lazily(r"[A-Za-z][A-Za-z0-9+.-]*+:")


def check(tokens: list[Token], notes: Notes, _env: dict[str, Any]) -> None:
    """Report them where the address begins. Problems: link-blank."""
    for token in tokens:
        if token.type != "inline" or ("](" not in token.content and "<" not in token.content):
            continue
        texts = [child.content for child in token.children or () if child.type == "text"]
        if any("](" in text for text in texts):
            _bracketed(token, notes)
        if any("<" in text for text in texts):
            _enclosed(token, notes)


def _bracketed(token: Token, notes: Notes) -> None:
    text, read = Masked(token).text, _read(token)
    for match in _ADDRESS.finditer(text):
        address = match[1].rstrip()
        is_broken = " " in address or 0 < address.find("\n") < _LONGEST
        if is_broken and match.start() not in read and _is_opened(text, match.start()):
            better, encoded = _answers(address)
            notes.report("link-blank", notes.offset(token, match.start(1)), better=better, encoded=encoded)


def _enclosed(token: Token, notes: Notes) -> None:
    """Report addresses in angle brackets; one that is read is no text any more."""
    for match in _ENCLOSED.finditer(Masked(token).text):
        if len(match[1].split()) > 1:
            joined, encoded = ("".join(match[1].split()), _encoded(match[1]))
            at = notes.offset(token, match.start(1))
            notes.report("link-blank", at, better=f"<{joined}>", encoded=f"<{encoded}>")


def _is_opened(text: str, end: int) -> bool:
    """Say whether a bracket before this one is neither escaped nor that of a footnote."""
    at = text.rfind("[", max(end - _LONGEST, 0), end)
    return at >= 0 and text[at - 1 : at] != "\\" and not text.startswith("[^", at)


def _read(token: Token) -> set[int]:
    """Return where the brackets close of all links, pictures and footnotes of a block."""
    places = set()
    for child in token.children or ():
        at = child.map[0] if child.map else 0
        if child.type == "link_close":
            places.add(at)
        elif child.type == "image":
            places.add(at + 2 + len(child.content))
        elif child.type == "footnote_ref":
            places.add(token.content.find("]", at))
    return places


def _answers(address: str) -> tuple[str, str]:
    """Return two spellings of an address that are read: the likely one first."""
    if "\n" in address:
        return "".join(line.strip() for line in address.split("\n")), _encoded(address)
    titled = _TITLE.search(address)
    if titled:
        file, title = address[: titled.start()], address[titled.end() :].strip(_QUOTES)
        plain, enclosed = f'{_encoded(file)} "{title}"', f'<{file}> "{title}"'
        return (enclosed, plain) if " " in file else (plain, enclosed)
    if _PHONE.match(address):
        return "tel:" + re.sub(r"[^+\d]", "", address), "tel:" + re.sub(r"[^+\d]+", "-", address)
    if _SCHEME.match(address):
        return "".join(address.split()), _encoded(address)
    return f"<{address}>", _encoded(address)


def _encoded(address: str) -> str:
    return "%20".join(address.split())
