"""A generator of attacks: what hostile people plant into Markdown, front matter, data, catalogues and drawings."""

from typing import NamedTuple

from hypothesis import strategies as st

ACT = "alert(1)"
SCHEMES = st.sampled_from(
    ["javascript:", "JaVaScRiPt:", "java&#10;script:", "java\tscript:", "&#106;avascript:", "vbscript:"]
)
ADDRESSES = SCHEMES.map(lambda scheme: scheme + ACT) | st.sampled_from(
    ["data:text/html,<script>alert(1)</script>", "//evil.example/x", "https://evil.example/x", "x", "#x", "&#xe000;"]
)
EVENTS = st.sampled_from(["onload", "onerror", "ONCLICK", "onmouseover", "onfocus", "onbegin", "ontoggle"])
ELEMENTS = st.sampled_from(
    "script style iframe object embed base meta link form input svg math template img video details b p a table "
    "select noscript foreignObject animate set use image title textarea xmp plaintext marquee".split()
)
MARKS = st.sampled_from(
    [
        "\ue000",
        "&#xe000;label:Note:&#xe001;",
        '&#xe002;="1"',
        "&#2;wzxhzdk:0&#3;",
        "\x02",
        "\x1b",
        "&#1;",
        "\u2028",
        "\ufeff",
    ]
)
ENDS = st.sampled_from(
    ["</script>", "</title>", "-->", "]]>", '">', "'>", "</svg>", "</p>", "</style>", "{{ 7 }}", "</"]
)
WORDS = st.sampled_from(
    ["a", " ", "word", "\n", "\n\n", "*", "`", "**", "[", "](", ")", "> ", "- ", "|", ":::note\n", "\\"]
)


@st.composite
def tags(draw: st.DrawFn) -> str:
    """Give a tag that acts, in one of many spellings."""
    name, mark = draw(ELEMENTS), draw(st.sampled_from(['"', "'", ""]))
    parts = [f"<{name}"]
    for _ in range(draw(st.integers(0, 2))):
        gap = draw(st.sampled_from([" ", "/", "\t", "\n"]))
        if draw(st.booleans()):
            parts.append(f"{gap}{draw(EVENTS)}={mark}{ACT}{mark}")
        else:
            key = draw(
                st.sampled_from(["href", "src", "cite", "action", "xlink:href", "srcdoc", "style", "data", "content"])
            )
            parts.append(f"{gap}{key}={mark}{draw(ADDRESSES)}{mark}")
    return "".join(parts) + draw(st.sampled_from([">", "/>", f">{ACT}</{name}>", ""]))


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Give a construct of Markdown with an attack in it."""
    words, address, event = draw(TEXTS), draw(ADDRESSES), draw(EVENTS)
    return draw(
        st.sampled_from(
            [
                f"[a]({address})",
                f"[a](<{address}> '{event}={ACT}')",
                f"![a]({address})",
                f"<{address}>",
                f"[a][b]\n\n[b]: {address}\n",
                f"[a](index.md){{{event}={ACT}}}",
                f"> a\n{{cite={address}}}\n",
                f"## {words}\n",
                f"`{words}`",
                f"```{event}={ACT}\n{words}\n```\n",
                f":::note {words}\na\n:::\n",
                f"a[^1]\n\n[^1]: {words}\n",
                f"*[a]: {words}\n\na\n",
                f"| {words} |\n|---|\n| {address} |\n",
            ]
        )
    )


PIECES = WORDS | MARKS | ENDS | tags() | ADDRESSES
TEXTS = st.lists(PIECES, min_size=1, max_size=4).map("".join)
BODIES = st.lists(markdown() | TEXTS, min_size=1, max_size=3).map("\n\n".join)
DRAWINGS = st.lists(
    tags() | st.sampled_from(["<circle r='5'/>", "<g>", "</g>", "<text>a</text>", "<!-- a -->", "<!DOCTYPE svg>"]),
    max_size=3,
).map(lambda parts: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"".join(parts)}</svg>')


class Case(NamedTuple):
    """One attack: what stands in each kind of file."""

    body: str
    title: str
    value: str
    string: str
    drawing: str


CASES = st.builds(Case, BODIES, TEXTS, TEXTS | ADDRESSES, TEXTS, DRAWINGS)
