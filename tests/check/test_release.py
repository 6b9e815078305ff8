"""`check --release`, the publisher of a site, and the job that publishes only what is ready."""

import json
import os
from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.cli.main import main
from tools import ci_ready

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
READY = """
-- site.yaml --
base_url: https://learning.town.si/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: City}
publisher:
  name: {sl: Mestna knjižnica, en: Town library}
  mail: library@town.si
theme: none
-- urls.lock --
/sl/
/en/
"""
ADDRESS = "https://learning.town.si/"


def found(made: SiteFolder, **options: object) -> list[tuple[str, int, str]]:
    """Return code, line and key of what `check --release` finds."""
    from support.site import TODAY

    from sitegen.build.request import Options
    from sitegen.check.site import check

    result = check(Options(root=made.root, today=TODAY, **options), release=True)
    release = [one for one in result.problems if one.code.startswith("release-")]
    assert result.failed == bool(release)
    return [(one.code, one.place.line, str(dict(one.values).get("key", ""))) for one in release]


def test_a_finished_site_is_ready(site: Make) -> None:
    assert found(site(READY)) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (ADDRESS, "https://town.example/", "base_url"),
        (ADDRESS, "https://www.example.org/a/", "base_url"),
        (ADDRESS, "http://localhost/", "base_url"),
        (ADDRESS, "https://town.test/", "base_url"),
        ("library@town.si", "library@example.com", "publisher.mail"),
        ("library@town.si", "library@town.invalid", "publisher.mail"),
        ("Town library", '"[name]"', "publisher.name"),
        ("Mestna knjižnica", '"[ime]"', "publisher.name"),
        ("theme: none", "theme: none\nedit_url: https://git.example/{path}", "edit_url"),
        ("theme: none", "theme: none\nreport_url: mailto:a@example.net", "report_url"),
        ("theme: none", "theme: none\nextra: {shop: https://shop.example/}", "extra.shop"),
        ("en: City", 'en: "[title]"', "title"),
        ("mail:", 'address: "[street] 1, Town"\n  mail:', "publisher.address"),
        ("mail:", 'supervisor: {sl: "[organ]", en: "[body]"}\n  mail:', "publisher.supervisor"),
        ("mail:", "repository: https://git.example/site\n  mail:", "publisher.repository"),
    ],
)
def test_placeholders_and_domains_for_examples_are_refused(site: Make, old: str, new: str, key: str) -> None:
    text = READY.replace(old, new)
    made = site(text)
    lines = (made.root / "site.yaml").read_text(encoding="utf-8").splitlines()
    [(code, line, named)] = found(made)
    assert (code, named) == ("release-placeholder", key)
    assert lines[line - 1].strip().startswith(key.split(".")[-1 if key.startswith("publisher") else 0])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ADDRESS, "https://example.town.si/"),
        (ADDRESS, "https://examples.org/"),
        (ADDRESS, "https://latest/"),
        ("Town library", "Library (main)"),
        ("en: City", 'en: "City [of learning] news"'),
    ],
)
def test_what_only_looks_like_a_placeholder_is_none(site: Make, old: str, new: str) -> None:
    assert found(site(READY.replace(old, new))) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (f"base_url: {ADDRESS}\n", "", "base_url"),
        ("publisher:\n  name: {sl: Mestna knjižnica, en: Town library}\n  mail: library@town.si\n", "", "publisher"),
        ("  mail: library@town.si\n", "", "publisher.mail"),
    ],
)
def test_what_a_published_site_needs_is_asked_for(site: Make, old: str, new: str, key: str) -> None:
    assert old in READY
    assert [(code, named) for code, _, named in found(site(READY.replace(old, new)))] == [("release-missing", key)]


@pytest.mark.parametrize("lock", [None, "", "# Only a comment.\n"])
def test_an_empty_or_missing_list_of_addresses_is_refused(site: Make, lock: str | None) -> None:
    made = site(READY)
    if lock is None:
        made.remove("urls.lock")
    else:
        made.edit("urls.lock", lock)
    assert [code for code, _, _ in found(made)] == ["release-addresses"]


