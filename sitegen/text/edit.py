"""Changes front matter and YAML as text: everything else stays byte for byte, comments, order, BOM and line ends too.

Every change is read again and compared with what was meant; if it is anything else, nothing is returned.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml
from msgspec import Struct, structs
from yaml import MappingNode, Node, ScalarNode, SequenceNode, compose

from sitegen.model.files import Source
from sitegen.model.page import Confirmed, FrontMatter
from sitegen.model.problems import Problem
from sitegen.text.frontmatter import Head, read_head
from sitegen.text.parts import decode
from sitegen.text.sections import TRANSLATED


def with_entry(text: str, path: tuple[str, ...], key: str, value: str) -> str | None:
    """Return the text with `key: value` after the last entry of the mapping at `path`.

    `value` is written as it is. None when there is no such mapping, or when the key stands in it already.
    """
    node: Node | None = compose(text)
    for name in path:
        node = _entries(node).get(name)
    if not isinstance(node, MappingNode) or not node.value or key in _entries(node):
        return None
    if node.flow_style:
        end = _end(node.value[-1][1])
        return f"{text[:end]}, {key}: {value}{text[end:]}"
    end = text.find("\n", len(text[: _end(node.value[-1][1])].rstrip()))
    end = len(text) if end < 0 else end
    indent = " " * node.value[0][0].start_mark.column
    return f"{text[:end]}\n{indent}{key}: {value}{text[end:]}"


def _entries(node: Node | None) -> dict[str, Any]:
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, ScalarNode)}


def _end(node: Node) -> int:
    """Return where a value ends: a block collection ends with its last part, not with what follows it."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


_ROWS = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(r"[^\W\d][\w-]*\Z")
_NUMBER = re.compile(r"[\d_.]+(?:[eE][\d_]+)?\Z|0[xo]")
_PLAIN = re.compile(r"[^\W_](?:[^\n\r\t:#]|:(?=[^\s])|(?<=\S)#)*\Z")
_WORDS = frozenset("true false null yes no on off y n".split())  # that mean something else to one YAML or another
Edit = tuple[int, int, str]  # from, to, what stands there instead


class _Front(Struct):
    """A file cut in three: its front matter, the text before and after it; and its line end."""

    before: str
    text: str
    after: str
    end: str


def with_record(data: bytes, marks: Mapping[str, str]) -> bytes | None:
    """Return the file with `marks` as its record of what it agrees with; None when that cannot be done safely."""
    (old, problems), front = _read(data), _cut(data)
    root = _composed(front.text) if front else None
    if old is None or front is None or root is None:
        return None
    edits = _record_edits(front, root, marks)
    new = _with(front, edits)
    wanted = structs.replace(old.front, l10n=Confirmed(dict(marks)))
    return new if _is(new, wanted, old.body.text, len(problems)) else None


def with_texts(data: bytes, texts: Mapping[str, str]) -> bytes | None:
    """Return the file with other values of title, description or nav; None when that cannot be done safely."""
    (old, problems), front = _read(data), _cut(data)
    root = _composed(front.text) if front else None
    if old is None or front is None or root is None or not texts.keys() <= set(TRANSLATED):
        return None
    values = {key.value: value for key, value in root.value}
    edits: list[Edit] = []
    for key, text in texts.items():
        if key not in values:
            edits.append(_line_behind(front, values["title"], f"{key}: {scalar(text)}"))
        elif isinstance(values[key], yaml.ScalarNode):
            is_block = values[key].style in ("|", ">")
            start, end = values[key].start_mark.index, values[key].end_mark.index
            edits.append((start, end, scalar(text) + (front.end if is_block else "")))
    new = _with(front, edits)
    return new if _is(new, structs.replace(old.front, **texts), old.body.text, len(problems)) else None


def with_body(data: bytes, body: str) -> bytes | None:
    """Return the file with another body, whose lines end as the file's first does; None when there is no head."""
    front = _cut(data)
    if front is None:
        return None
    closing = _ROWS.match(front.after)
    assert closing is not None
    end = closing.group() if closing.group().endswith(("\r", "\n")) else closing.group() + front.end
    return (front.before + front.text + end + body.replace("\n", front.end)).encode("utf-8")


