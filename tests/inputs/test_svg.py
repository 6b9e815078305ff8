"""Drawings beside a page: rebuilt from what a drawing may consist of, refused by cause, freed of programs' litter."""

from xml.etree import ElementTree as ET

import pytest
from support.drawings import DRAW_IO, EXPORTS, HOSTILE, ILLUSTRATOR, INKSCAPE, NS, svg

from sitegen.inputs.drawings import read_svg


def codes(text: str) -> set[str]:
    """Return the codes of a drawing's problems."""
    return {problem.code for problem in read_svg("map.svg", text.encode())[1]}


def rebuilt(text: str) -> str:
    """Return the published drawing, which must be one."""
    data, problems = read_svg("map.svg", text.encode())
    assert problems == []
    ET.fromstring(data)
    return data.decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_drawing_is_refused_by_its_cause(name: str) -> None:
    text, code = HOSTILE[name]
    assert codes(text) == {code}
    assert read_svg("map.svg", text.encode())[0] == b""


@pytest.mark.parametrize("name", HOSTILE)
def test_utf_16_hides_nothing(name: str) -> None:
    assert [one.code for one in read_svg("a.svg", HOSTILE[name][0].encode("utf-16"))[1]] == ["svg-broken"]


def test_a_problem_names_line_column_and_name() -> None:
    (one,) = read_svg("map.svg", f'<svg {NS}>\n  <g/>\n  <g onclick="x"/>\n</svg>'.encode())[1]
    assert (one.place.line, one.place.column, one.place.source) == (3, 3, '  <g onclick="x"/>')
    assert dict(one.values) == {"what": "onclick"}


def test_each_cause_is_reported_once_and_all_at_once() -> None:
    text = svg("<script/><script/><g onclick=''/><a href='http://x.example/'/><foreignObject><p/></foreignObject>")
    assert [one.code for one in read_svg("a.svg", text.encode())[1]] == [
        "svg-active",
        "svg-active",
        "svg-address",
        "svg-html",
    ]


@pytest.mark.parametrize("program", EXPORTS)
def test_exports_of_drawing_programs_are_published_without_their_litter(program: str) -> None:
    text = rebuilt(EXPORTS[program])
    for litter in (
        "inkscape",
        "sodipodi",
        "adobe",
        "secret",
        "Secret",
        "/home/",
        "mxfile",
        "data-",
        "<!",
        "<?",
        "host=",
    ):
        assert litter not in text, litter


def test_style_becomes_attributes() -> None:
    assert '<rect id="r" width="10" height="10" fill="#0a0" fill-opacity=".5" stroke-width="0.26"/>' in rebuilt(
        INKSCAPE
    )
    assert (
        'style="background:#ffffff;background-color:light-dark(#ffffff, #121212);color-scheme:light dark"'
        in rebuilt(DRAW_IO)
    )


def test_style_stays_where_a_stylesheet_would_win_over_attributes() -> None:
    text = svg('<style>g{fill:red}</style><g style="fill:blue"/>')
    assert rebuilt(text) == f'<svg {NS}><style>g{{fill:red}}</style><g style="fill:blue"/></svg>'


def test_stylesheets_are_rebuilt() -> None:
    assert (
        '<style type="text/css">.st0{fill:#FFFFFF;stroke:#000;stroke-miterlimit:10}.st1{fill:url(#G_1_)}</style>'
        in rebuilt(ILLUSTRATOR)
    )
    text = "/* a; } */@media (prefers-color-scheme: dark) {g > .a, text:hover {fill: rgb(0 0 0); font-family: 'A;}'}}"
    assert rebuilt(svg(f"<style>{text.replace('>', '&gt;')}</style>")).partition("<style>")[2] == (
        "@media (prefers-color-scheme: dark){g &gt; .a, text:hover{fill:rgb(0 0 0);font-family:'A;}'}}</style></svg>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="#b"><path id="b" d="M0 0"/></a>',
        '<text x="1" xml:lang="sl">a &lt; b &amp; č</text>',
        '<rect fill="url(#a)" aria-label="It\'s"/>',
        '<animate attributeName="fill" values="red;blue" dur="1s" begin="click"/>',
        '<filter id="f"><feColorMatrix type="matrix" values="1 0 0"/></filter>',
    ],
)
def test_what_is_allowed_stays_as_it_is(inside: str) -> None:
    assert rebuilt(f"<svg {NS}>{inside}</svg>") == f"<svg {NS}>{inside}</svg>"


def test_prefixes_and_old_links_are_written_plainly() -> None:
    spaces = 'xmlns:s="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"'
    text = f'<s:svg {spaces}><s:use l:href="#a"/></s:svg>'
    assert rebuilt(text) == f'<svg {NS}><use href="#a"/></svg>'


def test_a_drawing_that_was_published_is_published_unchanged() -> None:
    for text in EXPORTS.values():
        assert rebuilt(rebuilt(text)) == rebuilt(text)


def test_a_latin_drawing_becomes_utf_8() -> None:
    data = f'<?xml version="1.0" encoding="windows-1250"?><svg {NS}><title>č</title></svg>'.encode("windows-1250")
    assert read_svg("a.svg", data) == (f"<svg {NS}><title>č</title></svg>".encode(), [])


def test_a_drawing_full_of_mistakes_has_an_end() -> None:
    names = "".join(f"<n{n}/>" for n in range(19))
    assert len(read_svg("a.svg", svg(names + "&x;").encode())[1]) == 20
    assert len(read_svg("a.svg", svg(names * 2 + "<z/><y/><x/>").encode())[1]) == 20
