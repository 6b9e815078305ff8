"""The comparison for many files, as workers are given it."""

from collections.abc import Sequence

from msgspec import msgpack

from sitegen.core.problems import Problem
from sitegen.core.records import MarkdownOptions, Source
from sitegen.read.frontmatter import body_of, decode


def compare_pages(options: MarkdownOptions, sources: Sequence[Source]) -> list[bytes]:
    """Compare many files; returns the packed problems of each. Problems: read-otherwise."""
    encoder = msgpack.Encoder()
    return [encoder.encode(_compare(source, options)) for source in sources]


def _compare(source: Source, options: MarkdownOptions) -> list[Problem]:
    from sitegen.read.markdown.before.differences import differences

    text, problems = decode(source)
    return [] if problems else differences(body_of(source.path, text), options)
