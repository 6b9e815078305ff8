"""The name that was most likely meant, among many: an index of letters in threes finds the few that are compared.

To compare a mistyped name with every page of a site takes as long as to build it, where a folder has moved and
thousands of links are dead. The comparison itself is `read.typed.near`.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from sitegen.read.typed import near

COMPARED = 16  # names that are compared with a word
_LOOKED_AT = 4_000  # entries of the index that are counted for a word, those of rare letters first


class Nearest:
    """An index over names, made once; answers are kept."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._index: dict[str, list[int]] = {}
        self._answers: dict[str, str | None] = {}
        for number, name in enumerate(self._names):
            for three in _threes(name):
                self._index.setdefault(three, []).append(number)

    def of(self, word: str) -> str | None:
        """Return the name that is meant by `word`, or None where none is near."""
        if word not in self._answers:
            self._answers[word] = near(word, frozenset(self._candidates(word)))
        return self._answers[word]

    def _candidates(self, word: str) -> list[str]:
        """Return the names that share most letters with a word."""
        entries = sorted((self._index.get(three, []) for three in _threes(word)), key=len)
        looked_at = islice((number for numbers in entries for number in numbers), _LOOKED_AT)
        best = sorted(Counter(looked_at).items(), key=lambda found: (-found[1], found[0]))
        return [self._names[number] for number, _ in best[:COMPARED]]


def _threes(name: str) -> frozenset[str]:
    """Return all that stands side by side in a name, three letters each, with its beginning and its end."""
    padded = f"^{name.casefold()}$"
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
