"""What everybody can read of the web editor: nothing of pages that are not published, and every text as it is."""

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.site import SiteFolder

from sitegen.build import admin, digests
from sitegen.model.urls import quoted
from sitegen.outputs.admin.configuration import as_yaml

Make = Callable[..., SiteFolder]
ADMIN = "admin: {backend: github, repository: town-office/website}\n"
WARNED = "\n#### A heading of level 4\n"
SECRET = {
    "a draft": ("sl", "draft: true"),
    "under embargo": ("sl", "publish_date: 2999-01-01"),
    "expired": ("en", "expiry_date: 2001-01-01"),
}

pytestmark = pytest.mark.usefixtures("editor_program")


def with_editor(site: Make, files: str, settings: str = ADMIN) -> SiteFolder:
    """Return the smallest site with these settings besides."""
    folder = site(files)
    folder.edit("site.yaml", (folder.root / "site.yaml").read_text(encoding="utf-8") + settings)
    return folder


def told(folder: SiteFolder) -> dict[str, Any]:
    return dict(json.loads(folder.read("admin/status.json")))


def warned_page(path: str, title: str, key: str = "") -> str:
    front = f"---\ntitle: {title}\n{key}\n---\n" if key else f"---\ntitle: {title}\n---\n"
    return f"-- {path} --\n{front}Besedilo.\n{WARNED}"


@pytest.mark.parametrize("kind", SECRET)
def test_a_page_that_is_not_published_is_not_named(site: Make, kind: str) -> None:
    lang, key = SECRET[kind]
    folder = with_editor(
        site,
        warned_page(f"content/{lang}/merger.md", "Skrivnost", key) + warned_page("content/sl/a.md", "Javno"),
    )
    result = folder.build()
    assert sorted(one.place.path for one in result.problems) == sorted([f"content/{lang}/merger.md", "content/sl/a.md"])
    text = folder.read("admin/status.json")
    assert "merger" not in text
    assert "Skrivnost" not in text
    assert [one["where"] for one in told(folder)["problems"]] == ["content/sl/a.md:6"]


def test_a_translation_under_the_embargo_of_its_source_is_not_named(site: Make) -> None:
    folder = with_editor(
        site,
        warned_page("content/sl/merger.md", "Skrivnost", "publish_date: 2999-01-01")
        + warned_page("content/en/merger.md", "Secret"),
    )
    assert len(folder.build().problems) == 2
    assert "merger" not in folder.read("admin/status.json")


def test_a_draft_of_a_published_page_keeps_its_title(site: Make) -> None:
    folder = with_editor(
        site,
        "-- content/sl/a.md --\n---\ntitle: Javno\n---\nBesedilo.\n"
        + warned_page("content/en/merger.md", "Secret", "draft: true\ntranslation_key: a"),
    )
    folder.build()
    text = folder.read("admin/status.json")
    assert "merger" not in text
    assert "Secret" not in text
    found = told(folder)
    assert [(one["title"], one["state"]) for one in found["work"]] == [("Javno", "draft")]
    assert found["problems"] == []


def test_a_warning_that_names_a_draft_is_left_out(site: Make) -> None:
    """A translation is compared with its source, which is a draft."""
    folder = with_editor(
        site,
        "-- content/sl/merger.md --\n---\ntitle: Skrivnost\ndraft: true\n---\nA.\n\n## B {#b}\n\nC.\n"
        "-- content/en/a.md --\n---\ntitle: A\ntranslation_key: merger\n---\nA.\n\n## D {#d}\n\nE.\n",
    )
    assert not folder.build().failed
    for one in told(folder)["problems"]:
        assert "merger.md" not in json.dumps(one["texts"])


