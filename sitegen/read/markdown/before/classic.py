"""How Python-Markdown's own grammar reads a text, with the extensions that nearly every site has."""

from functools import lru_cache

from markdown import Markdown

from sitegen.core.records import MarkdownOptions
from sitegen.read.markdown.before.words import Html, Row, Word

_BUNDLED = {
    "tables": "tables",
    "footnotes": "footnotes",
    "definitions": "def_list",
    "abbreviations": "abbr",
    "attributes": "attr_list",
}


@lru_cache(maxsize=4)
def _markdown(options: MarkdownOptions) -> Markdown:
    names = [_BUNDLED[name] for name in options.extensions if name in _BUNDLED]
    return Markdown(extensions=[*names, "fenced_code", "admonition", "md_in_html"], output_format="html")


def classic_words(text: str, options: MarkdownOptions) -> list[Word]:
    """Return the words of a text as they were read."""
    converter = _markdown(options)
    converter.reset()
    row = Row()
    reader = Html(row)
    reader.feed(converter.convert(text))
    reader.close()
    return row.words
