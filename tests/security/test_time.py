"""Hostile texts take a time that grows with their length, or are refused with a problem: never more."""

from collections.abc import Callable

import pytest
from support.growth import is_linear
from support.hostile import at_most

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.files import Source
from sitegen.text.gettext.catalogs import read_catalog
from sitegen.text.page import PageOptions, read_page

N = 1000
TEXTS: dict[str, Callable[[int], str]] = {
    "short rows": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n" + "|a\n" * n,
    "comments in a line": lambda n: "<!-- sitegen:ignore " * n,
    "comments in lines": lambda n: "<!-- sitegen:ignore x\n" * n,
    "whole comments": lambda n: "<!-- sitegen: ignore title-long: a -->\n" * n,
    "comments in one": lambda n: "<!-- sitegen:ignore " * n + "-->",
    "definitions": lambda n: "a\n: b\n\n" * n,
    "definitions in one another": lambda n: "".join("  " * i + "a\n" + "  " * i + ": b\n" for i in range(n // 20)),
    "quotes": lambda n: ">" * n + "a",
    "quotes in lines": lambda n: "".join(">" * i + "a\n" for i in range(n // 20)),
    "lists": lambda n: "- " * n + "a",
    "brackets": lambda n: "[" * n,
    "pictures": lambda n: "![[" * n,
    "links in one another": lambda n: "[" * n + "a" + "](b)" * n,
    "links in a line": lambda n: "[a](b.md) " * n,
    "emphasis": lambda n: "*a **b " * n,
    "more emphasis": lambda n: "***a" * n + "b***" * n,
    "footnotes": lambda n: "".join(f"a[^{i}] " for i in range(n)) + "".join(f"\n\n[^{i}]: b" for i in range(n)),
    "footnotes in one another": lambda n: "a[^0]" + "".join(f"\n\n[^{i}]: b[^{i + 1}]" for i in range(n)),
    "abbreviations": lambda n: "".join(f"*[A{i}]: b\n" for i in range(n)) + "\n" + "".join(f"A{i} " for i in range(n)),
    "attributes": lambda n: "# A {" + " ".join(f"a{i}=b" for i in range(n)) + "}",
    "classes": lambda n: "# A {" + " ".join(f".a{i}" for i in range(n)) + "}",
    "attributes left open": lambda n: '{a="b ' * n,
    "elements": lambda n: "<b>" * n,
    "elements without an end": lambda n: "".join(f"<b class=a{i}>\n\na\n\n" for i in range(n)),
    "elements in a line": lambda n: "<b>a</b> " * n,
    "sections of CDATA": lambda n: "a <![CDATA[" * n,
    "instructions": lambda n: "a <?" * n,
    "definitions of links": lambda n: "".join(f"[a{i}]: b\n" for i in range(n)) + "".join(f"[a{i}] " for i in range(n)),
    "callouts": lambda n: ":::note\n" * n,
    "marks": lambda n: "&#xe000;label:" * n,
    "tables": lambda n: "|a|b|\n|-|-|\n|c|d|\n\n" * n,
}


def page_of(body: str, head: str = "") -> Source:
    return Source("content/sl/a.md", f"---\ntitle: A\n{head}---\n\n{body}\n".encode())


def reading(source: Source) -> Callable[[], object]:
    options = PageOptions(MarkdownOptions(), RawHtml())
    return lambda: read_page(source, options)


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_markdown_takes_linear_time(name: str) -> None:
    with at_most(30):
        assert is_linear(lambda count: reading(page_of(TEXTS[name](count))), N)


@pytest.mark.parametrize("name", ["short rows", "elements", "elements without an end", "quotes", "lists", "callouts"])
def test_what_would_grow_is_refused_in_words(name: str) -> None:
    _, problems = read_page(page_of(TEXTS[name](N)), PageOptions(MarkdownOptions(), RawHtml()))
    assert "text-tangled" in {one.code for one in problems}


@pytest.mark.parametrize(
    "head",
    [
        lambda n: "extra: " + "{a: " * n,
        lambda n: "extra: " + "[" * n,
        lambda n: "extra:\n" + "".join(f"  a{i}: &a{i} [b]\n" for i in range(n)),
        lambda n: "extra: &a [b]\n" + "".join(f"b{i}: *a\n" for i in range(n)),
        lambda n: "a: b\n" * n,
        lambda n: "".join(f"a{i}: b\n" for i in range(n)),
        lambda n: "extra:\n" + "".join(f"  a{i}: 'b'\n" for i in range(n)),
        lambda n: "sources:\n" + "- {title: a, address: 'javascript:x'}\n" * n,
        lambda n: "aliases: [" + "/a/, " * n + "]",
        lambda n: "description: " + "a " * n,
    ],
)
def test_hostile_front_matter_takes_linear_time(head: Callable[[int], str]) -> None:
    with at_most(30):
        assert is_linear(lambda count: reading(page_of("A.", head(count) + "\n")), N)


def test_a_billion_laughs_are_one_problem() -> None:
    laughs = "extra:\n  a0: &a0 [b, b]\n" + "".join(f"  a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
    with at_most(2):
        _, problems = read_page(page_of("A.", laughs), PageOptions(MarkdownOptions(), RawHtml()))
    assert "yaml-alias" in {one.code for one in problems}


@pytest.mark.parametrize("string", ["b{} %(x)s", "", "b <b>{}", "b{} 100 %"])
def test_a_large_catalogue_takes_linear_time(string: str) -> None:
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'

    def catalogue(count: int) -> Callable[[], object]:
        rows = (f'msgid "a{i} %(x)s"\nmsgstr "{string.format(i)}"\n\n' for i in range(count))
        data = (header + "".join(rows)).encode()
        return lambda: read_catalog(Source("locales/sl/LC_MESSAGES/messages.po", data), "sl")

    with at_most(30):
        assert is_linear(catalogue, N)
