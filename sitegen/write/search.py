"""The search index of a language: what search.js loads when a person opens the search. A pure function of its pages.

A classic script, so that it also loads from a folder on disk; docs/decisions/014-search.md says why its name holds no
digest, and what the fields are for.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.core.finished import SearchPage
from sitegen.core.urls import quoted
from sitegen.lang.words import same_words, shared_beginning, words


def search_indexes(_: None, languages: Sequence[tuple[str, Sequence[SearchPage]]]) -> list[bytes]:
    """Return the index of each language, given as (language, its pages)."""
    return [search_index(lang, pages) for lang, pages in languages]


def search_index(lang: str, pages: Sequence[SearchPage]) -> bytes:
    """Return the index of one language: `pages`, in the order given, and `forms`, the word forms that belong together.

    A page is [address, title, section, description, parts], and as a sixth the names that people also search for, if
    there are any; a part is [quoted id, title, text], the first of them without id and title. A group of forms is
    written as what they begin with and how each goes on: "mest|a|o".
    """
    texts = [text for page in pages for text in _texts(page)]
    chunks = {chunk for text in texts for chunk in text.split()}
    written = sorted({word for chunk in chunks for word in words(chunk)})
    index = {
        "pages": [_record(page) for page in pages],
        "forms": [_packed(forms) for forms in same_words(written, lang)],
    }
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    # JSON may hold these two line separators as they are; scripts before ES2019 may not.
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"self.searchIndex={data};\n".encode()


def _texts(page: SearchPage) -> Iterable[str]:
    yield page.title
    yield page.description
    yield from page.also
    for part in page.sections:
        yield part.title
        yield part.text


def _record(page: SearchPage) -> list[Any]:
    record = [quoted(page.url), page.title, page.section, page.description, _parts(page)]
    return [*record, page.also] if page.also else record


def _parts(page: SearchPage) -> list[list[str]]:
    return [[quoted(part.id), part.title, part.text] for part in page.sections]


def _packed(forms: Sequence[str]) -> str:
    start = shared_beginning(min(forms), max(forms))  # what these two begin with, all begin with
    return "|".join([start, *(form[len(start) :] for form in forms)])
