"""What a site adds to the engine: plain functions of its build.py, in every command and process, never a traceback."""

import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable

import pytest
from support.site import PROJECT, SiteFolder

from sitegen.build.extending import code_files

Make = Callable[..., SiteFolder]
ENTRY = '''"""Build this site."""

from pathlib import Path

from extras import checked, cities, loud, marked, robots_of_ours
from sitegen import Extensions, main

EXTENSIONS = Extensions(
    markdown=(marked,), filters={"loud": loud}, checks=(checked,), pages=(cities,), outputs=(robots_of_ours,)
)

if __name__ == "__main__":
    raise SystemExit(main(root=Path(__file__).resolve().parent, extensions=EXTENSIONS))
'''
EXTRAS = '''"""The functions of this site."""

import json

from helpers.words import mark
from markdown.inlinepatterns import SimpleTagInlineProcessor
from sitegen import Finding


def marked(markdown):
    """Let ==text== be marked."""
    markdown.inlinePatterns.register(SimpleTagInlineProcessor(r"()==(.+?)==", "mark"), "mark", 60)


def loud(text):
    """Return a text in capitals."""
    return mark(text.upper())


def checked(site):
    """Ask for a description of every page."""
    for node in site.nodes.values():
        if not node.page.front.description:
            yield Finding("This page has no description.", node.page.path, 2, "Say what it is about.")


def cities(data):
    """Make a page of each city."""
    for lang, files in sorted(data.items()):
        for city in files.get("cities", {}).get("cities", ()):
            head = f"---\\ntitle: {city['name']}\\n---\\n"
            yield f"content/{lang}/{city['id']}.md", f"{head}\\nIn ==short==: {city['text']}.\\n"


def robots_of_ours(site):
    """Publish the addresses of all pages."""
    yield "addresses.json", json.dumps(sorted(node.url for node in site.nodes.values())).encode()
'''
SITE = f"""
-- build.py --
{ENTRY}
-- extras.py --
{EXTRAS}
-- helpers/__init__.py --
-- helpers/words.py --
def mark(text):
    return text + "!"
-- data/cities.yaml --
cities:
  - {{id: ptuj, name: Ptuj, text: {{sl: mesto, en: a town}}}}
-- templates/page.html --
{{% extends 'base.html' %}}
{{% block main %}}<p>{{{{ page.title|loud }}}}</p>{{{{ content }}}}{{% endblock %}}
-- content/sl/index.md --
---
title: Domov
description: Prva stran.
---

Beseda ==poudarjena== in [Ptuj](ptuj.md).
"""


@pytest.fixture
def made(site: Make) -> SiteFolder:
    """Make a site with one function of each kind."""
    return site(SITE)


def run(made: SiteFolder, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the site's own build.py."""
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en", **environment}
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=made.root, env=env, capture_output=True, text=True, timeout=300, check=False)


def replaced(made: SiteFolder, old: str, new: str, path: str = "extras.py") -> None:
    """Edit a file of the site."""
    text = (made.root / path).read_text(encoding="utf-8")
    assert old in text
    made.edit(path, text.replace(old, new, 1))


def test_every_kind_of_function_does_its_part(made: SiteFolder) -> None:
    done = run(made)
    assert done.returncode == 0, done.stderr
    assert "<mark>poudarjena</mark>" in made.read("sl/index.html")
    assert "<p>DOMOV!</p>" in made.read("sl/index.html")
    assert "In <mark>short</mark>: a town." in made.read("en/ptuj/index.html")
    assert "mesto" in made.read("sl/ptuj/index.html")
    assert made.read("addresses.json") == '["en/", "en/ptuj/", "sl/", "sl/ptuj/"]'
    assert "content/en/index.md:2: warning: This page has no description. [own-warning]\n" in done.stderr
    assert "       = Say what it is about.\n" in done.stderr
    assert "content/sl/index.md:2: warning: This page has no description." not in done.stderr


def test_check_knows_them_too(made: SiteFolder) -> None:
    done = run(made, "check")
    assert "[own-warning]" in done.stderr
    assert "ptuj" not in done.stdout
    replaced(made, '"Say what it is about.")', '"Say it.", "error")')
    assert run(made, "check").returncode == 1
    assert run(made).returncode == 1


def test_strict_minds_the_sites_own_warnings(made: SiteFolder) -> None:
    assert run(made, "--strict").returncode == 1


def test_another_code_makes_another_site_and_the_same_code_none(made: SiteFolder) -> None:
    run(made)
    said = run(made).stdout
    assert "no change" in said or "0 files written" in said
    replaced(made, '"!"', '"?"', "helpers/words.py")
    assert run(made).returncode == 0
    assert "<p>DOMOV?</p>" in made.read("sl/index.html")
    replaced(made, "==(.+?)==", "%%(.+?)%%")
    replaced(made, "==poudarjena==", "%%poudarjena%%", "content/sl/index.md")
    assert run(made).returncode == 0
    assert "<mark>poudarjena</mark>" in made.read("sl/index.html")


def test_an_edited_text_is_seen_by_every_function(made: SiteFolder) -> None:
    run(made)
    replaced(made, "Beseda", "Nova beseda ==x==", "content/sl/index.md")
    assert run(made).returncode == 0
    assert "Nova beseda <mark>x</mark>" in made.read("sl/index.html")
    replaced(made, "id: ptuj, name: Ptuj", "id: celje, name: Celje", "data/cities.yaml")
    done = run(made)
    assert "[link-missing]" in done.stderr
    replaced(made, "(ptuj.md)", "(celje.md)", "content/sl/index.md")
    assert run(made).returncode == 0
    assert made.read("addresses.json") == '["en/", "en/celje/", "sl/", "sl/celje/"]'
    assert not made.has("sl/ptuj/index.html")


