"""Proofreads one Markdown file: typography by language, alternative texts, sources. Used by `check` only.

Works on the source, so that every problem has its place. Whatever is not running text (code, URLs, markup, words in
another language) is masked first, letter by letter. Never converts Markdown.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, msgpack

from sitegen.languages.claims import first_claim
from sitegen.languages.proofreading import lint, outer_of, quotation
from sitegen.model.files import Source
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.text.frontmatter import Head, is_set, read_head
from sitegen.text.markdown.code import without_code
from sitegen.text.parts import decode

CODES = frozenset(  # all that `proofread` reports of a page by itself: source-missing is about other pages too
    {
        "quotes-straight",
        "quotes-foreign",
        "quotes-unpaired",
        "quotes-mixed",
        "dash-hyphen",
        "dash-foreign",
        "spaces-double",
        "mark-inverted-missing",
        "alt-file-name",
        "alt-repeats-caption",
    }
)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(\s*<?((?:[^)\s>!]|!(?!\[))+)>?(?:\s+\"([^\"\n]*)\")?\s*\)")
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|svg|avif)\Z", re.I)
_FOREIGN = re.compile(
    r"<(?P<tag>[a-zA-Z][\w-]*)\b(?=[^<>]*\blang=)[^<>]*+>[^<]*+</(?P=tag)\s*>"
    r"|(?:\*\*[^*\n]+\*\*|\*[^*\n]+\*|_[^_\n]+_|\[[^\[\]\n]*+\]\([^()\n]*+\))(?=\{[^{}\n]*\blang=)"
)
_ADDRESS = re.compile(r"<?https?://[^\s<>\"»«”’)\]]+>?|<[\w.+-]+@[\w.-]+>")
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"  # HTML
    r"|</?[a-zA-Z](?>(?:[^<>\"']|\"(?>(?:[^<\"\n]|<(?![a-zA-Z/!]))*)\"|'(?>(?:[^<'\n]|<(?![a-zA-Z/!]))*)')*)>"
    r"|(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\[[^\[\]\n]*\]|\[\^[^\[\]\n]+\](?!:)"  # addresses of links, notes
    r"|(?m:^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[^\n]*$|^::[a-z][^\n]*$)|\{[^{}\n]*\}"  # definitions, blocks, attributes
    r"|(?m:^[ \t>]*(?:!!!|\?\?\?\+?)[ ]*[\w-]*)|\[![A-Za-z][\w-]*\]|!(?=\[(?!\^))"  # callouts, marks of images
    r"|(?<=\|)[ \t]*+[–—-]++[ \t]*+(?=\||(?m:$))",  # cells of a table that say “nothing”
    re.S,
)
_PREFIX = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)]|:|>|#{1,6}|:::[ ]*\w*|\[\^[^\]\n]+\]:|\*\[[^\]\n]+\]:)[ \t]+)+", re.M)
_LETTER = re.compile(r"[^\n]")
_ITEM = "\x1f"  # what the first letter of a list item's mark is covered by: white space that is never typed
_ROW = re.compile(r"^[ ]{0,3}\||\S[ ]\|[ ]\S")


class Proofreading(Struct, frozen=True):
    """The options of proofreading: whether the site typesets plain quotation marks and dashes."""

    typeset: bool


def proofread_pages(how: Proofreading, sources: Sequence[Source]) -> list[bytes]:
    """Read many files; returns the packed problems of each."""
    return [msgpack.encode(proofread(source, how.typeset)) for source in sources]


def proofread(source: Source, typeset: bool) -> list[Problem]:
    """Return what an editor would mark in a file below `content/<lang>/`; nothing where it cannot be read.

    Problems: quotes-straight, quotes-foreign, quotes-unpaired, quotes-mixed, dash-hyphen, dash-foreign, spaces-double,
    mark-inverted-missing, alt-file-name, alt-repeats-caption, source-missing (all warnings).
    """
    text, unreadable = decode(source)
    head = None if unreadable else read_head(source.path, text)[0]
    if head is None:
        return []
    lang = source.path.split("/")[1]
    problems = []
    for key in ("title", "description"):
        place = head.places.get(key, Place(source.path))
        matches = lint(getattr(head.front, key), lang, typeset)
        problems += [problem(match.code, place, None, **dict(match.values)) for match in matches]
    body = covered(head.body.text)
    first: str | None = None
    for start, paragraph in _paragraphs(body):
        for match in lint(paragraph, lang, typeset):
            problems.append(problem(match.code, head.body.place(start + match.at), None, **dict(match.values)))
        mark = quotation(paragraph, lang, typeset)
        first = first or (mark and mark[0])
        if mark and mark[0] != first:
            values = {"mark": mark[0], "other": first, "outer": outer_of(lang)}
            problems.append(problem("quotes-mixed", head.body.place(start + mark[1]), None, **values))
    return problems + _images(head.body) + _unsourced(head, body, lang)


def covered(text: str) -> str:
    """Return the text with all that is no running text covered: words by letters, markup by asterisks."""
    text = without_code(text, "x")
    for pattern, letter in ((_FOREIGN, "x"), (_MARKUP, "*"), (_ADDRESS, "x")):
        text = _masked(pattern, text, letter)
    return _PREFIX.sub(lambda match: _ITEM + " " * (len(match.group()) - 1), text)


def _masked(pattern: re.Pattern[str], text: str, letter: str) -> str:
    """Return the text with a letter in place of each character that the pattern matches; lines stay lines."""
    return pattern.sub(lambda match: _LETTER.sub(letter, match.group()), text)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Give each paragraph, item, heading and row of a covered text, with its offset."""
    start, at, lines = 0, 0, text.splitlines(keepends=True)
    for line in lines:
        row = bool(_ROW.search(line))
        if not line.strip() or row or line.startswith(_ITEM):  # what stood before a blank line, a row or an item
            if text[start:at].strip():
                yield start, text[start:at]
            start = at
        at += len(line)
        if row:
            yield start, text[start:at]
            start = at
    if text[start:at].strip():
        yield start, text[start:at]


def _unsourced(head: Head, body: str, lang: str) -> list[Problem]:
    """Report the first year or measured number of a file that names no source; one in a heading is no statement.

    Sources that the file inherits from another one are not known here: `check` leaves its report out then.
    """
    text = without_code(head.body.text, "x")
    if (is_set(head.front.sources) and head.front.sources) or "http://" in text or "https://" in text or "[^" in text:
        return []
    for start, paragraph in _paragraphs(body):
        if head.body.text[start : start + 4].lstrip().startswith("#"):
            continue
        claim = first_claim(paragraph, lang)
        if claim:
            return [problem("source-missing", head.body.place(start + claim[0]), claim=claim[1])]
    return []


def _images(lines: Lines) -> list[Problem]:
    text = without_code(lines.text, "x")
    problems = []
    for match in _IMAGE.finditer(text):
        alt, target, caption = match[1].strip(), match[2], (match[3] or "").strip()
        stem = posixpath.splitext(posixpath.basename(target))[0]
        if _FILE_NAME.match(alt) or (alt == stem and re.search(r"[-_\d]", alt)):
            problems.append(problem("alt-file-name", lines.place(match.start()), alt=alt))
        elif alt and alt.casefold() == caption.casefold():
            problems.append(problem("alt-repeats-caption", lines.place(match.start())))
    return problems
