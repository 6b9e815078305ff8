"""The words of a text as search compares them: without accents, in small letters; and which of them are forms of one.

`words` and `fold` are the same as those of static/js/search-engine.js; tests/search_words.yaml holds both to it.
"""

import unicodedata
from collections.abc import Iterable
from itertools import groupby

# Letters that have no decomposition in Unicode but are typed without their stroke or ligature.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ"})
_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and the zero-width joiners stand inside words
# Our code of a language → the dictionary of simplemma that knows it, where the names differ.
_DICTIONARIES = {"hr": "hbs", "sr": "hbs", "bs": "hbs", "no": "nb"}


def fold(word: str) -> str:
    """Return a word as it is compared: »Županov« is "zupanov", "Año" is "ano"."""
    plain = unicodedata.normalize("NFKD", word).lower()
    return "".join(char for char in plain if char.isalnum()).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the words of a text as they are written: runs of letters and digits of any script."""
    return [
        "".join(run)
        for inside, run in groupby(text, lambda char: unicodedata.category(char)[0] in "LNM" or char in _JOINERS)
        if inside
    ]


def same_words(written: Iterable[str], language: str) -> list[list[str]]:
    """Return groups of folded words that are forms of one word, its dictionary form among them.

    `written` are words as they stand in texts, with accents and capitals, which the dictionary needs. Words that it
    does not know, mostly names, are grouped by their beginnings. Words without another form are in no group, and
    languages that the package simplemma has no dictionary for have no groups.
    """
    from simplemma import Lemmatizer, is_known
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    base = language.split("-")[0]
    dictionary = _DICTIONARIES.get(base, base)
    if dictionary not in SUPPORTED_LANGUAGES:
        return []
    # The other way of reading a dictionary takes longer and five times the memory, for a gain in whole texts only.
    lemmatizer = Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True))
    groups: dict[str, set[str]] = {}
    unknown: set[str] = set()
    for word in written:
        if any(char.isdigit() for char in word):
            continue
        lemma = lemmatizer.lemmatize(word.lower(), lang=dictionary)
        if lemma == word.lower() and word != lemma:
            lemma = lemmatizer.lemmatize(word, lang=dictionary)  # a name is known by its capital letter
        if fold(lemma) == fold(word) and not is_known(word, dictionary, low_memory=True):
            unknown.add(fold(word))
        else:
            groups.setdefault(fold(lemma), {fold(lemma)}).add(fold(word))
    known = [sorted(forms) for _, forms in sorted(groups.items())]
    return sorted(forms for forms in [*known, *by_beginning(sorted(unknown))] if len(forms) > 1)


def by_beginning(unknown: list[str]) -> list[list[str]]:
    """Return sorted words in groups of neighbours that differ by an ending, such as "pekinska" and "pekinskega".

    An ending is at most three letters and a third of the word; all words of a group begin with the same five letters.
    """
    groups: list[list[str]] = []
    for word in unknown:
        last = groups[-1][-1] if groups else ""
        same, longest = len(shared_beginning(last, word)), max(len(last), len(word))
        if same >= 5 and longest - same <= 3 and same * 3 >= longest * 2:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def shared_beginning(first: str, second: str) -> str:
    """Return the longest text that both begin with."""
    same = [a == b for a, b in zip(first, second, strict=False)]
    return first[: [*same, False].index(False)]
