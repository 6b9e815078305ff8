"""Every problem of a body has its exact line and column: a mistake is planted anywhere, and found (Hypothesis)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.files import Source
from sitegen.model.problems import begins_of, line_of, whole_line
from sitegen.text.page import PageOptions, read_page

HEAD = "---\ntitle: A\n---\n\n"
WORDS = st.sampled_from(
    "mesto čas 学 🎉 e\u0301 don't a_b 2015 x*y & < `code` *em* **b** \\* &amp; [a](b.md) <b>b</b>".split()
)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "a " + " ".join(words))
# blocks that any text may hold before or behind the planted mistake
BLOCKS = st.one_of(
    st.lists(LINE, min_size=1, max_size=3),
    LINE.map(lambda line: ["## " + line]),
    LINE.map(lambda line: [line, "---"]),
    st.just(["```js", "[x](/not)", '<a href="/not">', "", "- # no", "```"]),
    st.just(["~~~", "````", "[x](/not)", "~~~"]),
    st.just(["text", "", "    [x](/not)"]),
    st.just(["- one", "  two", "", "  ```", "  [x](/not)", "  ```", "- [ ] task", "", "***"]),
    st.just(["1. one", "   - two", "", "     three"]),
    st.just(["> quoted", "lazy", "> > deeper"]),
    st.just(["| a | b |", "|---|:-:|", "| `\\|` | 2 |"]),
    st.just(["<div>", "", "*a*", "", "</div>"]),
    st.just(["Text `[x](/not)` and \\[x](/not)."]),
    st.just([":::note Title", "text", "", "- item", ":::"]),
    st.just(["Term", ": Definition", "", "  more"]),
    st.just(["::toc"]),
    st.just(["[label]: https://example.org/ 'Title'", "", "See [label]."]),
    st.just(["*[ABC]: a title"]),
    st.just(["***"]),
    st.just(["<!-- a remark", "", "[x](/not) -->"]),
    st.just(["<!-- sitegen: ignore image-no-alt: a test -->", "text"]),
)
# the mistake: what is written, and where in it the problem is
MISTAKES = st.sampled_from(
    [
        ("[x](/bad)", "link-rooted", 4),
        ("![x](/bad)", "link-rooted", 5),
        ("[x]( </bad> 'Title')", "link-rooted", 6),
        ('<a href="/bad">x</a>', "link-rooted", 9),
        ("[x]()", "link-empty", 4),
        ('<a href="">x</a>', "link-empty", 9),
        ("<b onclick=x>x</b>", "html-refused", 3),
        ("<blink>x</blink>", "html-refused", 0),
        ("x</i>", "html-stray", 1),
        ("<i>x", "html-unclosed", 0),
        ("*x*{onclick=y}", "attribute-refused", 4),
        ("[x][nope]", "reference-undefined", 0),
        ("x[^nope]", "footnote-undefined", 1),
        ("![](bad.png)", "image-no-alt", 4),
        ("**x **y", "emphasis-open", 0),
        ("<vbscript:x>", "link-scheme", 1),
        ("a <!-- b", "html-unfinished", 2),
    ]
)
# where it is planted: before and behind it in its own block
HOLDERS = st.sampled_from(
    [
        (["a "], [" b"]),
        (["first line", "second "], [" line", "third"]),
        (
            [
                "- one",
                "- two ",
            ],
            [""],
        ),
        (["- one", "", "  two", "  three "], [" b"]),
        (["10. one", "", "    two "], [" b"]),
        (["> one", "> two "], [" b"]),
        (["> - one", ">   two "], [" b"]),
        (["> one", "lazy "], [" b"]),
        (["## a "], [" b {#id}"]),
        (["## a "], [" b ##"]),
        (["a "], [" b", "---"]),
        (["| a | b |", "|---|---|", "| `x\\|y` | "], [" |"]),
        (["> | a |", "> |---|", "> | "], [" c |"]),
        (["- a | b", "  --|--", "  1 | "], [""]),
        ([":::note", "a "], [" b", ":::"]),
        (["- :::note", "  a "], [" b", "  :::"]),
        ([":::note "], ["", "text", ":::"]),
        (["!!! note", "    a "], [" b"]),
        (["> [!NOTE]", "> a "], [" b"]),
        (["> [!TIP] a "], ["", "> b"]),
        (["See[^note].", "", "[^note]: a "], [" b"]),
        (["Term", ": a "], [" b"]),
        (
            [
                "Te ",
            ],
            [" rm", ": a"],
        ),
        (["<div>", "", "a "], [" b", "", "</div>"]),
        (["- [ ] a "], [" b"]),
        (["\ta", "", "- one", "", "\ttwo "], [" b"]),
    ]
)


def planted(
    before: list[list[str]], holder: tuple[list[str], list[str]], after: list[list[str]], text: str
) -> tuple[str, int]:
    """Return the whole body, and the offset of the mistake in it."""
    start, end = holder
    head = "\n\n".join("\n".join(block) for block in before) + ("\n\n" if before else "")
    head += "\n".join(start)
    tail = "\n".join(end) + "".join("\n\n" + "\n".join(block) for block in after)
    return head + text + tail, len(head)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@settings(max_examples=400, deadline=None, derandomize=True)
@given(before=st.lists(BLOCKS, max_size=4), holder=HOLDERS, after=st.lists(BLOCKS, max_size=3), mistake=MISTAKES)
@pytest.mark.long
def test_a_planted_mistake_is_found_at_its_line_and_column(
    newline: str,
    before: list[list[str]],
    holder: tuple[list[str], list[str]],
    after: list[list[str]],
    mistake: tuple[str, str, int],
) -> None:
    text, code, shift = mistake
    body, at = planted(before, holder, after, text)
    whole = HEAD + body
    at += len(HEAD) + shift
    line = whole.count("\n", 0, at) + 1
    column = at - whole.rfind("\n", 0, at)
    data = whole.replace("\n", newline).encode()
    _, problems = read_page(Source("content/sl/a.md", data), PageOptions(MarkdownOptions(), RawHtml()))
    found = [(one.place.line, one.place.column) for one in problems if one.code == code]
    assert (line, column) in found, f"{body}\n{[(p.code, p.place.line, p.place.column) for p in problems]}"
    assert found == [(line, column)]


def test_a_short_line_is_shown_as_any_other() -> None:
    lines = ("", "a", "á" * 160, "b" * 161, "c\r", "\td", "e\x07", "f" * 400)
    for text in ("\n".join(lines), "\n".join(lines) + "\n"):
        for number, start in enumerate(begins_of(text)):
            line = text[start:].split("\n")[0]
            for column in range(1, len(line) + 2):
                whole = whole_line(text, start)
                assert whole is None or line_of(text, start, column) == (whole, 0), (number, column)
