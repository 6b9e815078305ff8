"""Compares how Python-Markdown read a text with how it is read now: line, before, after (`check --migrate`)."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import reduce

from msgspec import msgpack

from sitegen.check.migration_words import Word, classic_words, present_words
from sitegen.model.config import MarkdownOptions
from sitegen.model.files import Source
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Problem
from sitegen.text.markdown.marks import without_marks
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.parsers import Tangled
from sitegen.text.markdown.suppressions import take_ignores
from sitegen.text.parts import body_of, decode

_LARGEST = 4_000_000  # pairs of words that are compared; of larger differences only the beginning is reported
_OURS = re.compile(r"^[ \t]*::[^\n]*$", re.M)  # blocks and callouts: read in the same way before
_ALERT = re.compile(r"^((?:[ \t]*>)+[ \t]*)\[!\w++\]", re.M)
_NAMES = {
    "p": phrase("a paragraph"),
    "ul": phrase("a list"),
    "blockquote": phrase("a quotation"),
    "callout": phrase("a callout"),
    "pre": phrase("a block of code"),
    "table": phrase("a table"),
    "dl": phrase("a definition list"),
    "em": phrase("emphasis"),
    "strong": phrase("strong emphasis"),
    "code": phrase("code"),
    "a": phrase("a link"),
    "del": phrase("struck-through text"),
}


def differences(lines: Lines, options: MarkdownOptions) -> list[Problem]:
    """Compare the two readings of a body. Problems: read-otherwise, where a difference begins."""
    text, _, cut, _ = take_ignores(lines, options)
    text = without_marks(text)
    notes = Notes(lines, cut)
    notes.read(text, text)
    try:
        now = present_words(text, options, notes)
    except (Tangled, RecursionError):
        return []
    notes.problems.clear()  # reported when the page was read
    before = classic_words(_ALERT.sub(r"\1", _OURS.sub("", text)), options)
    last = None
    for was, then in _pairs(before, now):
        kind = (_kind(was), _kind(then))
        if was.path != then.path and kind != last:
            start = notes.offsets.starts[min(max(then.line, 0), len(notes.offsets.starts) - 1)]
            had, has = _described(was, then)
            notes.report("read-otherwise", start, was=had, now=has, word=then.text)
        last = kind if was.path != then.path else None
    return notes.problems


def _kind(word: Word) -> tuple[str, ...]:
    """Return what the word is in, without numbers: a list that is numbered otherwise is one difference."""
    return tuple(name.split("#")[0] for name in word.path)


def _pairs(before: list[Word], now: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Give each word as it was and as it is; a word that one side lacks has no path there."""
    first, most = 0, min(len(before), len(now))
    while first < most and before[first].text == now[first].text:
        first += 1
    last = 0
    while last < most - first and before[-1 - last].text == now[-1 - last].text:
        last += 1
    yield from zip(before[:first], now, strict=False)
    old, new = before[first : len(before) - last], now[first : len(now) - last]
    line = now[first].line if first < len(now) else now[-1].line if now else 0
    if len(old) * len(new) > _LARGEST:
        yield old[0], Word(old[0].text, (), line)
    elif old or new:
        yield from _aligned(old, new, line)
    yield from zip(before[len(before) - last :], now[len(now) - last :], strict=True)


def _aligned(old: list[Word], new: list[Word], line: int) -> Iterator[tuple[Word, Word]]:
    """Give the pairs of two rows that begin and end otherwise; `line` is where they begin."""
    matcher = SequenceMatcher(None, [word.text for word in old], [word.text for word in new], autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        if end - start == stop - begin:
            yield from zip(old[start:end], new[begin:stop], strict=True)
            continue
        at = new[begin].line if begin < len(new) else new[-1].line if new else line
        yield from ((word, Word(word.text, (), at)) for word in old[start:end][:1])
        yield from ((Word(word.text, ()), word) for word in new[begin:stop][:1])


def _described(was: Word, then: Word) -> tuple[Phrase, Phrase]:
    """Say what the word was in, and what it is in; outer elements that both share are omitted."""
    same = 0
    while same < min(len(was.path), len(then.path)) - 1 and was.path[same] == then.path[same]:
        same += 1
    return _path(was.path[same:] if was.path else ()), _path(then.path[same:] if then.path else ())


def _path(path: tuple[str, ...]) -> Phrase:
    if not path:
        return phrase("nothing")
    return reduce(lambda outer, inner: phrase("{outer}, in it {inner}", outer=outer, inner=inner), map(_name, path))


def _name(name: str) -> Phrase:
    if name.startswith("ol#"):
        return phrase("item {number} of a numbered list", number=name[3:])
    if name[0] == "h" and name[1:].isdecimal():
        return phrase("a heading of level {level}", level=name[1:])
    return _NAMES.get(name, phrase("text"))


def compare_pages(options: MarkdownOptions, sources: Sequence[Source]) -> list[bytes]:
    """Compare many files; returns the packed problems of each. Problems: read-otherwise."""
    encoder = msgpack.Encoder()
    return [encoder.encode(_compare(source, options)) for source in sources]


def _compare(source: Source, options: MarkdownOptions) -> list[Problem]:

    text, problems = decode(source)
    return [] if problems else differences(body_of(source.path, text), options)
