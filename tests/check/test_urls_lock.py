"""`urls.lock`: what was published stays reachable, or a person says that it need not."""

import subprocess
from pathlib import Path

import pytest
from support.site import needs, tree
from support.truth import DAY, clean, run, story


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    folder = story(tmp_path / "story")
    said = run(folder, "--update-urls")
    assert said.code == 0
    assert "URLs added to urls.lock" in said.line
    return folder


def lines(root: Path) -> list[str]:
    return [line for line in (root / "urls.lock").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_it_lists_what_readers_may_keep(root: Path) -> None:
    found = lines(root)
    assert found == sorted(set(found))
    assert {"/sl/", "/en/news/first/", "/en/old/", "/sl/feed.xml", "/sl/fairs.ics", "/sl/vodič/rules/"} <= set(found)
    assert not [line for line in found if "assets" in line or "404" in line or line == "/"]
    assert "/es/guía/rules/" not in found, "shown in another language only"


def test_a_site_without_the_file_keeps_no_list(tmp_path: Path) -> None:
    folder = story(tmp_path / "other")
    assert run(folder).code == 0
    assert not (folder / "urls.lock").exists()


def test_the_same_site_gives_the_same_file(root: Path) -> None:
    before = (root / "urls.lock").read_bytes()
    said = run(root, "--update-urls")
    assert "0 URLs added" in said.line
    assert (root / "urls.lock").read_bytes() == before
    assert "address" not in run(root).problems


def test_a_page_that_vanishes_stops_the_build(root: Path) -> None:
    before = tree(root / "public")
    (root / "content/en/news/first.md").rename(root / "content/en/news/first-news.md")
    said = run(root)
    assert said.code == 1
    number = (root / "urls.lock").read_text(encoding="utf-8").splitlines().index("/en/news/first/") + 1
    assert f"urls.lock:{number}:1: error: The URL “/en/news/first/” was published" in said.problems
    assert "aliases of content/en/news/first-news.md (“aliases: [/en/news/first/]”)" in said.problems
    assert tree(root / "public") == before


def test_the_line_of_the_hint_mends_it(root: Path) -> None:
    page = root / "content/en/news/first.md"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    new = root / "content/en/news/first-news.md"
    assert "aliases: [/en/old/]" in text
    new.write_text(text.replace("aliases: [/en/old/]", "aliases: [/en/old/, /en/news/first/]"), encoding="utf-8")
    said = run(root)
    assert said.code == 0
    assert "warning: These URLs are not yet in urls.lock: /en/news/first-news/. [address-new]" in said.problems
    assert run(root, "--strict").code == 1
    assert run(root, "--update-urls").code == 0
    assert {"/en/news/first/", "/en/news/first-news/"} <= set(lines(root))
    assert "address" not in run(root).problems


def test_an_alias_stays_too(root: Path) -> None:
    for page in (root / "content").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text("\n".join(line for line in text.split("\n") if not line.startswith("aliases:")), "utf-8")
    said = run(root)
    assert said.code == 1
    assert "“/en/old/” was published" in said.problems


def test_a_person_may_take_a_line_out(root: Path) -> None:
    (root / "content/en/news/first.md").unlink()
    file = root / "urls.lock"
    file.write_text(file.read_text(encoding="utf-8").replace("/en/news/first/\n", ""), encoding="utf-8")
    assert "/en/news/first/" not in run(root).problems


def test_updating_takes_nothing_out(root: Path) -> None:
    before = (root / "urls.lock").read_bytes()
    (root / "content/en/news/first.md").unlink()
    assert run(root, "--update-urls").code == 1
    assert (root / "urls.lock").read_bytes() == before


def test_comments_and_ends_of_lines_of_windows_are_taken(root: Path) -> None:
    file = root / "urls.lock"
    file.write_bytes(b"# Ours.\r\n" + b"".join(f"{line}\r\n".encode() for line in lines(root)))
    assert "address" not in run(root).problems
    file.write_bytes(file.read_bytes().replace(b"/en/\r\n", b""))
    run(root, "--update-urls")
    assert file.read_bytes().startswith(b"# Ours.\n/en/\n")


def test_a_conflict_of_git_is_shown_by_its_lines(root: Path) -> None:
    file = root / "urls.lock"
    file.write_text("<<<<<<< HEAD\n" + file.read_text(encoding="utf-8") + "=======\n>>>>>>> b\n", encoding="utf-8")
    said = run(root)
    assert said.code == 1
    assert said.problems.count("[merge-conflict]") == 1
    assert "urls.lock:1:1: error: There is an unresolved merge conflict." in said.problems


def test_two_branches_merge_without_a_conflict_by_the_manual(root: Path) -> None:
    """`urls.lock merge=union` in .gitattributes, as docs/hosting.md advises."""
    import shutil

    needs("git", shutil.which("git"))

    def git(*words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)

    (root / ".gitattributes").write_text("urls.lock merge=union\n")
    (root / ".gitignore").write_text("public/\n.public.spare/\n.cache/\n")
    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "one")
    for name in ("a", "b"):
        git("checkout", "-b", name, "main")
        (root / f"content/en/news/{name}.md").write_text(f"---\ntitle: {name}\ndate: 2026-01-01\n---\n\nText.\n")
        (root / f"content/sl/news/{name}.md").write_text(f"---\ntitle: {name}\ndate: 2026-01-01\n---\n\nText.\n")
        assert run(root, "--update-urls").code == 0
        git("add", "-A")
        git("commit", "-m", name)
    git("merge", "a", "-m", "both")
    assert {"/en/news/a/", "/en/news/b/"} <= set(lines(root))
    assert "address" not in run(root).problems


@pytest.mark.parametrize("other", ["--drafts", "--offline", "--zip"])
def test_only_what_is_published_is_listed(other: str, root: Path) -> None:
    before = (root / "urls.lock").read_bytes()
    assert run(root, "--update-urls", other).code == 2
    assert (root / "urls.lock").read_bytes() == before


def test_a_page_with_mistakes_has_not_gone(root: Path) -> None:
    (root / "content/en/news/first.md").write_text("---\ntitle\n---\n", encoding="utf-8")
    said = run(root)
    assert said.code == 1
    assert "address-gone" not in said.problems


def test_the_folder_edition_asks_for_no_addresses(root: Path) -> None:
    (root / "content/en/news/first.md").unlink()
    assert "address" not in run(root, "--offline").problems


def test_a_warm_build_says_the_same_as_a_clean_one(root: Path, tmp_path: Path) -> None:
    for change in ("/en/gone/\n", "not an address\n", ""):
        file = root / "urls.lock"
        file.write_text("".join(f"{line}\n" for line in lines(root) if line.startswith("/sl/")) + change, "utf-8")
        assert run(root).problems == clean(root, tmp_path / "clean").problems
