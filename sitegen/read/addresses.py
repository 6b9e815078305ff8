"""Addresses in front matter and in data: which values are meant as one, and whether it may be published."""

from collections.abc import Iterator

from sitegen.core.problems import Problem, problem
from sitegen.core.schemes import refused_scheme
from sitegen.read.yamltext import Mapping, Node, Sequence, Text

# A value below such a key, or a key that ends with `_` and such a word, is an address whatever a template does with it.
_NAMES = frozenset("address addresses href link links src uri url urls website homepage".split())


def address_problems(node: Node | None) -> list[Problem]:
    """Return link-scheme for each address that may not be published, at its place.

    What other keys hold is judged where it reaches an output (`write/addresses`).
    """
    return [
        problem("link-scheme", text.place, target=text.text)
        for text in _addresses(node, is_address=False)
        if refused_scheme(text.text)
    ]


def _addresses(node: Node | None, is_address: bool) -> Iterator[Text]:
    if isinstance(node, Text):
        if is_address:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _addresses(item, is_address)
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield from _addresses(value, is_address or key.text.lower().rpartition("_")[2] in _NAMES)
