"""Every template in every language, six widths, light and dark, text of 100, 150 and 200 %: by axe and by eye.

The proof looks at every combination, the other tests at so many that each pair of values is met once.
"""

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest

from benchmarks.host import Host
from browser.conftest import LANGUAGES, Tab
from browser.test_axe import SCHEMES, faults
from browser.test_sizes import FAULTS, TEXT, WIDTHS, enlarge


def pairwise(*values: Sequence[Any]) -> list[Any]:
    """Return combinations in which each value of a list meets each value of every other list."""
    rows = list(itertools.product(*values))
    random.Random(1).shuffle(rows)  # what is as good as another row is not always the first
    places = list(itertools.combinations(range(len(values)), 2))
    missing = {(at, row[at[0]], row[at[1]]) for row in rows for at in places}
    chosen = []
    while missing:
        best = max(rows, key=lambda row: sum((at, row[at[0]], row[at[1]]) in missing for at in places))
        missing -= {(at, best[at[0]], best[at[1]]) for at in places}
        chosen.append(best)
    return chosen


def combinations(kinds: list[str], languages: Sequence[str], extent: str) -> list[tuple[str, int, str, str, int]]:
    """Return what to look at: kind of page, width, colours, language, size of text."""
    values = (kinds, WIDTHS, SCHEMES, languages, TEXT)
    return list(itertools.product(*values)) if extent == "whole" else pairwise(*values)


@pytest.mark.parametrize("size", TEXT)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_template_holds_everywhere(
    templates: dict[tuple[str, str], str],
    extent: str,
    host: Host,
    tab: Tab,
    axe: str,
    look: str,
    scheme: str,
    size: int,
) -> None:
    page = tab(color_scheme=scheme)
    enlarge(page, size)
    kinds = sorted({kind for _, kind in templates})
    found = []
    for kind, width, colours, language, text in combinations(kinds, LANGUAGES, extent):
        if (colours, text) != (scheme, size):
            continue
        path = templates.get((language, kind)) or templates["", kind]
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(host.url(path))
        page.evaluate(look)
        here = [*page.evaluate(f"[...{FAULTS}, ...look.small()]"), *faults(page, axe)]
        found += [f"{path}, {width} px: {fault}" for fault in here]
    assert not found, "\n".join(found)
