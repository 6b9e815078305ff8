"""Typography of running text, by language: quotation marks, dashes, ellipses, no-break spaces.

One pass over text; never sees markup, code or addresses (the caller keeps those away). The rules: Slovenski pravopis
(»…«, spaced en dash, one-letter prepositions), Oxford style for British English (‘…’, “…” inside), Ortografía de la
lengua española («…», raya), DIN 5008 for German („…“).
"""

import re
from functools import lru_cache

from msgspec import Struct

_NBSP = "\N{NO-BREAK SPACE}"


class Style(Struct, frozen=True):
    """How one language sets text. `joined` are words that must not part from the number after them."""

    quotes: tuple[str, str, str, str]  # outer pair, inner pair
    dash: str = "–"  # what `--` and a lone spaced hyphen become
    clinging: str = ""  # one-letter words that stay with the next word, as a class of characters
    joined: tuple[str, ...] = ()
    ordinal_dot: bool = False  # "28. september": the dot does not end the sentence
    months: str = ""  # with a capital, that follow an ordinal: "28. September"


_STYLES = {
    "sl": Style(
        ("»", "«", "›", "‹"),
        clinging="vzskoh",
        joined=("SDG", "CTR", "cilj", "cilja", "cilju", "ciljem", "cilji", "ciljev", "št.", "str.", "člen", "točka"),
        ordinal_dot=True,
    ),
    "en": Style(("‘", "’", "“", "”"), joined=("SDG", "SDGs", "Goal", "Goals", "No.", "no.", "p.", "pp.", "Article")),
    "es": Style(
        ("«", "»", "“", "”"),
        dash="—",
        joined=("ODS", "objetivo", "objetivos", "Objetivo", "Objetivos", "núm.", "n.º", "p.", "pág.", "art."),
    ),
    "de": Style(
        ("„", "“", "‚", "‘"),
        joined=("SDG", "Nr.", "S.", "Ziel", "Art."),
        ordinal_dot=True,
        months="Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
    ),
    "ar": Style(("«", "»", "“", "”")),
}
_PLAIN = Style(("“", "”", "‘", "’"))
_TITLES = ("Dr.", "dr.", "mag.", "prof.", "Prof.", "Mr", "Mrs", "Ms", "Sr.", "Sra.", "D.", "ga.")
_DEEPEST = 8  # quotations in one another
_AROUND = 200  # letters on each side within which a word, an address or a path is looked for
_ADDRESS = re.compile(
    r"\w@\w|://|\Awww\.|\w\.\w+/|\A[.~]{0,3}/|\w/\w[^\s]*\.\w|\\"
    r"|\w\.(?=\d?[a-zA-Z])[a-zA-Z0-9]{2,5}\W{0,9}\Z"  # the name of a file
)
_FEET = re.compile(r"\d['′]\d{1,2}\Z")  # before the mark of inches or seconds
_MONTH = re.compile(r"(?:0[1-9]|1[0-2])(?!\d)")
_LOW = re.compile(r"(?<![\w./\-–])\d{1,4}\.?\Z")
_HIGH = re.compile(r"\d{1,4}\.?(?![\w/\-–])")
_OPENING = "([{–—/¿¡»«›‹„“‘\"'" + _NBSP


class Typesetter:
    """Typesets the pieces of a block in order; keeps the open quotation marks and the last character.

    A piece is the text between two tags, so that a quotation mark may close after an emphasis.
    """

    def __init__(self, language: str) -> None:
        self.style = _STYLES.get(language.split("-")[0], _PLAIN)
        self.pattern = _pattern(self.style)
        self.open: list[str] = []
        self.before = " "

    def block(self) -> None:
        """Begin a new block: nothing is open, and a quotation mark here opens."""
        self.open.clear()
        self.before = " "

    def text(self, text: str) -> str:
        """Return one piece of plain text (entities allowed) as the language sets it."""
        typeset = self.pattern.sub(self._replace, text)
        self.before = text[-1] if text else self.before
        return typeset

    def _replace(self, match: re.Match[str]) -> str:
        rule = match.lastgroup
        if rule == "quote":
            return self._quote(match)
        if rule == "address" or (rule in ("ellipsis", "range", "dash") and _is_address(match)):
            return match.group()
        if rule == "ellipsis":
            return "…"
        if rule == "range":
            return "–" if _is_range(match.string, match.start()) else "-"
        if rule == "dash":
            return match.group() if _is_option(match, self.before) else self.style.dash
        return f" {self.style.dash} " if rule == "spaced" else _NBSP

    def _quote(self, match: re.Match[str]) -> str:
        """Open or close by the characters around the mark; a lone ' inside or after a word is an apostrophe."""
        mark, text = match.group(), match.string
        previous = text[match.start() - 1] if match.start() else self.before
        following = text[match.end() : match.end() + 1]
        opens = previous.isspace() or (previous in _OPENING and (previous != "/" or following.isalnum()))
        if opens and not following.isspace() and not (mark == "'" and following.isdigit()):
            if len(self.open) >= _DEEPEST:  # no text nests so many: the marks are not meant as pairs
                self.open.clear()
            self.open.append(mark)
            return self.style.quotes[0 if len(self.open) % 2 else 2]
        is_measure = mark not in self.open or _FEET.search(text, max(0, match.start() - 5), match.start())
        if previous.isdigit() and is_measure and not following.isalpha():
            return mark  # feet and inches, minutes and seconds
        if mark not in self.open or (mark == "'" and following.isalnum()):
            return "’" if mark == "'" else self.style.quotes[1]
        depth = len(self.open)
        del self.open[self.open.index(mark) :]
        return self.style.quotes[1 if depth % 2 else 3]


