"""Blocks of code: the options in their first line, and their text in six colours.

`python title="a.py" {2,4-5}` is a language, a caption and marked lines. Pygments reads the text at build time; the page
gets classes only. Problems: code-language-unknown.
"""

import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from msgspec import Struct

from sitegen.model.lazy import lazily
from sitegen.text.markdown.foreign.table import is_foreign
from sitegen.text.markdown.tree import Tree

LONGEST = 50_000  # letters that are coloured: more is no example any more
# Names for text that has no colours, and what others call a language that Pygments knows by another name.
_PLAIN = frozenset("text txt plain plaintext none nohighlight output mermaid ascii math".split())
_OTHERS = {
    **dict.fromkeys(("vue", "svelte", "astro", "njk", "nunjucks"), "html"),
    **dict.fromkeys(("mdx", "markdoc"), "markdown"),
    **dict.fromkeys(("jsonc", "json5", "webmanifest"), "javascript"),
    **dict.fromkeys(("env", "dotenv", "gitignore", "editorconfig"), "ini"),
    "nodejs": "javascript",
    "shellscript": "bash",
}
_LANGUAGE = lazily(r"(?:\{[ ]*\.)?([^\s{}=\"',:]+)")
_TITLE = lazily(r"\b(?:title|filename|caption|name)=(?:\"([^\"]*)\"|'([^']*)')")
# `{2,4-5}`, also as a value of Starlight's `ins`, `del` and `mark`; `hl_lines` of MkDocs, and as a list of Hugo
_LINES = lazily(
    r"(?:(?<![\w=])|\b(?:ins|del|mark)=)\{[ ]*(\d[\d,\- ]*)\}"
    r"|\bhl_lines=(?:\[([^\[\]\n]*)\]|[\"']?([\d,\- ]+)[\"']?)"
)
# Kinds of Pygments (the beginning of their short names) → the class that has a colour.
_CLASSES = (
    ("c", "comment"),
    ("s", "string"),
    ("l", "string"),
    ("m", "number"),
    ("k", "keyword"),
    ("ow", "keyword"),
    ("nt", "keyword"),
    ("na", "name"),
    ("nc", "name"),
    ("nf", "name"),
    ("nb", "name"),
    ("nd", "name"),
    ("g", "other"),
    ("nv", "other"),
    ("no", "other"),
)


class Info(Struct, frozen=True):
    """The first line of a fence, taken apart."""

    language: str
    title: str
    marked: frozenset[int]  # lines, counted from 1


def info_of(text: str) -> Info:
    """Return the options in the first line of a fence; unknown ones are ignored."""
    text = unescapeAll(text)
    match = _LANGUAGE.match(text.strip())
    language = match[1] if match and "=" not in text.split(maxsplit=1)[0] else ""
    title = _TITLE.search(text)
    lines = ",".join(match[1] or match[2] or match[3] or "" for match in _LINES.finditer(_TITLE.sub("", text)))
    marked: set[int] = set()
    for part in re.findall(r"(\d+)(?:-(\d+))?", lines):
        first, last = int(part[0][:6]), int((part[1] or part[0])[:6])
        marked.update(range(first, min(last, first + 10_000) + 1))
    return Info(language, (title[1] or title[2] or "") if title else "", frozenset(marked))


def write(tree: Tree, token: Token) -> None:
    """Add a block of code to the tree."""
    info = info_of(token.info) if token.type == "fence" else Info("", "", frozenset())
    parent = None
    if info.title:
        parent = tree.open("figure", {"class": "code"})
        ET.SubElement(parent, "figcaption").text = info.title.replace("&", "&amp;")
    elif info.language and info.language.lower() not in _PLAIN:
        parent = tree.open("div", {"class": "code"})
    pre = tree.element("pre", {})
    name = info.language.replace("&", "&amp;")
    code = ET.SubElement(pre, "code", {"class": f"language-{name}"} if name else {})
    lexer = _known(tree, token, info.language) if info.language else None
    if parent is not None and lexer is not None:
        parent.set("data-language", lexer.name)
    if (lexer is None and not info.marked) or len(token.content) > LONGEST:
        code.text = tree.code(token.content)
    else:
        _coloured(tree, code, token.content, lexer, info.marked)
    if parent is not None:
        tree.close()
    tree.last = (parent if parent is not None else pre, token.map[1] if token.map else -1)


def _known(tree: Tree, token: Token, name: str) -> Any:
    """Return the lexer of Pygments for a language; None when it has no colours. Problems: code-language-unknown."""
    low = name.lower()
    if low in _PLAIN or is_foreign(low):
        return None
    lexer = _lexer(_OTHERS.get(low, low))
    if lexer is None:
        from sitegen.text.spelling import near

        at = token.meta.get("at", 0) + len(token.markup)
        at += max(tree.notes.offsets.text[at : at + len(token.info) + 4].find(name), 0)
        tree.notes.report("code-language-unknown", at, near(low, _names()) or "", name=name)
    return lexer


@lru_cache(maxsize=64)
def _lexer(name: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from pygments.lexers import get_all_lexers

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@lru_cache(maxsize=512)
def _class_of(kind: Any) -> str:
    from pygments.token import STANDARD_TYPES

    while kind not in STANDARD_TYPES:
        kind = kind.parent
    short = STANDARD_TYPES[kind]
    return next((f"code-{name}" for start, name in _CLASSES if short.startswith(start)), "")


def _coloured(tree: Tree, code: ET.Element, text: str, lexer: Any, marked: frozenset[int]) -> None:
    """Add the text in colours, marked lines in an element of their own."""
    pieces = lexer.get_tokens(text) if lexer is not None else [(None, text)]
    line, into = 1, code if 1 not in marked else ET.SubElement(code, "mark")
    for kind, value in pieces:
        name = _class_of(kind) if kind is not None else ""
        for part in value.splitlines(keepends=True) if marked else [value]:
            if name and part.strip():
                ET.SubElement(into, "span", {"class": name}).text = tree.code(part)
            else:
                _append(tree, into, part)
            if part.endswith("\n") and marked:
                line += 1
                into = code if line not in marked else ET.SubElement(code, "mark")
    if len(code) and code[-1].tag == "mark" and not len(code[-1]) and not code[-1].text:
        code.remove(code[-1])


def _append(tree: Tree, element: ET.Element, text: str) -> None:
    """Add plain text at the end of an element."""
    text = tree.code(text)
    if len(element):
        element[-1].tail = type(text)((element[-1].tail or "") + text)
    else:
        element.text = type(text)((element.text or "") + text)
