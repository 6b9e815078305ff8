"""One Markdown file to a Page: the only step that a page needs no other page for."""

from collections.abc import Sequence

from msgspec import Struct, msgpack

from sitegen.core.extensions import NONE, ExtensionError, Extensions
from sitegen.core.problems import Problem
from sitegen.core.records import BlockSlot, FrontMatter, MarkdownOptions, Page, RawHtml, Source, packed_body
from sitegen.read.frontmatter import body_of, decode, read_head

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
    """What reading one file gave: the page, unless it is too broken to show, and the problems."""

    page: Page | None
    problems: tuple[Problem, ...]
    unread: Unread | None = None


def read_pages(options: PageOptions, sources: Sequence[Source]) -> list[bytes]:
    """Read many files; returns a packed PageRead for each."""
    encoder = msgpack.Encoder()
    return [encoder.encode(_read(source, options)) for source in sources]


def read_page(source: Source, options: PageOptions) -> tuple[Page | None, list[Problem]]:
    """Read one file below `content/<lang>/`. Returns None when there is no title to show it by.

    Problems: extension-failed, those of frontmatter and markdown.body.
    """
    read = _read(source, options)
    return read.page, list(read.problems)


def _read(source: Source, options: PageOptions) -> PageRead:
    from sitegen.read.markdown.body import read_body  # heavy, and of no use while every page is remembered

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
    page = Page(
        path=source.path,
        lang=lang,
        name=name,
        key=front.translation_key or name,
        front=front,
        places=head.places if head else {},
        headings=body.headings,
        links=body.links,
        images=body.images,
        ids=tuple(sorted(body.ids)),
        blocks=tuple(part for part in body.parts if isinstance(part, BlockSlot)),
        body=packed_body(body.parts),
        ignores=body.ignores,
    )
    found = (*problems, *more)
    if head is None:
        start = text.removesuffix(written.text) if written.text else text
        return PageRead(None, found, Unread(page, tuple(sorted(set(start.translate(_APART).split())))))
    return PageRead(page, found)
