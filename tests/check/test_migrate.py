"""`check --migrate`: what Python-Markdown's own grammar read otherwise, with line, how it was and how it is."""

from collections.abc import Callable

import pytest
from support.site import TODAY, SiteFolder

from sitegen.build.request import Options
from sitegen.check.migration import differences
from sitegen.check.site import check
from sitegen.model.config import MarkdownOptions
from sitegen.model.messages import level_of, text_of
from sitegen.model.problems import Lines


def found(text: str) -> list[tuple[int, str, str]]:
    """Return line, how it was and how it is, of each difference."""
    problems = differences(Lines("a.md", text), MarkdownOptions())
    rows = [(problem.place.line, dict(problem.values)) for problem in problems]
    return [(line, str(values["was"]), str(values["now"])) for line, values in rows]


LIST, ITEM = "a list", "item 1 of a numbered list"
KINDS = {
    "A list right below a paragraph:\n- one\n- two\n": [(2, "a paragraph", LIST)],
    "Intro.\n\n1. First\n\n   more\n\n2. Second\n": [
        (5, "a paragraph", ITEM),
        (7, ITEM, "item 2 of a numbered list"),
    ],
    "- one\n  - two\n": [(2, LIST, "a list, in it a list")],
    "4. four\n5. five\n": [(1, ITEM, "item 4 of a numbered list")],
    "- one\n\n      code\n": [(3, LIST, "a list, in it a block of code")],
    "Text.\n\n##Heading\n": [(3, "a heading of level 2", "a paragraph")],
    "Text ~~old~~.\n": [(1, "a paragraph", "a paragraph, in it struck-through text")],
    "<div>\n\n**word**\n\n</div>\n": [(3, "a paragraph", "a paragraph, in it strong emphasis")],
    "> [!NOTE]\n> Read this.\n": [(2, "a quotation", "a callout")],
    "- one\n\n    ```\n    code\n    ```\n": [(4, "code", "a block of code")],
    "***a** b*\n": [],
    "Text `code`, [a](b.md), ![c](d.png), *e* **f**.\n\n- a\n- b\n\nText.\n\n1. c\n2. d\n\n> e\n\n    f\n": [],
    ":::note Title\nText.\n:::\n\n!!! tip\n    More.\n\n::features{area=4}\n": [],
    "## A {#b}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText[^1].\n\nTerm\n: Meaning\n\n[^1]: Note.\n": [],
    "| a |\n|---|\n| b <table><tr><td>c</td></tr></table> |\n| d <b>e</b> |\n": [],
    '<div markdown="1">\n\nText *word*.\n\n</div>\n': [],
    "```python\nx = 1\n```\n\n<p>raw <b>html</b></p>\n\nText\n": [],
}


@pytest.mark.parametrize("text", KINDS)
def test_each_kind_is_named_at_its_line(text: str) -> None:
    assert found(text) == KINDS[text]


def test_a_run_of_differences_is_one() -> None:
    text = "Intro\n" + "".join(f"- item {n}\n" for n in range(50)) + "\nText.\n\nAgain\n- a\n"
    assert [line for line, _, _ in found(text)] == [2, 56]


def test_large_texts_are_compared_in_time() -> None:
    text = "".join(f"Intro {n}\n- item\n\n" for n in range(400))
    assert found(text)[0] == (2, "a paragraph", LIST)


def test_only_check_migrate_reports_it_as_a_note(site: Callable[..., SiteFolder]) -> None:
    folder = site("-- content/en/index.md --\n---\ntitle: Home\n---\n\nIntro\n- one\n")
    assert not [problem for problem in folder.check().problems if problem.code == "read-otherwise"]
    checked = check(Options(root=folder.root, today=TODAY), migrate=True)
    [note] = [problem for problem in checked.problems if problem.code == "read-otherwise"]
    assert (note.place.path, note.place.line, level_of(note)) == ("content/en/index.md", 6, "info")
    assert text_of(note) == "From “one” on: a paragraph before; a list now."
