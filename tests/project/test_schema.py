"""The schemas that editors use: current, described, and of one mind with the engine about what is a mistake."""

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.site import PROJECT

from sitegen.cli import schema, vscode
from sitegen.cli.console import shown
from sitegen.cli.main import main
from sitegen.inputs.config import read_config
from sitegen.model.files import Source
from sitegen.model.messages import is_error
from sitegen.model.problems import Lines, Place, problem
from sitegen.text.frontmatter import read_head
from sitegen.text.yaml.nodes import parse, plain_value

MADE = schema.generated()
SITE, FRONT = (json.loads(MADE[f"docs/schema/{name}.schema.json"]) for name in ("site", "front-matter"))
SMALL = "title: T\ndefault_language: en\nbase_url: https://example.org/\nlanguages: {en: {label: English}}\n"


def as_seen_by_an_editor(text: str) -> Any:
    """Return YAML as an editor reads it: by version 1.2, in which a day is a text."""
    node, problems = parse(Lines("a.yaml", text))
    assert problems == []
    return json.loads(json.dumps(plain_value(node) if node else {}, default=dt.date.isoformat))


def refused(schema: dict[str, Any], text: str) -> list[str]:
    """Return what a schema says against a text."""
    import jsonschema  # takes seconds: it builds a grammar for each kind of address

    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(as_seen_by_an_editor(text))]


def site_refused(text: str) -> list[str]:
    """Return what the engine says against a site.yaml."""
    problems = read_config(Source("site.yaml", text.encode()))[1]
    return [shown(problem) for problem in problems if is_error(problem)]


def front_refused(text: str) -> list[str]:
    """Return what the engine says against front matter."""
    return [shown(problem) for problem in read_head("a.md", f"---\n{text}---\n")[1] if is_error(problem)]


@pytest.mark.parametrize("path", MADE)
def test_file_is_current(path: str) -> None:
    assert (PROJECT / path).read_text(encoding="utf-8") == MADE[path], "run: python build.py schema"


def test_schemas_are_schemas() -> None:
    import jsonschema

    jsonschema.Draft7Validator.check_schema(SITE)
    jsonschema.Draft7Validator.check_schema(FRONT)


def undescribed(schema: dict[str, Any], where: str = "") -> list[str]:
    """Return the properties without a description, at any depth."""
    found = []
    for name, inner in schema.get("properties", {}).items():
        found += [] if inner.get("description") else [f"{where}{name}"]
        for below in (inner, inner.get("items", {}), inner.get("additionalProperties", {})):
            found += undescribed(below, f"{where}{name}.") if isinstance(below, dict) else []
    return found


def test_every_key_has_the_description_of_the_manual() -> None:
    assert undescribed(SITE) + undescribed(FRONT) == []
    assert SITE["properties"]["calendars"]["additionalProperties"]["properties"]["end"]["description"] == (
        "First and last day"
    )


def test_site_yaml_of_this_site_is_good() -> None:
    assert refused(SITE, (PROJECT / "site.yaml").read_text(encoding="utf-8")) == []


def test_front_matter_of_every_page_of_this_site_is_good() -> None:
    pages = sorted((PROJECT / "content").rglob("*.md"))
    heads = {page: page.read_text(encoding="utf-8").split("---\n")[1] for page in pages}
    assert len(heads) > 50
    assert {str(page): found for page, head in heads.items() if (found := refused(FRONT, head))} == {}


