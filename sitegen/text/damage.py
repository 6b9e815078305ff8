"""Damaged texts: unresolved merge conflicts, and text that was read in a wrong encoding.

A marker is exactly seven characters at the very beginning of a line, alone or with a blank behind them. In Markdown,
seven equal signs also underline a heading and seven `>` are a quotation: these count next to other markers, seven equal
signs also where they underline nothing, and seven bars where the name of a version follows.
A whole conflict inside one fenced block of code is an example of a conflict, and no problem.
"""

from sitegen.model.files import Source
from sitegen.model.lazy import lazily
from sitegen.model.problems import Lines, Problem, problem

# The first byte of a letter in UTF-8, then the second, each as an 8-bit encoding of the West or the East shows it.
_PAIR = lazily(r"[\u00c2-\u00c5\u0102\u0139\u00d0\u00d1\u00ce\u00cf\u010e\u0110\u0143][^\x00-\x7f]")
_ENCODINGS = ("cp1252", "latin-1", "cp1250", "iso-8859-2")
_QUOTES = frozenset(
    "\u201a\u201e\u2026\u2018\u2019\u201c\u201d\u2013\u2014\u00ab\u00bb\u203a\u2039"
)  # may follow a capital


def mojibake(lines: Lines) -> list[Problem]:
    """Return text-mojibake (a warning) at the first place with text like `Å¡ola` for `šola`, with what was meant."""
    for match in _PAIR.finditer(lines.text):
        meant = _meant(match.group())
        if meant and match.group()[1] not in _QUOTES:
            return [problem("text-mojibake", lines.place(match.start()), None, found=match.group(), meant=meant)]
    return []


def _meant(pair: str) -> str:
    """Return the letter that a pair represents, or ""."""
    for encoding in _ENCODINGS:
        try:
            letter = pair.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if letter.isalpha() and len(letter) == 1:
            return letter
    return ""


_MARKER = lazily(r"(<{7}|\|{7}|={7}|>{7})(?: |\Z)")
_FENCE = lazily(r"[ \t]*+(`{3,}+|~{3,}+)")
TEXTS = (".css", ".js", ".mjs", ".svg", ".html", ".txt", ".xml", ".json", ".webmanifest", ".csv")
_LABEL = lazily(r"[^\s]+\Z|[0-9a-f]{7,40}\b")  # a branch, or a commit and its title


def conflicts(lines: Lines, *, markdown: bool = False) -> list[Problem]:
    """Return merge-conflict for each conflict in a text, at its first marker. `markdown` has fenced blocks of code."""
    if not any(marker in lines.text for marker in ("<<<<<<<", ">>>>>>>", "|||||||", "=======")):
        return []
    rows = lines.text.split("\n")
    blocks = _blocks(rows) if markdown else {}
    starts: list[int] = []
    start = -1  # the row in which a conflict began that is not over yet
    is_divided = False
    for number, row in enumerate(rows):
        marker = _MARKER.match(row.rstrip("\r"))
        if not marker:
            continue
        sign = row[0]
        if sign == "<":
            starts += _lone(start, blocks)
            start = number
        elif sign == ">":
            if start >= 0:
                starts += [] if _is_example(start, number, blocks) else [start]
            elif is_divided or _LABEL.match(row[8:].strip()):
                starts += _lone(number, blocks)
            start, is_divided = -1, False
        elif start < 0 and (_is_base(row) if sign == "|" else markdown and _underlines_nothing(rows, number)):
            starts += _lone(number, blocks)
        is_divided = is_divided or (sign == "=" and len(row.rstrip()) == 7 and number not in blocks)
    starts += _lone(start, blocks)
    return [problem("merge-conflict", lines.line(number + 1, 1)) for number in starts]


def _is_base(row: str) -> bool:
    """Say whether seven bars are followed by the name of a version, as git writes it, and not by a row of a table."""
    label = row[8:].strip()
    return "|" not in label and _LABEL.match(label) is not None


def _underlines_nothing(rows: list[str], number: int) -> bool:
    """Say whether seven equal signs come after a blank line, so that they are no heading."""
    return len(rows[number].rstrip()) == 7 and (number == 0 or not rows[number - 1].strip())


def torn(source: Source) -> list[Problem]:
    """Return the conflicts of a text that is published as it is, such as a stylesheet; of other files, nothing."""
    if not source.path.lower().endswith(TEXTS) or (b"<<<<<<<" not in source.data and b">>>>>>>" not in source.data):
        return []
    return conflicts(Lines(source.path, source.data.decode("utf-8", "replace").replace("\r\n", "\n")))


def _blocks(rows: list[str]) -> dict[int, int]:
    """Return row → the row in which the fenced block around it begins; a block that nothing closes is none."""
    blocks: dict[int, int] = {}
    start, fence = -1, ""
    for number, row in enumerate(rows):
        match = _FENCE.match(row)
        if not match:
            continue
        if start < 0:
            is_opening = match[1][0] == "~" or "`" not in row[match.end() :]
            start, fence = (number, match[1]) if is_opening else (-1, "")
        elif match[1].startswith(fence) and not row[match.end() :].strip():
            blocks.update(dict.fromkeys(range(start + 1, number), start))
            start = -1
    return blocks


def _lone(number: int, blocks: dict[int, int]) -> list[int]:
    """Return the row of a marker without its counterpart, unless there is none, or it is in a block of code."""
    return [number] if number >= 0 and number not in blocks else []


def _is_example(first: int, last: int, blocks: dict[int, int]) -> bool:
    return first in blocks and blocks[first] == blocks.get(last)
