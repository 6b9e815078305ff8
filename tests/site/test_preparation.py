"""Row C3: a language in preparation is built and seen, and published nowhere; what it lacks is one note."""

import json
import re
from collections.abc import Callable

import pytest
from support.site import PROJECT, SiteFolder

from sitegen.cli.main import main
from sitegen.cli.newlanguage import as_draft
from sitegen.model.messages import is_error, is_warning

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
SETTINGS = """\
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 2}
  en: {label: English, locale: en_GB, weight: 3}
  fr: {label: Français, locale: fr, weight: 1, fallback: show, status: in-preparation}
title: {sl: Mesto, en: City}
search: true
feed: {section: news/index.md}
calendars:
  events: {data: events, list: days, page: news/index.md}
hosts: {precompress: [gzip]}
-- data/events.yaml --
days:
  - {id: may, start: 2026-05-01, end: 2026-05-02, title: {sl: Maj, en: May}}
names: {name_by_language: {sl: Ime, en: Name, fr: Nomfrançais}}
-- content/sl/index.md --
---
title: Mesto
---

Pozdrav.
-- content/en/index.md --
---
title: City
---

Hello.
-- content/sl/news/index.md --
---
title: Novice
---

Vse, kar je novega.
-- content/sl/a.md --
---
title: A
---

## Ena {#one}

Ena.

## Dve {#two}

Dve.
"""
FRENCH = """\
-- content/fr/index.md --
---
title: Villefrançaise
---

Bonjour.
-- content/fr/a.md --
---
title: Apremier
aliases: [/vieux/]
---

Premier.
-- content/fr/seul.md --
---
title: Seulement
---

Seulement ici.
"""
PUBLISHED = ", status: in-preparation"


def made_of(site: Make, files: str = FRENCH) -> SiteFolder:
    made = site(SETTINGS + files)
    text = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", text + "theme: default\n")
    made.remove("templates/base.html")
    for file in (made.root / "templates").rglob("*.html"):
        file.unlink()
    return made


def told(made: SiteFolder) -> list[str]:
    return [text.splitlines()[0] for text in made.problems if "in-preparation" in text]


def test_a_language_in_preparation_is_in_nothing_that_is_published(site: Make) -> None:
    made = made_of(site)
    result = made.build(strict=True)
    assert not result.failed, made.problems
    assert result.languages == 2
    assert [path for path in made.outputs if path.startswith("fr/") or "/fr" in path or "vieux" in path] == []
    for path, data in made.outputs.items():
        text = data.decode("utf-8", "replace")
        assert "rançais" not in text, path
        assert "Apremier" not in text, path
        if path.endswith((".html", ".xml", ".conf", ".txt", ".json")) or "/" not in path:
            assert not re.search(r"""(?<![\w-])fr/|["'\s=]fr["'\s]""", text), path


def test_what_is_published_is_the_same_as_without_the_language(site: Make) -> None:
    made, other = made_of(site), made_of(site, "")
    text = (other.root / "site.yaml").read_text(encoding="utf-8")
    other.edit("site.yaml", re.sub(r"  fr: .*\n", "", text))
    data = (other.root / "data/events.yaml").read_text(encoding="utf-8")
    other.edit("data/events.yaml", data.replace(", fr: Nomfrançais", ""))
    assert not made.build().failed
    assert not other.build().failed
    assert made.outputs == other.outputs


def test_missing_texts_are_one_line_of_state(site: Make) -> None:
    made = made_of(site)
    made.build(strict=True)
    (line,) = made.problems
    assert line.startswith(
        "site.yaml:6:3: info: Français (fr) is in preparation and is not published. Translated pages: 2 of 3;"
    )
    made.build(drafts=True, strict=True)
    assert len(told(made)) == 1
    assert [one for one in made.result.problems if is_error(one) or is_warning(one)] == []  # type: ignore[union-attr]
    checked = made.check(strict=True)
    assert len(told(made)) == 1
    loud = [one for one in checked.problems if is_error(one) or is_warning(one)]
    assert {one.code for one in loud} == {"description-missing"}  # of the published pages alone
    assert [one for one in loud if "/fr/" in one.place.path] == []


def test_with_drafts_it_is_a_language_like_the_others(site: Make) -> None:
    made = made_of(site)
    assert not made.build(drafts=True).failed
    assert "Villefrançaise" in made.read("fr/index.html")
    assert 'href="../fr/"' in made.read("sl/index.html")
    made.remove("content/fr/index.md")  # seen from its home page on
    assert not made.build(drafts=True).failed
    assert not made.has("fr/index.html")


def test_it_stands_in_for_nobody(site: Make) -> None:
    made = made_of(site)
    text = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", text + "fallback: show\n")
    assert not made.build(drafts=True).failed
    assert made.has("fr/seul/index.html")
    assert not made.has("sl/seul/index.html")
    assert not made.has("en/seul/index.html")


