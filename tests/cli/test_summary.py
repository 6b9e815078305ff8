"""`summary` in a real git repository: pages by what was made of them, translations by their sections."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, TODAY, SiteFolder, needs, tree

from sitegen.build.status import read_status
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
Printed = pytest.CaptureFixture[str]
SITE = """\
-- content/sl/city.md --
---
title: Mesto
---
Uvod.

## Vloga {#role}

Prvo besedilo.

## Konec {#end}

Drugo besedilo.
-- content/en/city.md --
---
title: City
---
Introduction.

## Role {#role}

First text.

## End {#end}

Second text.
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git as an editor with a name."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {f"GIT_{role}_{part}": "Ana" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    command = ["git", "-C", str(folder), "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **own, **who}).stdout


def commit(folder: Path) -> None:
    """Commit everything."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Change")


@pytest.fixture
def kept(site: Make) -> SiteFolder:
    """Return a site in a repository, with one commit."""
    folder = site(SITE)
    folder.edit(".gitignore", "public/\n.cache/\n.public.spare/\n")
    git(folder.root, "init", "-q")
    commit(folder.root)
    return folder


def summary(folder: SiteFolder, printed: Printed, ref: str = "HEAD") -> tuple[int, str, str]:
    """Return exit code, output and errors of the verb."""
    printed.readouterr()
    code = main(["summary", f"--since={ref}"], folder.root)
    said = printed.readouterr()
    return code, said.out, said.err


def test_nothing_changed(kept: SiteFolder, capsys: Printed) -> None:
    code, out, err = summary(kept, capsys)
    assert (code, err) == (0, "")
    hash_ = git(kept.root, "rev-parse", "HEAD")[:10]
    assert out == (
        f"## What this changes\n\nCompared with `HEAD` (`{hash_}`).\n\nNo page has changed.\n\n"
        "### Translations that are now outdated\n\nNone.\n"
    )


def test_pages_are_told_by_language(kept: SiteFolder, capsys: Printed) -> None:
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\nNovo.\n")
    kept.edit(
        "content/en/city.md", SITE.partition("-- content/en/city.md --\n")[2].replace("First text", "Better text")
    )
    kept.remove("content/sl/city.md")
    code, out, _ = summary(kept, capsys)
    assert code == 0
    assert "- new: `/sl/nova/`\n" in out
    assert "- removed: `/sl/city/`\n" in out
    assert "- changed: `/en/city/`\n" in out
    assert "| English | 0 |" in out


def test_template_changes_the_pages_that_it_makes(kept: SiteFolder, capsys: Printed) -> None:
    page = kept.root / "templates/page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", "<p>x</p>\n</article>"), encoding="utf-8")
    assert "- changed: `/sl/city/`" in summary(kept, capsys)[1]


def test_change_that_no_reader_sees_is_none(kept: SiteFolder, capsys: Printed) -> None:
    page = kept.root / "content/sl/city.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("title: Mesto", "# a note\ntitle: Mesto"), encoding="utf-8"
    )
    assert "No page has changed.\n" in summary(kept, capsys)[1]


def test_translations_that_nobody_confirmed_are_behind_by_section(kept: SiteFolder, capsys: Printed) -> None:
    page = kept.root / "content/sl/city.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Prvo", "Drugačno"), encoding="utf-8")
    out = summary(kept, capsys)[1]
    assert out.endswith("### Translations that are now outdated\n\n- `content/en/city.md` (English): “Vloga”\n")
    own = kept.root / "content/en/city.md"
    own.write_text(own.read_text(encoding="utf-8").replace("First", "Different"), encoding="utf-8")
    assert summary(kept, capsys)[1].endswith("### Translations that are now outdated\n\nNone.\n")


def confirm(folder: SiteFolder) -> None:
    """Record that the English page agrees with the source as it is."""
    found, _ = read_status(folder.root, "site.yaml", TODAY)
    assert found
    row = next(row for row in found.pages if row.key == "city")
    marks = ", ".join(f"{section.id}: '{section.mark}'" for section in row.source.sections)
    own = folder.root / "content/en/city.md"
    text = own.read_text(encoding="utf-8").replace("title: City\n", f"title: City\nl10n: {{sections: {{{marks}}}}}\n")
    own.write_text(text, encoding="utf-8")


def test_only_what_came_to_be_behind_is_told(kept: SiteFolder, capsys: Printed) -> None:
    confirm(kept)
    page = kept.root / "content/sl/city.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Prvo", "Drugačno"), encoding="utf-8")
    commit(kept.root)
    page.write_text(page.read_text(encoding="utf-8").replace("Drugo", "Zadnje").replace("Uvod", "Začetek"), "utf-8")
    assert "(English): “introduction”, “Konec”\n" in summary(kept, capsys)[1]
    assert "(English): “introduction”, “Vloga”, “Konec”\n" in summary(kept, capsys, "HEAD~1")[1]


def test_compared_is_where_a_branch_began(kept: SiteFolder, capsys: Printed) -> None:
    git(kept.root, "switch", "-qc", "mine")
    kept.edit("content/sl/moja.md", "---\ntitle: Moja\n---\nA\n")
    commit(kept.root)
    git(kept.root, "switch", "-q", "main")
    kept.edit("content/sl/njihova.md", "---\ntitle: Njihova\n---\nA\n")
    commit(kept.root)
    git(kept.root, "switch", "-q", "mine")
    out = summary(kept, capsys, "main")[1]
    assert "`/sl/moja/`" in out
    assert "njihova" not in out


def test_site_with_errors_shows_them(kept: SiteFolder, capsys: Printed) -> None:
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\n[a](missing.md)\n")
    code, out, _ = summary(kept, capsys)
    assert code == 1
    assert "1 error. Nothing would be published." in out
    assert "[link-missing]" in out


def test_earlier_version_with_errors_cannot_be_compared(kept: SiteFolder, capsys: Printed) -> None:
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\n[a](missing.md)\n")
    commit(kept.root)
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\nA\n")
    code, out, _ = summary(kept, capsys)
    assert code == 0
    assert "The earlier version has errors, so the pages cannot be compared." in out


def test_nothing_is_published_and_nothing_of_git_changes(kept: SiteFolder, capsys: Printed) -> None:
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\nA\n")
    before = {path: data for path, data in tree(kept.root).items() if not path.startswith(".cache/")}
    assert summary(kept, capsys)[0] == 0
    assert {path: data for path, data in tree(kept.root).items() if not path.startswith(".cache/")} == before


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "HEAD:content", ""])
def test_unknown_version_is_one_line(kept: SiteFolder, ref: str, capsys: Printed) -> None:
    code, out, err = summary(kept, capsys, ref)
    assert (code, out) == (1, "")
    assert err == f"git does not know “{ref}”. In a shallow clone, fetch it first.\n"


def test_folder_without_repository_is_one_line(site: Make, capsys: Printed) -> None:
    code, _, err = summary(site(), capsys)
    assert (code, err) == (1, "This folder is not in a git repository.\n")


def test_machine_without_git_is_one_line(kept: SiteFolder, capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    code, _, err = summary(kept, capsys)
    assert (code, err) == (1, "git is not installed.\n")


def test_words_of_a_site_are_no_markdown(kept: SiteFolder, capsys: Printed) -> None:
    page = kept.root / "content/sl/city.md"
    page.write_text(page.read_text(encoding="utf-8").replace("## Vloga", "## Vloga *in* <b>"), encoding="utf-8")
    commit(kept.root)
    page.write_text(page.read_text(encoding="utf-8").replace("Prvo", "Drugačno"), encoding="utf-8")
    out = summary(kept, capsys)[1]
    assert "<b>" in out  # in the lines that the problems quote, which a fence keeps literal
    assert "<b>" not in re.sub(r"(?ms)^(`{3,}).*?^\1$", "", out)


def test_shallow_clone_compares_with_what_it_has(kept: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    kept.edit("content/sl/nova.md", "---\ntitle: Nova\n---\nA\n")
    commit(kept.root)
    git(tmp_path, "clone", "-q", "--depth=1", kept.root.as_uri(), "shallow")
    shallow = SiteFolder(tmp_path / "shallow")
    assert summary(shallow, capsys, "HEAD~1")[0] == 1
    assert summary(shallow, capsys)[0] == 0


def test_this_project_has_one(capsys: Printed) -> None:
    needs("git", (PROJECT / ".git").exists())
    assert main(["summary", "--since", "HEAD"], PROJECT) == 0
    assert capsys.readouterr().out.startswith("## What this changes\n")
