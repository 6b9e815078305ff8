"""What the tests share between builds changes no build."""

from collections.abc import Callable
from unittest import mock

from jinja2 import Environment
from support import sharing
from support.site import SiteFolder

from sitegen.outputs import environment, render
from sitegen.text.templates import template_facts

Make = Callable[..., SiteFolder]
NOTE = """
-- templates/blocks/place.html --
<p>{{ "a--b"|typo if false else "%s" }}</p>
-- content/sl/about.md --
---
title: O nas
---

::place
"""


def test_builds_with_and_without_it_are_equal(site: Make) -> None:
    shared, again, alone = (site(NOTE % "One") for _ in range(3))
    assert shared.problems == again.problems
    with (
        mock.patch.object(Environment, "compile", sharing._compile_template),
        mock.patch.object(environment, "compile", compile),
        mock.patch.object(render, "template_facts", template_facts),
    ):
        assert alone.problems == shared.problems
    assert shared.outputs == again.outputs == alone.outputs
    assert "One" in shared.read("sl/about/index.html")


def test_a_template_of_another_text_is_read_anew(site: Make) -> None:
    one, two = site(NOTE % "One"), site(NOTE % "Two")
    assert one.problems == two.problems == []
    assert "One" in one.read("sl/about/index.html")
    assert "Two" in two.read("sl/about/index.html")