def test_warm_and_cold_builds_are_the_same(made: SiteFolder) -> None:
    run(made)
    replaced(made, "mark(text.upper())", "mark(text.title())")
    run(made)
    warm = made.outputs
    assert run(made, "--clean").returncode == 0
    assert made.outputs == warm


MANY = "".join(f"-- content/sl/p{n}.md --\n---\ntitle: Stran {n}\n---\n\n==x==\n" for n in range(120))


SPAWN = """\
    from sitegen.build import workers

    workers.FORKS = False
"""


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_functions_reach_worker_processes(site: Make, start: str) -> None:
    made = site(SITE + MANY)
    if start == "spawn":  # as on macOS and Windows
        replaced(made, "    raise SystemExit", f"{SPAWN}    raise SystemExit", "build.py")
    done = run(made, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "<p>STRAN 7!</p>" in made.read("sl/p7/index.html")
    assert "<mark>x</mark>" in made.read("sl/p119/index.html")


def test_a_function_that_cannot_travel_works_in_one_process(site: Make) -> None:
    made = site(SITE + MANY)
    replaced(made, '{"loud": loud}', '{"loud": lambda text: text.upper() + "!"}', "build.py")
    replaced(made, "    raise SystemExit", f"{SPAWN}    raise SystemExit", "build.py")
    done = run(made, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "<p>STRAN 7!</p>" in made.read("sl/p7/index.html")


FAILURES = [
    (
        "    return mark(text.upper())",
        "    return mark(text.uper())",
        "extras.py:17: error: The function “loud” failed: AttributeError",
    ),
    (
        "    return mark(text.upper())",
        "    raise SystemError('no')",
        "extras.py:17: error: The function “loud” failed: SystemError: no.",
    ),
    (
        "    markdown.inline",
        "    markdown.outline",
        "extras.py:12: error: The function “marked” failed: AttributeError",
    ),
    ("    for node in site", "    for node in sites", "extras.py:22: error: The function “checked” failed: NameError"),
    (
        "    for lang, files",
        "    1 / 0\n    for lang, files",
        "extras.py:29: error: The function “cities” failed: ZeroDivisionError",
    ),
    ("json.dumps(sorted(", "json.dump(sorted(", "error: The function “robots_of_ours” failed: TypeError"),
    ("            yield Finding(", "            yield str(", "error: The function “checked” failed: TypeError"),
    ("            yield Finding(", "            yield len(", "error: The function “checked” failed: TypeError"),
    (
        'yield "addresses.json", ',
        'yield "../a", ',
        "extras.py:35: error: The function “robots_of_ours” returned “../a”, not a path",
    ),
    ('yield "addresses.json", ', 'yield "sl/index.html", ', "[address-twice]"),
    (
        ".encode()",
        "",
        "error: The function “robots_of_ours” returned “addresses.json”, not a path inside the published folder",
    ),
    (
        'f"content/{lang}/',
        'f"content/xx/',
        "error: The function “cities” returned “content/xx/ptuj.md”, not a path like",
    ),
    ("{city['id']}.md", "index.md", "error: The function “cities” returned “content/en/index.md”, not a path like"),
    ('\\n---\\n"', '\\n"', "[frontmatter-unclosed]"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAILURES, ids=[one[2][-40:] for one in FAILURES])
def test_a_failing_function_is_told_with_its_line(made: SiteFolder, old: str, new: str, said: str) -> None:
    replaced(made, old, new)
    done = run(made)
    assert done.returncode == 1
    assert said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert not made.has("sl/index.html")


def test_a_function_that_gives_nothing_gives_nothing(made: SiteFolder) -> None:
    replaced(made, "from extras import checked,", "from extras import", "build.py")
    replaced(made, "checks=(checked,)", "checks=(lambda site: [],)", "build.py")
    assert "own-warning" not in run(made).stderr


def test_the_command_runs_the_sites_own_build_file(made: SiteFolder) -> None:
    command = [sys.executable, "-c", "from sitegen.cli.main import console; raise SystemExit(console())"]
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=made.root, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert made.has("addresses.json")


def test_serve_follows_the_functions_and_what_they_import(made: SiteFolder) -> None:
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "LANGUAGE": "en", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "build.py", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=made.root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        watchdog = threading.Timer(240, process.kill)  # no line may be waited for without end
        watchdog.start()
        lines = (line.decode() for line in process.stdout)
        try:
            address = next(found[1] for line in lines if (found := re.search(r"(http://\S+)", line)))
            assert "<p>DOMOV!</p>" in fetched(f"{address}sl/")
            replaced(made, '"!"', '"?"', "helpers/words.py")
            assert any(line.startswith("helpers/words.py: ") for line in lines)
            assert "<p>DOMOV?</p>" in fetched(f"{address}sl/")
            replaced(made, "text.upper()", "text.uper()")
            assert any("extras.py:17: error: The function “loud” failed" in line for line in lines)
        finally:
            watchdog.cancel()
            process.terminate()


def fetched(address: str) -> str:
    """Return a page of the preview."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def test_code_of_the_site_is_what_build_py_imports(made: SiteFolder) -> None:
    made.edit("unused.py", "")
    found = sorted(path.relative_to(made.root).as_posix() for path in code_files(made.root))
    assert found == ["build.py", "extras.py", "helpers/__init__.py", "helpers/words.py"]


def test_the_examples_of_the_manual_are_these() -> None:
    manual = (PROJECT / "docs/extending.md").read_text(encoding="utf-8")
    blocks = [block.strip() for block in re.findall(r"```python\n(.*?)```", manual, re.S)]
    assert blocks == [ENTRY.strip(), *EXTRAS.strip().split("\n\n\n")]
