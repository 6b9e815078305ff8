"""Merge conflicts that nobody has resolved are one clear problem, wherever they are; examples of them are none."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.model.problems import Lines
from sitegen.text.damage import conflicts

Make = Callable[..., SiteFolder]
HEAD = "---\ntitle: A\n---\n\n"
TWO = "<<<<<<< HEAD\n{0}\n=======\n{1}\n>>>>>>> other\n"
THREE = "<<<<<<< HEAD\n{0}\n||||||| abc1234\n{2}\n=======\n{1}\n>>>>>>> abc1234 (Say it better)\n"


def lines_of(text: str) -> list[int]:
    """Return the lines of the conflicts in a Markdown text."""
    return [found.place.line for found in conflicts(Lines("a.md", text), markdown=True)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TWO.format("a", "b"), [1]),
        (THREE.format("a", "b", "c"), [1]),
        ("x\n\n" + TWO.format("a", "b") + "y\n" + TWO.format("c", "d"), [3, 9]),
        ("<<<<<<<\na\n=======\nb\n>>>>>>>\n", [1]),
        ("<<<<<<< Updated upstream\na\n=======\nb\n>>>>>>> Stashed changes\n", [1]),
        ("<<<<<<< HEAD\na\n", [1]),
        ("a\n>>>>>>> feature/x\n", [2]),
        ("a\n=======\nb\n>>>>>>> Stashed changes\n", [4]),
        ("<<<<<<< HEAD\n```js\n=======\n```ts\n>>>>>>> other\ncode\n```\n", [1]),
        ("```js\na\n<<<<<<< HEAD\nb\n```\n=======\nc\n```\n>>>>>>> other\n", [3]),
        ("a\n||||||| base\nb\n", [2]),
        ("a\n\n=======\n\nb\n", [3]),
        ("||||||| 0a1b2c3 (Say it better)\na\n\n=======\nb\n>>>>>>> main\n", [1, 4, 6]),
        ("<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x\r\n", [1]),
        ("<<<<<<< HEAD\n<<<<<<< ours\na\n=======\nb\n>>>>>>> x\n", [1, 2]),
    ],
)
def test_merge_conflict_is_found(text: str, lines: list[int]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Heading\n=======\n",
        "```\n" + TWO.format("a", "b") + "```\n",
        "~~~~ text\n" + THREE.format("a", "b", "c") + "~~~~\n",
        "- item\n\n    ```\n" + TWO.format("a", "b") + "    ```\n",
        "````md\n```\n" + TWO.format("a", "b") + "```\n````\n",
        "```\n<<<<<<< HEAD\n```\n\nand\n\n```\n>>>>>>> other\n```\n".replace(">>>>>>> other", "======="),
        "    <<<<<<< HEAD\n    a\n    =======\n    b\n    >>>>>>> other\n",
        "> <<<<<<< HEAD\n",
        "Between `<<<<<<<` and `>>>>>>>`.\n",
        "<<<<<<<< eight\n",
        "<<<<<<<a\n",
        ">>>>>>> a quotation of seven levels\n",
        ">>>>>>>>> deep\n",
        "||||||| a |\n",
        "|||||||\n",
        "```\n||||||| base\n\n=======\n```\n",
        "A\n\n========\n",
    ],
)
def test_merge_conflict_is_no_example_and_no_heading(text: str) -> None:
    assert lines_of(text) == []


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("content/en/a.md", HEAD + TWO.format("a", "b"), 5),
        ("content/en/a.md", "---\n" + TWO.format("title: A", "title: B") + "---\n\nText.\n", 2),
        ("content/en/a.md", "---\ntitle: A\n<<<<<<< HEAD\n---\n\nA\n=======\nx: 1\n---\n\nB\n>>>>>>> x\n", 3),
        ("content/en/a.md", TWO.format(HEAD, HEAD), 1),
        ("data/a.yaml", "a:\n" + THREE.format("  - b", "  - c", "  - d"), 2),
        ("templates/page.html", TWO.format("{% block a %}", "{% block b %}"), 1),
        ("static/a.css", "a {}\n" + TWO.format("b {}", "c {}"), 2),
        ("static/a.js", TWO.format("1", "2"), 1),
        ("urls.lock", "/en/\n" + TWO.format("/en/a/", "/en/b/"), 2),
    ],
)
def test_merge_conflict_is_one_problem_of_the_site(site: Make, path: str, text: str, line: int) -> None:
    made = site()
    made.edit(path, text)
    result = made.build()
    assert result.failed
    assert [(found.code, found.place.path, found.place.line) for found in result.problems] == [
        ("merge-conflict", path, line)
    ]
    assert "unresolved merge conflict" in made.problems[0]


@pytest.mark.parametrize("path", ["site.yaml", "locales/en/LC_MESSAGES/messages.po"])
def test_merge_conflict_of_settings_and_catalogues_is_one_problem(site: Make, path: str) -> None:
    made = site()
    before = (made.root / path).read_text(encoding="utf-8")
    made.edit(path, before + TWO.format("# a", "# b"))
    result = made.build()
    assert [(found.code, found.place.line) for found in result.problems if found.code != "string-missing"] == [
        ("merge-conflict", before.count("\n") + 1)
    ]


def test_link_to_a_page_with_a_merge_conflict_is_no_second_problem(site: Make) -> None:
    made = site()
    made.edit("content/en/a.md", HEAD + TWO.format("a", "b"))
    made.edit("content/en/b.md", HEAD + "[A](a.md#part)\n")
    made.build()
    assert made.codes == ["merge-conflict"]