def test_a_language_in_preparation_is_not_named(site: Make) -> None:
    folder = site(warned_page("content/de/index.md", "Geheim") + "-- locales/de/LC_MESSAGES/messages.po --\n")
    text = (folder.root / "site.yaml").read_text(encoding="utf-8")
    line = "  de: {label: Deutsch, locale: de_DE, weight: 3, status: in-preparation}\n"
    folder.edit("site.yaml", text.replace("languages:\n", f"languages:\n{line}") + ADMIN)
    result = folder.build()
    assert not result.failed
    assert "content/de/index.md" in [one.place.path for one in result.problems]
    assert told(folder)["problems"] == []


def test_a_preview_with_drafts_names_them(site: Make) -> None:
    folder = with_editor(site, warned_page("content/sl/merger.md", "Skrivnost", "draft: true"))
    folder.build(drafts=True)
    assert [one["where"] for one in told(folder)["problems"]] == ["content/sl/merger.md:7"]


@pytest.mark.parametrize("name", ["new", "constructor", "front"])
def test_a_section_that_is_gone_is_called_by_its_id(site: Make, name: str) -> None:
    """It has no title any more, and its id may be that of a word of the start page."""
    record = f"l10n: {{sections: {{front: 0123456789ab, {name}: 0123456789ab}}}}"
    if name == "front":
        record = "l10n: {sections: {front: 0123456789ab}}"
    folder = with_editor(
        site,
        "-- content/sl/a.md --\n---\ntitle: Javno\n---\nBesedilo.\n\n## Prvi {#prvi}\n\nBesedilo.\n"
        f"-- content/en/a.md --\n---\ntitle: A\n{record}\n---\nText.\n\n## First {{#prvi}}\n\nText.\n",
    )
    assert not folder.build().failed
    (work,) = [one for one in told(folder)["work"] if one["state"] == "outdated"]
    parts = work["sections"]
    assert {"title": "Prvi"} in parts
    assert {"word": "front"} in parts
    if name != "front":
        assert {"title": name} in parts


@pytest.mark.parametrize("text", ["1e3", "0x1F", "0o17", ".5", "1.", "12e4", "no", "{{x}}: #", "\u2028", "=", "a"])
def test_a_text_is_a_text_to_both_kinds_of_yaml(text: str) -> None:
    written = as_yaml({"app_title": text})
    assert yaml.safe_load(written) == {"app_title": text}
    value = written.rpartition("app_title: ")[2].strip()
    assert value[0] in "'\"" or value == "a"


def test_texts_of_others_are_escaped_in_the_page(site: Make) -> None:
    folder = site()
    title = '</title><script>alert(1)</script>" {data}'
    text = (folder.root / "site.yaml").read_text(encoding="utf-8").replace("sl: Mesto", f"sl: '{title}'")
    folder.edit("site.yaml", text + ADMIN)
    assert not folder.build().failed
    page = folder.read("admin/index.html")
    assert "<script>" not in page
    assert "{data}" in page
    assert yaml.safe_load(folder.read("admin/config.yml"))["app_title"] == title


def test_the_settings_may_be_unusual(site: Make) -> None:
    settings = "admin: {backend: gitlab, repository: a.b/c.d/e_f/my.site, branch: feature/x.y+z@1}\n"
    folder = with_editor(site, "-- content/sl/admin.md --\n---\ntitle: Admin\n---\nA\n", settings)
    assert not folder.build(base_url="https://example.org/a/b%20c/").failed
    assert folder.has("sl/admin/index.html")
    found = yaml.safe_load(folder.read("admin/config.yml"))
    assert found["backend"]["repo"] == "a.b/c.d/e_f/my.site"
    assert found["backend"]["branch"] == "feature/x.y+z@1"
    assert told(folder)["runs"] == "https://gitlab.com/a.b/c.d/e_f/my.site/-/pipelines?ref=feature%2Fx.y%2Bz%401"


