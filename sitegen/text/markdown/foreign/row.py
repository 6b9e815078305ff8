"""What a rule about a foreign construct is made of, and what to write here in its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sitegen.model.phrases import Phrase, phrase

# What a rule about a foreign construct is made of.


class Page(NamedTuple):
    """What a rule may ask of the page: components that are closed, references and names that are defined."""

    closed: frozenset[str]
    references: Mapping[str, object]
    exported: frozenset[str]  # names that a line `export` of MDX gives a value


class Row(NamedTuple):
    """One construct of one dialect."""

    dialect: str
    pattern: re.Pattern[str]
    advice: Phrase
    signs: tuple[str, ...]  # one of them is in every match
    # "text" of any block, "line" (a paragraph's), "markup" (text, addresses and HTML), "fence", "listing" (inside code)
    where: str = "text"
    by_name: Mapping[str, Phrase] = {}  # what to write for the name that the first group holds
    confirm: Callable[[re.Match[str], Page], bool] | None = None


# What to write here in place of a foreign construct.

CALLOUT = phrase("Write :::note, the text below it, and then ::: on a separate line.")
LINK = phrase("Write [text](page.md).")
IMAGE = phrase('Write ![what it shows](picture.png "caption").')
CODE = phrase("Put the code between two lines of three backticks.")
TABS = phrase("Write :::tabs, and in it :::tab with a title for each tab.")
DETAILS = phrase("Write <details> with a <summary>.")
STEPS = phrase("Write a numbered list.")
TABLE = phrase("Write a table with | between its cells.")
TOC = phrase("Write ::toc in a separate paragraph.")
BLOCK = phrase("Write the text that it shows, or create your own block for it: ::name.")
VALUE = phrase("Write the value itself.")
REMOVE = phrase("Remove it: pages cannot contain code to be run.")
MATH = phrase("Write the formula in words or with <sup> and <sub>, or insert it as an image.")
PICTURE = phrase("Save the diagram as an SVG file, and insert it as an image.")
EMOJI = phrase("Type the character itself, or remove it.")
KEY = phrase("Write <kbd>Ctrl</kbd>.")
MARK = phrase("Write <mark>word</mark>.")
INSERTED = phrase("Write <ins>word</ins>.")
LINES = phrase("Mark lines after the language of the block: {2,4-5}.")
BELOW = phrase("Write the note below the code.")
RAISED = phrase("Write <sup>2</sup> or <sub>2</sub>.")
HEADING = phrase("Begin the heading with ## and a space.")
FOOTNOTE = phrase("Write a footnote: [^name].")
COMMENT = phrase("Write <!-- … -->: it is not published.")
BOLD = phrase("Write **bold** and *italic*.")
SPAN = phrase("Write *word*{.class}.")
ATTRIBUTE = phrase("Write HTML attributes: class, not className.")
ADDRESS = phrase("Put the id in braces after the heading: {#id}.")
_NAMES = (
    (
        CALLOUT,
        "note tip info warning warn danger caution important alert notice hint callout admonition aside blockquote",
    ),
    (CALLOUT, "error success message pageinfo attention seealso"),
    (LINK, "ref relref link xref post_url doc linkcard linkbutton a navlink docslink card-link"),
    (IMAGE, "figure image img imgproc picture themedimage gallery asset_img zoom"),
    (CODE, "highlight code codeblock code-block codeview source sourcecode snippet terminal gist literalinclude tsx"),
    (TABS, "tabs tab tabitem tabpane tabbed codegroup code-group codetabs tab-set tab-item packagemanagertabs uistabs"),
    (DETAILS, "details expand collapse dropdown accordion spoiler accordionitem"),
    (STEPS, "steps step stepper"),
    (TABLE, "table list-table csv-table datatable"),
    (TOC, "toc contents tocinline toctree tableofcontents"),
    (MATH, "math katex latex eq"),
    (PICTURE, "mermaid graphviz plantuml chart diagram"),
    (KEY, "kbd key"),
    (MARK, "mark highlighttext"),
    (EMOJI, "icon fa emoji"),
    (COMMENT, "comment"),
)


def _by_name() -> Iterator[tuple[str, Phrase]]:
    for advice, names in _NAMES:
        for name in names.split():
            yield name, advice


BY_NAME = dict(_by_name())
