"""The command line: verbs, options, exit codes, and what is printed where."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from support.site import PROJECT, SiteFolder

from sitegen import __version__
from sitegen.cli.build import today
from sitegen.cli.main import COMMANDS, main

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
DEAD = "-- content/sl/index.md --\n---\ntitle: Domov\n---\n\n[a](gone.md)\n"
WARNING = "-- content/sl/index.md --\n---\ntitle: Domov\ndescription: " + "a" * 161 + "\n---\n"


def test_build_is_the_verb_without_a_verb(site: Make, capsys: Captured) -> None:
    for arguments in ([], ["build"], ["--drafts"], ["build", "--drafts"]):
        made = site()
        assert main(arguments, made.root) == 0
        assert made.has("sl/index.html")
    assert capsys.readouterr().err == ""


def test_what_was_done_is_said_in_one_line(site: Make, capsys: Captured) -> None:
    main([], site().root)
    line = capsys.readouterr().out
    assert re.fullmatch(r"2 pages in 2 languages → public/ \(\d+ files written, 0 removed, \d+\.\d s\)\n", line)


def test_errors_give_one_and_nothing_is_published(site: Make, capsys: Captured) -> None:
    made = site(DEAD)
    assert main([], made.root) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("content/sl/index.md:5:5: error: The page “gone.md” does not exist. [link-missing]\n")
    assert printed.err.endswith("\n\n1 error. Nothing was published.\n")
    assert not (made.root / "public").exists()


def test_warnings_give_zero_and_one_with_strict(site: Make, capsys: Captured) -> None:
    made = site(WARNING)
    assert main(["--strict"], made.root) == 1
    assert capsys.readouterr().err.endswith("1 warning. Nothing was published.\n")
    assert main([], made.root) == 0
    assert capsys.readouterr().out.endswith("; 1 warning\n")


def test_a_build_without_a_change_warns_as_the_first_one_did(site: Make, capsys: Captured) -> None:
    made = site(WARNING)
    printed = []
    for _ in range(2):
        assert main([], made.root) == 0
        printed.append(capsys.readouterr().err)
    assert printed[0] == printed[1] != ""
    assert main(["--strict"], made.root) == 1


def test_quiet_prints_problems_only(site: Make, capsys: Captured) -> None:
    assert main(["--quiet"], site(WARNING).root) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "description-long" in printed.err


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["build", "extra"], ["--config"]])
def test_wrong_usage_gives_two(site: Make, arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments, site().root)
    assert stopped.value.code == 2
    assert "usage: build.py" in capsys.readouterr().err


def test_misspelt_verb_is_guessed(site: Make, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["chek", "--strict"], site().root)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("error: there is no command “chek”. Did you mean “check”?\n")


def test_help_names_every_verb(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    assert all(re.search(rf"^\s+{verb}\s", printed, re.M) for verb in COMMANDS)


def test_help_of_build_names_its_options(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--help"])
    printed = capsys.readouterr().out
    for option in ("--output", "--output-dir", "--base-url", "--config", "--drafts", "--strict", "--quiet"):
        assert option in printed


def test_version(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"sitegen {__version__}\n"


@pytest.mark.parametrize("option", ["--output", "--output-dir"])
def test_output_can_be_elsewhere(site: Make, option: str) -> None:
    made = site()
    assert main([option, str(made.root / "elsewhere/site")], made.root) == 0
    assert (made.root / "elsewhere/site/sl/index.html").is_file()
    assert not (made.root / "public").exists()


def test_settings_can_have_another_name(site: Make, capsys: Captured) -> None:
    made = site()
    (made.root / "site.yaml").rename(made.root / "other.yaml")
    assert main(["--config", "other.yaml"], made.root) == 0
    assert main([], made.root) == 1
    assert "site.yaml: error: The file does not exist. [file-missing]" in capsys.readouterr().err


def test_problems_of_other_settings_name_that_file(site: Make, capsys: Captured) -> None:
    made = site()
    text = (made.root / "site.yaml").read_text()
    made.edit("other.yaml", text.replace("sl_SI", "sl_XX9"))
    assert main(["--config", "other.yaml"], made.root) == 1
    assert capsys.readouterr().err.startswith("other.yaml:4:3: error: The locale “sl_XX9” is unknown.")


def test_base_url_of_the_command_line_goes_before_the_file(site: Make) -> None:
    made = site()
    assert main(["--base-url", "https://example.com/x/"], made.root) == 0
    assert "https://example.com/x/sl/" in made.read("sl/index.html")


def test_bad_base_url_of_the_command_line_is_not_blamed_on_the_file(site: Make, capsys: Captured) -> None:
    assert main(["--base-url", "example.com"], site().root) == 1
    assert capsys.readouterr().err.startswith("--base-url: error: “example.com” cannot be the URL of a site.")


def test_drafts_are_published_when_asked_for(site: Make) -> None:
    made = site("-- content/sl/a.md --\n---\ntitle: A\ndraft: true\n---\n")
    main([], made.root)
    assert not made.has("sl/a/index.html")
    main(["--drafts"], made.root)
    assert made.has("sl/a/index.html")


@pytest.mark.parametrize(
    ("environment", "day"),
    [
        ({"SOURCE_DATE_EPOCH": "0"}, "1970-01-01"),
        ({"SOURCE_DATE_EPOCH": "1443398400"}, "2015-09-28"),
        ({"SOURCE_DATE_EPOCH": "1443484799"}, "2015-09-28"),
        ({"SOURCE_DATE_EPOCH": "1443484800"}, "2015-09-29"),
    ],
)
def test_source_date_epoch_goes_before_the_clock(environment: dict[str, str], day: str) -> None:
    assert today(environment).isoformat() == day


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}, {"SOURCE_DATE_EPOCH": "yesterday"}])
def test_without_it_the_clock_decides(environment: dict[str, str]) -> None:
    assert today(environment).year >= 2026


def test_both_entries_are_the_same_command(site: Make) -> None:
    for command in ([str(PROJECT / "build.py")], ["-m", "sitegen"]):
        done = subprocess.run(
            [sys.executable, *command, "--version"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"sitegen {__version__}\n"


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys\nfrom sitegen.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'markdown', 'jinja2', 'babel', 'PIL', 'yaml', 'msgspec', 'nh3'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/usr/bin/sitegen", "sitegen"),
        ("C:/Python/Scripts/sitegen.exe", "sitegen"),
        ("build.py", "build.py"),
        ("/home/ana/town/build.py", "build.py"),
        ("/usr/lib/python3/site-packages/sitegen/__main__.py", "python -m sitegen"),
    ],
)
def test_tool_is_called_as_it_was_called(
    path: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("sys.argv", [path])
    with pytest.raises(SystemExit):
        main(["--help"])
    printed = capsys.readouterr().out
    assert f"usage: {name} " in printed
    assert f"`{name} COMMAND --help`" in printed


def test_one_character_is_not_many(site: Make) -> None:
    made = site("-- content/en/a.md --\n---\ntitle: A\ndescription: A\n---\n")
    made.check()
    assert any("The description is too short: it has only 1 character." in text for text in made.problems)
