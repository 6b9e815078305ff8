"""One Markdown file to a Page: the only step that a page needs no other page for."""

from collections.abc import Sequence

from msgspec import Struct, msgpack

from sitegen.core.extensions import NONE, ExtensionError, Extensions
from sitegen.core.problems import Problem
from sitegen.core.records import BlockSlot, MarkdownOptions, Page, RawHtml, Source, packed_body
from sitegen.read.frontmatter import body_of, decode, read_head
from sitegen.read.markdown.body import read_body


class PageOptions(Struct, frozen=True):
    """What of site.yaml the reading of a page depends on."""

    markdown: MarkdownOptions
    raw_html: RawHtml
    extensions: Extensions = NONE


class PageRead(Struct, frozen=True):
    """What reading one file gave: the page, unless it is too broken to show, and the problems."""

    page: Page | None
    problems: tuple[Problem, ...]


def read_pages(options: PageOptions, sources: Sequence[Source]) -> list[bytes]:
    """Read many files; returns a packed PageRead for each."""
    encoder = msgpack.Encoder()
    results = (read_page(source, options) for source in sources)
    return [encoder.encode(PageRead(page, tuple(problems))) for page, problems in results]


def read_page(source: Source, options: PageOptions) -> tuple[Page | None, list[Problem]]:
    """Read one file below `content/<lang>/`. Returns None when there is no title to show it by.

    Problems: extension-failed, those of frontmatter and markdown.body.
    """
    text, problems = decode(source)
    if problems:
        return None, problems
    head, problems = read_head(source.path, text)
    _, lang, name = source.path.removesuffix(".md").split("/", 2)
    trusted = any(source.path.startswith(folder.rstrip("/") + "/") for folder in options.raw_html.trusted)
    written = head.body if head else body_of(source.path, text)
    try:
        body, more = read_body(written, lang, options.markdown, options.raw_html, trusted, options.extensions)
    except ExtensionError as error:
        return None, [*problems, error.found]
    if head is None:
        return None, problems + more
    page = Page(
        path=source.path,
        lang=lang,
        name=name,
        key=head.front.translation_key or name,
        front=head.front,
        places=head.places,
        headings=body.headings,
        links=body.links,
        images=body.images,
        ids=tuple(sorted(body.ids)),
        blocks=tuple(part for part in body.parts if isinstance(part, BlockSlot)),
        body=packed_body(body.parts),
        ignores=body.ignores,
    )
    return page, problems + more
