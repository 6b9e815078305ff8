"""The finished site is proved before it is published: what templates and data get wrong is found too."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

Make = Callable[..., SiteFolder]


def codes(site: Make, html: str, more: str = "") -> list[str]:
    """Return the codes of a site whose Slovenian home page shows this HTML."""
    template = (
        "{% extends 'base.html' %}\n{% block main %}\n{% if lang == 'sl' %}" + html + "{% endif %}\n{% endblock %}\n"
    )
    return site(f"-- templates/page.html --\n{template}{more}").codes


@pytest.mark.parametrize(
    "html",
    [
        '<a href="./">a</a>',
        '<a href="../en/">a</a>',
        '<a href="../en/index.html">a</a>',
        '<a href="../">a</a>',
        '<a href="..">a</a>',
        '<a href="../sl/#here">a</a><p id="here"></p>',
        '<a href="#%C4%8D">a</a><p id="č"></p>',
        '<a href="https://example.com/gone">a</a>',
        '<a href="//example.com/gone">a</a>',
        '<a href="mailto:a@example.org">a</a>',
        '<a href="data:,x">a</a>',
        '<img src="data:," alt="">',
        "<a>not a link</a>",
        '<a href="./"><svg aria-label="a"></svg></a>',
        '<button aria-label="a"></button>',
        '<button title="a"></button>',
        '<a href="./"><img src="data:," alt="a"></a>',
        '<script>let a = "<a href=gone>"</script>',
        '<!-- <a href="gone"> -->',
        "<style>a > b { color: red }</style>",
        '<img src="data:," alt="a > b"><a href="./" title="1 > 0">a</a>',
    ],
)
def test_good_html_passes(site: Make, html: str) -> None:
    assert codes(site, html) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<a href="gone/">a</a>', "output-link-dead"),
        ('<a href="../../../x">a</a>', "output-link-dead"),
        ('<a href="/gone">a</a>', "output-link-dead"),
        ("<a href='gone/'>a</a>", "output-link-dead"),
        ('<A HREF="gone/">a</A>', "output-link-dead"),
        ('<img src="gone.png" alt="">', "output-link-dead"),
        ('<img src="data:," srcset="gone.png 2x" alt="">', "output-link-dead"),
        ('<form action="gone"></form>', "output-link-dead"),
        ('<video poster="gone.png"></video>', "output-link-dead"),
        ('<script src="gone.js"></script>', "output-link-dead"),
        ('<link rel="stylesheet" href="gone.css">', "output-link-dead"),
        ('<a href="#gone">a</a>', "output-anchor-missing"),
        ('<a href="../en/#gone">a</a>', "output-anchor-missing"),
        ('<p id="a"></p><p id="a"></p>', "output-id-twice"),
        ('<a href="./"></a>', "output-no-name"),
        ('<a href="./"> &nbsp; <b></b></a>', "output-no-name"),
        ('<a href="./"><img src="data:," alt=""></a>', "output-no-name"),
        ("<button></button>", "output-no-name"),
        ('<img src="data:,">', "output-no-alt"),
        ("<h1>again</h1>", "output-h1"),
        ("<H1>again</H1>", "output-h1"),
    ],
)
def test_bad_html_is_found(site: Make, html: str, code: str) -> None:
    assert codes(site, html) == [code]


def test_dead_anchor_of_a_text_is_shown_at_the_link(site: Make) -> None:
    made = site("-- content/sl/index.md --\n---\ntitle: Domov\n---\n\n## Cilji {#aims}\n\n[a](#aim)\n")
    assert [(p.code, p.place.line, p.place.column, p.suggestion) for p in made.build().problems] == [
        ("section-missing", 2, 1, ""),
        ("anchor-missing", 7, 5, "aims"),
    ]


def test_pages_made_of_data_are_proved_too(site: Make) -> None:
    more = "-- data/links.yaml --\n- ../gone/\n"
    html = '{% for link in data.links %}<a href="{{ link }}">a</a>{% endfor %}'
    assert codes(site, html, more) == ["output-link-dead"]


def test_every_problem_of_the_proof_is_shown_at_once(site: Make) -> None:
    html = '<a href="gone/">a</a><a href="#gone">a</a><a href="away/">a</a>'
    assert sorted(codes(site, html)) == ["output-anchor-missing", "output-link-dead", "output-link-dead"]


LINKED = "-- content/sl/index.md --\n---\ntitle: Domov\n---\n\n[a](#nope) [b](../en/index.md#nope)\n\nBODY\n"


@pytest.mark.parametrize(
    ("body", "more", "codes"),
    [
        ("[x](gone.md)", "", ["link-missing"]),
        ("# Two", "", ["heading-one"]),
        ("", "-- content/sl/torn.md --\n---\ntitle: [\n---\n\nText.\n", ["yaml-syntax"]),
        ("", "-- content/sl/bare.md --\nText.\n", ["frontmatter-missing"]),
        ("", "-- content/sl/a.png --\nno picture\n", ["image-broken"]),
        ("", "-- data/a.yaml --\na: [\n", ["yaml-syntax"]),
        ("", "-- content/fr/index.md --\n---\ntitle: Accueil\n---\n", ["language-unknown"]),
        (
            "",
            "-- content/sl/o.md --\n---\ntitle: O\nslug: a\n---\n-- content/sl/a.md --\n---\ntitle: A\n---\n",
            ["address-twice"],
        ),
        ("", "-- templates/blocks/bad.html --\n{% if %}\n", []),
        ("::nope", "", ["block-unknown"]),
    ],
)
def test_anchors_are_proved_in_the_same_run_as_all_other_mistakes(
    site: Make, body: str, more: str, codes: list[str]
) -> None:
    made = site(LINKED.replace("BODY", body) + more)
    found = [problem.code for problem in made.build().problems if problem.code != "section-missing"]
    anchors = 1 if "block-unknown" in codes else 2  # what the page leads to in itself may be in the block
    assert sorted(found) == sorted([*codes, *["anchor-missing"] * anchors])


def test_what_only_follows_from_a_mistake_is_left_out(site: Make) -> None:
    made = site(
        "-- content/en/index.md --\n---\ntitle: Home\n---\n\n[a](torn.md#x) [b](two.md#y)\n"
        "-- content/en/torn.md --\n---\ntitle: [\n---\n\n## X {#x}\n"
        "-- content/en/one.md --\n---\ntitle: One\ntranslation_key: k\n---\n"
        "-- content/en/two.md --\n---\ntitle: Two\ntranslation_key: k\n---\n\n## Y {#y}\n"
    )
    assert sorted(made.codes) == ["translation-duplicate", "yaml-syntax"]


OTHER = "-- content/sl/other.md --\n---\ntitle: Drugo\n---\n\n## Cilji {#aims}\n\nBesedilo.\n"
TEXT = (
    "\n## Svoj {#own}\n\n[a](#own), [b](#gone), [c](other.md#aims), [d](other.md#aim), [e](nowhere.md), ![f](no.svg)\n"
)


def lines_of(made: SiteFolder, path: str) -> list[tuple[str, str]]:
    """Return what is said of a file: code, and what stands where it points to."""
    found = [one for one in made.build().problems if one.place.path == path]
    return [(one.code, one.place.source[one.place.column - 1 : one.place.column + 2]) for one in found]


@pytest.mark.parametrize(
    "head", ["title: Stran: slaba", "title:", "description: Brez naslova", "title: Stran\n\ttab: x"]
)
def test_a_page_whose_front_matter_cannot_be_read_is_checked_for_its_own_links(site: Make, head: str) -> None:
    made = site(OTHER + f"-- content/sl/page.md --\n---\n{head}\n---\n{TEXT}")
    (_, *links) = lines_of(made, "content/sl/page.md")
    assert links == [
        ("anchor-missing", "#go"),
        ("anchor-missing", "oth"),
        ("link-missing", "now"),
        ("image-missing", "no."),
    ]


def test_a_page_with_an_unknown_block_is_checked_for_the_anchors_of_other_pages(site: Make) -> None:
    made = site(OTHER + f"-- content/sl/page.md --\n---\ntitle: Stran\n---\n\n::nope\n{TEXT}")
    assert lines_of(made, "content/sl/page.md") == [  # the block itself may have the anchor that is missing here
        ("block-unknown", "::n"),
        ("anchor-missing", "oth"),
        ("link-missing", "now"),
        ("image-missing", "no."),
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/sl/nowhere/", True),
        ("/sl/page/", False),  # the page that cannot be read
        ("/en/page/", False),  # or what stands in for its translation
        ("/sl/svoja-pot/", False),  # its address, by its front matter
        ("/sl/other/", False),
    ],
)
def test_dead_links_of_templates_are_reported_while_a_page_is_unreadable(site: Make, address: str, said: bool) -> None:
    made = site(OTHER + "-- content/sl/page.md --\n---\ntitle: Stran: slaba\nslug: svoja-pot\n---\n\nBesedilo.\n")
    template = made.root / "templates/page.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("{{ content }}", f'<a href="{address}">a</a>{{{{ content }}}}'), encoding="utf-8")
    codes_ = {one.code for one in made.build().problems}
    assert ("output-link-dead" in codes_) == said
    assert codes_ - {"output-link-dead"} == {"yaml-syntax"}
