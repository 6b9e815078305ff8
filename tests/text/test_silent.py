"""What CommonMark takes for text without a word: each slip is reported where it stands, and what is meant so is not."""

import pytest
from support.bodies import read
from support.hostile import at_most

Found = list[tuple[str, int, int]]


def found(text: str, *codes: str) -> Found:
    """Return code, line and column of each problem of these codes."""
    return [(one.code, one.place.line, one.place.column) for one in read(text)[1] if one.code in codes]


@pytest.mark.parametrize(
    ("text", "column", "better", "encoded"),
    [
        ("[x](my file.pdf)", 5, "<my file.pdf>", "my%20file.pdf"),
        ("a ![p](my pic.png) b", 8, "<my pic.png>", "my%20pic.png"),
        ("[z](https://a .si)", 5, "https://a.si", "https://a%20.si"),
        ("[x](mailto:a b@x)", 5, "mailto:ab@x", "mailto:a%20b@x"),
        ("**[x]( a (1).pdf )**", 8, "<a (1).pdf>", "a%20(1).pdf"),
        ("[![p](my pic.png)](x.md)", 7, "<my pic.png>", "my%20pic.png"),
        ("[x](a.md “t u”)", 5, 'a.md "t u"', '<a.md> "t u"'),
        ("[ok](b.md) `[x](a b)` [x](a b.md 't)", 27, '<a b.md> "t"', 'a%20b.md "t"'),
        ("[x](https://a.si/b\n  c.html)", 5, "https://a.si/bc.html", "https://a.si/b%20c.html"),
        ("**[x](a/\nb.md)**", 7, "a/b.md", "a/%20b.md"),
        ("a <https://a.si/b\nc> d", 4, "<https://a.si/bc>", "<https://a.si/b%20c>"),
        ("[x](+386 1 234 567)", 5, "tel:+3861234567", "tel:+386-1-234-567"),
        ("<mailto:a b@c.si>", 2, "<mailto:ab@c.si>", "<mailto:a%20b@c.si>"),
    ],
)
def test_an_address_with_blanks_is_reported_with_what_to_write(
    text: str, column: int, better: str, encoded: str
) -> None:
    problems = [one for one in read(text)[1] if one.code == "link-blank"]
    assert [(one.place.line, one.place.column) for one in problems] == [(1, column)]
    assert problems[0].values == (("better", better), ("encoded", encoded))


@pytest.mark.parametrize(
    "text",
    [
        "[x](<my file.pdf>)",
        "[x](a.md 'T u')",
        "`[x](a b)`",
        "```\n[x](a b)\n```",
        "\\[x](a b)",
        "[x] (a b)",
        "a[^1](see below)\n\n[^1]: x",
        "[x][y](a b)\n\n[y]: z.md",
        "[x](a.md)(b c)",
        '<a title="[x](a b)" href="#">x</a> [x](',
        "a](b c)",
        "[x]({{ url }} b)",
        "[x](\na.md\n)",
        '[x](a.md\n"Title")',
        "<https://a.si>\n<https://b.si>",
        "`<https://a b>`",
        '<a href="https://a.si" title="<https://a b>">x</a>',
    ],
)
def test_other_brackets_are_no_address_with_blanks(text: str) -> None:
    assert not found(text, "link-blank")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("> text\n> [!NOTE]\n> x", 2, 3),
        ("> [! NOTE]\n> x", 1, 3),
        ("> [!note ] x", 1, 3),
        ("[!WARNING]\ntext", 1, 1),
        ("- a\n  [!Info] x", 2, 3),
    ],
)
def test_the_name_of_a_callout_that_is_text_is_reported(text: str, line: int, column: int) -> None:
    assert found(text, "callout-left") == [("callout-left", line, column)]