def test_the_address_that_is_given_is_judged(site: Make) -> None:
    made = site(READY.replace(ADDRESS, "https://town.example/"))
    assert found(made, base_url=ADDRESS) == []
    other = site(READY)
    assert [code for code, _, _ in found(other, base_url="https://town.example/")] == ["release-placeholder"]


def test_a_language_in_preparation_that_visitors_would_see_is_refused(site: Make) -> None:
    made = site(READY.replace("weight: 2}", "weight: 2, status: in-preparation}").replace("/en/\n", ""))
    assert found(made) == []
    assert [(code, line) for code, line, _ in found(made, drafts=True)] == [("release-language", 5)]


def test_command_says_what_is_missing(site: Make, capsys: Captured) -> None:
    made = site(READY.replace("library@town.si", "library@example.org"))
    assert main(["check"], made.root) == 0
    capsys.readouterr()
    assert main(["check", "--release", "--format", "json"], made.root) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [one["code"] for one in problems if one["level"] == "error"] == ["release-placeholder"]


def test_job_that_publishes_says_in_notices_what_to_fill_in(
    site: Make, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(READY.replace(ADDRESS, "https://town.example/"))
    assert ci_ready.main([], made.root) == 1
    assert "[release-placeholder]" in capsys.readouterr().out
    monkeypatch.setitem(os.environ, "GITHUB_ACTIONS", "true")
    assert ci_ready.main([], made.root) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::notice title=not published::Nothing is published")
    assert lines[1].startswith("::notice file=site.yaml,line=1,")
    assert all(line.startswith("::notice ") for line in lines)
    assert ci_ready.main(["--base-url", ADDRESS], made.root) == 0


SHOWS = READY.replace("theme: none", "theme: default").replace("  mail:", "  address: Glavni trg 1\n  mail:")
PAGE = "-- content/{0}/index.md --\n---\ntitle: {1}\n---\n\n::publisher\n\n::publisher{{show=supervisor}}\n"


def shown(site: Make, text: str) -> SiteFolder:
    """Return a built site with the default theme, whose home pages show the publisher."""
    made = site(text + PAGE.format("sl", "Domov") + PAGE.format("en", "Home"))
    for file in sorted((made.root / "templates").rglob("*.html")):
        file.unlink()
    assert not made.build().failed, made.problems
    return made


def test_publisher_stands_in_its_block_the_footer_and_for_machines(site: Make) -> None:
    made = shown(site, SHOWS)
    for code, name in (("sl", "Mestna knjižnica"), ("en", "Town library")):
        page = made.read(f"{code}/index.html")
        body, footer = page.split("<footer")
        assert f"<dd>{name}</dd>" in body
        assert "<dd>Glavni trg 1</dd>" in body
        assert '<a href="mailto:library@town.si">' in body
        assert name in footer
        assert f'"publisher":{{"@type":"Organization","name":"{name}"' in page.replace('": ', '":')
        assert "supervises" not in page


def test_supervisor_is_named_only_where_there_is_one(site: Make) -> None:
    made = shown(site, SHOWS.replace("  mail:", "  supervisor: {sl: Inšpekcija, en: The inspectorate}\n  mail:"))
    assert "supervises accessibility: The inspectorate." in made.read("en/index.html")
    assert "Inšpekcija" not in made.read("en/index.html")


def test_site_without_a_publisher_shows_nothing_of_one(site: Make) -> None:
    start, end = SHOWS.index("publisher:"), SHOWS.index("theme:")
    made = shown(site, SHOWS[:start] + SHOWS[end:])
    assert "Publisher" not in made.read("en/index.html")


def test_publisher_needs_every_language(site: Make) -> None:
    made = site(READY.replace("en: Town library", "de: Stadtbibliothek"))
    assert sorted(made.codes) == ["key-unknown", "text-missing"]
