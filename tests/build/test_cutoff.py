"""Where a change ends: which steps of the graph are computed again, and that what is left is what a clean build leaves.

The cases are those of the table in docs/architecture.md, which is read here.
"""

import ast
import datetime as dt
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import PROJECT, TODAY, SiteFolder, tree
from support.truth import difference, story

RULES = "content/en/guide/rules.md"
EDITS: dict[str, tuple[str, str, str]] = {
    "the text of a page": (RULES, "![Badge]", "Be kind. ![Badge]"),
    "an empty line in a page": (RULES, "---\n\n", "---\n\n\n"),
    "the title of a page": (RULES, "title: Rules", "title: House rules"),
    "a comment in site.yaml": ("site.yaml", "search: true", "search: true  # yes"),
    "the title of the site": ("site.yaml", "en: City", "en: Town"),
    "a template": ("templates/base.html", "<main>", "<main id='main'>"),
    "a comment in a template": ("templates/base.html", "<body>", "{# why #}<body>"),
    "a text of data/": ("data/fairs.yaml", "en: Spring", "en: Springtime"),
    "a comment in data/": ("data/words.yaml", "words:", "# why\nwords:"),
    "a message of a catalogue": ("locales/en/LC_MESSAGES/messages.po", 'msgstr "Motto"', 'msgstr "Our motto"'),
    "a stylesheet": ("static/css/parts.css", "navy", "teal"),
    "a comment in a stylesheet": ("static/css/parts.css", "h1", "/* why */ h1"),
    "a file at the top of static/": ("static/humans.txt", "Story", "Stories"),
    "a picture next to a page": ("content/sl/guide/badge.svg", "M0 0h1", "M0 0h2"),
}


def table() -> dict[str, set[str]]:
    """Return what changed → the steps that are recomputed, from the manual."""
    text = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    head = "| What changed | Steps that are recomputed |\n|---|---|\n"
    rows = text.partition(head)[2].partition("\n\n")[0].splitlines()
    cells = [row.strip("| ").split(" | ") for row in rows]
    return {what: set(re.findall(r"`(\w+)`", steps)) for what, steps in cells}


class Desk(SiteFolder):
    """The story, built; `change` edits a file."""

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.edit(path, text.replace(old, new, 1))

    def computed(self, **options: object) -> set[str]:
        """Build, and return the steps of which something was computed."""
        result = self.build(**options)
        assert not result.failed, self.problems
        return {step for step, count in result.made.items() if count}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = Desk(story(tmp_path / "story"))
    assert not folder.build().failed, folder.problems
    yield folder
    cold = Desk(tmp_path / "cold-site")
    shutil.copytree(folder.root, cold.root, ignore=shutil.ignore_patterns("public", ".*"))
    assert not cold.build(remember=False).failed
    assert difference(tree(folder.root / "public"), tree(cold.root / "public")) == []
    assert folder.problems == cold.problems


def test_the_manual_lists_every_case() -> None:
    assert set(table()) == {*EDITS, "nothing", "the date"}


@pytest.mark.parametrize("what", EDITS)
def test_a_change_is_computed_as_far_as_the_manual_says(desk: Desk, what: str) -> None:
    desk.change(*EDITS[what])
    assert desk.computed() == table()[what]
    assert desk.computed() == set()


def test_nothing_and_another_day_compute_as_much_as_the_manual_says(desk: Desk) -> None:
    assert desk.computed() == table()["nothing"]
    assert desk.computed(today=TODAY + dt.timedelta(days=1)) == table()["the date"]


def test_the_way_back_computes_nothing_but_what_is_read(desk: Desk) -> None:
    path, old, new = EDITS["the title of a page"]
    desk.change(path, old, new)
    desk.build()
    desk.change(path, new, old)
    assert desk.computed() == set()


@pytest.mark.parametrize("kind", ["value", "page", "plan", "visible", "output", "search", "proof", "python"])
def test_what_the_cache_has_lost_is_made_again(desk: Desk, kind: str) -> None:
    with sqlite3.connect(desk.root / ".cache/memo.sqlite") as db:
        assert db.execute("DELETE FROM results WHERE kind = ?", (kind,)).rowcount
    db.close()
    desk.change(*EDITS["the text of a page"])
    desk.change(*EDITS["the title of a page"])
    desk.build()


