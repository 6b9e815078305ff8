"""`product` in site.yaml: which version a site documents, in the header of every page, and nothing without it."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder, tree

Make = Callable[..., SiteFolder]
SETTINGS = """
-- site.yaml --
title: Tool
default_language: en
base_url: https://docs.example/1.2/
languages:
  en: {label: English, locale: en_GB, weight: 1}
  sl: {label: Slovenščina, locale: sl_SI, weight: 2}
-- content/sl/index.md --
---
title: Orodje
---
-- content/en/index.md --
---
title: Tool
---
"""


def tool(site: Make, product: str = "") -> SiteFolder:
    """Return a site in the templates of the theme."""
    made = site(SETTINGS)
    for part in ("templates", "locales"):
        for path in tree(made.root / part):
            made.remove(f"{part}/{path}")
    if product:
        made.edit("site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8") + f"product: {product}\n")
    return made


def test_without_a_product_nothing_is_said(site: Make) -> None:
    made = tool(site)
    made.build()
    without = made.outputs
    assert "version-note" not in made.read("en/index.html")
    assert "</div>\n</header>" in made.read("en/index.html"), "no line is left where the note would be"
    made = tool(site, "{version: 1.20, latest: https://docs.example/}")
    made.build()
    assert {path for path, data in made.outputs.items() if data != without.get(path)} == {
        path for path in without if path.endswith(".html") and path.count("/")
    } - {"en/404.html", "sl/404.html"}


def test_every_page_says_which_version_it_is_of(site: Make) -> None:
    made = tool(site, "{version: 1.20, latest: https://docs.example/}")
    assert made.problems == []
    english, slovenian = made.read("en/index.html"), made.read("sl/index.html")
    assert "<span>This documentation is for version 1.20.</span>" in english
    assert '<a href="https://docs.example/">Newest version</a>' in english
    assert "<span>Ta dokumentacija je za različico 1.20.</span>" in slovenian
    assert '<a href="https://docs.example/">Najnovejša različica</a>' in slovenian


def test_the_newest_version_leads_nowhere(site: Make) -> None:
    made = tool(site, "{version: 2}")
    assert made.problems == []
    assert "version 2.</span></p>" in made.read("en/index.html")


def test_a_sentence_of_ones_own(site: Make) -> None:
    made = tool(site, "{version: 1, note: {en: 'Old & \"slow\".', sl: Staro.}}")
    assert made.problems == []
    assert "<span>Old &amp; ‘slow’.</span>" in made.read("en/index.html")
    assert "<span>Staro.</span>" in made.read("sl/index.html")
    assert tool(site, "{version: 1, note: {en: Old.}}").codes == ["text-missing"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "docs.example", "ftp://docs.example/"])
def test_an_address_that_is_none_is_refused(site: Make, address: str) -> None:
    made = tool(site, f"{{version: 1, latest: '{address}'}}")
    assert [line.split("\n")[0] for line in made.problems] == [
        f"site.yaml:7:23: error: “{address}” cannot be the URL of a site. [base-url-invalid]"
    ]
