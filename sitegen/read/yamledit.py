"""Adds an entry to a mapping of a YAML text and leaves every other character as it is: comments, order, quotes."""

from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode, compose


def with_entry(text: str, path: tuple[str, ...], key: str, value: str) -> str | None:
    """Return the text with `key: value` behind the last entry of the mapping at `path`.

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
