"""Markdown to HTML: each kind of block, what HTML may pass, and where links and headings stand in the source."""

import re

import pytest
from support.bodies import read
from support.hostile import at_most

from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.page import AfterSlot, BlockSlot, ImageSlot, LabelSlot, LinkSlot
from sitegen.model.problems import Lines
from sitegen.text.markdown.body import read_body
from sitegen.text.markdown.code_blocks import info_of


def html(text: str, policy: RawHtml | None = None, trusted: bool = False) -> str:
    """Return the HTML of a body without mistakes, its slots shown in braces."""
    body, problems = read(text, policy, trusted)
    assert problems == []
    shown = []
    for part in body.parts:
        if isinstance(part, LinkSlot):
            shown.append(f' href="{{{body.links[part.number].target}#{body.links[part.number].anchor}}}"')
        elif isinstance(part, ImageSlot):
            shown.append(f' src="{{{body.images[part.number].target}}}"')
        elif isinstance(part, LabelSlot):
            shown.append(f"{{{part.name}{':' + part.value if part.value else ''}}}")
        elif isinstance(part, BlockSlot):
            shown.append(f"{{{part.name} {dict(part.options)}}}")
        elif not isinstance(part, AfterSlot):
            shown.append(part)
    return "".join(shown).strip()


def wrong(text: str, policy: RawHtml | None = None) -> list[tuple[str, int, int]]:
    """Return code, line and column of each mistake."""
    return [(p.code, p.place.line, p.place.column) for p in read(text, policy)[1]]


def squeezed(text: str) -> str:
    """Return HTML without the line ends between tags."""
    return text.replace(">\n<", "><")


FENCED = ":::{}\nText with **weight**.\n:::"
INDENTED = "!!! {}\n    Text with **weight**."
NOTE = (
    '<div class="callout callout-note" role="note"><p class="callout-title">{}</p>'
    "<p>Text with <strong>weight</strong>.</p></div>"
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (FENCED.format("note"), "{Note}"),
        (FENCED.format("note Read this"), "Read this"),
        (FENCED.format(' note "Read this"'), "Read this"),
        (FENCED.format("NOTE"), "{Note}"),
        (INDENTED.format("note"), "{Note}"),
        (INDENTED.format('note "Read this"'), "Read this"),
    ],
)
def test_callout_in_both_spellings(text: str, title: str) -> None:
    assert squeezed(html(text)) == NOTE.format(title)


@pytest.mark.parametrize("name", ["note", "tip", "important", "warning", "caution"])
def test_every_callout_has_its_class_and_its_word(name: str) -> None:
    done = html(f":::{name}\nText.\n:::")
    assert f'class="callout callout-{name}"' in done
    assert f"{{{name.capitalize()}}}" in done


@pytest.mark.parametrize("text", ['!!! tip ""\n    In.', ":::tip[]\nIn.\n:::", ':::tip ""\nIn.\n:::'])
def test_callout_with_an_empty_title_names_its_kind_to_those_who_hear(text: str) -> None:
    assert '<p class="callout-title hidden">{Tip}</p>' in html(text)


def test_callout_holds_any_blocks() -> None:
    done = squeezed(html(":::note\nOne.\n\n- a\n- b\n\n```\n:::\n```\n\n## In it {#in}\n:::\n\nAfter."))
    assert done.endswith('<h2 id="in">In it</h2></div><p>After.</p>')
    assert "<ul><li>a</li><li>b</li></ul>" in done
    assert "<pre><code>:::\n</code></pre>" in done


def test_callouts_may_be_nested() -> None:
    done = squeezed(html(":::note\nOne.\n\n:::tip\nTwo.\n:::\n\nThree.\n:::"))
    assert done.count("<div") == done.count("</div>") == 2
    assert done.endswith("<p>Two.</p></div><p>Three.</p></div>")


def test_callout_may_touch_the_paragraph_above() -> None:
    assert squeezed(html("Before.\n:::note\nIn.\n:::\nAfter.")).startswith("<p>Before.</p><div ")


