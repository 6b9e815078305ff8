"""Constructs of other tools: one warning for each kind on a page, none in code, none in ordinary prose (B14)."""

from collections.abc import Callable

import pytest
from support.growth import is_linear

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.messages import TEXTS, hint_of, text_of
from sitegen.model.problems import Lines, Problem
from sitegen.text.markdown.body import read_body
from sitegen.text.markdown.foreign import search
from sitegen.text.markdown.foreign.table import ROWS


def problems(text: str) -> list[Problem]:
    """Return the problems of a body."""
    return read_body(Lines("a.md", text), "en", MarkdownOptions(), RawHtml(), False)[1]


def foreign(text: str) -> list[tuple[int, int, str, str]]:
    """Return line, column, dialect and number of each foreign construct that is reported."""
    found = [problem for problem in problems(text) if problem.code == "dialect-foreign"]
    rows = [(problem.place, dict(problem.values)) for problem in found]
    return sorted((place.line, place.column, str(had["dialect"]), str(had["count"])) for place, had in rows)


# a paragraph that holds the construct at its beginning → its dialect
EXAMPLES = {
    "{{< figure src='a.png' >}}": "Hugo",
    "{{% notice tip %}}": "Hugo",
    '[x]({{< ref "about.md" >}})': "Hugo",
    "{% include nav.html %}": "Liquid, Jinja",
    "{%- if page.x -%}": "Liquid, Jinja",
    '{% hint style="info" %}': "Liquid, Jinja",
    "{{ page.title | upcase }}": "Liquid, Jinja, Vue",
    "{{#include a.rs}}": "Liquid, Jinja, Vue",
    "{{> partial}}": "Liquid, Jinja, Vue",
    "{# a remark #}": "Jinja",
    "import Tabs from '@theme/Tabs';": "MDX",
    'import { Card } from "@astrojs/starlight/components"': "MDX",
    "import './a.css'": "MDX",
    "export const a = 1;": "MDX",
    "<Tabs>\n\nx\n\n</Tabs>": "MDX",
    '<Badge text="New" />': "MDX",
    "<Tabs items={['a', 'b']}>": "MDX",
    "<Card.Title>x</Card.Title>": "MDX",
    "{/* a remark */}": "MDX",
    '<p className="lead">x</p>': "JSX",
    '<img src={logo} alt="">': "JSX",
    "/// note | Title\nx\n///": "MkDocs Material",
    "/// details": "MkDocs Material",
    '??? note "Title"\n    x': "MkDocs Material",
    "???+ warning": "MkDocs Material",
    '=== "Tab"\n\n    x': "MkDocs Material",
    '--8<-- "a.md"': "MkDocs Material",
    "++ctrl+alt+del++": "MkDocs Material",
    "::: package.module.Name": "mkdocstrings",
    "==marked words==": "MkDocs Material, Obsidian",
    ":rocket: x": "GitHub, MkDocs Material",
    ":+1:": "GitHub, MkDocs Material",
    ":material-account-circle:": "GitHub, MkDocs Material",
    "?> A tip.": "Docsify",
    ".. note:: x": "reStructuredText",
    ".. code-block:: python": "reStructuredText",
    ".. _anchor:": "reStructuredText",
    ":ref:`x`": "reStructuredText",
    "`text <https://example.org>`_": "reStructuredText",
    "^^^^^\nTitle\n^^^^^": "reStructuredText",
    "{ref}`x`": "MyST",
    "(anchor)=": "MyST",
    "```{note}\nx\n```": "MyST, R Markdown",
    ":::{note}": "MyST",
    "image::a.png[Alt]": "AsciiDoc",
    "include::a.adoc[]": "AsciiDoc",
    "== Section": "AsciiDoc",
    "[NOTE]": "AsciiDoc",
    "[source,ruby]": "AsciiDoc",
    "|===": "AsciiDoc",
    "![[a.png]]": "Obsidian",
    "[[Page|label]]": "Wiki",
    "[[toc]]": "VitePress, GitLab",
    "%%hidden%%": "Obsidian",
    "== Heading ==": "MediaWiki",
    "'''bold'''": "MediaWiki",
    "h2. Heading": "Textile",
    "{code:java}": "Confluence",
    "#+TITLE: x": "Org",
    "[b]bold[/b]": "BBCode",
    '[gallery ids="1"]': "WordPress",
    "$$\nx^2\n$$": "TeX",
    "$$x^2$$": "TeX",
    "$x$": "TeX",
    "$a_1 + b$": "TeX",
    r"\(x^2\)": "TeX",
    "\\[\nx = 1\n\\]": "TeX",
    r"\begin{align}": "TeX",
    "```math\nx\n```": "TeX",
    "```mermaid\ngraph TD\n```": "Mermaid, PlantUML, Graphviz",
    "::: {.callout-note}": "Pandoc, Quarto",
    "[words]{.smallcaps}": "Pandoc",
    "[@doe99, p. 3]": "Pandoc",
    "^[A note.]": "Pandoc",
    "H~2~O": "Pandoc",
    "x^2^": "Pandoc",
    "{++new++}": "CriticMarkup",
    "$$2:1$$": "TeX",
    "^^inserted words^^": "MkDocs Material",
    "A list (1) { .annotate }": "MkDocs Material",
    "{frontmatter.title}": "MDX",
    ":badge[New]": "remark-directive, Nuxt Content",
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_foreign_construct_is_named_with_its_dialect_and_line(text: str) -> None:
    found = foreign(f"First.\n\n{text}\n")
    assert [(line, dialect) for line, _, dialect, _ in found if dialect == EXAMPLES[text]] == [(3, EXAMPLES[text])]


def test_every_dialect_of_the_table_has_an_example() -> None:
    assert {row.dialect for row in ROWS} - {"Docusaurus, VitePress"} == set(EXAMPLES.values())


@pytest.mark.parametrize("text", [text for text in EXAMPLES if "```" not in text and "`" not in text])
def test_nothing_is_reported_in_code(text: str) -> None:
    one_line = " ".join(text.split())
    indented = "".join(f"    {line}\n" for line in text.split("\n"))
    assert not foreign(f"```\n{text}\n```\n\nA `` {one_line} `` span.\n\n{indented}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1. One\n\n   ```js\n   a\n   // highlight-next-line\n   b\n   ```", (5, 7, "Docusaurus, VitePress", "1")),
        ("```js\nconst a = 1; // [!code ++]\n```", (2, 17, "Docusaurus, VitePress", "1")),
        ("> ```py\n> a = 1 # (1)!\n> b = 2 # (2)!\n> ```", (2, 11, "MkDocs Material", "2")),
    ],
)
def test_comments_in_code_that_are_instructions_have_their_place(text: str, place: tuple[int, int, str, str]) -> None:
    assert foreign(text) == [place]


