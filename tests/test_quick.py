"""The quick steps change nothing: Python-Markdown with and without them gives the same HTML."""

import re

import pytest
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.records import MarkdownOptions
from sitegen.read.markdown.converter import _Machine

PAGES = sorted((PROJECT / "content").rglob("*.md"))
QUICK = _Machine(MarkdownOptions(), escape_html=False)
PLAIN = _Machine(MarkdownOptions(), escape_html=False, quick=False)
PLAIN.markdown.treeprocessors.deregister("prettify")

# pieces that mean something to Markdown, to be put together in any order
PIECES = st.sampled_from(
    [
        *"word Word *a* **b** _c_ `d` [e](f.md) ![g](h.png) [i][j] <k> & &amp; \\* \\ ! [^1] ^ # ## > - + 1. |".split(),
        *": ::: :::note ::block !!! ~~~ ``` {#id} {.c} http://x.y <http://x.y> a@b.c <b>x</b> <!-- --> *[X]:".split(),
        *("[1]:", "[^1]:", "===", "---", "\n", "\n\n", "    ", "  \n", " "),
    ]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT / "content").as_posix())
def test_pages_of_the_site(page):
    text = page.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert QUICK.convert(text).html == PLAIN.convert(text).html


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join))
def test_any_text(text):
    assert loosely(QUICK.convert(text).html) == loosely(PLAIN.convert(text).html)


def loosely(html: str) -> str:
    """Return HTML without the runs of white space that the block parser leaves at the ends of paragraphs."""
    return re.sub(r"\s+", " ", html)