def test_callout_in_code_is_code() -> None:
    assert html("```\n:::note\n```") == "<pre><code>:::note\n</code></pre>"


def test_callout_mistakes_have_their_place() -> None:
    assert wrong("Text.\n\n:::nots\nIn.\n:::") == [("callout-unknown", 3, 1)]
    assert wrong("Text.\n\n:::note\nIn.") == [("callout-unclosed", 3, 1)]


def test_directive_becomes_a_block() -> None:
    done = html('::award-cities\n\n::features{area=4 name="a b"}')
    assert done == "{award-cities {}}{features {'area': '4', 'name': 'a b'}}"


def test_text_with_two_colons_is_text() -> None:
    assert html("std::vector and\n::not a directive") == "<p>std::vector and\n::not a directive</p>"


def test_image_alone_with_title_is_a_figure() -> None:
    assert squeezed(html('![A map](map.png "The city in 2015")')) == (
        '<figure><img alt="A map" src="{map.png}"><figcaption>The city in 2015</figcaption></figure>'
    )


def test_image_in_text_is_no_figure() -> None:
    assert "<figure" not in html('See ![A map](map.png "The city").')
    assert "<figure" not in html("![A map](map.png)")


def test_table_is_aligned_by_classes() -> None:
    done = squeezed(html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |"))
    assert done.startswith('<div class="table"><table><thead><tr><th class="align-left">a</th>')
    assert '<td class="align-center">2</td><td class="align-right">3</td>' in done
    assert "style=" not in done
    assert "align=" not in done


def test_footnotes_have_words_of_the_interface() -> None:
    done = html("Text.[^1]\n\n[^1]: Note.")
    assert '<a class="footnote-ref" href="#fn:1">1</a>' in done
    assert 'title="{Back to the text (note %(number)s):1}"' in done


@pytest.mark.parametrize("code", ["```\n    x\n    ```", "    x"])
def test_footnote_may_end_in_code(code: str) -> None:
    done = squeezed(html(f"Text.[^1]\n\n[^1]: Note:\n\n    {code}\n\nMore."))
    assert '<li id="fn:1"><p>Note:</p><pre><code>x\n</code></pre><p><a class="footnote-backref"' in done
    assert "<p>More.</p>" in done


def test_definition_may_come_after_a_blank_line() -> None:
    assert squeezed(html("Term\n\n: Text.\n\n: More.")) == (
        "<dl><dt>Term</dt><dd><p>Text.</p></dd><dd><p>More.</p></dd></dl>"
    )


def test_definition_list_abbreviation_and_attributes() -> None:
    assert squeezed(html("Term\n:   Text.")) == "<dl><dt>Term</dt><dd>Text.</dd></dl>"
    assert html("The GNLC.\n\n*[GNLC]: Global Network") == '<p>The <abbr title="Global Network">GNLC</abbr>.</p>'
    assert html("Text.\n{: .lead #first lang=sl }") == '<p class="lead" id="first" lang="sl">Text.</p>'


def test_extensions_can_be_left_out() -> None:
    options = MarkdownOptions(extensions=())
    body, problems = read_body(Lines("a.md", "a | b\n--|--\n1 | 2\n\n[^1]"), "en", options, RawHtml(), False)
    assert problems == []
    assert not any("<table" in part for part in body.parts if isinstance(part, str))


def test_fenced_code_keeps_every_character() -> None:
    assert html("```\nif a < b & c:\n    pass  # --\n```") == (
        "<pre><code>if a &lt; b &amp; c:\n    pass  # --\n</code></pre>"
    )


def test_fenced_code_has_colours_a_label_a_caption_and_marked_lines() -> None:
    done = html('```python title="Two & more" {2}\nif a < b:\n    pass  # --\n```')
    assert done.startswith('<figure class="code" data-language="Python"><figcaption>Two &amp; more</figcaption>')
    assert '<span class="code-keyword">if</span> a &lt; b:\n<mark>    <span class="code-keyword">pass</span>' in done
    assert re.sub(r"<[^<>]*>", "", done[done.index("<code") :]) == "if a &lt; b:\n    pass  # --\n\n"
    assert "style=" not in done


@pytest.mark.parametrize("language", ["text", "plaintext", "vue", "jsonc", "MDX", "console", "c++", "C#"])
def test_languages_that_people_name(language: str) -> None:
    assert wrong(f"```{language}\nx\n```") == []


# headings


def test_headings_with_and_without_ids() -> None:
    body, problems = read("## Aims {#aims}\n\n### The *Way* & `code`\n\n### The way code\n")
    assert problems == []
    places = body.positions.headings
    assert [(h.level, h.id, h.text, at.line) for h, at in zip(body.headings, places, strict=True)] == [
        (2, "aims", "Aims", 1),
        (3, "the-way-code", "The Way & code", 3),
        (3, "the-way-code-2", "The way code", 5),
    ]


def test_heading_ids_keep_the_letters_of_every_language() -> None:
    assert [h.id for h in read("## Kaj je čas?\n\n## ما هو\n\n## 2015\n\n## ¡Ñu!")[0].headings] == [
        "kaj-je-čas",
        "ما-هو",
        "2015",
        "ñu",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# One", [("heading-one", 1, 1)]),
        ("One\n===", [("heading-one", 1, 1)]),
        ("## One\n\n#### Two", [("heading-order", 3, 1)]),
        ("### One", [("heading-order", 1, 1)]),
        ("Text.\n\n##\n\n## Good", [("heading-empty", 3, 1)]),
        ("## One {#a}\n\n## Two {#a}", [("id-duplicate", 3, 1)]),
        ("## One {#a}\n\nText.\n{: #a }", [("id-duplicate", 4, 4)]),
        ("```\n# No\n```\n\n    # No\n\n# Yes", [("heading-one", 7, 1)]),
    ],
)
def test_heading_mistakes_have_their_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert wrong(text) == found


