"""One Markdown file to a Page: the only step that a page needs no other page for."""

from collections.abc import Sequence

from msgspec import Raw, Struct
from msgspec.structs import replace

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.extensions import NONE, ExtensionError, Extensions
from sitegen.model.files import Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.page import BlockSlot, FrontMatter, Page, Positions, packed_body
from sitegen.model.problems import Ignore, Lines, Place, Problem
from sitegen.text.parts import Front, decode, split, top_of

_APART = str.maketrans(dict.fromkeys("/\"'[]{},:", " "))  # what stands between the parts of addresses in YAML


class PageOptions(Struct, frozen=True):
    """What of site.yaml the reading of a page depends on."""

    markdown: MarkdownOptions
    raw_html: RawHtml
    extensions: Extensions = NONE


class Reading(Struct, frozen=True):
    """A file to read, and its packed Front, where that is known from an earlier build."""

    source: Source
    front: bytes = b""

    @property
    def path(self) -> str:
        """Return the path of the file."""
        return self.source.path


class Unread(Struct, frozen=True):
    """What is known of a page whose front matter cannot be read: its text, with nothing to show it by.

    `words` are those of the front matter: parts of the page's address may be among them.
    """

    page: Page
    words: tuple[str, ...]


class PageRead(Struct, frozen=True):
    """What reading one file gave: the page, unless it is too broken to show, its text, its positions, and the problems.

    `unread` is what there is in the place of a page.
    """

    page: Page | None
    problems: tuple[Problem, ...]
    text: Raw = Raw(b"")
    positions: Positions = Positions()
    ignores: tuple[Ignore, ...] = ()
    unread: Unread | None = None


class Notes(Struct, frozen=True):
    """The problems of a page, and those that are suppressed: in lines of its text."""

    problems: tuple[Problem, ...]
    ignores: tuple[Ignore, ...]


# The parts of a packed reading: each is b"" where there is nothing.
OUTLINE, TEXT, POSITIONS, NOTES, UNREAD = range(5)
outline_in = unpacking(Page)
positions_in = unpacking(Positions)
notes_in = unpacking(Notes)
unread_in = unpacking(Unread)
_front_in = unpacking(Front)


def read_pages(options: PageOptions, readings: Sequence[Reading]) -> list[tuple[bytes, ...]]:
    """Read many files; returns a packed PageRead for each."""
    return [packed_read(read_source(reading.source, options, reading.front)) for reading in readings]


def read_fronts(_: None, parts: Sequence[tuple[Lines, Place]]) -> list[bytes]:
    """Read the front matter of many files, given with the first line of each; returns a packed Front for each."""
    from sitegen.text.frontmatter import read_front

    return [packed(read_front(*part)) for part in parts]


def packed_read(read: PageRead) -> tuple[bytes, ...]:
    """Return a reading in parts: what is known of a page changes less often than its text, or the lines in it."""
    notes = Notes(read.problems, read.ignores)
    return (
        packed(read.page) if read.page else b"",
        bytes(read.text),
        packed(read.positions),
        packed(notes) if read.problems or read.ignores else b"",
        packed(read.unread) if read.unread else b"",
    )


def read_page(source: Source, options: PageOptions) -> tuple[Page | None, list[Problem]]:
    """Read one file below `content/<lang>/`. Returns None when there is no title to show it by.

    Problems: extension-failed, those of frontmatter and markdown.body.
    """
    read = read_source(source, options)
    return read.page, list(read.problems)


def read_source(source: Source, options: PageOptions, cached: bytes = b"") -> PageRead:
    """Read one file, as `read_page` does, with its problems and positions; `cached` is its packed Front, if it is."""
    from sitegen.text.markdown.body import read_body  # heavy, and not needed while every page is cached

    text, problems = decode(source)
    if problems:
        return PageRead(None, tuple(problems))
    above, written, problems = split(source.path, text)
    if above is None:
        front = Front(None, {}, tuple(problems))
    else:
        front = _front_in.decode(cached or read_fronts(None, [(above, top_of(source.path, text))])[0])
    _, lang, name = source.path.removesuffix(".md").split("/", 2)
    trusted = any(source.path.startswith(folder.rstrip("/") + "/") for folder in options.raw_html.trusted)
    try:
        body, body_problems = read_body(written, lang, options.markdown, options.raw_html, trusted, options.extensions)
    except ExtensionError as error:
        return PageRead(None, (*front.problems, error.report))
    values = front.values or FrontMatter(title="")
    page = Page(
        path=source.path,
        lang=lang,
        name=name,
        key=values.translation_key or name,
        front=values,
        written=tuple(front.places),
        headings=body.headings,
        links=body.links,
        images=body.images,
        ids=tuple(sorted(body.ids)),
        blocks=tuple(part for part in body.parts if isinstance(part, BlockSlot)),
    )
    all_problems, positions = (*front.problems, *body_problems), replace(body.positions, front=front.places)
    if front.values is None:
        start = text.removesuffix(written.text) if written.text else text
        words = tuple(sorted(set(start.translate(_APART).split())))
        return PageRead(None, all_problems, positions=positions, ignores=body.ignores, unread=Unread(page, words))
    return PageRead(page, all_problems, packed_body(body.parts), positions, body.ignores)
