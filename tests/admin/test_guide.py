"""The guides of the web editor: every button and field that they name is called so on the screen."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from support.site import PROJECT, needs

from sitegen.build.admin import LOCALES, speech
from sitegen.build.admin_status import WORDS
from sitegen.model.words import T_
from sitegen.outputs.admin.fields import LABELS

ASSETS = PROJECT / "sitegen/admin/assets"
# What the forms of GitHub say, names of languages, and words that the guides explain.
HOST = {"Resource owner", "Repository access", "Only select repositories", "Permissions", "Contents", "Read and write",
        "Pull requests", "Generate token"}  # fmt: skip
LANGUAGES = {"en": {"English", "Slovenian"}, "sl": {"English", "Spanish", "Slovenian"}, "es": {"Inglés", "Esloveno"}}
FOLDERS = {"news"}
EXPLAINED = {
    "en": {"code host", "repository", "access token", "pull request"},
    "sl": {"Gostitelj kode", "repozitorij", "access token", "pull request"},
    "es": {"plataforma de código", "repositorio", "access token", "pull request"},
}
EDIT = {"en": "Edit this page", "sl": "Uredi to stran", "es": "Editar esta página"}
TRANSLATED_AS = {"sl": "en-US"}  # the program has no Slovenian


def filled(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a translation, with what it lacks in the other language, as the program shows it."""
    return other | {
        key: filled(text, other.get(key, {})) if isinstance(text, dict) else text for key, text in own.items()
    }


def texts(value: Any) -> Iterator[str]:
    """Return the texts of a translation, with their variants."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    else:
        yield from re.findall(r"\{\{(.*?)\}\}(?!\})", value) if ".match" in value else [value]


def on_screen(lang: str) -> set[str]:
    """Return what can be read in the editor, for a reader of a language."""
    read = [
        json.loads((ASSETS / f"locales/{name}.json").read_text(encoding="utf-8"))
        for name in (TRANSLATED_AS.get(lang) or LOCALES[lang], LOCALES["en"])
    ]
    program = set(texts(filled(*read)))
    say = speech(lang)
    own = {say(text) for text in (*WORDS.values(), *(label for label, _ in LABELS.values()), T_("Text"))}
    host = {text.replace("{$service}", name) for text in program for name in ("GitHub", "GitLab")}
    enabled = {text.replace("{$locale}", name) for text in program for name in LANGUAGES[lang]}
    enabled |= {text.removesuffix(" {$locale}") for text in program}
    return program | own | host | enabled | LANGUAGES[lang]


@pytest.mark.parametrize("lang", ["en", "sl", "es"])
def test_what_the_guide_tells_to_click_is_there(lang: str) -> None:
    needs("the web editor", (ASSETS / "locales").is_dir())
    guide = (PROJECT / f"docs/guide/{lang}/web-editor.md").read_text(encoding="utf-8")
    guide = re.sub(r"^\*.*\*$", "", guide, flags=re.MULTILINE)  # captions of pictures
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", guide)) - {EDIT[lang]} - HOST - FOLDERS - EXPLAINED[lang]
    assert len(named) > 25
    assert named - on_screen(lang) == set()