def test_a_stylesheet_with_an_odd_name_is_found_by_the_preview(site: Make) -> None:
    link = """{% block main %}<link rel="stylesheet" href="{{ asset('50%#č.css') }}">{{ content }}{% endblock %}"""
    folder = with_editor(
        site,
        "-- static/50%#č.css --\nbody { color: red }\n"
        f"-- templates/page.html --\n{{% extends 'base.html' %}}\n{link}\n",
    )
    assert not folder.build().failed, folder.problems
    (written,) = re.findall('data-styles="([^"]*)"', folder.read("admin/index.html"))
    assert json.loads(unescape(written)) == ["../" + quoted("50%#č.css"), "preview.css"]


@pytest.mark.parametrize(
    ("backend", "repository"), [("github", "a/.."), ("github", "a/."), ("gitlab", "a/../b"), ("gitlab", "a/b/..")]
)
def test_a_repository_is_no_way_up(site: Make, backend: str, repository: str) -> None:
    """Its name goes into addresses of the code host."""
    folder = with_editor(site, "", f"admin: {{backend: {backend}, repository: {repository}}}\n")
    assert folder.codes == ["admin-repository"]


def test_a_folder_of_content_cannot_take_its_place(site: Make) -> None:
    folder = with_editor(site, "-- content/admin/index.md --\n---\ntitle: A\n---\nA\n")
    assert folder.build().failed
    assert folder.codes == ["language-unknown"]


def test_the_days_of_a_page_are_those_of_the_build(site: Make) -> None:
    page = warned_page("content/sl/merger.md", "Skrivnost", "publish_date: 2030-05-01")
    folder = with_editor(site, page)
    folder.build(today=dt.date(2030, 4, 30))
    assert "merger" not in folder.read("admin/status.json")
    folder.build(today=dt.date(2030, 5, 1))
    assert "merger" in folder.read("admin/status.json")


def test_a_gitlab_of_ones_own_is_the_only_other_host(site: Make) -> None:
    own = "https://git.example.org:8443"
    folder = with_editor(site, "", f"admin: {{backend: gitlab, repository: town/website, host: '{own}'}}\n")
    assert not folder.build().failed, folder.problems
    backend = yaml.safe_load(folder.read("admin/config.yml"))["backend"]
    assert (backend["api_root"], backend["base_url"]) == (f"{own}/api/v4", own)
    policy = unescape(folder.read("admin/index.html"))
    assert f"connect-src 'self' blob: data: {own};" in policy
    assert "gitlab.com" not in policy
    assert told(folder)["runs"] == f"{own}/town/website/-/pipelines?ref=main"
    assert told(folder)["token"] == f"{own}/-/user_settings/personal_access_tokens"


@pytest.mark.parametrize("host", ["http://git.example.org", "https://git.example.org/gitlab", "https://a b"])
def test_the_address_of_a_gitlab_is_an_origin(site: Make, host: str) -> None:
    folder = with_editor(site, "", f"admin: {{backend: gitlab, repository: town/website, host: '{host}'}}\n")
    assert folder.codes == ["admin-sign-in"]


def test_the_settings_of_the_editor_are_precompressed_too(site: Make) -> None:
    folder = with_editor(site, "", "hosts: {names: [nginx], precompress: [gzip]}\n" + ADMIN)
    assert not folder.build().failed, folder.problems
    assert {"admin/config.yml.gz", "admin/index.html.gz"} <= folder.outputs.keys()


def test_a_build_after_an_edit_reads_nothing_of_the_program(
    site: Make, editor_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in editor_program.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))  # a stamp of just now is not trusted
    folder = with_editor(site, "-- content/sl/a.md --\n---\ntitle: A\n---\nA\n")
    folder.build()
    read: list[str] = []

    def reading(file: str) -> bytes:
        read.append(file)
        return Path(file).read_bytes()

    monkeypatch.setattr(digests, "_read", reading)
    monkeypatch.setattr(admin, "_written", lambda *_: pytest.fail("the settings were written again"))
    folder.edit("content/sl/a.md", "---\ntitle: A\n---\nB\n")
    assert not folder.build().failed
    assert [file for file in read if file.startswith(str(editor_program))] == []
    assert any(file.endswith("a.md") for file in read)