GOOD_SITE = {
    "a title that is a number": SMALL.replace("title: T", "title: 2026"),
    "a title that was a word of YAML 1.1": SMALL.replace("title: T", "title: no"),
    "texts for each language": SMALL.replace("title: T", "title: {en: 1.10}"),
    "levels": SMALL + "markdown: {toc_levels: [2, 4], typography: false, extensions: [tables]}\n",
    "anything under extra": SMALL + "extra: {a: [1, {b: null}]}\n",
    "cards": SMALL
    + 'cards: {base: a.png, texts: [{text: site, font: f, size: 9, color: "#a0B1c2", box: [1, 2, 3, 4]}]}\n',
}
BAD_SITE = {
    "nothing": "",
    "no title": SMALL.replace("title: T\n", ""),
    "an empty title": SMALL.replace("title: T", "title:"),
    "a title that is a list": SMALL.replace("title: T", "title: [T]"),
    "an unknown key": SMALL + "titel: T\n",
    "an unknown key below": SMALL.replace("label: English", "label: English, colour: red"),
    "no label": SMALL.replace("label: English", "weight: 1"),
    "no language": SMALL.replace("{en: {label: English}}", "{}"),
    "a code that is none": SMALL.replace("{en: ", "{English: "),
    "a fallback that is none": SMALL + "fallback: nothing\n",
    "yes for true": SMALL + "search: yes\n",
    "true in quotation marks": SMALL + 'search: "true"\n',
    "a text for a number": SMALL + "feed: {section: a, limit: many}\n",
    "a text for a list": SMALL + "navigation: {main: a.md}\n",
    "an empty mapping": SMALL + "navigation:\n",
    "an extension that is none": SMALL + "markdown: {extensions: [emoji]}\n",
    "a level too deep": SMALL + "markdown: {toc_levels: [2, 7]}\n",
    "one level": SMALL + "markdown: {toc_levels: [2]}\n",
    "too good a quality": SMALL + "images: {quality: 100}\n",
    "no widths": SMALL + "images: {widths: []}\n",
    "an address that is none": SMALL.replace("https://example.org/", "example.org"),
    "an edit address without a page": SMALL + "edit_url: https://host.example/edit\n",
    "an address of mistakes that is none": SMALL + "report_url: /report\n",
    "a colour that is none": SMALL
    + "cards: {base: a, texts: [{text: site, font: f, size: 9, color: red, box: [1, 2, 3, 4]}]}\n",
}
GOOD_FRONT = {
    "a title alone": "title: T\n",
    "a year for a title": "title: 2026\n",
    "left out of menus": "title: T\nnav: false\n",
    "a label": "title: T\nnav: Short\n",
    "a day": "title: T\ndate: 2026-02-28\n",
    "a day in quotation marks": 'title: T\ndate: "2026-02-28"\n',
    "sources": "title: T\nsources: [{title: A, language: en}]\n",
    "no search": "title: T\nsearch: {exclude: true}\n",
    "an old address": "title: T\naliases: [/sl/a/]\n",
}
BAD_FRONT = {
    "no title": "description: D\n",
    "a blank title": 'title: "  "\n',
    "an unknown key": "title: T\nauthor: A\n",
    "a label that is true": "title: T\nnav: true\n",
    "yes for true": "title: T\ndraft: yes\n",
    "no day of the calendar": "title: T\ndate: 2026-02-31\n",
    "a day otherwise written": "title: T\ndate: 28. 2. 2026\n",
    "a decimal weight": "title: T\nweight: 1.5\n",
    "a text for a list": "title: T\naliases: /sl/a/\n",
    "an alias from elsewhere": "title: T\naliases: [//host/a]\n",
    "a relative alias": "title: T\naliases: [a/]\n",
    "a fallback that is none": "title: T\nfallback: nothing\n",
    "a source without title": "title: T\nsources: [{publisher: P}]\n",
    "search without a mapping": "title: T\nsearch: false\n",
    "an empty key": "title: T\nslug:\n",
}


@pytest.mark.parametrize("text", GOOD_SITE.values(), ids=GOOD_SITE.keys())
def test_what_the_engine_takes_in_site_yaml_the_schema_takes(text: str) -> None:
    assert (site_refused(text), refused(SITE, text)) == ([], [])


@pytest.mark.parametrize("text", BAD_SITE.values(), ids=BAD_SITE.keys())
def test_what_the_engine_refuses_in_site_yaml_the_schema_refuses(text: str) -> None:
    assert site_refused(text)
    assert refused(SITE, text)


@pytest.mark.parametrize("text", GOOD_FRONT.values(), ids=GOOD_FRONT.keys())
def test_what_the_engine_takes_in_front_matter_the_schema_takes(text: str) -> None:
    assert (front_refused(text), refused(FRONT, text)) == ([], [])


@pytest.mark.parametrize("text", BAD_FRONT.values(), ids=BAD_FRONT.keys())
def test_what_the_engine_refuses_in_front_matter_the_schema_refuses(text: str) -> None:
    assert front_refused(text)
    assert refused(FRONT, text)


@pytest.mark.long
def test_another_reader_of_yaml_finds_site_yaml_good() -> None:
    command = [
        Path(sys.executable).parent / "check-jsonschema",
        "--schemafile",
        "docs/schema/site.schema.json",
        "site.yaml",
    ]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_verb_writes_what_is_not_current_and_keeps_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--check"], tmp_path) == 1
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert not any(tmp_path.iterdir())
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode/settings.json").write_text("{}")
    assert main(["schema"], tmp_path) == 0
    assert (tmp_path / ".vscode/settings.json").read_text() == "{}"
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in MADE} == MADE
    capsys.readouterr()
    assert main(["schema"], tmp_path) == main(["schema", "--check"], tmp_path) == 0
    assert capsys.readouterr().out == "All files are up to date.\n"


def test_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").write_text("a file")
    assert main(["schema"], tmp_path) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_settings_of_this_project_are_those_that_the_verb_writes() -> None:
    for path, text in vscode.settings().items():
        assert (PROJECT / path).read_text(encoding="utf-8") == text


def test_editor_finds_the_place_in_what_the_engine_prints() -> None:
    place = Place("content/en/a.md", 3, 7, "x")
    found = re.match(vscode.PROBLEM, shown(problem("heading-empty", place)).splitlines()[0])
    assert found
    assert found.groups()[:4] == ("content/en/a.md", "3", "7", "error")
    whole = re.match(vscode.PROBLEM, shown(problem("base-url-missing", Place("site.yaml"))).splitlines()[0])
    assert whole
    assert whole.groups()[:4] == ("site.yaml", None, None, "warning")


def test_snippets_hold_every_key_and_only_what_the_editor_can_read() -> None:
    snippets = json.loads(MADE[vscode.SNIPPETS])
    assert {one["prefix"] for one in snippets.values()} == set(FRONT["properties"]) - {"l10n"}
    assert all(one["scope"] == "markdown" and one["description"] for one in snippets.values())
