"""The words of the project's texts in one language, each with the places where it is, for a spelling checker.

Code, addresses, values and what is marked as another language are not read. Proper names and terms that the
dictionary lacks are listed in `words/LANGUAGE.txt`.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po

from support.phrases import Place, prose_of_markdown, prose_of_message
from support.site import PROJECT, TESTS
from tools.make_speech import collected

# The dictionaries of hunspell, and the packages that bring them (Debian).
DICTIONARIES = {"en": "en_GB", "sl": "sl_SI", "es": "es_ES"}
_FOREIGN = re.compile(r"(?:\*+[^*\n]+\*+|\[[^\]\n]*\](?:\([^)\n]*\))?)\{[^}\n]*\blang=[^}\n]*\}")
_HEAD = re.compile(r"^ *(?:title|title_short|description|nav|image_alt|label|alt): *(?!\{)(.+)$", re.MULTILINE)
# What is no word: addresses, attributes in braces, options, names of files, entities, numbers, abbreviations.
_NO_WORD = re.compile(
    r"https?://\S+|\{[#.:\w][^}\n]*\}|(?<!\w)--?[a-z][\w-]*|\S+@\S+|\S*[\\/_=<>]\S*|\S*\w\.\w\S*|&\w+;|\S*\d\S*|\b[^\W\d_a-z]*[A-Z][^\W\d_a-z]+\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)*")


def word_list(language: str) -> Path:
    """Return the file of the words that the dictionary lacks."""
    return TESTS / "words" / f"{language}.txt"


def texts(language: str) -> Iterator[Place]:
    """Give every text of the project in a language: content, data, guides, catalogues, in English the manual too."""
    folders = [f"content/{language}", f"docs/guide/{language}"]
    files = [file for folder in folders for file in sorted((PROJECT / folder).rglob("*.md"))]
    if language == "en":
        manual = sorted(file for file in (PROJECT / "docs").rglob("*.md") if "guide" not in file.parts)
        files += [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *manual]
        for words in collected().values():
            yield from (Place("messages", 0, language, prose_of_message(text)) for text in words.id)
    for file in files:
        yield from _markdown(file, language)
    for file in sorted((PROJECT / "data").glob("*.yaml")):
        yield from (Place(f"data/{file.name}", 0, language, text) for text in _data(_load(file), language))
    for folder in ("locales", "sitegen/locales", "sitegen/theme/locales"):
        for file in sorted((PROJECT / folder / language).rglob("*.po")):
            yield from _catalogue(file, language)


def _markdown(file: Path, language: str) -> Iterator[Place]:
    path, text = file.relative_to(PROJECT).as_posix(), file.read_text(encoding="utf-8")
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    for found in _HEAD.finditer(head[0] if head else ""):
        yield Place(path, text.count("\n", 0, found.start()) + 1, language, found[1])
    yield from prose_of_markdown(path, language, _FOREIGN.sub("", text))


def _load(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _data(node: Any, language: str) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == language and isinstance(value, str):
                yield value
            else:
                yield from _data(value, language)
    elif isinstance(node, list):
        for item in node:
            yield from _data(item, language)


def _catalogue(file: Path, language: str) -> Iterator[Place]:
    path = file.relative_to(PROJECT).as_posix()
    for message in read_po(io.BytesIO(file.read_bytes())):
        ids = [message.id] if isinstance(message.id, str) else message.id
        said = [message.string] if isinstance(message.string, str) else message.string
        kept = re.compile(rf"\b(?:{'|'.join(map(re.escape, _WORD.findall(' '.join(ids)))) or '(?!)'})\b")
        for text in said if message.id else ():
            words = prose_of_message(text)  # names and code are the same in both languages
            yield Place(path, message.lineno or 0, language, words if language == "en" else kept.sub(" ", words))


def words_of(places: Iterable[Place]) -> dict[str, Place]:
    """Return every word with the first place that has it."""
    words: dict[str, Place] = {}
    for place in places:
        for found in _WORD.finditer(_NO_WORD.sub(" ", place.text)):
            words.setdefault(found[0].replace("’", "'"), place)
    return words


def has_dictionary(language: str) -> bool:
    """Say whether hunspell is installed, with the dictionary of a language."""
    command = ["hunspell", "-l", "-d", DICTIONARIES[language]]
    return bool(shutil.which("hunspell")) and not subprocess.run(command, input=b"", check=False).returncode


def unknown_words(language: str, words: Iterable[str]) -> list[str]:
    """Return the words that neither hunspell's dictionary nor the word list has: one process for all of them.

    A word of the list may also begin a sentence, and an English one be a possessive.
    """
    listed = set(word_list(language).read_text(encoding="utf-8").split())
    command = ["hunspell", "-l", "-i", "UTF-8", "-d", DICTIONARIES[language]]
    done = subprocess.run(command, input="\n".join(words), capture_output=True, check=True, encoding="utf-8")
    unknown = sorted(set(done.stdout.split()))
    return [word for word in unknown if listed.isdisjoint(_forms(word))]


def _forms(word: str) -> set[str]:
    bare = word.removesuffix("'s")
    return {word, bare, bare[:1].lower() + bare[1:]}