def test_mistakes_in_its_pages_are_notes_and_keep_nothing_from_being_published(site: Make) -> None:
    made = made_of(site)
    made.edit("content/fr/a.md", "---\ntitel: X\n---\n\n[x](javascript:alert(1))\n")
    made.edit("content/fr/b.md", "---\ntitle: B\n---\n\n[dead](nowhere.md) ![](gone.png)\n")
    made.edit("locales/fr/LC_MESSAGES/messages.po", 'msgid "a\nmsgstr b\n')
    assert not made.build(strict=True).failed
    assert any(text.startswith("content/fr/a.md") and ": info: " in text for text in made.problems)
    assert any(text.startswith("locales/fr/") and ": info: " in text for text in made.problems)
    assert made.build(drafts=True).failed
    assert any(text.startswith("content/fr/a.md") and ": error: " in text for text in made.problems)


def test_publishing_is_one_changed_line(site: Make) -> None:
    made = made_of(site)
    made.build()
    text = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", text.replace(PUBLISHED, "").replace("en: City", "en: City, fr: Ville"))
    assert not made.build().failed
    assert "fr/" in made.read("sitemap.xml")
    assert "string-missing" in made.codes or "catalog-missing" in made.codes


def test_an_edit_of_one_page_still_takes_the_short_way(site: Make, capsys: Captured) -> None:
    made = made_of(site)
    text = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", text.replace("hosts: {precompress: [gzip]}\n", ""))
    assert main(["build"], made.root) == 0
    made.edit("content/sl/a.md", (made.root / "content/sl/a.md").read_text("utf-8").replace("Dve.", "Dve in pol."))
    capsys.readouterr()
    assert main(["build", "--why", "sl/a/index.html"], made.root) == 0
    assert "page.body" in capsys.readouterr().out
    assert "Dve in pol." in made.read("sl/a/index.html")


def test_status_says_what_is_missing(site: Make, capsys: Captured) -> None:
    made = made_of(site, "-- content/fr/index.md --\n---\ntitle: Ville\ndraft: true\n---\n\nBonjour.\n")
    assert main(["status", "--lang", "fr"], made.root) == 0
    out = capsys.readouterr().out
    assert "fr is in preparation. Before it can be published, add:\n- site.yaml: title.fr\n" in out
    assert "- the home page is a draft: content/fr/index.md\n- 2 pages\n- 1 page is a draft\n" in out
    assert "UI strings\n- 1 text in data/: data/events.yaml:2\n" in out
    assert main(["status", "--json"], made.root) == 0
    found = json.loads(capsys.readouterr().out)["preparation"]["fr"]
    assert found["home"] == "draft"
    assert found["settings"] == ["title"]
    assert main(["status", "--fail-under", "10", "--lang", "fr"], made.root) == 1


def test_a_new_language_is_in_preparation_and_its_home_page_a_draft(site: Make, capsys: Captured) -> None:
    made = made_of(site, "")
    text = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", re.sub(r"  fr: .*\n", "", text))
    made.edit("content/sl/index.md", "---\ntitle: Mesto\naliases:\n  - /staro/\n---\n\nPozdrav.\n")
    assert not made.build().failed
    before = made.outputs
    assert main(["new", "--language", "de"], made.root) == 0
    assert "in preparation" in capsys.readouterr().out
    assert "status: in-preparation}\n" in (made.root / "site.yaml").read_text(encoding="utf-8")
    assert not made.build(strict=True).failed
    assert made.outputs == before
    assert not made.build(drafts=True).failed, made.problems
    assert made.has("de/index.html")


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("---\ntitle: A\n---\n\nB\n", "---\ntitle: A\ndraft: true\n---\n\nB\n"),
        ("---\ndraft: false\naliases:\n- /a/\n- /b/\ntitle: A\n---\n", "---\ntitle: A\ndraft: true\n---\n"),
        ("---\naliases: [/a/,\n  /b/]\ntitle: A\n---\n", "---\ntitle: A\ndraft: true\n---\n"),
        ("No front matter.\n", "No front matter.\n"),
    ],
)
def test_a_copied_home_page_is_a_draft_without_old_addresses(text: str, head: str) -> None:
    assert as_draft(text) == head


def test_the_summary_of_a_change_shows_the_language(site: Make, capsys: Captured) -> None:
    from support.repositories import begun

    made = made_of(site)
    begun(made.root)
    made.edit("content/fr/b.md", "---\ntitle: B\n---\n\nTexte.\n")
    capsys.readouterr()
    assert main(["summary", "--since", "HEAD"], made.root) == 0
    out = capsys.readouterr().out
    assert "Français (in preparation)" in out
    assert "- new: `/fr/b/`" in out


def test_the_documents_name_the_key() -> None:
    assert "in-preparation" in (PROJECT / "docs/site-yaml.md").read_text(encoding="utf-8")
