"""No misspelt word in content, data, manual, guides and catalogues: hunspell reads them, one process per language.

A proper name or a term that a dictionary lacks is added to `words/LANGUAGE.txt`, in order.
"""

import pytest
from support.phrases import Place
from support.site import needs
from support.spelling import DICTIONARIES, has_dictionary, texts, unknown_words, word_list, words_of


@pytest.mark.parametrize("language", DICTIONARIES)
def test_no_word_is_misspelt(language: str) -> None:
    needs("hunspell", all(map(has_dictionary, DICTIONARIES)))
    words = words_of(texts(language))
    unknown = unknown_words(language, words)
    if language == "en":  # the manual quotes the other two
        unknown = unknown_words("es", unknown_words("sl", unknown))
    assert not unknown, "\n".join(shown(word, words) for word in unknown)


def shown(word: str, words: dict[str, Place]) -> str:
    """Return a word with the first place that has it."""
    place = words.get(word)
    return f"{place.path}:{place.line}: {word}" if place else word


def test_misspelt_word_is_found() -> None:
    needs("hunspell", has_dictionary("en"))
    words = words_of([Place("a.md", 1, "en", "A sentense about sitegen, see https://exmple.org/ and `cod`.")])
    assert unknown_words("en", words) == ["sentense"]


@pytest.mark.parametrize("language", DICTIONARIES)
def test_word_list_is_in_order(language: str) -> None:
    words = word_list(language).read_text(encoding="utf-8").splitlines()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