def _is_address(match: re.Match[str]) -> bool:
    """Say whether a sign is part of a URL, a path or the like."""
    text, start, end = match.string, match.start(), match.end()
    first = max(text.rfind(" ", max(0, start - _AROUND), start), text.rfind("\n", max(0, start - _AROUND), start)) + 1
    word = text[max(first, start - _AROUND) : end + _AROUND].split(maxsplit=1)
    return bool(word) and bool(_ADDRESS.search(word[0]))


def _is_range(text: str, at: int) -> bool:
    """Say whether a hyphen is between two numbers; `2015-09` is a month, as ISO 8601 writes it."""
    low, high = _LOW.search(text, max(0, at - 6), at), _HIGH.match(text, at + 1)
    is_month = low is not None and len(low.group()) == 4 and _MONTH.match(text, at + 1)
    return bool(low and high and not is_month)


def _is_option(match: re.Match[str], before: str) -> bool:
    """Say whether two hyphens begin the name of an option, such as `--strict`."""
    text, start = match.string, match.start()
    previous = text[start - 1] if start else before
    following = text[match.end() : match.end() + 1]
    return match.group() == "--" and following.isalpha() and (previous.isspace() or previous in "([/|`")


def typeset(text: str, language: str) -> str:
    """Return one block of plain text with the typography of `language`."""
    return Typesetter(language).text(text)


@lru_cache(maxsize=64)
def _pattern(style: Style) -> re.Pattern[str]:
    """Return one pattern with a named group for each rule.

    It begins with the few characters that any rule can begin with, so that the search runs over all others at the
    speed of C; what follows looks back at the character found.
    """
    behind = [  # a sign of what is before the space is searched first: most words have none
        r"(?P<unit>(?<=\d[ ])(?=(?:%|‰|°C|€|EUR|km|kg|ha|m)(?!\w)))",
        rf"(?P<title>(?=[^\W\d_]){_behind(_TITLES)})",
    ]
    last = r"\d." + "".join(sorted({title[-1] for title in _TITLES}))
    if style.clinging:
        both = style.clinging + style.clinging.upper()
        last += both
        before = rf"(?:(?<=[\s(„»«›‹\"'][{both}][ ])|(?<=\A[{both}][ ]))"
        behind.append(rf"(?P<clinging>{before}(?=[\w„»«›‹‘“\"'(]))")
    if style.ordinal_dot:
        # after the dot only a lower-case word or another number can follow: else the sentence has ended
        months = rf"|(?:{style.months})\b" if style.months else ""
        behind.append(rf"(?P<ordinal>(?<=\d\.[ ])(?=\d|[^\W\d_A-ZČŠŽÄÖÜ]{months}))")
    in_space = (
        r"(?P<spaced>-[ ](?=\S)(?<=\S[ ]-[ ]))",
        rf"(?P<joined>(?=\d){_behind(style.joined)})",
        f"(?<=[{last}][ ])(?:{'|'.join(behind)})",
    )
    others = (
        r"(?<=[\"'])(?P<quote>)",
        r"(?<=\.)(?P<ellipsis>\.\.(?!\.))",
        r"(?<=-)(?:(?P<range>(?=\d))|(?<![\-<!]-)(?P<dash>--?(?![\->])))",
        r"(?P<address>(?:(?<=http:/)|(?<=https:/))/[^\s<>\"'«»”’]*)",
    )
    # most of what is found are spaces
    return re.compile(rf"[\"'.\- /](?:(?<=[ ])(?:{'|'.join(in_space)})|(?<![ ])(?:{'|'.join(others)}))")


def _behind(words: tuple[str, ...]) -> str:
    """Return a lookbehind for one of these words and the space found; it tests the last letter first, for speed."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[-1], []).append(rf"(?<=\b{re.escape(word)}[ ])")
    groups = (rf"(?<={re.escape(letter)}[ ])(?:{'|'.join(looks)})" for letter, looks in by_letter.items())
    return f"(?<=[{re.escape(''.join(by_letter))}][ ])(?:{'|'.join(groups)})" if by_letter else r"(?!)"
