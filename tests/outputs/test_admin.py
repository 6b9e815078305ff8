"""The web editor of a site: what a build writes for it, what it leaves as it was, and what leads there."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from support.site import PROJECT, SiteFolder, needs, tree

from sitegen.build.i18n import LANGUAGES, Speech
from sitegen.build.publish import digest_of
from sitegen.cli.main import main
from sitegen.model.admin import ORIGINAL, Admin
from sitegen.model.page import SHARED, SHARED_OR_OWN, FrontMatter
from sitegen.outputs.admin.fields import HIDDEN, LABELS, all_fields
from sitegen.preview.responses import Answer, Folder, PreviewStatus, page_answer
from sitegen.text.sections import FRONT, INTRODUCTION

Make = Callable[..., SiteFolder]
ADMIN = "admin: {backend: github, repository: town-office/website}\n"
GITLAB = f"""\
admin:
  backend: gitlab
  repository: town/office/website
  branch: pages
  workflow: review
  application: "{"0f" * 32}"
"""
HOSTS = "hosts: {names: [apache, cloudflare, netlify, nginx]}\n"
PAGE = """\
-- templates/page.html --
{% extends 'base.html' %}
{% block main %}
{{ content }}<a href="{{ page.edit_url }}">Edit</a>
{% if page.create_url %}<a href="{{ page.create_url }}">Translate</a>{% endif %}
{% endblock %}
"""
OWN = ("index.html", "start.js", "admin.css", "preview.css", "status.json")
SCHEMA = PROJECT / "node_modules/@sveltia/cms/schema/sveltia-cms.json"

pytestmark = pytest.mark.usefixtures("editor_program")


def with_editor(site: Make, files: str = "", settings: str = ADMIN) -> SiteFolder:
    """Return the smallest site with these settings besides."""
    folder = site(files)
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8") + settings)
    return folder


def configuration(folder: SiteFolder, name: str = "config.yml") -> dict[str, Any]:
    """Return the settings of the editor as it reads them."""
    return dict(yaml.safe_load(folder.read(f"admin/{name}")))


def fields(folder: SiteFolder, name: str = "config.yml") -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in configuration(folder, name)["collections"][0]["fields"]}


def test_without_the_key_nothing_of_it_exists(site: Make) -> None:
    folder = site()
    folder.build()
    before = folder.outputs
    assert [path for path in before if "admin" in path] == []
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8") + ADMIN)
    folder.build()
    assert folder.has("admin/index.html")
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8").replace(ADMIN, ""))
    folder.build()
    assert folder.outputs == before


def test_the_rest_of_the_site_is_byte_for_byte_the_same(site: Make) -> None:
    """But for what leads to the editor, and for what hosts are told of it."""
    folder = with_editor(site, settings=HOSTS)
    folder.build()
    before = folder.outputs
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8") + ADMIN)
    folder.build()
    after = {path: data for path, data in folder.outputs.items() if not path.startswith("admin/")}
    assert after.keys() == before.keys()
    assert [path for path in before if after[path] != before[path]] == ["_headers", "nginx.conf"]


def test_the_files_of_the_editor(site: Make, editor_program: Path) -> None:
    folder = with_editor(site)
    assert folder.problems == []
    copied = tree(editor_program)
    written = {path.removeprefix("admin/"): data for path, data in folder.outputs.items() if path.startswith("admin/")}
    assert {path: written.pop(path) for path in copied} == copied
    assert set(written) == {*OWN, "config.yml", "config.en.yml"}


def test_it_is_not_in_sitemap_search_feeds_or_the_folder_edition(site: Make) -> None:
    folder = with_editor(site, settings=ADMIN + "search: true\n")
    folder.build()
    others = {path: data for path, data in folder.outputs.items() if not path.startswith("admin/")}
    assert [path for path, data in others.items() if b"admin" in data] == []
    assert '<meta name="robots" content="noindex">' in folder.read("admin/index.html")
    folder.build(offline=True)
    assert [path for path in tree(folder.root / "public-offline") if "admin" in path] == []
    assert b"admin/" not in b"".join(tree(folder.root / "public-offline").values())


def test_a_package_without_the_editor_says_what_to_run(site: Make, editor_program: Path) -> None:
    (editor_program / "adapter.js").unlink()
    folder = with_editor(site)
    assert folder.build().failed
    assert folder.codes == ["admin-assets-missing"]
    assert "adapter.js is missing" in folder.problems[0]
    assert "make admin-assets" in folder.problems[0]
    (editor_program / "adapter.js").write_text("1", encoding="utf-8")
    assert not folder.build().failed


def test_no_page_of_the_site_takes_its_place(site: Make) -> None:
    folder = with_editor(site, "-- content/en/a.md --\n---\ntitle: A\naliases: [/admin/]\n---\nText.\n")
    assert folder.codes == ["address-twice"]


def test_a_changed_program_is_published(site: Make, editor_program: Path) -> None:
    folder = with_editor(site)
    folder.build()
    (editor_program / "sveltia-cms.js").write_text("2", encoding="utf-8")
    folder.build()
    assert folder.read("admin/sveltia-cms.js") == "2"


# ----- the configuration


def test_every_key_of_front_matter_has_a_field_or_a_reason() -> None:
    known = set(get_type_hints(FrontMatter))
    shown = {name for name in LABELS if "." not in name}
    assert shown | HIDDEN.keys() == known
    assert not shown & HIDDEN.keys()
    assert {"l10n", "extra", "translation_key"} <= HIDDEN.keys()
    assert {field["name"] for field in all_fields(Speech())} == known | {"body", ORIGINAL}


def every(found: list[dict[str, Any]], above: str = "") -> dict[str, dict[str, Any]]:
    """Return the fields at any depth by their names."""
    named = {above + field["name"]: field for field in found}
    for name, field in list(named.items()):
        named |= every(field.get("fields", []), f"{name}.")
    return named


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_shown_field_is_named_in_the_language(code: str) -> None:
    english, spoken = every(all_fields(Speech())), every(all_fields(Speech(code)))
    for name, field in spoken.items():
        if field["widget"] == "hidden":
            assert set(field) == {"name", "widget", "i18n"}
            continue
        assert field["label"]
        assert field.get("hint", "") or "." in name
        if code != "en" and "hint" in field:
            assert field["hint"] != english[name]["hint"]


def test_a_shared_key_is_edited_in_the_source_alone(site: Make) -> None:
    folder = with_editor(site)
    folder.build()
    found = fields(folder)
    shared = {name for name, field in found.items() if not field["i18n"]}
    assert shared == {*SHARED, *SHARED_OR_OWN, ORIGINAL}
    assert {name: field["i18n"] for name, field in every(list(found.values())).items() if name[:8] == "sources."} == {
        f"sources.{name}": False for name in ("title", "publisher", "language", "address")
    }
    search = {field["name"]: field["i18n"] for field in found["search"]["fields"]}
    assert search == {"exclude": False, "also": True}


def test_the_settings_of_the_editor(site: Make) -> None:
    folder = with_editor(site)
    folder.build()
    found = configuration(folder)
    assert {"name": "github", "repo": "town-office/website", "branch": "main"}.items() <= found["backend"].items()
    assert found["backend"]["auth_methods"] == ["token"]
    assert "publish_mode" not in found
    assert found["media_folder"] == ""
    assert found["slug"] == {"encoding": "ascii", "clean_accents": True}
    assert found["i18n"]["locales"] == ["sl", "en"]
    assert found["i18n"]["default_locale"] == "sl"
    (pages,) = found["collections"]
    assert (pages["folder"], pages["nested"]) == ("content/{{locale}}", {"subfolders": False})
    assert (pages["format"], pages["extension"]) == ("sitegen-frontmatter", "md")
    body = fields(folder)["body"]
    assert (body["widget"], body["modes"]) == ("richtext", ["raw"])


def test_a_review_makes_pull_requests(site: Make) -> None:
    folder = with_editor(site, settings=GITLAB)
    folder.build()
    found = configuration(folder)
    assert found["publish_mode"] == "editorial_workflow"
    assert found["backend"]["branch"] == "pages"
    assert found["backend"]["auth_type"] == "pkce"
    assert found["backend"]["app_id"] == "0f" * 32


def test_the_labels_are_in_the_language_of_the_site_and_in_english(site: Make) -> None:
    folder = with_editor(site)
    folder.build()
    assert fields(folder)["title"]["label"] == "Naslov"
    assert fields(folder, "config.en.yml")["title"]["label"] == "Title"
    text = folder.read("admin/index.html")
    assert json.loads(unescape(re.findall(r'data-configurations="([^"]*)"', text)[0])) == {
        "sl": "config.yml",
        "en": "config.en.yml",
    }


@pytest.mark.parametrize(
    "settings", [ADMIN, GITLAB, f"{GITLAB}  host: https://git.example.org\n"], ids=["github", "gitlab", "own gitlab"]
)
def test_the_editors_own_schema_finds_no_mistake(site: Make, settings: str) -> None:
    import jsonschema  # takes seconds: it builds a grammar for each kind of address

    needs("@sveltia/cms", SCHEMA.exists())
    folder = with_editor(site, settings=settings)
    folder.build()
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for name in ("config.yml", "config.en.yml"):
        assert [error.message for error in validator.iter_errors(configuration(folder, name))] == []
    wrong = configuration(folder) | {"colections": []}
    assert [error.message for error in validator.iter_errors(wrong)]


# ----- what leads there


def links(folder: SiteFolder, path: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*)">(?:Edit|Translate)', folder.read(path))]


def test_edit_and_translate_lead_to_the_editor(site: Make) -> None:
    files = (
        PAGE
        + "-- content/sl/mreža/vstop.md --\n---\ntitle: Vstop\nslug: v\nfallback: show\n---\nA\n"
        + "-- content/sl/a.md --\n---\ntitle: A\n---\nA\n"
        + "-- content/en/b.md --\n---\ntitle: B\ntranslation_key: a\n---\nA\n"
    )
    folder = with_editor(site, files, ADMIN + "edit_url: https://code.example/{path}\n")
    assert folder.problems == []
    way = "admin/#/collections/pages/entries/"
    entry = "mre%C5%BEa/vstop"
    assert links(folder, "sl/mreža/v/index.html") == [f"../../../{way}{entry}?_locale=sl"]
    shown = [f"../../../{way}{entry}?_locale=sl", f"../../../{way}{entry}?_locale=en"]
    assert links(folder, "en/mreža/vstop/index.html") == shown
    assert links(folder, "en/b/index.html") == [f"../../{way}a?_locale=en"]


def test_a_page_is_called_as_its_draft_in_the_default_language(site: Make) -> None:
    files = (
        PAGE
        + "-- content/sl/a.md --\n---\ntitle: A\ndraft: true\n---\nA\n"
        + "-- content/en/b.md --\n---\ntitle: B\ntranslation_key: a\n---\nA\n"
        + "-- content/en/z.md --\n---\ntitle: Z\n---\nA\n"
    )
    folder = with_editor(site, files)
    assert not folder.build().failed
    assert "/entries/a?_locale=en" in links(folder, "en/b/index.html")[0]
    assert "/entries/z?_locale=en" in links(folder, "en/z/index.html")[0]


def test_the_folder_edition_leads_to_the_host_of_the_sources(site: Make) -> None:
    folder = with_editor(site, PAGE, ADMIN + "edit_url: https://code.example/{path}\n")
    folder.build(offline=True)
    text = (folder.root / "public-offline/sl/index.html").read_text(encoding="utf-8")
    assert 'href="https://code.example/content/sl/index.md"' in text


# ----- the start page


def status(folder: SiteFolder) -> dict[str, Any]:
    return dict(json.loads(folder.read("admin/status.json")))


TRANSLATED = """\
-- content/sl/a.md --
---
title: Vstop
---
Besedilo.

