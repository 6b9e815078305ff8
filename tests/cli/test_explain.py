"""`explain`: every code has a bad example that gives exactly this code, and a good one that gives none."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from support.site import SiteFolder

from sitegen.cli.examples import MISSING, Example, Shown, examples
from sitegen.cli.main import main
from sitegen.model.messages import BY_CHECK, TEXTS
from tools.make_problems_doc import FILE, page

Captured = pytest.CaptureFixture[str]
EXAMPLES = examples()
# What no small site can show, or not on every system. Their examples are what a person sees in a terminal.
ELSEWHERE = {
    "release-missing": "check --release: tests/check/test_release.py",
    "release-placeholder": "check --release: tests/check/test_release.py",
    "release-addresses": "check --release: tests/check/test_release.py",
    "release-language": "check --release: tests/check/test_release.py",
    "file-unreadable": "permissions",
    "file-too-long": "a megabyte",
    "not-utf8": "the examples are UTF-8 themselves",
    "nul-character": "the same",
    "control-character": "nobody would see it",
    "name-not-nfc": "some systems change the name",
    "name-undecodable": "some systems refuse the name",
    "link-leads-outside": "a symbolic link",
    "link-loop": "a symbolic link",
    "link-broken": "a symbolic link",
    "text-tangled": "too long to be read",
    "image-too-large": "sixty million pixels",
    "file-metadata": "a film: tests/bad",
    "template-broken": "only the verb messages looks for it",
    "extension-failed": "a function of the site",
    "extension-result": "a function of the site",
    "internal-error": "a mistake of the engine",
    "time-limit": "a function of the site",
    "own-error": "a function of the site",
    "own-warning": "a function of the site",
    "version-changed": "no version has changed a key yet",
    "link-external-dead": "another host",
    "link-external-moved": "another host",
    "read-otherwise": "only check --migrate looks for it",
    "brotli-missing": "a Python without the package",
    "admin-assets-missing": "a package without the editor",
    "editor-rewrites": "bytes that no text shows",
    "output-foreign": "a file in public/",
    "publish-failed": "a full disk",
    "po-added": "only translate --import says it",
    "po-broken": "only translate --import says it",
    "po-foreign": "only translate --import says it",
    "po-incomplete": "only translate --import says it",
    "po-lost": "only translate --import says it",
    "po-shape": "only translate --import says it",
    "po-source-changed": "only translate --import says it",
    "po-title": "only translate --import says it",
    "po-translation-changed": "only translate --import says it",
}
ONE_SIDED = {
    "color-invalid": "the good site needs a typeface",
}
SETTINGS = """\
base_url: https://example.org/
default_language: en
languages:
  en: {label: English}
  sl: {label: Slovenščina}
title: City
fallback: show
"""
DESCRIPTION = "description: What this page says, in a sentence that is long enough for search engines.\n"


@pytest.fixture(autouse=True)
def _with_an_editor(editor_program: Path) -> None:
    """Let examples that ask for the web editor find it."""


def settings(*given: str) -> str:
    """Return a whole site.yaml: the keys of a small one, with those given in their place."""
    blocks: dict[str, str] = {}
    for text in (SETTINGS, *given):
        for block in re.split(r"^(?=\w)", text, flags=re.M)[1:]:
            blocks[block.partition(":")[0]] = block
    return "".join(blocks.values())


def whole(code: str, file: Shown) -> bytes:
    """Return the whole file that an example shows a part of."""
    if size := re.fullmatch(r"\(picture (\d+) (\d+)\)\n", file.text):
        out = io.BytesIO()
        Image.new("RGB", (int(size[1]), int(size[2]))).save(out, "PNG")
        return out.getvalue()
    text = file.text
    if file.path.endswith(".md") and not text.startswith("---\n") and not code.startswith("frontmatter"):
        text = f"---\ntitle: {file.path}\n{DESCRIPTION.replace('this page', file.path)}---\n\n{text}"
    if file.path.endswith(".po") and not text.startswith('msgid ""'):
        text = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n' + text
    return text.encode()


def codes_of(code: str, example: Example, files: tuple[Shown, ...], root: Path) -> set[str]:
    """Return the codes that a small site with these files gives."""
    folder = SiteFolder(root)
    folder.write_bytes("content/en/index.md", whole("", Shown("content/en/index.md", "Text.\n")))
    together = (*example.beside, *files)
    folder.edit("site.yaml", settings(*(file.text for file in together if file.path == "site.yaml")))
    for file in together:
        if file.text == MISSING:
            folder.remove(file.path)
        elif file.path != "site.yaml":
            folder.write_bytes(file.path, whole(code, file))
    if code in BY_CHECK:
        folder.check(remember=False, jobs=1)
    else:
        folder.build(remember=False, jobs=1)
    state = {"language-in-preparation"} - {code}  # says how a language is, whatever is wrong elsewhere
    return set(folder.codes) - state


def test_every_code_has_one_example() -> None:
    assert EXAMPLES.keys() == TEXTS.keys()
    assert [code for code, example in EXAMPLES.items() if not example.bad or not example.good] == []


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - ELSEWHERE.keys()))
def test_the_bad_example_gives_exactly_this_code(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    assert all(file.path for file in example.bad)
    assert codes_of(code, example, example.bad, tmp_path / "site") == {code}


@pytest.mark.parametrize("code", sorted(TEXTS.keys() - ELSEWHERE.keys() - ONE_SIDED.keys()))
def test_the_good_example_gives_nothing(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    assert all(file.path for file in example.good)
    assert codes_of(code, example, example.good, tmp_path / "site") == set()


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_what_no_small_site_shows_names_no_file_of_one(code: str) -> None:
    assert [file.path for file in (*EXAMPLES[code].bad, *EXAMPLES[code].good)] == ["", ""]


def test_the_manual_shows_the_same_examples() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: python -m tools.make_problems_doc"


def test_a_problem_is_explained(tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain", "heading-order"], tmp_path) == 0
    assert capsys.readouterr().out == (
        "heading-order (warning)\n\n"
        "    A heading of level … follows one of level ….\n    Do not skip a level.\n\n"
        "Wrong, content/en/index.md:\n\n    ## Steps\n\n    #### The first step\n\n"
        "Right, content/en/index.md:\n\n    ## Steps\n\n    ### The first step\n\n"
        "The commands build and check report it.\n"
        "To ignore it in one line: <!-- sitegen: ignore heading-order: … -->\n"
    )


@pytest.mark.parametrize("language", ["en", "sl", "es"])
@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.cheap
def test_every_problem_is_explained_in_every_language(
    code: str, language: str, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["explain", code, "--ui-language", language], tmp_path) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{code} (")
    assert EXAMPLES[code].bad[0].text.split("\n")[-2].strip() in printed or EXAMPLES[code].bad[0].text == MISSING


def test_without_a_code_all_are_listed(tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain"], tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(TEXTS)
    assert re.fullmatch(r"link-missing +error: The page “…” does not exist\.", lines[list(TEXTS).index("link-missing")])


def test_brackets_as_printed_are_taken_too(tmp_path: Path) -> None:
    assert main(["explain", "[link-missing]"], tmp_path) == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("link-misssing", "There is no problem code “link-misssing”. Did you mean “link-missing”?\n"),
        ("xyz", "There is no problem code “xyz”.\n"),
    ],
)
def test_an_unknown_code_is_wrong_usage(code: str, said: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain", code], tmp_path) == 2
    assert capsys.readouterr().err == said
