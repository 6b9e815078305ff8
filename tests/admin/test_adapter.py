"""The adapter of the web editor, run by Node.js: what it changes in a file, what it leaves, and what it refuses."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.site import PROJECT, needs

from sitegen.model.files import Source
from sitegen.model.problems import Lines
from sitegen.text.characters import without_controls
from sitegen.text.parts import decode
from sitegen.text.yaml.nodes import Mapping, Node, Sequence, parse

HERE = Path(__file__).with_name("adapter")
FILES = sorted(HERE.glob("*.test.mjs"))
SIGNS = ":-?,[]{}#&*!|>'\"%@`~=<.\\/ \tab1é🏛0eE+_\u00a0\u2028\u2029\u0085\ufeff\ufffe\u0080\u200d"
ODD = [
    "*Nova* knjižnica",
    "a\u2028b",
    "a\u2029b",
    "a\u2028---\u2028b",
    "a\nb\u2028c",
    "a\n\n  b",
    "a\n---\nb",
    "no",
    "1e3",
    "012",
    "2026-01-01",
    "<<",
    "e:?x",
    "👨‍👩‍👧",
    "x " * 3000 + "x",
]
PLACES = {
    "search": lambda read: read["search"]["also"][2],
    "aliases": lambda read: read["aliases"][1],
    "sources": lambda read: read["sources"][0]["publisher"],
}


def test_the_adapter_has_tests() -> None:
    assert len(FILES) >= 4


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_adapter_keeps_its_word(file: Path) -> None:
    needs("node", shutil.which("node"))
    needs("fast-check", (PROJECT / "node_modules/fast-check").is_dir())
    done = subprocess.run(["node", "--test", str(file)], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]


def test_the_generator_reads_what_the_adapter_wrote() -> None:
    """Each of the two has a YAML of its own: a text that one writes must be the same text to the other."""
    needs("node", shutil.which("node"))
    needs("yaml", (PROJECT / "node_modules/yaml").is_dir())
    chosen = random.Random(18)
    texts = ["".join(chosen.choices(SIGNS, k=chosen.randint(1, 6))) for _ in range(60)]
    texts += [f"{one}\n{other}" for one, other in zip(texts[:20], texts[20:40], strict=True)]
    done = subprocess.run(
        ["node", str(HERE / "odd_texts.mjs")],
        input=json.dumps([*ODD, *texts]),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    written = json.loads(done.stdout)
    assert len(written) > 700
    wrong = [(one["place"], one["text"], said) for one in written if (said := mistake(**one))]
    assert wrong == []


def mistake(place: str, text: str, file: str) -> str:
    """Return what is read instead of the text; "" if it is the text, but for blanks around it."""
    _, problems = decode(Source("content/sl/a.md", file.encode()))
    if problems:  # a control, which no file may hold
        return problems[0].code
    node, problems = parse(Lines("content/sl/a.md", file.removeprefix("---\n").partition("\n---\n")[0] + "\n"))
    if problems:
        return problems[0].code
    wanted = trimmed(without_controls(text))
    read = plain(node)
    found = (PLACES[place](read) if place in PLACES else read.get(place, "")) if wanted else ""
    return "" if trimmed(found) == wanted else repr(found)


def plain(node: Node | None) -> Any:
    """Return a tree of YAML as texts, lists and mappings."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if node else ""


def trimmed(text: str) -> str:
    """Return a text without blanks around it: the editor takes them away, with what JavaScript calls one."""
    return re.sub(r"\A[\s\ufeff]+|[\s\ufeff]+\Z", "", text)
