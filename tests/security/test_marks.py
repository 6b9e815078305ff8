"""The engine's own marks cannot be forged, whatever a text turns into when it is decoded."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.hostile import active, at_most

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.files import Source
from sitegen.model.page import LabelSlot, parts_of
from sitegen.text.markdown.marks import AT, CALLOUTS, END, START, block, label, opening
from sitegen.text.page import PageOptions, read_source


def read(body: str, policy: str = "clean") -> list[object]:
    """Return the parts of a body."""
    options = PageOptions(MarkdownOptions(), RawHtml(policy=policy))  # type: ignore[arg-type]
    read = read_source(Source("content/sl/a.md", f"---\ntitle: A\n---\n\n{body}\n".encode()), options)
    return list(parts_of(read.text)) if read.page else []


def harmless(parts: list[object]) -> None:
    """See that no mark has been taken for one of the engine's."""
    for part in parts:
        if isinstance(part, LabelSlot):
            assert part.name in CALLOUTS.values() or part.name.startswith("Back to the text")
            assert re.fullmatch(r"\d*", part.value)
    assert sum(len(part) for part in parts if isinstance(part, str)) < 100_000
    assert not any(f'{AT}="' in part for part in parts if isinstance(part, str))


FORGED = [
    'a\n{: class="&#xe000;"}',
    'a\n{: class="&#xe000;block:7&#xe001;"}',
    "x &#xe000;label:%(number)0500000000d:1&#xe001;",
    "x &#xE000;label:Note:&#xE001;",
    "x &#57344;label:Note:&#57345;",
    "<p>x &#xe000;label:Note:&#xe001;</p>",
    '<p title="&#xe000;label:Note:&#xe001;">x</p>',
    '<p &#xe002;="9">x</p>',
    '[a](b.md "&#xe000;label:Note:&#xe001;")',
    "[a](b.md){title=&#xe000;label:Note:&#xe001;}",
    "![&#xe000;label:Note:&#xe001;](a.png)",
    "[a](#fn:1 '&#xe000;label:Note:&#xe001;')",
    "## A &#xe000;label:Note:&#xe001;",
    "`&#xe000;label:Note:&#xe001;`",
    "*[A]: &#xe000;label:Note:&#xe001;\n\nA",
    ":::note &#xe000;label:Note:&#xe001;\na\n:::",
    "[^&#xe000;]\n\n[^&#xe000;]: a",
    "::pages{a=&#xe001;}",
    "&#2;wzxhzdk:0&#3; <b>a</b>",
    "&#x2;amp&#x3;lt;script&#x2;",
    "<b>&#2;wzxhzdk:0&#3;</b>",
    "[a](\\&#xe000;label:Note:\\&#xe001;)",
    "```&#xe000;label:Note:&#xe001;\na\n```",
]


@pytest.mark.parametrize("policy", ["clean", "escape"])
@pytest.mark.parametrize("body", FORGED)
def test_marks_of_editors_are_text(body: str, policy: str) -> None:
    with at_most(2):
        harmless(read(body, policy))


def test_a_seal_depends_on_all_of_the_page_and_on_nothing_else() -> None:
    assert opening("a") == opening("a")
    assert opening("a") != opening("b")
    assert len(opening("")) == 34  # 128 bits


def test_not_even_the_seal_of_another_page_is_one() -> None:
    start = opening("another page")
    for forged in (label(start, "Note"), block(start, 0)):
        harmless(read(forged.replace(START, "&#xe000;").replace(END, "&#xe001;")))


def test_true_marks_work() -> None:
    words = [part.name for part in read(":::note\na[^1]\n:::\n\n[^1]: b") if isinstance(part, LabelSlot)]
    assert words == ["Note", "Back to the text (note %(number)s)"]


PIECES = st.sampled_from(
    "&#xe000; &#xe001; &#xe002; &#57344; &#57345; &#2; &#3; &#x2; \\ &amp; &amp;#xe000; %(number)99999d label: block: "
    'wzxhzdk:0 Note : :1 0 a {: } {.a class=" " title=\' \' <p> <p\u0020 =" > </p> [ ]( ) ![ ` ``` # * ** | |-| ~~ '
    "[^1] [^1]: *[A]: A :::note ::: ::pages >".split(" ")
) | st.sampled_from(["\n", "\n\n", " ", "\ue000", "\ue001", "\ue002", "\x02", "\x03"])


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["clean", "escape"]))
def test_no_mixture_of_them_forges_a_mark(body: str, policy: str) -> None:
    with at_most(2):
        parts = read(body, policy)
    harmless(parts)
    assert active("".join(part for part in parts if isinstance(part, str))) == []