def test_a_word_in_braces_is_a_value_where_the_page_gives_it_one() -> None:
    assert [line for line, *_ in foreign("It is {fee}.\n\nexport const fee = 5;\n")] == [1, 3]
    assert not foreign("It is {fee}.\n")


@pytest.mark.parametrize("text", ["{++tea++}", "{==tea==}"])
def test_marks_of_an_editor_are_reported_as_these_alone(text: str) -> None:
    assert [dialect for _, _, dialect, _ in foreign(text)] == ["CriticMarkup"]


def test_a_kind_is_reported_once_where_it_is_first_met_with_its_number() -> None:
    assert foreign("First {{< a >}}.\n\n- {{< b >}}\n\n> {{< c >}} {{< /c >}}\n") == [(1, 7, "Hugo", "3")]


def test_the_form_to_use_here_is_the_one_for_the_name() -> None:
    hints = [hint_of(problems(text)[0]) for text in ("{{< youtube x >}}", "{{< note >}}", "{% tabs %}", "/// tip")]
    assert [hint.split()[1] for hint in hints] == ["the", ":::note,", ":::tabs,", ":::note,"]
    assert text_of(problems("{{< note >}}")[0]).startswith("“{{< note >}}” is syntax of Hugo")
    assert TEXTS["dialect-foreign"].level == "warning"


