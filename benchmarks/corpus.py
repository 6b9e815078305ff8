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
    parts = []
    for heading in range(4):
        parts.append(f"## Heading {heading} {chance.choice(_WORDS)} {{#h{heading}}}")
        for _ in range(2):
            text = " ".join(_sentence(chance) for _ in range(chance.randint(3, 4)))
            if chance.random() < 0.5:
                text += f" See [the page]({up}s{chance.randrange(MENU)}/index.md)."
            parts.append(text)
        if heading % 2:
            parts.append("\n".join(f"- {_sentence(chance)}" for _ in range(3)))
    return "\n\n".join(parts) + "\n"


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(8, 18))]
    words[0] = words[0].capitalize()
    for share, mark in ((0.2, "*"), (0.12, "**"), (0.06, "`")):
        if chance.random() < share:
            at = chance.randrange(len(words))
            words[at] = f"{mark}{words[at]}{mark}"
    return " ".join(words) + "."
