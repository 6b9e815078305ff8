"""A site of made-up text that every generator gets: the same pages, headings, links and words for all.

Neutral: no generator's own syntax is in it. Each page is a Doc; an adapter writes it as its generator wants it.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LANGUAGES = {"sl": "Slovenščina", "en": "English", "es": "Español"}
LOCALES = {"sl": "sl_SI", "en": "en_GB", "es": "es_ES"}
DEFAULT = "sl"
SECTIONS = 20
MENU = 8  # sections that stand in the navigation of every page
ADDRESS = "https://bench.example/"
_LINK = re.compile(r"\]\(([^)]+)\.md\)")
_WORDS = (
    "city learning people school library network member declaration feature family work community quality culture "
    "leader budget report mayor street river market bridge garden museum theatre station square house window teacher "
    "child parent student book paper letter number table chair water light music dance sport game team plan goal action"
).split()


@dataclass(frozen=True)
class Doc:
    """One page: `name` is its path inside the language's folder, without `.md` (`index`, `s3/index`, `s3/p23`)."""

    lang: str
    name: str
    title: str
    description: str
    weight: int
    body: str

    @property
    def folder(self) -> str:
        """Return the path of its address inside the language: ``, `s3`, `s3/p23`."""
        return "" if self.name == "index" else self.name.removesuffix("/index")

    def linked(self, write: Callable[[str], str]) -> str:
        """Return the body with every link as `write` gives it; it gets the path that is meant, such as s3/index."""
        inside = self.name.rpartition("/")[0]
        return _LINK.sub(lambda found: f"]({write(_meant(inside, found[1]))})", self.body)


def _meant(inside: str, written: str) -> str:
    return written.removeprefix("../") if written.startswith("../") else f"{inside}/{written}".lstrip("/")


def corpus(pages: int) -> Iterator[Doc]:
    """Yield `pages` pages in each language, about 450 words long; the same for every call with the same number."""
    for lang in LANGUAGES:
        chance = random.Random(f"corpus {lang}")
        yield Doc(lang, "index", "Home", "The first page.", 0, _body(chance, "index"))
        for number in range(pages - 1):
            section = f"s{number % SECTIONS}"
            name = f"{section}/index" if number < SECTIONS else f"{section}/p{number}"
            about = f"A page on {chance.choice(_WORDS)} and {chance.choice(_WORDS)}."
            yield Doc(lang, name, f"Page {number} {chance.choice(_WORDS)}", about, number + 1, _body(chance, name))


def _body(chance: random.Random, name: str) -> str:
    up = "" if name == "index" else "../"
    parts, notes = [], []
    shape = random.Random(f"shape {name}")  # a page has the same sections in all languages
    for heading in range(4):
        parts.append(f"## Heading {heading} {chance.choice(_WORDS)} {{#h{heading}}}")
        for _ in range(2):
            text = " ".join(_sentence(chance) for _ in range(chance.randint(2, 3)))
            if chance.random() < 0.6:
                text += f" See [the page]({up}s{chance.randrange(MENU)}/index.md)."
            parts.append(text)
        if heading % 2:
            parts.append("\n".join(_item(chance, up) for _ in range(3)))
        for block, share in BLOCKS:
            if shape.random() < share / 4:
                parts.append(block(chance).replace("{#", f"{{#h{heading}"))
        if shape.random() < FOOTNOTES / 4:
            notes.append(_sentence(chance))
            parts[-1] += "" if parts[-1][-1] in "|`" else f"[^{len(notes)}]"
    parts += [f"[^{number}]: {text}" for number, text in enumerate(notes, 1) if f"[^{number}]" in "".join(parts)]
    return "\n\n".join(parts) + "\n"


def _item(chance: random.Random, up: str) -> str:
    link = f" See [this]({up}s{chance.randrange(MENU)}/index.md)." if chance.random() < 0.4 else ""
    return f"- {_sentence(chance)}{link}"


def _smaller(chance: random.Random) -> str:
    return f"### {chance.choice(_WORDS).capitalize()} {chance.choice(_WORDS)} {{#-1}}\n\n{_sentence(chance)}"


def _table(chance: random.Random) -> str:
    rows = [[" ".join(chance.choices(_WORDS, k=chance.randint(1, 6))) for _ in range(3)] for _ in range(5)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|", *lines[1:]])


def _steps(chance: random.Random) -> str:
    return "\n".join(f"{number}. {_sentence(chance)}" for number in range(1, 4))


def _nested(chance: random.Random) -> str:
    return f"- {_sentence(chance)}\n    - {_sentence(chance)}\n    - {_sentence(chance)}\n- {_sentence(chance)}"


def _quotation(chance: random.Random) -> str:
    return f"> {_sentence(chance)}\n> {_sentence(chance)}"


def _code(chance: random.Random) -> str:
    first, second = chance.sample(_WORDS, 2)
    return f"```python\nfor {first} in {second}s:\n    print({first}, 1)\n```"


# How many of each a page has on average: as the site of this project has them, and a few of what it has none of
# (footnotes, lists in lists, code).
BLOCKS: tuple[tuple[Callable[[random.Random], str], float], ...] = (
    (_smaller, 0.3),
    (_table, 0.32),
    (_steps, 0.33),
    (_quotation, 0.05),
    (_nested, 0.1),
    (_code, 0.08),
)
FOOTNOTES = 0.1


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(8, 18))]
    words[0] = words[0].capitalize()
    for share, mark in ((0.2, "*"), (0.12, "**"), (0.06, "`")):
        if chance.random() < share:
            at = chance.randrange(len(words))
            words[at] = f"{mark}{words[at]}{mark}"
    return " ".join(words) + "."