@pytest.mark.parametrize(
    "text", ["> [!NOTE]\n> x", "`[!NOTE]`", "\\[!NOTE]", "```\n[!NOTE]\n```", "a [!NOTE]", "[!important thing]", "[!x]"]
)
def test_other_brackets_are_no_name_of_a_callout(text: str) -> None:
    assert not found(text, "callout-left")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('!!! note "x"\n  body', 1, 1),
        ("!!! note\nbody", 1, 1),
        ("- !!! note\n    body", 1, 3),
        ("> !!! note\n>   - body", 1, 3),
        ('!!! note "x"\n - body', 1, 1),
        ("!!! note\n\nOther text.", 1, 1),
        ("text\n\n- !!! tip\n\n  Other text.", 3, 3),
        ('!!! note ""\n\n## Heading', 1, 1),
        ("!!! note", 1, 1),
    ],
)
def test_a_callout_whose_text_is_not_indented_enough_is_reported(text: str, line: int, column: int) -> None:
    assert found(text, "callout-empty") == [("callout-empty", line, column)]


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "x"',
        '!!! note "x"\n    body',
        '!!! note "x"\n\n    body',
        '!!! note "x"\n\nOther text.',
        '!!! note "x"\n!!! tip "y"',
        '!!! note "x"\n## Heading',
        '- !!! note "x"\n- next',
        ":::note\n:::\ntext",
        "```\n!!! note\nbody\n```",
    ],
)
def test_a_callout_that_is_but_a_title_is_no_slip(text: str) -> None:
    assert not found(text, "callout-empty")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("| a | b |\n|---|\n| c | d |", "table-delimiter", 2, 1),
        ("| a | b |\n|---|---|---|\n| c | d |", "table-delimiter", 2, 1),
        ("a | b\n---|---|---\nc | d", "table-delimiter", 2, 1),
        ("- | `a|b` | c |\n  |---|---|", "table-delimiter", 2, 3),
        ("| a | b |\n| c | d |", "table-lost", 1, 1),
        ("Text:\n| a | b |\n| c | d |", "table-lost", 2, 1),
        ("> | a | b |\n> |—|—|\n> | c | d |", "table-lost", 2, 3),
        ("+---+---+\n| a | b |\n+---+---+", "table-lost", 1, 1),
        ("| a | b |\n|---+---|\n| c | d |", "table-lost", 2, 1),
        ("| a | b |\n---\n| c | d |", "table-lost", 1, 1),
        ("Text.\n\n| a | b |", "table-lost", 3, 1),
        ("- > | a | b |", "table-lost", 1, 5),
    ],
)
def test_what_looks_like_a_table_is_reported_once(text: str, code: str, line: int, column: int) -> None:
    assert found(text, "table-delimiter", "table-lost") == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| c | d |",
        "| a |\n|---|",
        "a | b\n-|-",
        "```\n| a | b |\n| c | d |\n```",
        "`| a | b |\n| c | d |`",
        "a \\| b\nc | d",
        "| The limerick packs laughs\n| In space that is",
        "|x| + |y|\nis more",
        "|x| + |y|",
        "`| a | b |`",
        "|x|",
        "a | b | c\nd | e | f",
        "a |\n- b",
        "A + b\n+ c",
    ],
)
def test_other_lines_are_no_table(text: str) -> None:
    assert not found(text, "table-delimiter", "table-lost")


@pytest.mark.parametrize(
    ("text", "line", "column", "braces"),
    [
        ("{#id}", 1, 1, "{#id}"),
        ("Text.\n\n{: .cls}\n\nText.", 3, 1, "{: .cls}"),
        ("## Heading\n\n{#id}", 3, 1, "{#id}"),
        ("> {: #a .b }", 1, 3, "{: #a .b }"),
        ("- a\n\n  {.b}", 3, 3, "{.b}"),
    ],
)
def test_attributes_that_belong_to_no_text_are_reported(text: str, line: int, column: int, braces: str) -> None:
    problems = [one for one in read(text)[1] if one.code == "attributes-alone"]
    assert [(one.place.line, one.place.column, one.values) for one in problems] == [
        (line, column, (("braces", braces),))
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("## Two {#Two Words}", 1, 8, "Two Words"),
        ("Text.\n\nTwo *words* {#}\n---", 3, 13, ""),
        ("- ## A {#a=b}", 1, 8, "a=b"),
    ],
)
def test_an_id_that_would_be_shown_in_its_heading_is_reported(text: str, line: int, column: int, name: str) -> None:
    problems = [one for one in read(text)[1] if one.code == "id-invalid"]
    assert [(one.place.line, one.place.column, one.values) for one in problems] == [(line, column, (("id", name),))]


@pytest.mark.parametrize("text", ["## A {#id .b}", "## A `{#a b}`", "## A \\{#a b}", "## A {#a b} c", "A {#a b}"])
def test_other_braces_are_no_id_of_a_heading(text: str) -> None:
    assert not found(text, "id-invalid")


@pytest.mark.parametrize(
    "text",
    [
        "## A {#id}",
        "Text.\n{: .cls}",
        "- a\n- b\n{: .cls}",
        "> q\n\n*w*{.c}",
        "`{#id}`",
        "    {#id}",
        "\\{#id}",
        "{ a }",
    ],
)
def test_attributes_of_a_text_are_no_slip(text: str) -> None:
    assert not found(text, "attributes-alone")


@pytest.mark.parametrize("raw", ["", "\n\n<b>raw</b>"], ids=["Markdown", "with raw HTML"])
@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a <http://>", 4),
        ("[x](https://)", 5),
        ("[x](mailto:)", 5),
        ("[x](tel:)", 5),
        ("[x](HTTP:///)", 5),
        ("[x](http://?)", 5),
    ],
)
def test_an_address_that_is_but_a_scheme_is_reported(text: str, column: int, raw: str) -> None:
    assert found(text + raw, "link-empty") == [("link-empty", 1, column)]


