"""The one scan of a finished page: what listeners hear of tags, texts, comments, scripts, and what never ends."""

import pytest

from sitegen.outputs.facts import Facts
from sitegen.outputs.search import SearchText
from sitegen.text.html import Tag, scan


class Heard:
    """Notes everything."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def tag(self, tag: Tag) -> None:
        self.all.append(f"{'/' if tag.closes else ''}{tag.name}{'' if tag.ends else '…'}|{tag.inside}")

    def run(self, run: str) -> None:
        self.all.append(f'"{run}"')


def heard(page: str) -> list[str]:
    """Return what a listener hears."""
    listener = Heard()
    scan(page, listener)
    return listener.all


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", []),
        ("a", ['"a"']),
        ("<p>a<br>b</p>", ['"<p>a<br>b</p>"']),
        ("<p class=a>a<br>b<br/></p>c", ["p|", '"a<br>b"', "br|", '"</p>c"']),
        ("<P>a</P><pa>", ["P|", '"a"', "/P|", "pa|"]),
        ("a<!-- <b>x</b> -->c", ['"a"', '"c"']),
        ("a<!-- <b>", ['"a"']),
        ("<script>a<b '</script>c", ["script|a<b '", "/script|", '"c"']),
        ("<SCRIPT src=x>1</Script >", ["SCRIPT|1", "/Script|"]),
        ("<style>a{}", ["style|a{}"]),
        ("<scripts>a</scripts>", ["scripts|", '"a"', "/scripts|"]),
        ('<a title="a > b">c', ["a|", '"c"']),
        ('<a title="a', ["a…|"]),
        ("1 < 2 <b>", ['"1 "', '"<"', '" 2 <b>"']),
        ("<", ['"<"']),
    ],
)
def test_what_is_heard(page: str, expected: list[str]) -> None:
    assert heard(page) == expected


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("<a href=''>a</a>", []),
        ("<a href=''> &nbsp; </a>", ["output-no-name"]),
        ("<a href=''><!-- a --></a>", ["output-no-name"]),
        ("<a href=''><script>a</script></a>", ["output-no-name"]),
        ("<a href=''><img src='' alt='a'></a>", []),
        ("<button><a href='' aria-label='a'>b</a></button>", []),
        ("<button><a href='' aria-label='a'></a></button>", ["output-no-name"]),
        ("<a href=''><svg><title>a</title></svg></a>", []),
        ("<a>", []),
        ("<a href=''><b><i></i></b></a>", ["output-no-name"]),
        ("<a href=''><b>a</b></a>", []),
        ("<a href=''> < </a>", []),
    ],
)
def test_links_and_buttons_are_named(page: str, codes: list[str]) -> None:
    facts = Facts()
    scan(page, facts)
    assert [code for code, _ in facts.mistakes] == codes


@pytest.mark.parametrize(
    ("page", "directives"),
    [
        ("<style></style>", ["style-src"]),
        ("<script>1</script>", ["script-src"]),
        ("<script type='module'>1</script>", ["script-src"]),
        ("<script src='a.js'></script>", []),
        ("<script type='application/ld+json'>{}</script>", []),
        ("<!-- <style>a</style> -->", []),
    ],
)
def test_styles_and_scripts_inside_of_a_page_are_named_for_the_policy(page: str, directives: list[str]) -> None:
    facts = Facts()
    scan(page, facts)
    assert [directive for directive, _ in facts.inline] == directives


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("a<main>b</main>c", ["b"]),
        ("<main>a<nav>b</nav>c", ["ac"]),
        ("<main>a<script>b</script>c</main>", ["ac"]),
        ("<main>1 < 2</main>", ["1 2"]),
        ("<main>a<h2 id='x'>T</h2>b</main>", ["a", "b"]),
        ("<main>a</main><main>b</main>", ["a"]),
        ("<main>a<p hidden>b<b>c</b></p>d<p>e</p></main>", ["ad\ne"]),
        ("<main><div hidden>a<div>b</div>c</div>d</main>", ["d"]),
        ("<main><svg>a<p>b</p></svg>c</main>", ["c"]),
        ("<main>a<p>b <b>c\nd</b></p>e</main>", ["a\nb c d\ne"]),
        ("<main><h2 id='x'>a <b>b</b><br>c</h2>d</main>", ["", "d"]),
    ],
)
def test_search_hears_the_main_part(page: str, texts: list[str]) -> None:
    search = SearchText()
    scan(page, search)
    assert [section.text for section in search.sections()] == texts


def test_one_scan_serves_all_who_listen() -> None:
    facts, search = Facts(), SearchText()
    scan("<main><h2 id='x'>T</h2><a href='b/'>B</a></main>", facts, search)
    assert (facts.ids, facts.links) == ({"x"}, ["b/"])
    assert [(one.id, one.title, one.text) for one in search.sections()] == [("", "", ""), ("x", "T", "B")]
