"""The syntax of YAML, as PyYAML knows it, to a tree of nodes; and what is wrong with a text that is no YAML.

Only `nodes.parse` asks for this, since the library takes longer to load than many a file to read.
"""

import re
from typing import Any

import yaml
from msgspec.structs import replace

from sitegen.model.lazy import lazily
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Place, Problem, problem, window
from sitegen.model.words import T_
from sitegen.text.characters import without_controls
from sitegen.text.yaml.doubts import eaten, quoted
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, Text

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_SHOWN = 500  # characters after a place that are looked at
_DEPTH = 40
_SHALLOW = 2_000  # so many levels do no harm
_STEPS = lazily(r"(?:[-?:][ \t]+){20}")  # many levels in one line
_ENTRY = lazily(r"([ \t]*+(?>(?:- ++)*)(?:[\w.-]++|\"[^\"]*+\"|'[^']*+'):[ \t]++|[ \t]*+(?>(?:- ++)+))(\S.*)\Z")
_TROUBLE = lazily(r"[@`%*&!|>\[{\]},\"'#?:-]")

# What PyYAML and libyaml say, by a part of their texts, and what it means to a writer.
_REASONS = (
    ("mapping values are not allowed", T_("there is “: ” inside the text, or the line is indented too far")),
    ("could not find expected ':'", T_("a key is not followed by “: ”")),
    ("sequence entries are not allowed", T_("“- ” begins a list where none can begin")),
    ("mapping keys are not allowed", T_("“? ” begins a key where none can begin")),
    ("cannot start any token", T_("text without quotation marks cannot begin with this character")),
    ("undefined alias", T_("“*” begins the name of another value, not text")),
    ("alphabetic or numeric character", T_("“*” and “&” begin the name of a value, not text")),
    ("comment or line break", T_("after “|” or “>” the text begins on the next line")),
    ("comment or a line break", T_("after “|” or “>” the text begins on the next line")),
    ("chomping", T_("after “|” or “>” the text begins on the next line")),
    ("unexpected end of stream", T_("a quotation mark is not closed")),
    ("unexpected document", T_("a quotation mark is not closed")),
    ("escape", T_("in double quotation marks a backslash begins an escape, and this one is unknown")),
    ("tab character", T_("there is a tab in the indentation")),
    ("',' or ']'", T_("a list in brackets is not closed, or a comma is missing")),
    ("',' or '}'", T_("a group in braces is not closed, or a comma is missing")),
    ("another document", T_("a line “---” begins a second document")),
    ("document start", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("expected key", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("block end", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("'-' indicator", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("node content", T_("there is a bracket, brace or comma where a value should begin")),
    ("characters are not allowed", T_("there is a control character")),
    ("expected '>'", T_("“!” begins a tag, not text")),
    ("tag", T_("“!” begins a tag, not text")),
)
NO_YAML = T_("the text is not YAML")


def read(lines: Lines) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document, as `nodes.parse` says."""
    tab = re.search(r"^ *\t", lines.text, re.M)
    try:
        deep = _too_deep(lines.text)
        if deep:
            return None, [problem("yaml-depth", lines.line(deep.line + 1, deep.column + 1), limit=_DEPTH)]
        loader = _Loader(lines.text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if tab:
            return None, [problem("yaml-tab", lines.place(tab.end() - 1))]
        return None, [_syntax(error, lines)]
    if root is None:
        return None, []
    reader = _Reader(lines)
    return reader.node(root, 0), reader.problems


def _too_deep(text: str) -> Any:
    """Return the mark of what is nested too deeply for PyYAML, which would crash: it goes down by calling itself."""
    if sum(map(text.count, "[{")) < _SHALLOW and not _STEPS.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


# What is said where a list, a mapping or a quotation ends that was not closed.
_UNCLOSED = ("unexpected end of stream", "unexpected document", "',' or ']'", "',' or '}'")


def _syntax(error: Exception, lines: Lines) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        character = getattr(error, "position", None)
        place = lines.place(character) if isinstance(character, int) and character < len(lines.text) else lines.line(1)
        return problem("yaml-syntax", place, reason=_yaml_reason(str(getattr(error, "reason", ""))))
    context = getattr(error, "context_mark", None) or mark
    better = _remedy(lines, [mark.line, context.line, mark.line - 1])
    message = str(getattr(error, "problem", ""))
    reason = _yaml_reason(message)
    if context.line < mark.line and any(words in message for words in _UNCLOSED):
        mark = context  # an unclosed bracket is reported far below
    report = problem("yaml-syntax", lines.line(mark.line + 1, mark.column + 1), better, reason=reason)
    return replace(report, advice=_one_document(lines.path)) if "another document" in message else report


def _one_document(path: str) -> Phrase:
    if path.endswith(".md"):
        return phrase("Remove this line. If it ends the front matter, it must contain only “---”.")
    return phrase("Remove this line, or move what follows it to another file.")


class _Reader:
    """Walks PyYAML's nodes once, and collects the problems."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.rows = [row.rstrip("\r") for row in lines.text.split("\n")]
        self.problems: list[Problem] = []
        self.visited: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        row, column = node.start_mark.line, node.start_mark.column
        source = self.rows[row] if row < len(self.rows) else ""
        return Place(self.lines.path, row + self.lines.first, column + 1, *window(source, column + 1))

    def alias(self, anchor: Place) -> Place:
        """Return the place of the alias of this anchor: PyYAML knows the anchor's place only."""
        name = re.match(r"&([\w-]+)", anchor.source[anchor.column - 1 :])
        match = re.search(rf"(?<![\w*'\"]){re.escape('*' + name[1])}(?![\w-])", self.lines.text) if name else None
        return self.lines.place(match.start()) if match else anchor

    def node(self, node: yaml.Node, depth: int) -> Node | None:
        place = self.place(node)
        if id(node) in self.visited:
            self.problems.append(problem("yaml-alias", self.alias(place)))
            return None
        self.visited.add(id(node))
        if not node.tag.startswith(_CORE) or node.tag.startswith(_CORE + "python") or self.begins(place, "!"):
            tag = self.typed(place).split(" ")[0] if node.tag.startswith(_CORE) else node.tag
            self.problems.append(problem("yaml-tag", place, tag=tag))
            return None
        if depth > _DEPTH:
            self.problems.append(problem("yaml-depth", place, limit=_DEPTH))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.text(node, place)
        if isinstance(node, yaml.SequenceNode):
            items = [self.node(item, depth + 1) for item in node.value]
            return Sequence(tuple(item for item in items if item is not None), place)
        return self.mapping(node, place, depth)

    def begins(self, place: Place, sign: str) -> bool:
        """Say whether the line has this sign at a place."""
        row = place.line - self.lines.first
        return row < len(self.rows) and self.rows[row].startswith(sign, place.column - 1)

    def typed(self, place: Place) -> str:
        """Return the beginning of what the line has from a place on: a whole line for each of its items is too much."""
        row = place.line - self.lines.first
        return self.rows[row][place.column - 1 : place.column + _SHOWN].rstrip() if row < len(self.rows) else ""

    def text(self, node: yaml.ScalarNode, place: Place) -> Text:
        """Return a scalar, with the text typed after it where only YAML takes that for a comment."""
        value = without_controls(node.value)
        name = re.match(r"&([\w-]*)", self.typed(place)) if self.begins(place, "&") else None
        if name and (not name[1] or f"*{name[1]}" not in self.lines.text):
            return Text(value, True, place, self.typed(place))
        plain = node.style is None or node.style == ""
        end = node.end_mark
        if not plain or end.line >= len(self.rows) or not eaten(self.rows[end.line][end.column : end.column + _SHOWN]):
            return Text(value, plain, place)
        whole = self.typed(place) if end.line == node.start_mark.line else self.rows[end.line].strip()
        return Text(value, plain, place, whole.lstrip(": \t") if not value else whole)

    def mapping(self, node: yaml.Node, place: Place, depth: int) -> Mapping:
        items: dict[str, tuple[Text, Node]] = {}
        for key, value in node.value:
            name = self.node(key, depth + 1)
            content = self.node(value, depth + 1)
            if not isinstance(name, Text):
                self.problems.append(problem("yaml-key", self.place(key)))
            elif name.text in items:
                first = items[name.text][0].place.line
                self.problems.append(problem("key-duplicate", name.place, key=name.text, first=first))
            elif content is not None:
                items[name.text] = (name, content)
        return Mapping(tuple(items.values()), place)


def _yaml_reason(message: str) -> Phrase:
    """Return a translatable reason for what a library says of a text that is no YAML."""
    return phrase(next((ours for theirs, ours in _REASONS if theirs in message), NO_YAML))


def _remedy(lines: Lines, rows: list[int]) -> str | None:
    """Return one of these rows (from 0) with its value between quotation marks, if the text is good YAML then."""
    texts = lines.text.split("\n")
    for number in dict.fromkeys(row for row in rows if 0 <= row < len(texts)):
        entry = _ENTRY.match(texts[number].rstrip())
        if not entry or not (_TROUBLE.match(entry[2]) or ":" in entry[2]):
            continue
        text = entry[2]
        if len(text) > 2 and text[0] == text[-1] == "'":  # quotation marks were meant, but one stands inside, too
            text = text[1:-1]
        better = entry[1] + quoted(text)
        if _is_yaml("\n".join([*texts[:number], better, *texts[number + 1 :]])):
            return better.strip()
    return None


def _is_yaml(text: str) -> bool:
    try:
        yaml.compose(text, _Loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return False
    return True