# places of links


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[a](a.md) and [b](b.md)", [("a.md", 1, 5), ("b.md", 1, 19)]),
        ("[a](a.md)\n\n[a](a.md)", [("a.md", 1, 5), ("a.md", 3, 5)]),
        ("```\n[a](a.md)\n```\n\n[a](a.md)", [("a.md", 5, 5)]),
        ("~~~~ md\n[a](a.md)\n~~~\n~~~~\n\n[a](a.md)", [("a.md", 6, 5)]),
        ("`[a](a.md)` [a](a.md)", [("a.md", 1, 17)]),
        ("The file a.md: [a](a.md)", [("a.md", 1, 20)]),
        ("[a][x] and [b][x]\n\n[x]: a.md", [("a.md", 3, 6), ("a.md", 3, 6)]),
        ("[a](<a b.md>)", [("a b.md", 1, 6)]),
        ("[a](a.md 'Title')", [("a.md", 1, 5)]),
        ("- one\n    - [a](a.md)", [("a.md", 2, 11)]),
        (":::note\n[a](a.md)\n:::", [("a.md", 2, 5)]),
        ("| a |\n|---|\n| [a](a.md) |", [("a.md", 3, 7)]),
        ("<a href='a.md'>a</a>", [("a.md", 1, 10)]),
        ("[a](č.md)", [("č.md", 1, 5)]),
    ],
)
def test_links_have_their_place(text: str, places: list[tuple[str, int, int]]) -> None:
    body, problems = read(text)
    assert problems == []
    pairs = zip(body.links, body.positions.links, strict=True)
    assert [(link.target, place.line, place.column) for link, place in pairs] == places


def test_places_count_from_the_first_line_of_the_file() -> None:
    body, _ = read_body(Lines("a.md", "\n[a](a.md)", 5), "en", MarkdownOptions(), RawHtml(), False)
    assert body.positions.links[0].line == 6
    assert body.positions.links[0].source == "[a](a.md)"