def test_the_second_edit_of_a_text_needs_no_yaml_and_says_the_same_of_its_front_matter(desk: Desk) -> None:
    desk.change(RULES, "title: Rules", "title: Rules\nautor: Ana\nextra: {day: 2026-05-01, list: [1, 2.5, no]}")
    seen = []
    for words in ("Be kind.", "Be calm."):
        desk.change(RULES, "![Badge]", f"{words} ![Badge]")
        code = "import sys; from sitegen import main; main(['--quiet']); print('yaml' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=desk.root, env=os.environ | {"PYTHONPATH": str(PROJECT)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "autor" in done.stderr
        seen.append((done.stdout.split()[-1], done.stderr))
    assert seen[0][0] == "True"
    assert seen[1] == ("False", seen[0][1])
    desk.change(RULES, "autor: Ana\n", "")
    desk.build()


def test_only_a_type_changes_and_the_page_is_rendered_again(desk: Desk) -> None:
    desk.change("templates/page.html", "{% block main %}", "{% block main %}{{ page.extra.day is string }}")
    desk.change(RULES, "title: Rules", "title: Rules\nextra: {day: 2026-05-01}")
    desk.build()
    assert "False" in desk.read("en/guide/rules/index.html")
    desk.change(RULES, "2026-05-01", "'2026-05-01'")
    assert "output" in desk.computed()
    assert "True" in desk.read("en/guide/rules/index.html")


@pytest.mark.parametrize("remember", [True, False])
def test_a_date_in_extra_is_a_date_wherever_it_is(desk: Desk, remember: bool) -> None:
    desk.change("site.yaml", "extra: {", "extra: {day: 2026-05-01, ")
    desk.edit("data/more.yaml", "day: 2026-05-01\n")
    desk.change(RULES, "title: Rules", "title: Rules\nextra: {day: 2026-05-01}")
    shown = "{{ (page.extra.day == site.extra.day == data.more.day, page.extra.day.year) }}"
    desk.change(
        "templates/page.html", "{% block main %}", "{% block main %}{% if page.extra %}" + shown + "{% endif %}"
    )
    for _ in range(2):
        assert not desk.build(remember=remember).failed, desk.problems
        assert "(True, 2026)" in desk.read("en/guide/rules/index.html")


# Why


def test_after_an_edited_text_a_template_alone_is_blamed_for_what_it_changes(desk: Desk) -> None:
    desk.change(*EDITS["the text of a page"])
    assert desk.build().reasons == {"en/guide/rules/index.html": ["page.body"]}
    desk.change(*EDITS["a template"])
    assert set(map(tuple, desk.build().reasons.values())) == {("templates/base.html",)}


def test_an_output_that_went_back_is_compared_with_what_it_is(desk: Desk) -> None:
    path, old, new = EDITS["the text of a page"]
    desk.change(path, old, new)
    desk.build()
    desk.change(path, new, old)
    assert desk.build().reasons == {}
    desk.change(*EDITS["a template"])
    assert desk.build().reasons["en/guide/rules/index.html"] == ["templates/base.html"]


def test_reasons_are_those_of_a_site_that_saw_only_the_last_change(desk: Desk, tmp_path: Path) -> None:
    for number, edit in enumerate(EDITS.values()):
        fresh = Desk(tmp_path / f"fresh{number}")
        shutil.copytree(desk.root, fresh.root, ignore=shutil.ignore_patterns("public", ".*"))
        fresh.build()
        for folder in (desk, fresh):
            folder.change(*edit)
        assert desk.build().reasons == fresh.build().reasons


# One way


def test_no_module_renders_beside_the_graph() -> None:
    renders = {
        file.relative_to(PROJECT / "sitegen").as_posix()
        for file in sorted((PROJECT / "sitegen").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.ImportFrom) and any(alias.name in ("render_tasks", "Renderer") for alias in node.names)
        if file.parent.name != "outputs"  # a kind of output is given the renderer
    }
    assert renders == {"build/rendering.py"}


def test_build_check_serve_and_summary_build_the_site_by_one_function() -> None:
    builders = {
        file.relative_to(PROJECT / "sitegen").as_posix()
        for file in sorted((PROJECT / "sitegen").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "build_outputs"
    }
    assert builders >= {"build/pipeline.py", "check/site.py", "check/changes.py"}
    worker = (PROJECT / "sitegen/preview/worker.py").read_text(encoding="utf-8")
    assert "from sitegen.build.pipeline import build" in worker
