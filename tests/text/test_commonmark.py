"""The examples of the CommonMark specification through the whole converter, and GFM's additions by cases of our own.

White space between blocks and the ids of headings do not count. What comes out otherwise on purpose is listed, each
with the construct that makes the difference.
"""

import html as entities
import re

import pytest
from support.site import PROJECT, needs

from sitegen.model.config import MarkdownOptions
from sitegen.model.problems import Lines
from sitegen.text.markdown.converter import convert
from sitegen.text.markdown.notes import Notes

SPECIFICATION = PROJECT / "node_modules/commonmark-spec"
ALLOWED = dict.fromkeys(
    (572, 573, 576, 577, 584, 585, 586, 588, 589, 591), "our syntax: a picture alone with a title is a figure"
)
_SPOT = re.compile(r" ?\ue002=\"\d+\"")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)( ?/?)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def examples() -> list[tuple[int, str, str]]:
    """Return number, Markdown and HTML of each example; none where the specification is not installed."""
    file = next(iter(sorted(SPECIFICATION.glob("**/spec.txt"))), None) if SPECIFICATION.exists() else None
    text = file.read_text(encoding="utf-8") if file else ""
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.M | re.S)
    return [(number, *(part.replace("→", "\t") for part in parts)) for number, parts in enumerate(found, start=1)]


EXAMPLES = examples()


def html(text: str) -> str:
    """Return the HTML of a text before typography, links and policy, without the numbers of spots."""
    made = convert(text, MarkdownOptions(), False, Notes(Lines("a.md", text)))
    made = re.sub(r'<div class="code"(?: data-language="[^"]*")?>(<pre>.*?</pre>)</div>', r"\1", made, flags=re.S)
    return _SPOT.sub("", re.sub(r"</?span(?: class=\"code-\w+\")?>", "", made) if "code-" in made else made)


def normal(text: str) -> str:
    """Return HTML in one spelling: attributes in order, entities resolved, no white space between blocks."""

    def tag(match: re.Match[str]) -> str:
        pairs = sorted((m[1], m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(match[3]))
        return f"<{match[1]}{match[2]}{''.join(f' {key}={entities.unescape(value)!r}' for key, value in pairs)}>"

    parts = re.split(r"(<pre.*?</pre>)", text, flags=re.S)
    done = [part if number % 2 else re.sub(r"\s+", " ", part) for number, part in enumerate(parts)]
    blocks = "p|ul|ol|li|pre|h[1-6]|blockquote|hr|br|table|thead|tbody|tr|th|td|div|details|section|del|ins"
    text = _TAG.sub(tag, "".join(done))
    return re.sub(rf"\s*(</?(?:{blocks})\b[^<>]*>)\s*", r"\1", entities.unescape(text).replace("'", '"')).strip()


@pytest.mark.parametrize(("number", "text", "wanted"), EXAMPLES, ids=[str(number) for number, _, _ in EXAMPLES])
@pytest.mark.cheap
def test_example_of_the_specification(number: int, text: str, wanted: str) -> None:
    is_equal = normal(html(text)) == normal(wanted)
    assert is_equal != (number in ALLOWED), f"{text!r}\n{html(text)!r}\n{wanted!r}"


def test_the_specification_is_read_whole() -> None:
    needs("commonmark-spec", bool(EXAMPLES))
    assert len(EXAMPLES) >= 652
    assert len(EXAMPLES) - len(ALLOWED) >= 640


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a | b\n-- | --\n1 | 2",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        (
            "| a |\n|---|\n| `x \\| y` |",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><code>x | y</code></td></tr></tbody></table>",
        ),
        (
            "| a | b |\n|:-:|--:|\n| 1 |",
            (
                '<table><thead><tr><th class="align-center">a</th><th class="align-right">b</th></tr></thead>'
                '<tbody><tr><td class="align-center">1</td><td class="align-right"></td></tr></tbody></table>'
            ),
        ),
        (
            "| a |\n| - |\n> quoted",
            "<table><thead><tr><th>a</th></tr></thead></table><blockquote><p>quoted</p></blockquote>",
        ),
        ("~~gone~~ ~one~", "<p><del>gone</del> ~one~</p>"),
        ("~~a\n\nb~~", "<p>~~a</p><p>b~~</p>"),
        (
            "- [ ] open\n- [x] *done*",
            (
                '<ul><li class="task"><label><input type="checkbox" disabled> open</label></li>'
                '<li class="task"><label><input type="checkbox" disabled checked> <em>done</em></label></li></ul>'
            ),
        ),
        (
            "1. [X] a\n   - [ ] b",
            (
                '<ol><li class="task"><label><input type="checkbox" disabled checked> a</label>'
                '<ul><li class="task"><label><input type="checkbox" disabled> b</label></li></ul></li></ol>'
            ),
        ),
        ("- [y] no\n- [ ]no", "<ul><li>[y] no</li><li>[ ]no</li></ul>"),
    ],
)
def test_tables_strikethrough_and_tasks_are_those_of_github(text: str, wanted: str) -> None:
    assert normal(html(text)) == normal(wanted)


# Kinds of everyday text that came out wrong


def test_a_fence_with_an_info_string_is_code() -> None:
    made = html('```js title="a.js" {1}\nx -- "y"\n```\n\n## After')
    assert '<figure class="code"' in made
    assert "<figcaption>a.js</figcaption>" in made
    assert made.endswith("<h2>After</h2>")


@pytest.mark.parametrize("indent", [2, 3, 4, 5])
def test_a_fence_in_a_list_item_is_code_of_the_item(indent: int) -> None:
    blanks = " " * indent
    made = html(f'- step\n\n{blanks}```\n{blanks}npm install "x" -- y\n{blanks}```\n- next')
    assert 'npm install "x" -- y\n</code></pre></li><li>' in made.replace("<p>next</p>", "next")


def test_a_paragraph_in_an_item_goes_on_with_the_numbers() -> None:
    assert html("1. First\n\n   more\n\n2. Second").count("<ol>") == 1


def test_a_list_starts_at_its_number() -> None:
    assert html("4. four\n5. five").startswith('<ol start="4">')


@pytest.mark.parametrize("tag", ["details", "div", "section", "figure"])
def test_markdown_inside_html_is_read_behind_a_blank_line(tag: str) -> None:
    made = html(f"<{tag}>\n\n*a* [b](c.md)\n\n</{tag}>")
    assert normal(made) == f'<{tag}><p><em>a</em> <a href="c.md">b</a></p></{tag}>'


@pytest.mark.parametrize(
    "opening",
    [":::note[Title]", ":::note Title", ':::note "Title"', "> [!NOTE] Title", '!!! note "Title"', ":::info[Title]"],
)
@pytest.mark.parametrize("around", ["", "- ", "> ", "1. "])
def test_callouts_in_every_form_and_place(opening: str, around: str) -> None:
    lines = [opening, *{":": ["Text.", ":::"], ">": ["> Text."], "!": ["    Text."]}[opening[0]]]
    further = ">" if around == "> " else " " * len(around)
    text = "\n".join(
        f"{around if number == 0 else further.ljust(len(around))}{line}" for number, line in enumerate(lines)
    )
    assert '<div class="callout callout-note" role="note"><p class="callout-title">Title</p><p>Text.</p></div>' in html(
        text
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("info", "note"), ("success", "tip"), ("danger", "caution"), ("CAUTION", "caution")]
)
def test_names_of_callouts_that_others_use(name: str, kind: str) -> None:
    assert f'class="callout callout-{kind}"' in html(f":::{name}\nText.\n:::")
    assert f'class="callout callout-{kind}"' in html(f"> [!{name}]\n> Text.")
