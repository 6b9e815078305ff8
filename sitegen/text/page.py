"""One Markdown file to a Page: the only step that a page needs no other page for."""

from collections.abc import Sequence

from msgspec import Raw, Struct
from msgspec.structs import replace

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.extensions import NONE, ExtensionError, Extensions
from sitegen.model.files import Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.page import BlockSlot, FrontMatter, Page, Positions, packed_body
from sitegen.model.problems import Ignore, Problem
from sitegen.text.frontmatter import body_of, decode, read_head

_APART = str.maketrans(dict.fromkeys("/\"'[]{},:", " "))  # what stands between the parts of addresses in YAML


class PageOptions(Struct, frozen=True):
    """What of site.yaml the reading of a page depends on."""

    markdown: MarkdownOptions
    raw_html: RawHtml
    extensions: Extensions = NONE


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
    """What is said about a page, and what somebody decided not to hear: in lines of its text."""

    problems: tuple[Problem, ...]
    ignores: tuple[Ignore, ...]


# The parts of a packed reading: each is b"" where there is nothing.
OUTLINE, TEXT, POSITIONS, NOTES, UNREAD = range(5)
outline_in = unpacking(Page)
positions_in = unpacking(Positions)
notes_in = unpacking(Notes)
unread_in = unpacking(Unread)


def read_pages(options: PageOptions, sources: Sequence[Source]) -> list[tuple[bytes, ...]]:
    """Read many files; returns a packed PageRead for each."""
    return [packed_read(read_source(source, options)) for source in sources]


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


def read_source(source: Source, options: PageOptions) -> PageRead:
    """Read one file, as `read_page` does, with all that is known of it."""
    from sitegen.text.markdown.body import read_body  # heavy, and of no use while every page is known

    text, problems = decode(source)
    if problems:
        return PageRead(None, tuple(problems))
    head, problems = read_head(source.path, text)
    _, lang, name = source.path.removesuffix(".md").split("/", 2)
    trusted = any(source.path.startswith(folder.rstrip("/") + "/") for folder in options.raw_html.trusted)
    written = head.body if head else body_of(source.path, text)
    try:
        body, more = read_body(written, lang, options.markdown, options.raw_html, trusted, options.extensions)
    except ExtensionError as error:
        return PageRead(None, (*problems, error.found))
    front = head.front if head else FrontMatter(title="")
    places = head.places if head else {}
    page = Page(
        path=source.path,
        lang=lang,
        name=name,
        key=front.translation_key or name,
        front=front,
        written=tuple(places),
        headings=body.headings,
        links=body.links,
        images=body.images,
        ids=tuple(sorted(body.ids)),
        blocks=tuple(part for part in body.parts if isinstance(part, BlockSlot)),
    )
    found, positions = (*problems, *more), replace(body.positions, front=places)
    if head is None:
        start = text.removesuffix(written.text) if written.text else text
        words = tuple(sorted(set(start.translate(_APART).split())))
        return PageRead(None, found, positions=positions, ignores=body.ignores, unread=Unread(page, words))
    return PageRead(page, found, packed_body(body.parts), positions, body.ignores)
