"""What a mistyped name may mean: the same answers as a comparison with all names, and never a comparison with all."""

import difflib
from collections.abc import Callable

import pytest
from support.site import PROJECT, SiteFolder

from sitegen.site import hints as nearest
from sitegen.site.hints import COMPARED, Nearest
from sitegen.text.spelling import near

PATHS = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content").rglob("*.md"))
SLIPS: dict[str, Callable[[str], str]] = {
    "a letter is missing": lambda name: name[:14] + name[15:],
    "two letters are swapped": lambda name: name[:-6] + name[-5] + name[-6] + name[-4:],
    "a letter is doubled": lambda name: name[:13] + name[12:],
    "capitals": lambda name: name[:11] + name[11:].title().removesuffix(".Md") + ".md",
    "another folder": lambda name: name.replace("/network/", "/networks/").replace("/about/", "/info/"),
    "another ending": lambda name: name.removesuffix(".md") + "s.md",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_the_answer_is_that_of_a_comparison_with_all_pages(slip: str) -> None:
    names = Nearest(PATHS)
    words = [word for word in map(SLIPS[slip], PATHS) if word not in PATHS]
    assert words
    assert [names.of(word) for word in words] == [near(word, frozenset(PATHS)) for word in words]


@pytest.mark.parametrize("word", ["", "x", "§§§", "qqqq/wwww/xxxx/yyyy/zzzz.html"])
def test_what_is_near_to_nothing_has_no_answer(word: str) -> None:
    assert Nearest(PATHS).of(word) == near(word, frozenset(PATHS)) is None


def test_a_word_is_compared_with_few_names_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    indexed: list[str] = []
    matches, threes = difflib.get_close_matches, nearest._threes

    def counted(word: str, names: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(names))
        return matches(word, names, n=n, cutoff=cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    monkeypatch.setattr(nearest, "_threes", lambda name: indexed.append(name) or threes(name))
    pages = [f"content/en/part-{number % 60}/page-{number}.md" for number in range(3_000)]
    dead = [f"content/en/parts-{number % 60}/pages-{number}.md" for number in range(200)]
    names = Nearest(pages)
    for word in dead * 3:  # a link in a text is met in each language
        assert names.of(word)
    assert len(compared) == len(dead)
    assert max(compared) <= COMPARED
    assert len(indexed) == len(pages) + len(dead)


def test_dead_links_of_a_site_get_their_answers(site: Callable[..., SiteFolder]) -> None:
    links = "[a](network/joinin.md) [b](networks/joining.md#x) [c](network) [d](zzz/qqqqqqqqqqqqqqqqqqqqqqqqq.md)"
    made = site(
        f"""
-- content/en/index.md --
---
title: Home
---

{links}
-- content/en/network/index.md --
---
title: Network
---
-- content/en/network/joining.md --
---
title: Joining
---
"""
    )
    found = made.build().problems
    assert [one.suggestion for one in found if one.code == "link-missing"] == [
        "network/joining.md",
        "network/joining.md",
        "network/index.md",
        "",
    ]
