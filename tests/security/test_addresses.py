"""No address of another scheme reaches an output, whoever wrote it where: front matter, data, Markdown or a catalogue.

An owner's template may hold one, word for word.
"""

import html
from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.model.urls import refused_scheme
from sitegen.outputs.addresses import foreign, of_feed

Make = Callable[..., SiteFolder]
REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java&#10;script:alert(1)",
    "java&Tab;script:alert(1)",
    "&#106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&amp;#115;cript:alert(1)",
    "\u200bjavascript:alert(1)",
    "java\u00adscript:alert(1)",
    "\u00a0vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg/>",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "ftp://example.org/",
    "view-source:https://example.org/",
    "intent:x",
    "unknown+scheme.1:x",
]
ALLOWED = [
    "https://example.org/a:b?c=d:e#f:g",
    "HTTP://example.org/",
    "mailto:a@example.org",
    "tel:+38612345678",
    "../a/",
    "#javascript:x",
    "?a=b:c",
    "a/b:c",
    "",
    "časopis:1",
    "&copy;/",
]


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_of_other_schemes_are_refused(address: str) -> None:
    assert refused_scheme(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_common_addresses_are_not(address: str) -> None:
    assert refused_scheme(address) == ""


def quoted(text: str) -> str:
    """Return a text as YAML writes it between quotation marks."""
    return (
        '"'
        + "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text)
        + '"'
    )


@pytest.mark.parametrize("address", REFUSED)
def test_sources_and_data_are_refused_at_their_line(site: Make, address: str) -> None:
    made = site()
    made.edit("content/sl/a.md", f"---\ntitle: A\nsources:\n  - title: T\n    address: {quoted(address)}\n---\n\nA.\n")
    made.edit("data/d.yaml", f"list:\n  - name: a\n    more_url: {quoted(address)}\n")
    assert made.build().failed
    found = {(p.place.path, p.place.line, p.place.column) for p in made.result.problems if p.code == "link-scheme"}  # type: ignore[union-attr]
    assert found == {("content/sl/a.md", 5, 14), ("data/d.yaml", 3, 15)}


PAGE = "{% extends 'base.html' %}\n{% block main %}\n<article>{{ content }}</article>\nHERE\n{% endblock %}\n"
WAYS = [
    '<a href="{{ data.d.x }}">a</a>',
    "<a href='{{ data.d.x }}'>a</a>",
    "<a href={{ data.d.x }}>a</a>",
    '<a\nHREF = "{{ data.d.x }}">a</a>',
    '<img alt="" src="{{ data.d.x }}">',
    '<img alt="" src="{{ asset("a.svg") }}" srcset="{{ data.d.x }} 2x">',
    '<form action="{{ data.d.x }}"></form>',
    '<button formaction="{{ data.d.x }}">a</button>',
    '<blockquote cite="{{ data.d.x }}">a</blockquote>',
    '<video poster="{{ data.d.x }}"></video>',
    '<object data="{{ data.d.x }}"></object>',
    '<svg><a xlink:href="{{ data.d.x }}"><text>a</text></a></svg>',
    '<svg><set attributeName="href" to="{{ data.d.x }}"/></svg>',
    '<a href="{{ _(data.d.x) }}" ping="{{ data.d.x }}">a</a>',
    '<meta property="og:url" content="{{ data.d.x }}">',
    '<meta http-equiv="refresh" content="0; url={{ data.d.x }}">',
    '<div style="background: url({{ data.d.x }})">a</div>',
    '<script type="application/ld+json">{"url": {{ data.d.x|tojson }}}</script>',
    '<script type="application/ld+json">{"a": [{"sameAs": ["https://a.example/", {{ data.d.x|tojson }}]}]}</script>',
]


@pytest.mark.parametrize("way", WAYS)
def test_an_output_with_such_an_address_is_an_error_where_it_was_written(site: Make, way: str) -> None:
    made = site("-- static/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    made.edit("templates/page.html", PAGE.replace("HERE", way))
    made.edit("data/d.yaml", "w: 1\nx: javascript:alert(1)\n")
    assert made.build().failed
    assert ["data/d.yaml", 2, 4] in [
        [p.place.path, p.place.line, p.place.column]
        for p in made.result.problems  # type: ignore[union-attr]
        if p.code == "output-scheme"
    ]


@pytest.mark.parametrize("way", WAYS[:4])
def test_an_address_from_a_catalogue_is_an_error_too(site: Make, way: str) -> None:
    made = site()
    made.edit("templates/page.html", PAGE.replace("HERE", way.replace("data.d.x", "_('Where to')")))
    path = "locales/sl/LC_MESSAGES/messages.po"
    made.edit(path, (made.root / path).read_text() + '\nmsgid "Where to"\nmsgstr "javascript:alert(1)"\n')
    assert made.build().failed
    assert path in {p.place.path for p in made.result.problems if p.code == "output-scheme"}  # type: ignore[union-attr]


def test_a_template_may_hold_one_word_for_word(site: Make) -> None:
    made = site()
    words = '<a href="javascript:history.back()">a</a>'
    made.edit("templates/page.html", PAGE.replace("HERE", words))
    assert not made.build().failed, made.problems
    made.edit("templates/page.html", PAGE.replace("HERE", '<a href="{{ data.d.x }}">a</a>'))
    made.edit("data/d.yaml", "x: javascript:history.back()\n")
    assert made.build().failed
    made.edit("templates/page.html", PAGE.replace("HERE", '<a href="{{ data.d.x }}">a</a>' + words))
    assert not made.build().failed, made.problems


def test_a_page_of_the_cache_is_judged_again_when_a_template_loses_the_words(site: Make) -> None:
    made = site('-- templates/other.html --\n<a href="data:text/plain,a">a</a>\n')
    made.edit("templates/page.html", PAGE.replace("HERE", '<a href="{{ data.d.x }}">a</a>'))
    made.edit("data/d.yaml", "x: data:text/plain,a\n")
    assert not made.build(cache=made.root / "c", remember=True).failed, made.problems
    made.edit("templates/other.html", "nothing\n")
    assert made.build(cache=made.root / "c", remember=True).failed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p title='href=javascript:x'>href=javascript:x</p>", ()),
        ("<title>JavaScript: a language</title>", ()),
        ('<script type="application/ld+json">{"name": "Data: a story"}</script>', ()),
        ('<a title="x > y" href="vbscript:x">', ("vbscript:x",)),
        ("<a href='javascript:x", ("javascript:x",)),
        ('<a href="java\tscript:x">', ("java\tscript:x",)),
        ("<a/href=javascript:x>", ("javascript:x",)),
        ('<a href="mailto:a@b.example">', ()),
        ('<meta name="description" content="javascript: a language">', ()),
        ('<html xmlns:a="b:c"><p style="color:red">', ()),
    ],
)
def test_the_scan_knows_addresses_from_text(text: str, found: tuple[str, ...]) -> None:
    assert foreign(text) == found
    assert not text.endswith(">") or of_feed(f'<content type="html">{html.escape(text)}\n</content>') == found


@pytest.mark.parametrize("name", ["cite", "CITE"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "java&#10;script:alert(1)", "data:text/html,x"])
def test_other_attributes_of_raw_html_are_judged_too(site: Make, name: str, address: str) -> None:
    made = site()
    made.edit("content/sl/a.md", f"---\ntitle: A\n---\n\n<blockquote {name}='{address}'>\n\nA.\n\n</blockquote>\n")
    assert made.build().failed
    assert "link-scheme" in made.codes
