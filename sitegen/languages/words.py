"""The words of a text as search compares them: without accents, in lower case; and groups of forms of one word.

`words` and `fold` are the same as those of static/js/search-engine.js; tests/search_words.yaml tests both.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby, pairwise

# Letters that have no decomposition in Unicode but are typed without their stroke or ligature.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ"})
# Thai, Lao, Burmese, Khmer, kana, bopomofo and Chinese characters: no spaces between words.
_RANGES = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31ff"
    r"\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_RANGES}]")
_PIECES = re.compile(f"[{_RANGES}]+|[^{_RANGES}]+")
_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and the zero-width joiners, which are parts of words
# Our code of a language → the dictionary of simplemma that knows it, where the names differ.
_DICTIONARIES = {"hr": "hbs", "sr": "hbs", "bs": "hbs", "no": "nb"}
_BEGINNING = 5  # letters that forms of a word share at least, when nothing is known but the letters


def fold(word: str) -> str:
    """Return a word as it is compared: »Županov« is "zupanov", "Año" is "ano"."""
    plain = unicodedata.normalize("NFKD", word).lower()
    return "".join(char for char in plain if char.isalnum()).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the words of a text as they are written: runs of letters and digits of any script.

    Scripts that write words without spaces between them give each two neighbouring letters, so that a word is found
    inside a run without a dictionary. A single letter is itself.
    """
    result = []
    for inside, run in groupby(text, lambda char: unicodedata.category(char)[0] in "LNM" or char in _JOINERS):
        if inside:
            word = "".join(run)
            result += [word] if not _UNSPACED.search(word) else _pairs(word)
    return result


def _pairs(word: str) -> list[str]:
    """Return the pieces of a run: pairs of letters where words are written without spaces, the rest as it is."""
    pieces = []
    for piece in _PIECES.findall(word):
        letters: list[str] = []  # each with the vowels and tones above and below it
        for char in piece:
            if letters and unicodedata.category(char)[0] == "M":
                letters[-1] += char
            else:
                letters.append(char)
        alone = len(letters) < 2 or not _UNSPACED.match(piece)
        pieces += [piece] if alone else [first + second for first, second in pairwise(letters)]
    return pieces


def same_words(written: Iterable[str], language: str) -> list[list[str]]:
    """Return groups of folded words that are forms of one word, its dictionary form among them.

    `written` are words as they appear in texts, with accents and capitals, which the dictionary needs. Words that it
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
    return _with_unknown([sorted(forms) for _, forms in sorted(groups.items())], sorted(unknown))


def _with_unknown(recognised: list[list[str]], unknown: list[str]) -> list[list[str]]:
    """Return the groups of two words and more, the unknown words put to those that they differ from by an ending.

    A dictionary may know »pekinške« and not »pekinška«. Unknown words that no group takes make groups of their own.
    """
    groups = [list(forms) for forms in recognised]
    near: dict[str, list[tuple[str, int]]] = {}  # the first letters → words that begin with them, and their groups
    for number, forms in enumerate(groups):
        for form in forms:
            near.setdefault(form[:_BEGINNING], []).append((form, number))
    for word in unknown:
        akin = [(form, number) for form, number in near.get(word[:_BEGINNING], ()) if _differ_by_ending(form, word)]
        if akin:
            _, number = max(akin, key=lambda pair: len(shared_beginning(pair[0], word)))
        else:
            number = len(groups)
            groups.append([])
        groups[number].append(word)
        near.setdefault(word[:_BEGINNING], []).append((word, number))
    return sorted(sorted(set(forms)) for forms in groups if len(set(forms)) > 1)


def _differ_by_ending(first: str, second: str) -> bool:
    """Say whether two words differ by at most three letters at their ends, and a third of the longer one."""
    same, longest = len(shared_beginning(first, second)), max(len(first), len(second))
    return same >= _BEGINNING and longest - same <= 3 and same * 3 >= longest * 2


def shared_beginning(first: str, second: str) -> str:
    """Return the longest text that both begin with."""
    same = [a == b for a, b in zip(first, second, strict=False)]
    return first[: [*same, False].index(False)]
