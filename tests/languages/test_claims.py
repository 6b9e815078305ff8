"""Statements that need a source: what counts as one, and what `check` says of pages that name no source."""

from collections.abc import Callable

import pytest
from support.growth import is_linear
from support.site import TODAY, SiteFolder

from sitegen.build.request import Options
from sitegen.check.pages import check_pages
from sitegen.languages.claims import first_claim

Make = Callable[..., SiteFolder]


@pytest.mark.parametrize(
    ("text", "lang", "claim"),
    [
        ("Since 2015 it grew.", "en", "2015"),
        ("Leta 2013.", "sl", "2013"),
        ("»2015«", "sl", "2015"),
        ("In 2015–2017, yes", "en", "2015–2017"),
        ("2024/25", "sl", "2024/25"),
        ("the 1990s", "en", "1990s"),
        ("On 26. 11. 2026 it", "en", "2026"),
        ("**2019**, they", "en", "2019"),
        ("About 40% of all", "en", "40%"),
        ("About 40 % of all", "en", "40 %"),
        ("12,5 odstotka ljudi", "sl", "12,5 odstotka"),
        ("un 12 por ciento", "es", "12 por"),
        ("12 per cent", "en", "12 per"),
        ("3 million people", "en", "3 million"),
        ("5 millones", "es", "5 millones"),
        ("20 kilometrov", "sl", "20 kilometrov"),
        ("20 km away", "de", "20 km"),
        ("20km away", "fr", "20km"),
        ("€50 a day", "en", "€50"),
        ("50 € na dan", "sl", "50 €"),
        ("It has 30 °C.", "en", "30 °C"),
    ],
)
def test_years_and_numbers_with_units_are_statements(text: str, lang: str, claim: str) -> None:
    found = first_claim(text, lang)
    assert found is not None
    assert found[1] == claim
    assert text[found[0] :].startswith(claim.split()[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Twelve cities, 12 cities, 300 members.",
        "Chapter 3, room 1204, number 3000.",
        "1.200 people and 20150 more",
        "WCAG 2.2, RFC 2606, Python 3.11",
        "a 2015x model",
        "the ’90s",
        "km % €",
        "²⁰¹⁵ ٢٠١٥",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert first_claim(text, "en") is None


def test_time_is_linear_in_the_text() -> None:
    def reading(count: int) -> Callable[[], object]:
        text = "12 a 2015x 3 " * count
        assert first_claim(text, "en") is None
        return lambda: first_claim(text, "en")

    assert is_linear(reading, 5_000)


TEXT = "The town opened its library in 1998."
DESCRIPTION = "description: What this small page says, in a sentence that is long enough for search engines."
SOURCES = "sources: [{title: Annual report}]\n"


def found(site: Make, english: str = "", slovenian: str = "", head: str = "", source_head: str = "") -> list[str]:
    """Return the pages that are warned about, as `path:line`."""
    pages = f"-- content/sl/index.md --\n---\ntitle: Domov\n{DESCRIPTION}\n{source_head}---\n\n{slovenian}\n"
    pages += f"-- content/en/index.md --\n---\ntitle: Home\n{DESCRIPTION}\n{head}---\n\n{english}\n"
    result = site(pages).check()
    return [f"{one.place.path}:{one.place.line}" for one in result.problems if one.code == "source-missing"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"- An item\n- {TEXT}",
        f"> {TEXT}",
        "| a | b |\n|---|---|\n| Founded | 1998 |",
        f"{TEXT} [More](index.md)",
        f"{TEXT} [Write](mailto:a@town.si)",
        f"{TEXT}\n\n`https://town.si`",
    ],
)
def test_a_page_that_states_and_names_no_source_is_warned_about(site: Make, text: str) -> None:
    assert [one.split(":")[0] for one in found(site, english=text)] == ["content/en/index.md"]


def test_the_place_is_that_of_the_first_statement_and_each_page_is_warned_about_once(site: Make) -> None:
    assert found(site, english=f"No number.\n\n{TEXT} {TEXT}\n\n{TEXT}") == ["content/en/index.md:8"]


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT} [Report](https://town.si/report)",
        f"{TEXT} <https://town.si/report>",
        f"{TEXT}[^1]\n\n[^1]: Annual report.",
        "## Since 1998\n\nNo number.",
        "Text.\n\n```\nsince = 1998\n```",
        "Text with `1998` in code.",
        "<!-- checked in 2026 -->\n\nText.",
    ],
)
def test_a_source_or_no_statement_is_silent(site: Make, text: str) -> None:
    assert found(site, english=text) == []


def test_sources_are_inherited(site: Make) -> None:
    assert found(site, english=TEXT, slovenian="Leta 1998.", source_head=SOURCES) == []
    assert found(site, english=TEXT, slovenian="Leta 1998.", head=SOURCES) == ["content/sl/index.md:6"]


def test_a_page_alone_is_not_judged_for_its_sources(site: Make) -> None:
    made = site(f"-- content/en/index.md --\n---\ntitle: Home\n{DESCRIPTION}\n---\n\n{TEXT}  Two spaces.\n")
    found = check_pages(Options(root=made.root, today=TODAY), ["content/en/index.md"])
    assert [one.code for one in found] == ["spaces-double"]
