"""Two texts as one, word by word: what went and what came; and texts set in lines and columns. Prints nothing."""

import difflib
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

_TOKEN = re.compile(r"\n[ ]*|\S+")
_LONG = 4000  # words; beyond, frequent ones are passed over in the comparison, or it would take seconds
_SIGNS = {"gone": ("[-", "-]", "\033[31;9m"), "come": ("{+", "+}", "\033[32m"), "same": ("", "", "")}


class Word(NamedTuple):
    """A word, or a line end with the indentation behind it; `kind` is same, gone or come."""

    text: str
    kind: str = "same"


def words_of(text: str) -> list[Word]:
    """Return the words of a text that is not compared."""
    return [Word(token) for token in _TOKEN.findall(text)]


def compared(old: str, new: str) -> list[Word]:
    """Return the words of both texts in one row."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=len(a) + len(b) > _LONG)
    done: list[Word] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            done += [Word(token) for token in a[a1:a2]]
        else:
            done += [Word(token, "gone") for token in a[a1:a2] if token.strip()]
            done += [Word(token, "come") for token in b[b1:b2]]
    return done


def set_in_lines(words: list[Word], width: int, colour: bool) -> list[tuple[str, int]]:
    """Return lines of at most `width` characters (longer words stand alone), each with the width it is seen with."""
    lines: list[tuple[str, int]] = []
    line, seen, indent = "", 0, ""
    for word, piece, length in _pieces(words, colour):
        if word.text.startswith("\n"):
            lines.append((line, seen))
            indent = word.text[1:]
            line, seen = indent, len(indent)
            continue
        if seen > len(indent) and seen + 1 + length > width:
            lines.append((line, seen))
            line, seen = indent, len(indent)
        space = " " if seen > len(indent) else ""
        line, seen = line + space + piece, seen + len(space) + length
    lines.append((line, seen))
    return lines


def _pieces(words: list[Word], colour: bool) -> Iterator[tuple[Word, str, int]]:
    """Yield each word, what is printed for it, and how wide that is."""
    for at, word in enumerate(words):
        opening, closing, paint = _SIGNS[word.kind]
        if word.text.startswith("\n") or word.kind == "same":
            yield word, word.text, len(word.text)
        elif colour:
            yield word, f"{paint}{word.text}\033[0m", len(word.text)
        else:
            before = at > 0 and words[at - 1].kind == word.kind and not words[at - 1].text.startswith("\n")
            behind = at + 1 < len(words) and words[at + 1].kind == word.kind
            behind = behind and not words[at + 1].text.startswith("\n")
            text = ("" if before else opening) + word.text + ("" if behind else closing)
            yield word, text, len(text)


def side_by_side(left: list[tuple[str, int]], right: list[tuple[str, int]], width: int) -> list[str]:
    """Return two columns, the left one `width` wide."""
    rows = zip_longest(left, right, fillvalue=("", 0))
    return [f"{a}{' ' * max(0, width - seen)} │ {b}".rstrip() for (a, seen), (b, _) in rows]
