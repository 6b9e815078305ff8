"""Figures for Python-Markdown: an image alone in its paragraph with a title becomes a figure with that caption."""

from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class FigureExtension(Extension):
    """Adds figures: `![alt](map.png "Caption")` on a line of its own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Register the tree processor behind the inline patterns and attribute lists."""
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
