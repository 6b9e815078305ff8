"""The made-up site of the benchmarks: the same for all, and without a mistake. Nothing is installed or timed here."""

import datetime as dt
from pathlib import Path

from benchmarks.adapters import eleventy, hugo, loop, mkdocs, nikola, pelican, sitegen
from benchmarks.corpus import LANGUAGES, corpus
from benchmarks.report import report
from benchmarks.versions import table
from sitegen.build.pipeline import build
from sitegen.build.request import Options

PAGES = 30


def test_the_site_is_the_same_every_time_and_as_long_as_it_is_said_to_be() -> None:
    docs = list(corpus(PAGES))
    assert docs == list(corpus(PAGES))
    assert len(docs) == PAGES * len(LANGUAGES)
    words = [len(doc.body.split()) for doc in docs]
    assert 400 < sum(words) / len(words) < 520


def test_this_generator_builds_it_without_a_problem(tmp_path: Path) -> None:
    sitegen.prepare(tmp_path, corpus(PAGES))
    result = build(Options(root=tmp_path, today=dt.date(2026, 1, 1)))
    assert result.problems == ()
    assert result.pages == PAGES * len(LANGUAGES)


def test_every_generator_gets_every_page_with_its_words(tmp_path: Path) -> None:
    docs = list(corpus(PAGES))
    for module in (sitegen, hugo, eleventy, mkdocs, pelican, nikola, loop):
        site = tmp_path / module.__name__
        module.prepare(site, iter(docs))
        for doc in docs:
            text = (site / module.ADAPTERS[0].page(doc)).read_text(encoding="utf-8")
            assert doc.title in text
            assert doc.body.split("](")[0] in text


def test_figures_are_shown_beside_hugos() -> None:
    one = {"version": "1", "memory": 10.0, "largest": 9.0}
    found = {
        "pages": 1,
        "rounds": 3,
        "missing": ["X"],
        "own": {},
        "results": [
            {"name": "Hugo", **one, "wall": {"cold": 2.0, "nothing changed": 2.0, "one body edited": 2.0}},
            {"name": "sitegen", **one, "wall": {"cold": 1.0, "nothing changed": 0.1, "one body edited": 0.2}},
        ],
    }
    text = report(found)
    assert "| **sitegen** | 0.50 (1.00 s) | 0.05 (0.10 s) | 0.10 (0.20 s) | 9 MB | 10 MB |" in text
    assert "Could not be measured here: X." in text


def test_an_earlier_version_is_compared_by_the_median_of_pairs() -> None:
    times = {"cold": {"now": [1.0, 2.0, 6.0], "abc": [2.0, 2.0, 4.0], "def": [1.0, 4.0, 2.0]}}
    assert list(table(times, ["abc", "def"]))[2:] == ["| cold | 2.00 | 1.00 | 1.00 |"]
