"""CommonMark for Python-Markdown: which rules there are, and the parser that fills the element tree with them.

One rule, one file with a `plugin` in `rules`, one row in `RULES`. One kind of slip, one file with a `check` in
`silent`, one row in `CHECKS`.
"""

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import Registry
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.model.config import MarkdownOptions
from sitegen.model.problems import Lines
from sitegen.text.markdown.foreign import search
from sitegen.text.markdown.notes import Notes
from sitegen.text.markdown.parsers import Blocks, Inlines
from sitegen.text.markdown.rules import (
    attributes,
    callouts,
    containers,
    definitions,
    emphasis,
    links,
    references,
    tables,
    tasks,
    texts,
)
from sitegen.text.markdown.silent import addresses, blanks, callouts_left, grids, names, raw, unclosed
from sitegen.text.markdown.tree import Tree
from sitegen.text.markdown.writers import WRITERS

# name of the extension in site.yaml ("": always on) → what adds the rule
RULES: tuple[tuple[str, Callable[[MarkdownIt], None]], ...] = (
    ("", callouts.plugin),
    ("", containers.tabs),
    ("", containers.boxes),
    ("", containers.directives),
    ("", tasks.plugin),
    ("abbreviations", definitions.abbreviations),
    ("attributes", attributes.plugin),
    ("definitions", definitions.definitions),
    ("footnotes", references.footnotes),
    ("tables", tables.plugin),
    ("autolinks", links.autolinks),
    ("", emphasis.plugin),
    ("", links.plain_links),
    ("", texts.plugin),
    ("", references.references),
)
Check = Callable[[list[Token], Notes, dict[str, Any]], None]
# What looks over the finished tokens for slips, where a text holds one of these signs; "" is in every text.
CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (blanks.check_paragraphs, ("",)),
    (unclosed.check_fences, unclosed.MARKS),
    (unclosed.check_comments, ("<!--",)),
    (names.check, ("",)),
    (blanks.check_blanks, ("",)),
    (addresses.check, ("](", "<")),
    (callouts_left.check, ("",)),
    (grids.check, ("",)),
    (raw.check, ("",)),
    (search.check, ("",)),
)
_REFUSED = (
    "block processors are not asked: write a rule of markdown-it, as in "
    "markdown.parser.rules.block.ruler.before('paragraph', 'name', rule)"
)


class _NoProcessors(Registry[Any]):
    def register(self, item: Any, name: str, priority: float) -> None:
        """Refuse a block processor: the grammar has rules."""
        raise TypeError(_REFUSED)


class Grammar(BlockParser):
    """The parser in the place of Python-Markdown's; `rules` are those of markdown-it."""

    def __init__(self, md: Markdown, options: MarkdownOptions, escape_html: bool) -> None:
        super().__init__(md)
        self.blockprocessors = _NoProcessors()
        self.rules = rules_of(options, escape_html)
        self.notes = Notes(Lines("", ""))
        self.expected = ""

    def parseDocument(self, lines: Iterable[str]) -> ET.ElementTree:  # noqa: N802 - the name that Python-Markdown calls
        """Return the tree of a whole text."""
        text = "\n".join(lines)
        self.notes.read(text, self.expected)
        self.root = ET.Element(self.md.doc_tag)
        tree_of(self, self.root, text)
        return ET.ElementTree(self.root)

    def parseChunk(self, parent: ET.Element, text: str) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Add the tree of a text to an element."""
        tree_of(self, parent, text)


def tree_of(grammar: Grammar, parent: ET.Element, text: str) -> None:
    """Add the elements of a text to `parent`."""
    env: dict[str, Any] = {"notes": grammar.notes}
    tokens = grammar.rules.parse(text, env)
    Tree(grammar.md, grammar.notes, parent, env, WRITERS).run(tokens)
    for check, signs in CHECKS:
        if any(sign in text for sign in signs):
            check(tokens, grammar.notes, env)


class _Rules(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802 - their name
        """Keep an address as it is written: `tree` encodes it, and remembers both."""
        return url

    def validateLink(self, _url: str) -> bool:  # noqa: N802 - their name
        """Accept every address: `body` checks them and reports problems."""
        return True


def rules_of(options: MarkdownOptions, escape_html: bool) -> MarkdownIt:
    """Return the rules that a site wants."""
    rules = _Rules("commonmark", {"html": not escape_html, "store_labels": True, "maxNesting": 40})
    rules.block, rules.inline = Blocks(), Inlines()
    rules.configure("commonmark", {"html": not escape_html, "store_labels": True, "maxNesting": 40})
    rules.enable("strikethrough")
    if "tables" in options.extensions:
        rules.enable("table")
    rules.disable("text_join")  # an escaped character stays apart from what may be set
    for name, plugin in RULES:
        if not name or name in options.extensions:
            plugin(rules)
    return rules
