"""The manual is true: problems with their words, keys, verbs and options stand in it, and its links lead somewhere."""

import argparse
import importlib
import inspect
import re
import subprocess
import typing
from pathlib import Path

import msgspec
import pytest
from support.manual import anchors
from support.site import PROJECT

from sitegen.build.i18n import Speech
from sitegen.cli.main import COMMANDS
from sitegen.inputs.sitefile import SiteFile
from sitegen.model.messages import TEXTS
from sitegen.model.page import FrontMatter
from sitegen.model.views import (
    PageView,
    Picture,
    RedirectView,
    Ref,
    SiteLanguage,
    SiteView,
    StandaloneView,
    Translation,
)
from sitegen.outputs import environment
from sitegen.outputs.filters import filters

DOCS = PROJECT / "docs"


def rows() -> dict[str, tuple[str, str, str]]:
    """Return code → level, text and hint, as docs/problems.md has them."""
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| (.*?) \| (.*?) \|$", text, re.M)
    return {code: (level, plain(said), plain(hint)) for code, level, said, hint in found}


def plain(text: str) -> str:
    """Return the words of a cell, without the escapes of Markdown."""
    return re.sub(r"\\([^\w\s])", r"\1", text)


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.cheap
def test_problem_stands_in_the_manual(code: str) -> None:
    message = TEXTS[code]
    wanted = [text.replace("{{", "{").replace("}}", "}") for text in (message.text, message.hint)]
    assert rows().get(code) == (message.level, *wanted)


def test_the_manual_names_no_problem_that_does_not_exist() -> None:
    assert rows().keys() <= TEXTS.keys()


@pytest.mark.parametrize("key", FrontMatter.__struct_fields__)
def test_key_of_front_matter_stands_in_the_manual(key: str) -> None:
    assert f"`{key}`" in (DOCS / "front-matter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", SiteFile.__struct_fields__)
def test_key_of_the_settings_stands_in_the_manual(key: str) -> None:
    assert re.search(rf"`{key}[`:.]", (DOCS / "site-yaml.md").read_text(encoding="utf-8"))


VIEWS = (PageView, Ref, Translation, Picture, SiteView, SiteLanguage, StandaloneView, RedirectView)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_field_of_a_view_stands_in_the_reference_of_templates(view: type[msgspec.Struct]) -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    part = re.split(rf"^### {view.__name__}$", text, flags=re.M)[1].split("\n#")[0]
    assert not [field for field in view.__struct_fields__ if f"`{field}`" not in part]


def test_every_function_and_filter_stands_in_the_reference_of_templates() -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    known = {*filters({"en": "en"}, True)}
    assert not [name for name in known if f"| `{name}` |" not in text]
    defined = re.findall(r"^    def (\w+)\(context", inspect.getsource(environment._functions), re.M)
    assert defined
    assert not [name for name in defined if f"| `{name}(" not in text]


NAMING = ("*.py", "*.yml", "*.yaml", "*.html", "*.toml", "*.jinja", "Makefile")


