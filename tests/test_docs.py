"""The manual is true: every problem stands in it with its words, every key of site.yaml and of front matter too."""

import re

import pytest
from conftest import PROJECT

from sitegen.core.messages import TEXTS
from sitegen.core.records import FrontMatter
from sitegen.read.config import SiteFile

DOCS = PROJECT / "docs"


def rows() -> dict[str, tuple[str, str, str]]:
    """Return code → level, text and hint, as docs/problems.md has them."""
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| (.*?) \| (.*?) \|$", text, re.M)
    return {code: (level, plain(said), plain(hint)) for code, level, said, hint in found}


def plain(text: str) -> str:
    """Return the words of a cell, without the escapes of Markdown."""
    return re.sub(r"\\(?=[^\w\s])", "", text)


@pytest.mark.parametrize("code", sorted(TEXTS))
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