def test_links_are_taken_apart_and_decoded() -> None:
    links = read("[a](a%20b.md#%C4%8D) [b](#c) [d](d.pdf)")[0].links
    assert [(link.target, link.anchor) for link in links] == [("a b.md", "č"), ("", "c"), ("d.pdf", "")]


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "http://example.org/", "mailto:a@example.org", "tel:+38612345"],
)
def test_addresses_elsewhere_stay(address: str) -> None:
    assert html(f"[a]({address})") == f'<p><a href="{address}">a</a></p>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](javascript:alert(1))", [("link-scheme", 1, 5)]),
        ("[a](JaVaScRiPt:alert(1))", [("link-scheme", 1, 5)]),
        ("[a](data:text/html,x)", [("link-scheme", 1, 5)]),
        ("[a](vbscript:x)", [("link-scheme", 1, 5)]),
        ("[a](file:///etc/passwd)", [("link-scheme", 1, 5)]),
        ("text\n[a]()", [("link-empty", 2, 5)]),
        ('[a](a.md)\n\n<a href="">x</a>', [("link-empty", 3, 10)]),
        ("<a href=''>x</a>", [("link-empty", 1, 10)]),
        ('<img src="" alt="">', [("link-empty", 1, 11)]),
        ('<img src="" alt="A map">', [("link-empty", 1, 11)]),
        ("[a](//example.org/)", [("link-scheme", 1, 5)]),
        ("[a](/sl/)", [("link-rooted", 1, 5)]),
        ("![a](javascript:x)", [("link-scheme", 1, 6)]),
        ("![a](https://example.org/a.png)", [("image-external", 1, 6)]),
        ("![](a.png)", [("image-no-alt", 1, 5)]),
        ('<img src="a.png">', [("image-no-alt", 1, 11)]),
        ('<a href="javascript:x">a</a>', [("link-scheme", 1, 10)]),
        ('<a href="&#106;avascript:x">a</a>', [("link-scheme", 1, 10)]),
    ],
)
def test_link_mistakes_have_their_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert wrong(text) == found


def test_a_scheme_that_is_refused_leaves_no_address() -> None:
    for text in ("[a](javascript:x)", '<a href="javascript:x">a</a>', "[a](java\tscript:x)", "<javascript:x>"):
        body, _ = read(text)
        assert not any('="javascript:' in p for p in body.parts if isinstance(p, str) and "<a" in p), text


def test_decoration_says_so_by_an_empty_alt() -> None:
    assert html('![](a.png){alt=""}') == '<p><img alt="" src="{a.png}"></p>'


# raw HTML


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\n\n<!-- hidden\n\n## H", (3, 1)),
        ("- a\n\n  <!-- hidden\n\n  b", (3, 3)),
        ("a `<!--` b <!-- c\n\nd", (1, 12)),
        ("a <!-- b --> c <!-- d", (1, 16)),
        ("<div>\n<!-- a\n\nb -->\n</div>", (2, 1)),
    ],
)
def test_a_comment_that_never_ends_is_a_problem_where_it_begins(text: str, place: tuple[int, int]) -> None:
    found = [(line, column) for code, line, column in wrong(text) if code == "html-unfinished"]
    assert found == [place]


@pytest.mark.parametrize(
    "text", ["a <!-- b --> c", "<!-- a\n\nb -->", "`<!--`", "\\<!-- a", "&lt;!-- a", "```\n<!-- a\n```"]
)
def test_a_comment_that_ends_or_is_code_is_no_problem(text: str) -> None:
    assert not wrong(text)