def scalar(text: str) -> str:
    """Return a text as YAML writes it: plain where nothing in it means something, else between quotation marks."""
    is_plain = _PLAIN.match(text) and text == text.strip() and text.lower() not in _WORDS and not _NUMBER.match(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def record_lines(marks: Mapping[str, str], indent: str) -> list[str]:
    """Return one line for each mark."""
    return [f"{indent}{_key(id_)}: {_mark(mark)}" for id_, mark in marks.items()]


def _key(id_: str) -> str:
    return id_ if _KEY.match(id_) and id_.lower() not in _WORDS else json.dumps(id_, ensure_ascii=False)


def _mark(mark: str) -> str:
    return f"'{mark}'" if _NUMBER.match(mark) else mark


def _read(data: bytes) -> tuple[Head | None, list[Problem]]:
    text, problems = decode(Source("page.md", data))
    return (None, problems) if problems else read_head("page.md", text)


def _cut(data: bytes) -> _Front | None:
    text = data.decode("utf-8")
    rows = [row for row in _ROWS.findall(text) if row]
    first = next((at for at, row in enumerate(rows) if row.strip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n")), len(rows))
    opening = rows[first].lstrip("\N{ZERO WIDTH NO-BREAK SPACE}") if first < len(rows) else ""
    if opening.rstrip() != "---":
        return None
    for at, row in enumerate(rows[first + 1 :], start=first + 1):
        if row.startswith(("---", "...")) and not row[3:].strip():
            end = opening[3:].lstrip(" \t")
            return _Front("".join(rows[: first + 1]), "".join(rows[first + 1 : at]), "".join(rows[at:]), end)
    return None


def _composed(text: str) -> yaml.MappingNode | None:
    """Return PyYAML's tree, whose marks count characters of `text`. Its loader in C counts otherwise."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return root if isinstance(root, yaml.MappingNode) and not root.flow_style else None


def _with(front: _Front, edits: list[Edit]) -> bytes:
    text = front.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return (front.before + text + front.after).encode("utf-8")


def _is(data: bytes, front: FrontMatter, body: str, limit: int) -> bool:
    """Say whether a file has the wanted front matter and body, with at most `limit` problems."""
    head, problems = _read(data)
    return head is not None and head.front == front and head.body.text == body and len(problems) <= limit


def _record_edits(front: _Front, root: yaml.MappingNode, marks: Mapping[str, str]) -> list[Edit]:
    indent = " " * root.start_mark.column
    record = next((value for key, value in root.value if key.value == "l10n"), None)
    inner = indent + "    "
    if record is None:
        lines = [f"{indent}l10n:", f"{indent}  sections:", *record_lines(marks, inner)]
        return [(len(front.text), len(front.text), "".join(line + front.end for line in lines))]
    if not isinstance(record, yaml.MappingNode) or record.flow_style or not record.value:
        return [_instead(front, record, [f"{indent}  sections:", *record_lines(marks, inner)])]
    sections = record.value[0][1]
    if isinstance(sections, yaml.MappingNode) and not sections.flow_style and _is_a_line_each(sections):
        return _line_edits(front, sections, marks)
    inner = " " * (record.value[0][0].start_mark.column + 2)
    return [_instead(front, sections, record_lines(marks, inner))]


def _is_a_line_each(node: yaml.MappingNode) -> bool:
    return all(
        isinstance(value, yaml.ScalarNode) and key.start_mark.line == value.end_mark.line for key, value in node.value
    )


def _instead(front: _Front, node: yaml.Node, lines: list[str]) -> Edit:
    """Replace a value in the line of its key by lines of their own."""
    start = len(front.text[: node.start_mark.index].rstrip(" "))
    return start, max(start, node.end_mark.index), "".join(front.end + line for line in lines)


def _line_edits(front: _Front, node: yaml.MappingNode, marks: Mapping[str, str]) -> list[Edit]:
    """Change, remove and add single lines of the record."""
    edits: list[Edit] = []
    for key, value in node.value:
        if key.value not in marks:
            start = key.start_mark.index - key.start_mark.column
            edits.append((start, _row_end(front.text, value.end_mark.index), ""))
        elif value.value != marks[key.value]:
            edits.append((value.start_mark.index, value.end_mark.index, _mark(marks[key.value])))
    keys = {key.value for key, _ in node.value}
    new = record_lines({id_: mark for id_, mark in marks.items() if id_ not in keys}, " " * node.start_mark.column)
    if new:
        at = _row_end(front.text, node.value[-1][1].end_mark.index)
        edits.append((at, at, "".join(line + front.end for line in new)))
    return edits


def _line_behind(front: _Front, node: yaml.Node, line: str) -> Edit:
    """Add a line after the one in which a value ends."""
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    at = node.end_mark.index if is_block else _row_end(front.text, node.end_mark.index)
    return at, at, line + front.end


def _row_end(text: str, at: int) -> int:
    match = re.compile(r"\r\n|\r|\n").search(text, at)
    return match.end() if match else len(text)