@pytest.mark.parametrize("text", ["a http:// b", "[x](http://a)", "[x](tel:1)", "`<http://>`", "[x](#a)\n\n## A {#a}"])
def test_other_addresses_lead_somewhere(text: str) -> None:
    assert not found(text, "link-empty")


@pytest.mark.parametrize("text", ["[x](https://[bad)\n\n<b>raw</b>", 'a <a href="https://[bad">x</a>'])
def test_an_address_that_the_cleaning_drops_is_reported(text: str) -> None:
    assert [code for code, line, _ in found(text, "link-empty")] == ["link-empty"]


@pytest.mark.parametrize(
    ("text", "column", "target"),
    [
        ("[x](javascript:a)", 5, "javascript:a"),
        ("![x](C:\\xy.jpg)", 6, "C:\\xy.jpg"),
        ("[x](C:\\x.jpg)", 5, "C:\\x.jpg"),
        ('<img src="data:x" alt="">', 11, "data:x"),
    ],
)
@pytest.mark.parametrize("raw", ["", "\n\n<b>raw</b>"], ids=["Markdown", "with raw HTML"])
def test_a_refused_scheme_is_reported_once_as_it_is_written(text: str, column: int, target: str, raw: str) -> None:
    problems = [one for one in read(text + raw)[1] if one.code in ("link-scheme", "link-empty")]
    assert {(one.code, one.place.line, one.place.column, one.values) for one in problems} == {
        ("link-scheme", 1, column, (("target", target),))
    }


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("<?php echo 1 ?>", 1),
        ("a <?= $x ?> b", 3),
        ("<![CDATA[ x ]]>", 1),
        ("a <![CDATA[ x ]]>", 3),
        ("<!DOCTYPE html>", 1),
        ("- a <!DOCTYPE html> b", 5),
        ("<div><?xml version='1.0'?></div>", 6),
    ],
)
def test_instructions_and_declarations_are_refused_and_not_dropped_silently(text: str, column: int) -> None:
    assert found(text, "html-refused") == [("html-refused", 1, column)]


@pytest.mark.parametrize("text", ["<!-- a -->", "a <!-- b --> c", "`<?php ?>`", "```\n<?php ?>\n```", "&lt;?php ?>"])
def test_comments_and_code_are_not_refused(text: str) -> None:
    assert not found(text, "html-refused")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("<details><summary>S</summary>\n**raw?** [l](x.md)\n</details>", 2, 1),
        ("<div>**no**</div>", 1, 6),
        ("<div>\na [l](x.md)\n</div>", 2, 3),
        ("<div>\n- a\n- b\n</div>", 2, 1),
        ("<div>\n1. a\n2. b\n</div>", 2, 1),
        ("- <div>\n  ## H\n  </div>", 2, 3),
        ("> <div>\n> `x`\n> </div>", 2, 3),
        ("<div></div>\n**text**", 2, 1),
    ],
)
def test_markdown_inside_html_is_reported(text: str, line: int, column: int) -> None:
    assert found(text, "html-markdown") == [("html-markdown", line, column)]


def test_a_line_of_html_in_a_list_has_its_column() -> None:
    assert found("- <div>\n  <blink>x</blink>\n  </div>", "html-refused") == [("html-refused", 2, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n\n**yes**\n\n</div>",
        "<div>a ** b ** c, 2**3**4</div>",
        "<div><code>**x**</code></div>",
        "<pre>\n**x**\n- a\n- b\n</pre>",
        "<div><!-- **x** --></div>",
        '<div title="**x** [a](b)">y</div>',
        "<div>\n- a remark\n</div>",
        "```\n<div>**no**</div>\n```",
        "<b>**inline**</b>",
    ],
)
def test_html_without_markdown_is_no_slip(text: str) -> None:
    assert not found(text, "html-markdown")


@pytest.mark.parametrize(
    "text",
    [
        "](a (" * 20_000,
        "<div>" + "**a [b" * 20_000,
        "<div>" + "- a\n" * 9_000,
        "<div " * 20_000,
        "[x](a b" * 20_000,
        "[!" * 40_000,
        "[![note](a b) " * 2_000,
        "|-|\n" * 9_000,
        "](a\n" * 20_000,
        "<https://a\n" * 20_000,
        "{#a}\n\n" * 9_000,
    ],
)
@pytest.mark.long
def test_slips_without_end_are_found_in_linear_time(text: str) -> None:
    with at_most(5):
        read(text)
