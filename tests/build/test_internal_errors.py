"""A mistake of the engine is a problem with the path of the file: no traceback, nothing published, all else is said."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.site import PROJECT, SiteFolder, tree

import sitegen
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
SITE = """
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: City}
theme: none
search: true
-- content/en/bad.md --
---
title: Bad
---

![A picture](bad.png)
-- content/en/other.md --
---
title: Other
---

[a](gone.md)
-- data/bad.yaml --
a: b
-- static/css/bad.css --
body { color: red }
"""
ERRORS = [
    RecursionError("maximum recursion depth exceeded"),
    MemoryError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    KeyError("a\nb"),
    SystemExit(0),
]


def failing(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException, sign: str) -> None:
    """Let a function of the engine fail where one of its arguments holds the words `sign`."""
    module, _, function = name.rpartition(".")
    old = getattr(__import__(module, fromlist=["_"]), function)

    def wrong(*values: Any, **named: Any) -> Any:
        if sign in repr(values):
            raise error
        return old(*values, **named)

    monkeypatch.setattr(name, wrong)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_any_exception_becomes_one_problem_of_the_page(
    site: Make, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    made = site(SITE)
    made.write_bytes("content/en/bad.png", PNG)
    failing(monkeypatch, "sitegen.text.frontmatter.parse", error, "title: Bad")
    assert made.build().failed
    found = [one for one in made.problems if "[internal-error]" in one]
    assert len(found) == 1
    line = found[0].split("\n")[0]
    assert line.startswith(
        "content/en/bad.md: error: Reading this file failed because of an internal error in sitegen: "
    )
    assert type(error).__name__ in line
    assert "--debug" in found[0]
    assert "Traceback" not in found[0]
    assert any(one.startswith("content/en/other.md:5") and "[link-missing]" in one for one in made.problems)
    assert tree(made.root / "public") == {}
    monkeypatch.undo()
    assert "internal-error" not in [problem.code for problem in made.build().problems]  # it was not remembered


@pytest.mark.parametrize(
    ("function", "sign", "path"),
    [
        ("sitegen.inputs.assets.read_content_file", "bad.png", "content/en/bad.png"),
        ("sitegen.text.gettext.catalogs.read_catalog", "locales/en", "locales/en/LC_MESSAGES/messages.po"),
        ("sitegen.inputs.data.parse", "data/bad.yaml", "data/bad.yaml"),
        ("sitegen.inputs.stylesheets._smaller", "css/bad.css", "static/css/bad.css"),
        ("sitegen.site.links.link_site", "", "site.yaml"),
        ("sitegen.outputs.render.prove", "content/en/bad.md", "content/en/bad.md"),
        ("sitegen.outputs.search.search_index", "", "search/"),
    ],
)
def test_whatever_fails_is_named(
    site: Make, monkeypatch: pytest.MonkeyPatch, function: str, sign: str, path: str
) -> None:
    module, _, name = function.rpartition(".")
    if not hasattr(__import__(module, fromlist=["_"]), name):
        pytest.fail(f"there is no {function}")
    made = site(SITE.replace("[a](gone.md)", "Text."))
    made.write_bytes("content/en/bad.png", PNG)
    failing(monkeypatch, function, ZeroDivisionError("division by zero"), sign)
    assert made.build().failed
    found = [one for one in made.problems if "[internal-error]" in one]
    assert found, made.problems
    assert found[0].startswith(path)
    assert "ZeroDivisionError: division by zero" in found[0]


def test_debug_shows_the_traceback(site: Make, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    made = site(SITE)
    failing(monkeypatch, "sitegen.text.frontmatter.parse", KeyError("x"), "title: Bad")
    assert main(["build", "--debug"], made.root) == 1
    assert "Traceback" in capsys.readouterr().err
    assert main(["build"], made.root) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["build", "check", "status", "translate en/a.md", "messages update", "new x", "deploy x"]
)
def test_no_command_shows_a_traceback(
    site: Make, monkeypatch: pytest.MonkeyPatch, capsys: Captured, command: str
) -> None:
    made = site()
    failing(monkeypatch, "sitegen.inputs.config.parse", KeyError("x"), "")
    code = main(command.split(), made.root)
    printed = "".join(capsys.readouterr())
    assert code in (1, 2)
    assert "KeyError" in printed
    assert "Traceback" not in printed
    assert "--debug" in printed
    assert main([*command.split(), "--debug"], made.root) == code
    assert "Traceback" in "".join(capsys.readouterr())


def test_a_new_site_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "init", "town", "--languages", "sl,en"],
        cwd=tmp_path, env={"PATH": "", "LANG": "C"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"{sys.executable} -m pip install" in done.stdout
    done = subprocess.run(
        [sys.executable, "-I", "build.py"], cwd=tmp_path / "town", capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"sitegen is not installed for this Python. Type: {sys.executable} -m pip install")
    assert "Traceback" not in done.stderr


def without(module: str, root: Path, call: str = "main()", name: str = "build.py") -> tuple[int, str]:
    """Run the tool for the site in `root` by a Python that lacks a module; return the exit code and what it says."""
    lacking = f"import sys; sys.argv = [{name!r}]; sys.modules[{module!r}] = None"
    code = f"{lacking}; from sitegen.cli.main import main; exit({call})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root, env={"PYTHONPATH": str(PROJECT), "HOME": str(root.parent)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["msgspec", "yaml", "jinja2", "markdown_it", "rcssmin"])
def test_a_library_that_is_missing_is_named_once(module: str, site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\n---\n-- static/a.css --\na{b:c}\n-- static/b.css --\na{b:c}\n")
    code, said = without(module, made.root)
    assert code == 1
    assert said.startswith(f"The package {module} is not installed for this Python. Run: ")
    assert said.count("\n") == 1
    assert "-m pip install" in said


def test_the_environment_of_the_site_is_named_where_there_is_one(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\n---\n")
    python = made.root / (".venv/Scripts/python.exe" if sys.platform == "win32" else ".venv/bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    assert f"Run: {python.relative_to(made.root)} build.py\n" in without("msgspec", made.root)[1]
    assert " -m pip install " in without("msgspec", made.root, name="sitegen")[1]


def test_an_environment_is_made_where_there_is_none(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\n---\n")
    said = without("msgspec", made.root, "[setattr(sys, 'prefix', sys.base_prefix), main()][1]")[1]
    assert f"Run: {sys.executable} -m venv .venv && .venv" in said
    assert said.endswith("build.py\n")


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"Sitegen needs Python 3\.11 or newer\."):
        _ = sitegen.main