## Prvi {#prvi}

Tri nove besede.
-- content/en/a.md --
---
title: Entry
description: What is said on this page, in a sentence of its own that is long enough.
---
Text.

## First {#prvi}

Words.
-- content/sl/b.md --
---
title: Samo tu
---
Besedilo.
"""


def test_the_start_page_lists_what_is_outdated_or_missing(site: Make) -> None:
    folder = with_editor(site, TRANSLATED)
    assert main(["translate", "content/en/a.md", "--confirm"], folder.root) == 0
    assert not folder.build().failed
    before = {(one["title"], one["state"]) for one in status(folder)["work"]}
    assert before == {("Samo tu", "missing"), ("Domov", "unconfirmed")}
    folder.edit("content/sl/a.md", (folder.root / "content/sl/a.md").read_text("utf-8").replace("nove", "stare"))
    assert not folder.build().failed
    found = status(folder)
    work = {(one["title"], one["lang"]): one for one in found["work"]}
    assert work["Vstop", "en"]["state"] == "outdated"
    assert work["Vstop", "en"]["sections"] == [{"title": "Prvi"}]
    assert work["Vstop", "en"]["route"] == "/collections/pages/entries/a?_locale=en"
    assert work["Samo tu", "en"]["state"] == "missing"
    assert [one["code"] for one in found["languages"]] == ["sl", "en"]
    assert "share" not in found["languages"][0]
    assert found["languages"][1]["share"] < 100


def test_the_start_page_lists_the_warnings_of_the_published_build(site: Make) -> None:
    long = "word " * 40
    folder = with_editor(site, f"-- content/en/a.md --\n---\ntitle: A\ndescription: {long}\n---\nText.\n")
    result = folder.build()
    warnings = [one.code for one in result.problems]
    assert warnings
    found = status(folder)
    assert [one["code"] for one in found["problems"]] == warnings
    (one,) = found["problems"]
    assert one["route"] == "/collections/pages/entries/a?_locale=en"
    assert set(one["texts"]) == {"sl", "en"}
    assert one["texts"]["sl"] != one["texts"]["en"]
    assert found["runs"] == "https://github.com/town-office/website/actions?query=branch%3Amain"


def test_the_same_sources_give_the_same_list(site: Make) -> None:
    folder = with_editor(site, TRANSLATED)
    folder.build()
    before = folder.outputs
    folder.build(remember=False)
    assert folder.outputs == before


def test_an_edit_changes_the_list_as_a_clean_build_does(site: Make) -> None:
    folder = with_editor(site, TRANSLATED)
    folder.build()
    before = status(folder)
    for path, old, new in (
        ("content/sl/b.md", "Besedilo.", "Drugo besedilo, ki je daljše."),
        ("content/sl/b.md", "title: Samo tu", "title: Samo tam"),
        ("content/en/a.md", "description: What", f"description: {'Very ' * 40}What"),
    ):
        folder.edit(path, (folder.root / path).read_text(encoding="utf-8").replace(old, new))
        folder.build()
        quick = folder.outputs
        assert status(folder) != before
        before = status(folder)
        folder.build(remember=False)
        assert folder.outputs == quick


def test_words_are_there_in_every_language_of_the_interface(site: Make) -> None:
    folder = with_editor(site)
    folder.build()
    words = status(folder)["words"]
    assert set(words) == {"sl", "en"}
    assert words["sl"].keys() == words["en"].keys()
    assert [name for name in words["sl"] if words["sl"][name] == words["en"][name]] == []
    script = (PROJECT / "sitegen/admin/pages/start.js").read_text(encoding="utf-8")
    used = set(re.findall(r"words\.(\w+)", script)) | {
        "direct",
        "review",
        "missing",
        "outdated",
        "unconfirmed",
        "draft",
    }
    assert used | {FRONT, INTRODUCTION} == words["en"].keys()


# ----- the policy


def test_headers_below_admin_are_set_once_on_each_host(site: Make) -> None:
    folder = with_editor(site, settings=ADMIN + HOSTS)
    folder.build()
    rules: dict[str, list[str]] = {}
    path = ""
    for line in folder.read("_headers").splitlines():
        if line.startswith("  "):
            rules[path].append(line.strip())
        else:
            path = line
            rules[path] = []
    patterns = {path: re.compile(re.escape(path).replace(r"\*", ".*") + r"\Z") for path in rules}

    def sent(address: str, name: str) -> list[str]:
        found = (rule for path, pattern in patterns.items() if pattern.match(address) for rule in rules[path])
        return [rule.partition(": ")[2] for rule in found if rule.startswith(f"{name}:")]

    for address in ("/admin/", "/admin/sveltia-cms.js", "/admin/config.yml"):
        (policy,) = sent(address, "Content-Security-Policy")
        assert "https://api.github.com" in policy
        assert sent(address, "Cross-Origin-Opener-Policy") == ["same-origin-allow-popups"]
        assert sent(address, "X-Content-Type-Options") == ["nosniff"]
    for address in ("/", "/index.html", "/404.html", "/sl/", "/en/", "/en/nothing"):
        (policy,) = sent(address, "Content-Security-Policy")
        assert "github" not in policy
        assert "unsafe" not in policy
        assert sent(address, "Cross-Origin-Opener-Policy") == ["same-origin"]
    assert folder.read("admin/.htaccess").count("Content-Security-Policy") == 1


@pytest.mark.parametrize(
    ("settings", "host"), [(ADMIN, "https://api.github.com"), (GITLAB, "https://gitlab.com")], ids=["github", "gitlab"]
)
def test_the_policy_in_the_page_names_the_host_of_the_sources(site: Make, settings: str, host: str) -> None:
    folder = with_editor(site, settings=settings)
    folder.build()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', folder.read("admin/index.html"))
    rules = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert rules["connect-src"] == ["'self'", "blob:", "data:", host]
    assert rules["script-src"] == ["'self'"]
    assert rules["default-src"] == ["'none'"]
    assert "frame-ancestors" not in rules
    (style,) = re.findall("<style>(.*)</style>", folder.read("admin/index.html"))
    assert style == "@view-transition { navigation: auto }"


def test_a_site_without_the_policy_in_its_pages_has_none_in_the_editor(site: Make) -> None:
    folder = with_editor(site, settings=ADMIN + "hosts: {policy_in_pages: false}\n")
    folder.build()
    assert "http-equiv" not in folder.read("admin/index.html")


def test_a_command_says_so_too(site: Make, capsys: pytest.CaptureFixture[str]) -> None:
    folder = with_editor(site)
    assert main(["build"], folder.root) == 0
    assert main(["build"], folder.root) == 0
    assert re.search(r"no change|0 files written", capsys.readouterr().out)
    assert main(["check"], folder.root) == 0


def test_the_preview_shows_the_editor_and_never_reloads_it(site: Make) -> None:
    site_folder = with_editor(site)
    site_folder.build(preview=True)
    files = {path: digest_of(data) for path, data in site_folder.outputs.items()}
    folder = Folder(site_folder.root / "public", "/", files)

    def asked(path: str) -> Answer:
        return page_answer(folder, PreviewStatus(), path, "/livereload.js", Speech())

    page = asked("/admin/")
    assert (page.status, page.body) == (200, site_folder.read_bytes("admin/index.html"))
    assert b"__preview__" in asked("/sl/").body
    assert asked("/admin/adapter.js").headers["Content-Type"].startswith("text/javascript")
    assert asked("/admin").headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("before", "after"),
    [("---", "\ufeff---"), ("\n", "\r\n"), ("Text.\n", "Text.\n\n"), ("Text.\n", "Text."), ("---", "\n---")],
)
def test_check_names_a_page_that_the_editor_cannot_keep(site: Make, before: str, after: str) -> None:
    page = f"---\ntitle: A\ndescription: {'A sentence that is long enough for all. ' * 2}\n---\nText.\n"
    folder = with_editor(site, f"-- content/en/a.md --\n{page}")
    folder.check()
    assert "editor-rewrites" not in folder.codes
    folder.write_bytes("content/en/a.md", page.replace(before, after, 1 if before == "---" else -1).encode())
    folder.check()
    assert folder.codes.count("editor-rewrites") == 1
    assert not folder.build().failed
    assert "editor-rewrites" not in folder.codes
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8").replace(ADMIN, ""))
    folder.check()
    assert "editor-rewrites" not in folder.codes


def test_admin_has_plain_defaults() -> None:
    assert Admin("github", "a/b") == Admin("github", "a/b", "main", "direct", "", "")
