"""Days as people type them: the one that is certainly meant is named, and nothing else follows from the mistake."""

import shutil
from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.text.yaml.days import meant_day, meant_days

Make = Callable[..., SiteFolder]
NEWS = """-- site.yaml --
title: City
default_language: en
base_url: https://city.example/
languages:
  en: {label: English, locale: en_GB, weight: 1}
  sl: {label: Slovenščina, locale: sl_SI, weight: 2}
feed: {section: news/index}
-- content/en/news/index.md --
---
title: News
---
-- content/en/news/b.md --
---
title: B
date: 2025-01-01
---
"""


@pytest.mark.parametrize(
    "text",
    [
        "4. 12. 2025",
        "4.12.2025",
        "04.12.2025",
        "4.12.2025.",
        "4. 12. 2025 ob 10:30",
        "December 4, 2025",
        "Dec 4 2025",
        "Thu, 04 Dec 2025 10:00:00 +0000",
        "Thursday, 4th December 2025",
        "4. december 2025",
        "4. decembra 2025",
        "4 de diciembre de 2025",
        "4. Dezember 2025",
        "4 déc. 2025",
        "2025/12/4",
        "2025.12.04",
        "2025-12-4",
        "20251204",
        "2025–12–04",
        "2025-12-04 10:30",
        "2025-12-04T10:30:00+01:00",
        "2025-12-04T10:30:00Z",
    ],
)
def test_date_in_another_form_is_known_with_certainty(site: Make, text: str) -> None:
    day = meant_day(text)
    assert day is not None
    assert day.isoformat() == "2025-12-04"
    made = site(f"-- content/en/a.md --\n---\ntitle: A\ndate: {text!r}\n---\n")
    made.build()
    assert made.codes == ["value-type"]
    assert "Did you mean “2025-12-04”?" in made.problems[0]


@pytest.mark.parametrize(
    "text", ["today", "2025", "2025-12", "4.12.25", "March 2025", "12:30", "30. 2. 2025", "1" * 500]
)
def test_date_that_nobody_can_know_is_not_guessed(text: str) -> None:
    assert meant_days(text) == []


@pytest.mark.parametrize("text", ["12/4/2025", "4/12/2025", "4-12-2025", "4/12/2025 10:30"])
def test_date_that_may_be_two_days_names_both(site: Make, text: str) -> None:
    made = site(f"-- content/en/a.md --\n---\ntitle: A\ndate: {text}\n---\n")
    made.build()
    assert made.codes == ["date-ambiguous"]
    assert "2025-12-04" in made.problems[0]
    assert "2025-04-12" in made.problems[0]


@pytest.mark.parametrize("text", ["13/4/2025", "4/13/2025", "4-13-2025"])
def test_date_with_slashes_is_certain_where_only_one_number_can_be_the_month(text: str) -> None:
    assert str(meant_day(text)) == "2025-04-13"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4. 12. 2025", "value-type"),
        ("12/4/2025", "date-ambiguous"),
        ("2025-13-40", "date-invalid"),
        ("2025-02-30 10:00", "date-invalid"),
        ("soon", "value-type"),
        ("[2025]", "value-type"),
        ("", "value-type"),
    ],
)
@pytest.mark.parametrize("key", ["date", "updated"])
def test_date_that_is_wrong_brings_no_second_error(site: Make, text: str, code: str, key: str) -> None:
    """Also not in the templates of the default theme, in the feed, in a list of news or in a translation."""
    made = site(NEWS + f"-- content/en/news/a.md --\n---\ntitle: A\n{key}: {text}\n---\n\nText.\n")
    made.edit("content/sl/news/a.md", "---\ntitle: A\ndate: 2025-12-04\nupdated: 2025-12-04\n---\n\nBesedilo.\n")
    shutil.rmtree(made.root / "templates")
    made.build()
    assert [found for found in made.codes if found not in ("string-missing", "shared-differs")] == [code]
    assert all(f"“{key}”" not in text for text in made.problems if "shared-differs" in text)
