"""The text of a page to sections, each with a mark that stays the same while its words do.

A section is what stands from one heading to the next, of whatever level. Two more have names of their own: `front`, the
front matter that is translated (title, description, nav), and `introduction`, the text before the first heading.
Works on the text alone, so that an old version of a file costs no more than reading it. Never renders.
"""

import hashlib
import re
import unicodedata

from msgspec import Struct

from sitegen.model.page import FrontMatter
from sitegen.model.problems import Lines
from sitegen.text.markdown.code import heading_starts
from sitegen.text.markdown.headings import id_of

FRONT, INTRODUCTION = "front", "introduction"
TRANSLATED = ("title", "description", "nav")  # keys of front matter that a translator translates
LENGTH = 12  # of a mark, in hexadecimal digits: one in 280 million million for two texts to share it
_FENCE = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,})")
# A line that begins something of its own; any other line belongs to the one above, wherever it was wrapped.
_BEGINS = re.compile(r"#{1,6}(?:[^#]|\Z)|[>|]|::|!!!|:[ ]|\[\^?[^\]]+\]:|\*\[|\{:|=+\Z|-+\Z")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ ]")  # begins something only behind another item or a blank line
# … and one that nothing is joined to.
_ALONE = re.compile(r"#{1,6}(?:[^#]|\Z)|\||::|!!!|\{:|=+\Z|-+\Z")
_HASH = re.compile(r"[ ]*#{1,6}(?:[^#]|\Z)")
_BULLET = re.compile(r"[*+](?=[ ])")
_RULE = re.compile(r"[|:\- ]*\Z")
_ID = re.compile(r"\{:?(?=[^{}\n]*\}[\s#]*\Z)(?:[^{}\n]*[\s:])?#(?P<id>[^\s{}#]+)")
_MARKUP = re.compile(r"!?\[(?P<words>[^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?|<[^<>\n]*>|\{[^{}\n]*\}|[*`]+")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_NO_WORDS = re.compile(r"^(?:::.*|\[[^\]\n]+\]:.*|\{:.*|[ ]{0,3}[`~]{3,}.*)$", re.M)


class Section(Struct, frozen=True, array_like=True):
    """A part of a page: its id, its heading without markup, its first line in the file, its words, and its mark."""

    id: str
    title: str
    line: int
    words: int
    mark: str


class Cut(Struct, frozen=True):
    """A part of a page with its text, exactly as in the file (of `front`: a paragraph for each key)."""

    id: str
    title: str
    line: int
    text: str

    @property
    def section(self) -> Section:
        """Return all that is kept of it."""
        return Section(self.id, self.title, self.line, _count_words(self.text, self.id == FRONT), mark_of(self.text))


def cut(front: FrontMatter, body: Lines) -> list[Cut]:
    """Return all sections of a page in their order; an introduction only when there is one."""
    texts = (f"{key}: {value}\n\n" for key in TRANSLATED if isinstance(value := getattr(front, key), str) and value)
    return [
        Cut(FRONT, "", 1, "".join(texts)),
        *(section for section in cut_body(body) if section.title or section.text.strip()),
    ]


def cut_body(body: Lines) -> list[Cut]:
    """Return the sections of a body, which together are the whole text; the first is the introduction.

    A heading with no id of its own gets one of its words, like the finished page; a second use of an id is numbered.
    """
    starts = heading_starts(body.text)
    ends = [*starts, len(body.text)]
    cuts = [Cut(INTRODUCTION, "", body.first, body.text[: ends[0]])]
    taken = {FRONT: 2, INTRODUCTION: 2}  # id → the number to try next
    line, before = body.first, 0
    for start, end in zip(starts, ends[1:], strict=True):
        line += body.text.count("\n", before, start)
        before = start
        id_, title = _heading(body.text[start:end].partition("\n")[0])
        cuts.append(Cut(_free(id_, taken), title, line, body.text[start:end]))
    return cuts


def _heading(line: str) -> tuple[str, str]:
    match = _ID.search(line)
    title = plain(line[: match.start()] if match else line).strip(" \t#")
    return (match["id"] if match else id_of(title)), title or "—"


def _free(id_: str, taken: dict[str, int]) -> str:
    name, number = id_, taken.get(id_, 2)
    while name in taken:
        name, number = f"{id_}-{number}", number + 1
    taken[id_] = number
    taken.setdefault(name, 2)
    return name


def plain(text: str) -> str:
    """Return `text` without the marks of Markdown: the words of links, no addresses, no attributes."""
    return _MARKUP.sub(lambda match: match["words"] or "", text)


def _count_words(text: str, is_front: bool = False) -> int:
    """Return how many words a translator has to translate."""
    if is_front:
        text = re.sub(r"^\w+: ", "", text, flags=re.M)
    return len(_WORD.findall(plain(_NO_WORDS.sub("", text))))


def mark_of(text: str) -> str:
    """Return the mark of a section: the beginning of the SHA-256 of its normalised text."""
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def normalised(text: str) -> str:
    """Return the words and the structure of a section, without how the lines are wrapped and filled.

    NFC; each block on one line, with single spaces; no blanks at the ends of lines; one blank line where there are
    several, and none after a heading; bullets, the columns of tables and the lines below their heads written in one
    way. Code between fences stays, except for blanks at the ends of its lines.
    """
    lines: list[str] = []
    fence, joins, is_list = "", False, False
    for line in unicodedata.normalize("NFC", text).split("\n"):
        match = _FENCE.match(line)
        if fence or match:
            lines.append(line.rstrip())
            if not fence and match:
                fence = match["fence"]
            elif match and match["fence"].startswith(fence) and not line[match.end() :].strip():
                fence = ""
            joins = False
            continue
        line = line.expandtabs(4)
        words = " ".join(line.split())
        if not words:
            lines += [""] if lines and lines[-1] and not _HASH.match(lines[-1]) else []
        elif joins and not (_BEGINS.match(words) or (is_list and _ITEM.match(words))):
            lines[-1] += f" {words}"
        else:
            lines.append(" " * (len(line) - len(line.lstrip())) + _one_way(words))
            is_list = bool(_ITEM.match(words))
        joins = bool(words) and not _ALONE.match(words)
    return "\n".join(lines).strip("\n")


def _one_way(words: str) -> str:
    if "|" in words and "-" in words and _RULE.match(words):
        return re.sub(r"-+", "-", words.replace(" ", ""))
    if words.startswith("|"):
        return re.sub(r" ?\| ?", "|", words)
    return _BULLET.sub("-", words, count=1) if words[0] in "*+" else words