PROSE = """It costs $5 and $10, US$5–US$10, or $5/$6; set $HOME and $PATH. He said: "a $b" and 'c'.
A set {a}, {a, b}; a word in \\{\\{ braces }}, a \\[bracket\\], f\\(x) and [text\\](a), {lang=en}, or {a.}.
At 10:30:15, a ratio 3:4:5.
C++ and C++ are read; a==b and c==d; x == y == z; 5'10" and don't 'quote' ''. See <Name> and [1] [[1]], [[a]](#b).
P. ex. this:
p. ej. that. Import goods from other countries. Export is good. Note: text. p. 5, n. 3; and/or // comment; 50 %% of all.
# of people, #hash, a^b, ~5 and ~6, ~~old~~; user@example.org, [@user](https://example.org), [/etc], 1 << 2 >> 1.
https://example.org/:a:/b==c== <https://example.org/==x==/$$y$$> [x](https://example.org/:b:/++c++/[[d]])

Heading
===

| a | b |
|---|---|
| = 5 | == 6 |

import
: the goods that come in

- export: the goods that go out
"""


def test_ordinary_prose_is_left_alone() -> None:
    assert foreign(PROSE) == []


def test_a_component_is_no_refused_element_but_html_stays_refused() -> None:
    text = "<Steps>\n\n1. One\n\n</Steps>\n\n<Script src='x'></Script> <SCRIPT>x</SCRIPT> <Name>\n"
    codes = [(problem.code, problem.place.line) for problem in problems(text)]
    assert codes == [("dialect-foreign", 1), *[("html-refused", 7)] * 3]


def test_reference_in_brackets_is_no_link_of_a_wiki() -> None:
    assert not foreign("[[a]] and [b]{.c}\n\n[a]: https://example.org\n[b]: https://example.org\n")


@pytest.mark.parametrize(
    "sign", sorted({sign for row in ROWS for sign in row.signs} | {"$a", "\\(a", "<A ", "[[a", ":a"})
)
def test_time_is_linear(sign: str) -> None:
    def reading(count: int) -> Callable[[], object]:
        return lambda: problems(f"{sign} " * (count // len(sign)))

    assert is_linear(reading, 1_500)


@pytest.mark.parametrize("text", ["::: package.module", "::: {.callout-note}", ":::{note}"])
def test_foreign_line_of_colons_is_reported_as_that_alone(text: str) -> None:
    assert [problem.code for problem in problems(f"{text}\n")] == ["dialect-foreign"]


@pytest.mark.parametrize("language", ["mermaid", "{note}", "math"])
def test_foreign_block_of_code_is_reported_as_that_alone(language: str) -> None:
    assert [problem.code for problem in problems(f"```{language}\nx\n```\n")] == ["dialect-foreign"]


@pytest.mark.parametrize("name", ["Card", "Tabs", "Go", "Do", "Text", "Path", "Filter", "Image", "Template.Part"])
@pytest.mark.parametrize(
    "text", ["<{0} a='b'>\nthe text\n</{0}>", "a <{0}>the text</{0}>", "<{0} c>\n\nthe text\n\n</{0}>"]
)
def test_the_text_inside_a_component_stays(name: str, text: str) -> None:
    body, found = read_body(Lines("a.md", text.format(name)), "en", MarkdownOptions(), RawHtml(), False)
    assert [one.code for one in found] == ["dialect-foreign"]
    html = "".join(part for part in body.parts if isinstance(part, str))
    assert "the text" in html
    assert f"<{name}" not in html
    assert "x-" not in html


def test_rules_that_may_match_are_all_those_with_a_sign_in_the_text() -> None:
    texts = [sign for row in ROWS for sign in row.signs]
    texts += [f"x{one}y" for one in texts] + [first + second for first in texts for second in texts[::7]]
    for text in texts:
        signed = [row for row in ROWS if any(sign in text for sign in row.signs)]
        assert search._possible(text) == [
            row for row in signed if row.where in ("line", "fence") or row.pattern.search(text)
        ], text
