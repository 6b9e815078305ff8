"""Markdown text to HTML with the package Markdown, whose grammar is ours: one instance for each set of options.

An instance is made once per process and reset for every page: making one costs more than a short page.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.model.config import MarkdownOptions
from sitegen.model.extensions import NONE, ExtensionError, Extensions, fault, is_theirs
from sitegen.model.phrases import phrase
from sitegen.text.markdown.grammar import Grammar
from sitegen.text.markdown.marks import without_marks
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.parsers import Tangled
from sitegen.text.markdown.serial import html_of, straight


class _FigureExtension(Extension):
    """Adds figures: `![alt](map.png "Caption")` on a line of its own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Register the tree processor after the inline patterns and attribute lists."""
        md.treeprocessors.register(_Figures(md), "figures", 7)


class _Figures(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        for paragraph in root.iter("p"):
            image = paragraph[0] if len(paragraph) == 1 else None
            if image is None or image.tag != "img" or (paragraph.text or "").strip() or (image.tail or "").strip():
                continue
            caption = image.attrib.pop("title", "")
            if not caption:
                continue
            paragraph.tag = "figure"
            image.tail = None
            ET.SubElement(paragraph, "figcaption").text = caption


Further = tuple[Callable[[Any], None], ...]  # functions of the site that register what they like


def instance(options: MarkdownOptions, escape_html: bool, further: Further = ()) -> Markdown:
    """Return Python-Markdown with our grammar. Its own steps that the grammar has taken over are removed."""
    markdown = Markdown(output_format="html")
    markdown.parser = Grammar(markdown, options, escape_html)
    markdown.serializer = html_of
    for registry in (markdown.preprocessors, markdown.inlinePatterns):
        for name in _names(registry):
            registry.deregister(name)
    markdown.treeprocessors.deregister("prettify")  # `body` writes a line end behind each block
    markdown.registerExtensions([_FigureExtension()], {})
    for function in further:
        function(markdown)
    if not len(markdown.inlinePatterns):  # nothing is left to do for the steps that apply them
        markdown.treeprocessors.deregister("inline")
        markdown.treeprocessors.deregister("unescape")
    return markdown


def _names(registry: Any) -> list[str]:
    """Return the names of the processors that Python-Markdown registers itself."""
    preprocessors = ("normalize_whitespace", "html_block")
    patterns = (
        "backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail "
        "linebreak html entity not_strong em_strong em_strong2"
    )
    return [name for name in (*preprocessors, *patterns.split()) if name in registry]


@lru_cache(maxsize=8)
def _instance(options: MarkdownOptions, escape_html: bool, further: Further) -> Markdown:
    return instance(options, escape_html, further)


def convert(
    text: str,
    options: MarkdownOptions,
    escape_html: bool,
    notes: Notes,
    extensions: Extensions = NONE,
    *,
    tree: bool = False,
) -> str | ET.Element:
    """Return the body as HTML, or as the tree of it where a `tree` will do; what else there is goes into `notes`.

    Raises Tangled, ExtensionError. Not for threads: an instance keeps state at work.
    """
    try:
        markdown = _instance(options, escape_html, extensions.markdown)
        markdown.reset()
        parser = markdown.parser
        assert isinstance(parser, Grammar)
        parser.expected = without_marks(text)
        parser.notes = notes
        if not tree or extensions.markdown:
            return markdown.convert(parser.expected)
        with straight(markdown, notes) as kept:
            html = markdown.convert(parser.expected)
        return kept[0] if kept else html
    except BaseException as error:
        _instance.cache_clear()  # an instance that was interrupted does not forget where it was
        if not isinstance(error, Exception):
            raise
        if is_theirs(error, extensions):
            raise ExtensionError(fault(error, extensions.markdown[0], extensions.root)) from error
        if not isinstance(error, (Tangled, RecursionError)):
            raise
        deep = phrase("lists, quotes or callouts are nested too deeply")
        raise Tangled(error.reason if isinstance(error, Tangled) else deep) from error
