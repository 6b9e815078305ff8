"""data/*.yaml to plain data, once for each language.

A mapping whose keys are all codes of languages is a text in several languages; each language sees its own, or the
default language's when its own is missing. Under a key such as `term_by_language` all of them stay, and `term` is the
reader's own.
"""

from typing import Any

from sitegen.model.config import Config
from sitegen.model.files import Source
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.text.damage import mojibake
from sitegen.text.frontmatter import address_problems
from sitegen.text.parts import decode
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, parse, scalar, value_problems

_WHOLE = "_by_language"


def read_data(sources: list[Source], config: Config) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return language → name of the file → its data.

    The code of a language that is set aside counts as a language in the data, but its texts are not published.

    Problems: those of yaml.nodes, data-text-missing (a warning) for a text that lacks a language, link-scheme.
    """
    problems: list[Problem] = []
    by_language: dict[str, dict[str, Any]] = {code: {} for code in config.codes}
    for source in sources:
        name, _, suffix = source.path.removeprefix("data/").rpartition(".")
        if suffix not in ("yaml", "yml"):
            problems.append(problem("data-format", Place(source.path)))
            continue
        text, decode_problems = decode(source)
        node, parse_problems = parse(Lines(source.path, text)) if not decode_problems else (None, [])
        problems += decode_problems + parse_problems
        if node is None:
            continue
        problems += mojibake(Lines(source.path, text)) + value_problems(node) + _missing(node, config)
        problems += address_problems(node)
        for code in config.codes:
            by_language[code][name.replace("/", "_").replace("-", "_")] = _value(node, code, config)
    return by_language, problems


def _is_text(node: Node, config: Config) -> bool:
    return isinstance(node, Mapping) and bool(node.items) and all(key.text in config.declared for key, _ in node.items)


def _value(node: Node, code: str, config: Config) -> Any:
    if isinstance(node, Sequence):
        return tuple(_value(item, code, config) for item in node.items)
    if not isinstance(node, Mapping):
        return scalar(node)
    if _is_text(node, config):
        texts = {key.text: value for key, value in node.items if key.text not in config.aside}
        chosen = texts.get(code) or texts.get(config.default_language) or next(iter(texts.values()), None)
        return "" if chosen is None else _value(chosen, code, config)
    values: dict[str, Any] = {}
    for key, value in node.items:
        values[key.text] = _value(value, code, config)
        if key.text.endswith(_WHOLE) and isinstance(value, Mapping):
            values[key.text.removesuffix(_WHOLE)] = values[key.text]
            values[key.text] = {
                name.text: _value(text, code, config) for name, text in value.items if name.text not in config.aside
            }
    return values


def _missing(node: Node, config: Config) -> list[Problem]:
    if isinstance(node, Sequence):
        return [p for item in node.items for p in _missing(item, config)]
    if not isinstance(node, Mapping):
        return []
    if _is_text(node, config):
        present = {key.text for key, _ in node.items}
        return [problem("data-text-missing", node.place, code=c) for c in config.declared if c not in present]
    return [p for _, value in node.items for p in _missing(value, config)]