def test_pages_of_the_manual_that_code_names_exist() -> None:
    git = ["git", "-C", str(PROJECT), "grep", "-hoE", r"docs/[a-z0-9/-]+\.md(#[a-z0-9-]+)?", "--", *NAMING]
    named = subprocess.run(
        [*git, ":!tests/", ":!benchmarks/"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert len(named) > 10
    for path, _, anchor in (one.partition("#") for one in sorted(set(named))):
        page = PROJECT / path
        assert page.is_file(), path
        assert not anchor or anchor in anchors(page), f"{path}#{anchor}"


DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem)
def test_decision_has_context_decision_and_consequences(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.match(rf"# {file.name[:3]} \S", text)
    assert re.findall(r"^Status: (accepted|superseded)", text, re.M)
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert [one for one in headings if one in ("Context", "Decision", "Consequences")] == headings[:3]


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [file.name[:3] for file in DECISIONS]
    assert len(numbers) > 50
    assert len(numbers) == len(set(numbers))


LANGUAGES = ("sl", "en", "es")
GUIDE = DOCS / "guide"
GUIDES = sorted(file.name for file in (GUIDE / "en").glob("*.md"))
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def name(page: Path) -> str:
    """Return a page's path below the project."""
    return page.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", FrontMatter.__struct_fields__)
def test_key_of_front_matter_stands_in_the_guides(lang: str, key: str) -> None:
    assert re.search(rf"^\| `{key}` \|", (GUIDE / lang / "front-matter.md").read_text(encoding="utf-8"), re.M)


def sections() -> dict[str, str]:
    """Return what docs/commands.md says of each verb, and of all under ""."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    common, *parts = re.split(r"^## `", text, flags=re.M)
    return {"": common} | {part.partition("`")[0]: part for part in parts}


def options(verb: str) -> dict[str, argparse.Action]:
    """Return option or argument → its description in the program."""
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"sitegen.cli.{verb}").add_arguments(parser, Speech("en"))
    actions = list(parser._actions)
    for one in parser._actions:
        if isinstance(one, argparse._SubParsersAction):
            actions += [deeper for below in one.choices.values() for deeper in below._actions]
    return {text: one for one in actions for text in one.option_strings or (str(one.metavar or one.dest),)}


def test_the_reference_has_every_verb_and_no_other() -> None:
    assert list(sections())[1:] == list(COMMANDS)
    assert re.findall(r"^\| \[`(\w+)`\]\(#\1\)", sections()[""], re.M) == list(COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_option_stands_in_the_reference(verb: str) -> None:
    said = sections()[verb] + re.sub(r"`(\w+)` \|", "", sections()[""])
    names = [text for text, one in options(verb).items() if one.option_strings or not one.choices]
    names += [str(word) for one in options(verb).values() if not one.option_strings for word in one.choices or ()]
    assert not [text for text in names if text.upper() != "CODE" and not re.search(rf"`{re.escape(text)}[` ]", said)]


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_reference_names_no_option_that_does_not_exist(verb: str) -> None:
    named = re.findall(r"`(--[a-z-]+)", sections()[verb])
    assert set(named) <= {*options(verb), "--strict", "--help"}


@pytest.mark.parametrize("page", PAGES, ids=name)
@pytest.mark.cheap
def test_commands_in_the_manual_have_options_that_exist(page: Path) -> None:
    wrong = []
    for line in re.findall(r"(?:build\.py|\bsitegen) ([^`\n|&]*)", page.read_text(encoding="utf-8")):
        first, *words = line.split("#")[0].split() or [""]
        verb = first if first in COMMANDS else "build"
        known = {*options(verb), "--help", "--version", "--ui-language", "--debug"}
        given = [word.partition("=")[0] for word in (first, *words) if re.match(r"--\w", word)]
        wrong += [f"{verb} {word}" for word in given if word.strip("`,.;:)”") not in known]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=name)
@pytest.mark.cheap
def test_make_can_do_what_the_manual_says(page: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert {*re.findall(r"(?:`|^\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M)} <= known


@pytest.mark.parametrize("verb", COMMANDS)
def test_readme_names_the_verb(verb: str) -> None:
    assert f"[`{verb}`](docs/commands.md#{verb})" in (PROJECT / "README.md").read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """Return a page without its examples."""
    text = re.sub(r"^( *)(`{3,}|~~~)[^\n]*\n.*?^\1\2$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", lambda code: f"`{code[0].count('x')}`", text)


@pytest.mark.parametrize("page", PAGES, ids=name)
@pytest.mark.cheap
def test_links_of_the_manual_lead_somewhere(page: Path) -> None:
    dead = []
    for link in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    assert not dead


@pytest.mark.parametrize("lang", LANGUAGES)
def test_guides_are_the_same_in_every_language(lang: str) -> None:
    assert sorted(file.name for file in (GUIDE / lang).glob("*.md")) == GUIDES


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("lang", ["sl", "es"])
def test_guide_has_the_same_parts(guide: str, lang: str) -> None:
    assert parts(GUIDE / lang / guide) == parts(GUIDE / "en" / guide)


def parts(guide: Path) -> list[str]:
    """Return what makes up a guide: ids, levels of headings, kinds of examples, first columns of tables' code."""
    text = guide.read_text(encoding="utf-8")
    kinds = re.findall(r'^(<a id="[^"]+"></a>|#+ |```\w+|<!-- not run: .*-->|\| `[\w-]+` \|)', text, re.M)
    return [kind for kind in kinds if kind != "| `text` |"]


@pytest.mark.parametrize("guide", [GUIDE / lang / guide for lang in LANGUAGES for guide in GUIDES], ids=name)
def test_guide_leads_to_its_other_languages(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    assert all(f"](../{lang}/{guide.name})" in text for lang in LANGUAGES if lang != guide.parent.name)
    own = {"sl": "Slovenščina", "en": "English", "es": "Español"}[guide.parent.name]
    assert re.search(rf"(^| · ){own}( · |$)", text, re.M)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_of_the_guides_exist(lang: str) -> None:
    text = (GUIDE / lang / "solve-problems.md").read_text(encoding="utf-8")
    table = "\n".join(re.findall(r"^(\| `.*?) \|", text, re.M))
    assert {*re.findall(r"`([a-z0-9-]+)`", table)} <= {*TEXTS}


def structs(kind: object) -> set[type[msgspec.Struct]]:
    """Return every record that values of a type may hold, however deep."""
    found: set[type[msgspec.Struct]] = set()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        found.add(kind)
        for deeper in typing.get_type_hints(kind).values():
            found |= structs(deeper)
    for part in typing.get_args(kind):
        found |= structs(part)
    return found


@pytest.mark.parametrize(("file", "root"), [("site-yaml.md", SiteFile), ("front-matter.md", FrontMatter)])
def test_deeper_keys_stand_in_the_manual_too(file: str, root: type[msgspec.Struct]) -> None:
    text = (DOCS / file).read_text(encoding="utf-8")
    keys = {field for one in structs(root) for field in one.__struct_fields__}
    assert len(keys) > len(root.__struct_fields__)
    assert not sorted(key for key in keys if not re.search(rf"`{key}[`:.]|`\{{{key}:|\*\*{key}\*\*", text))