def test_allowed_html_stays() -> None:
    text = 'H<sub>2</sub>O, <span lang="sl">mesto</span>, <kbd>Ctrl</kbd>\n\n<details open>\n<p>More.</p>\n</details>'
    assert squeezed(html(text)).startswith('<p>H<sub>2</sub>O, <span lang="sl">mesto</span>, <kbd>Ctrl</kbd></p>')
    assert "<details open" in html(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<script>alert(1)</script>", [("html-refused", 1, 1)]),
        ("a <b onclick='x'>b</b>", [("html-refused", 1, 6)]),
        ("<iframe src='x'></iframe>", [("html-refused", 1, 1)]),
        ("<STYLE>a{}</STYLE>", [("html-refused", 1, 1)]),
        ("<form><input></form>", [("html-refused", 1, 1), ("html-refused", 1, 7)]),
        ("script, then\n\n<script>x</script>", [("html-refused", 3, 1)]),
        ("<p style='color:red'>a</p>", [("html-refused", 1, 4)]),
        ("<svg><path/></svg>", [("html-refused", 1, 1), ("html-refused", 1, 6)]),
        ("[a](https://example.org/){onclick=x}", [("attribute-refused", 1, 27)]),
        ("Style.\n{: style='x' }", [("attribute-refused", 2, 4)]),
    ],
)
def test_refused_html_has_its_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert wrong(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick='x'>b</b>",
        "<img src=x onerror=alert(1) alt=''>",
        "<a href='javascript:x'>a</a>",
        "<p style='x'>a</p>",
        "**a**{onmouseover=x}",
        "<svg onload=x></svg>",
        "<<script>script>alert(1)<</script>/script>",
        "<a title='\"><script>alert(1)</script>'>a</a>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    ],
)
def test_nothing_active_passes(text: str) -> None:
    shown = "".join(part for part in read(text)[0].parts if isinstance(part, str)).casefold()
    for word in ("<script", "onclick=", "onerror=", "onmouseover=", "onload=", "javascript:", "style=", "<svg"):
        assert word not in shown


def test_escape_policy_shows_tags_as_text() -> None:
    done = html("A <b>word</b>.\n\n<script>alert(1)</script>", RawHtml(policy="escape"))
    assert "<p>A &lt;b&gt;word&lt;/b&gt;.</p>" in done
    assert "&lt;script&gt;" in done


def test_site_may_allow_more_elements() -> None:
    assert "<video" in html("<video></video>", RawHtml(elements=("video",)))


def test_trusted_folder_may_write_any_html() -> None:
    text = '<div style="color: red" onclick="x()"><script>go()</script></div>'
    assert squeezed(html(text, trusted=True)) == text


def test_html_comments_do_not_reach_the_reader() -> None:
    assert "secret" not in html("Text.\n\n<!-- secret -->\n\nMore.")


def test_private_characters_cannot_forge_a_mark() -> None:
    done = html("\ue000label:Note:\ue001 and \ue000block:0\ue001")
    assert "\ue000" not in done
    assert "{Note}" not in done


def test_an_instance_keeps_nothing_from_the_page_before() -> None:
    text = "Text.[^1] [x]\n\n[^1]: Note.\n\n*[A]: b\n\n[x]: a.md\n\n::one"
    first = html(text)
    read("Other [^1] A [a][x].")
    assert html(text) == first
    assert wrong("Other [^1] A [a][x].") == [("footnote-undefined", 1, 7), ("reference-undefined", 1, 14)]


@pytest.mark.parametrize("text", ["[" * 2000, "<" * 5000, "*" * 5000, "> " * 150 + "a", "`" * 3001, "<!--" * 500])
def test_malformed_text_does_not_hang(text: str) -> None:
    assert read(text)[0].parts


@pytest.mark.parametrize("items", [12, 2000])
def test_a_nested_list_takes_linear_time(items: int) -> None:
    text = "".join(f"{'    ' * (number % 3)}- item {number}\n" for number in range(items))
    with at_most(20):
        assert read(text)[1] == []


def test_contents_in_the_text_are_a_block() -> None:
    body, problems = read("[TOC]\n\n::toc\n\n## One {#one}\n")
    assert [part.name for part in body.parts if isinstance(part, BlockSlot)] == ["toc", "toc"]
    assert problems == []


