"""No page is heavier than its budget: bytes as a host sends them, and requests of a first visit."""

from pathlib import Path

import pytest

from benchmarks.budgets import KIB, Weight, after_opening, weigh_all
from sitegen.build.request import Result


@pytest.fixture(scope="module")
def published(real: Result) -> Path:
    """Return the folder of this project's site."""
    return Path(real.output)


@pytest.fixture(scope="module")
def weights(published: Path) -> list[Weight]:
    """Weigh every page."""
    return weigh_all(published)


def test_no_page_is_above_a_budget(weights: list[Weight]) -> None:
    assert len(weights) > 60
    assert [f"{one.path}: {', '.join(one.excess)}" for one in weights if one.excess] == []


def test_only_the_map_and_the_examples_may_be_large(weights: list[Weight]) -> None:
    assert [one.path for one in weights if one.large and one.path.count("/") != 3] == []
    assert len([one for one in weights if one.large]) == 2 * 3


@pytest.mark.parametrize("lang", ["sl", "en", "es"])
def test_all_scripts_with_the_search_stay_within_the_budget(lang: str, published: Path, weights: list[Weight]) -> None:
    engine, index = after_opening(published, lang)
    assert max(one.scripts for one in weights) + engine <= 8 * KIB
    assert index <= 64 * KIB
