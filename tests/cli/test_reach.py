"""Rows D1, D4, D5, D6: code from right to left, labels of fallbacks, what may scroll, icons without requests."""

import struct
from collections.abc import Callable

from support.site import PROJECT, SiteFolder

from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
CSS = (PROJECT / "sitegen/theme/static/css/text.css").read_text(encoding="utf-8")
PAGE = "---\ntitle: A\n---\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\n<pre> code\n```\n\nIn `<pre>` and `code`.\n"


def test_what_may_scroll_is_reached_by_the_keyboard_and_has_a_name(site: Make) -> None:
    made = site()
    made.edit("content/en/a.md", PAGE)
    assert not made.build().failed
    page = made.read("en/a/index.html")
    assert '<div class="table" tabindex="0" role="group" aria-label="Table"><table>' in page
    assert '<pre tabindex="0" role="group" aria-label="Code"><code>&lt;pre&gt; code' in page
    assert page.count("tabindex=") == 2


def test_code_runs_from_left_to_right_in_every_script() -> None:
    assert "code, pre, kbd, samp { direction: ltr; unicode-bidi: isolate; }" in CSS


def test_a_label_of_a_fallback_is_as_readable_as_the_words_around_it() -> None:
    assert ".in-language { color: inherit; }" in CSS


def test_pages_not_found_have_an_icon_without_a_request(site: Make) -> None:
    made = SiteFolder(site().root.parent / "new")
    assert main(["init", str(made.root), "--languages", "de,ar", "--title", "Stadt"]) == 0
    assert not made.build().failed
    for path in ("404.html", "ar/404.html"):
        assert '<link rel="icon" href="data:image/svg+xml,%3Csvg' in made.read(path)
    icon = made.read_bytes("favicon.ico")
    assert struct.unpack("<HHHBBBBHHII", icon[:22]) == (0, 1, 1, 32, 32, 0, 0, 1, 32, len(icon) - 22, 22)
    assert icon[22:30] == b"\x89PNG\r\n\x1a\n"
    made.write_bytes("static/favicon.ico", b"own")
    assert not made.build().failed
    assert made.read_bytes("favicon.ico") == b"own"