@pytest.mark.parametrize("name", ["cards", "steps", "gallery"])
def test_boxes_hold_markdown(name: str) -> None:
    assert squeezed(html(f":::{name}\n- One *and*\n- two\n:::\nAfter.")) == (
        f'<div class="{name}"><ul><li>One <em>and</em></li><li>two</li></ul></div><p>After.</p>'
    )
    assert wrong(f"Text.\n\n:::{name}\n- A") == [("callout-unclosed", 3, 1)]
    assert [code for code, *_ in wrong(f":::{name}s\nA\n:::")] == ["callout-unknown"]


def test_tabs_work_without_scripts() -> None:
    text = ":::tabs\n:::tab Linux *or*\nOne.\n:::\n:::tab[Windows]\n- Two.\n:::\n:::\nAfter."
    assert squeezed(html(text)) == (
        '<div class="tabs"><details class="tab" name="tabs-1" open=""><summary>Linux <em>or</em></summary><p>One.</p>'
        '</details><details class="tab" name="tabs-1"><summary>Windows</summary><ul><li>Two.</li></ul></details></div>'
        "<p>After.</p>"
    )
    assert wrong("Text.\n\n:::tabs\n:::tab A\nB\n:::") == [("callout-unclosed", 3, 1)]


def test_bare_addresses_are_links_when_asked_for() -> None:
    text = "See https://example.org/a--b, www.example.org and a--b@example.org."
    assert html(text) == f"<p>{text}</p>"
    options = MarkdownOptions(extensions=("autolinks",))
    body, problems = read_body(Lines("a.md", text), "en", options, RawHtml(), False)
    assert problems == []
    made = "".join(str(part) for part in body.parts)
    assert made == (
        '<p>See <a href="https://example.org/a--b">https://example.org/a--b</a>, '
        '<a href="http://www.example.org">www.example.org</a> and '
        '<a href="mailto:a--b@example.org">a--b@example.org</a>.</p>\n'
    )


def test_ids_of_headings_may_be_those_of_github() -> None:
    options = MarkdownOptions(heading_ids="github")
    text = "## What's new & what's not?\n\n## A_b -- c\n\n## A_b -- c\n\n## Kaj je čas?\n\n## Own {#own}\n"
    body, _ = read_body(Lines("a.md", text), "en", options, RawHtml(), False)
    assert [one.id for one in body.headings] == ["whats-new--whats-not", "a_b--c", "a_b--c-1", "kaj-je-čas", "own"]


@pytest.mark.parametrize(
    "piece", ["[", "![", "[a](", "*a ", "`a", "<b>", "</b>", "{a=b ", "[a][b] ", "'a\" ", "--a", "<!--", "~~a ", "a@b"]
)
def test_a_text_of_one_piece_takes_no_longer_than_its_length(piece: str) -> None:
    with at_most(8):
        read(piece * (40_000 // len(piece)))


@pytest.mark.parametrize(
    ("info", "lines"),
    [
        ("js {2}", {2}),
        ('js title="a {3} b" {1,4-5}', {1, 4, 5}),
        ('python hl_lines="2 4-5" linenums="1"', {2, 4, 5}),
        ("python {linenos=table,hl_lines=[2]}", {2}),
        ('python {hl_lines=["1-2",5],linenostart=199}', {1, 2, 5}),
        ("diff ins={2} del={1,3}", {1, 2, 3}),
        ("js showLineNumbers startLineNumber={5}", set()),
    ],
)
def test_lines_are_marked_as_in_other_tools(info: str, lines: set[int]) -> None:
    assert info_of(info).marked == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Release {#release-1.2}", '<h2 id="release-1.2">Release</h2>'),
        ("## 一般{#general}", '<h2 id="general">一般</h2>'),
        ("## A *b* c {#d .e}", '<h2 class="e" id="d">A <em>b</em> c</h2>'),
    ],
)
def test_id_of_a_heading_may_hold_dots_and_touch_the_text(text: str, expected: str) -> None:
    assert html(text).strip() == expected
