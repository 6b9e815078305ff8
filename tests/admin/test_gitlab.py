"""The web editor and GitLab, its own or somebody's: the same promises as with GitHub, under the policy of the page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from admin.conftest import SETTINGS, Opened
from admin.editor import Editor
from admin.gitlab import GitLab
from admin.test_code_host import FILE, MOVED, signed_in
from admin.test_editor import type_letter

OWN = "https://git.example.org:8443"
Begun = Callable[[str, str], tuple[GitLab, Editor]]


@pytest.fixture
def begun(editor: Opened, texts: dict[str, bytes], variant: Callable[[str], str], tmp_path: Path) -> Begun:
    """Return a function that opens the editor of a site on a GitLab, with a letter typed."""

    def begin(address: str, more: str) -> tuple[GitLab, Editor]:
        host = GitLab(tmp_path / "host.git", texts, address)
        settings = SETTINGS.replace("github", "gitlab") + more
        tab = signed_in(editor, host, variant(settings), address)
        tab.open("network/joining")
        type_letter(tab)
        return host, tab

    return begin


@pytest.mark.parametrize(("address", "more"), [("https://gitlab.com", ""), (OWN, f"  host: {OWN}\n")])
def test_a_save_sends_the_changed_file_only(address: str, more: str, begun: Begun) -> None:
    host, tab = begun(address, more)
    before = host.head
    tab.save()
    [commit] = host.commits
    assert [one["file_path"] for one in commit["actions"]] == [FILE]
    assert commit["commit_message"] == "Uredi network/joining"
    assert [line[:2] for line in host.changes(before)] == ["-V", "+x"]


@pytest.mark.proof
def test_a_commit_that_comes_first_is_not_overwritten(begun: Begun, texts: dict[str, bytes]) -> None:
    """GitLab gets no name of the commit that a save builds on, so somebody may be faster than the last look."""
    host, tab = begun("https://gitlab.com", "")
    theirs = texts[FILE].replace(b"title: ", b"title: Drugo ", 1)
    answer = host.file

    def file(path: str, ref: str) -> tuple[int, object]:
        host.file = answer  # type: ignore[method-assign]
        host.commit({FILE: theirs}, "Meanwhile")
        return answer(path, ref)

    host.file = file  # type: ignore[method-assign]
    tab.is_refused(MOVED)
    assert host.commits == []
    assert host.git("show", f"main:{FILE}").encode() == theirs


@pytest.mark.proof
def test_a_commit_between_the_look_and_the_save_is_refused_by_gitlab(begun: Begun, texts: dict[str, bytes]) -> None:
    host, tab = begun("https://gitlab.com", "")
    theirs = texts[FILE].replace(b"title: ", b"title: Drugo ", 1)
    save = host.save

    def late(asked: dict[str, object]) -> tuple[int, object]:
        host.commit({FILE: theirs}, "Meanwhile")
        return save(asked)

    host.save = late  # type: ignore[method-assign]
    tab.is_refused("You are attempting to update a file that has changed since you started")
    assert host.git("show", f"main:{FILE}").encode() == theirs


@pytest.mark.proof
def test_a_page_has_one_merge_request(begun: Begun) -> None:
    host, tab = begun("https://gitlab.com", "  workflow: review\n")
    before = host.head
    tab.propose("Later")
    tab.come_back()
    tab.open("network/joining")
    type_letter(tab)
    tab.propose("Send for Review")
    assert [[one["file_path"] for one in commit["actions"]] for commit in host.commits] == [[FILE], [FILE]]
    [merge] = host.merges.values()
    assert (merge["title"], merge["target_branch"]) == ("Uredi network/joining", "main")
    assert merge["labels"] == ["sveltia-cms/pending_review"]
    assert [line[:3] for line in host.changes(before, merge["source_branch"])] == ["-V ", "+xx"]
    assert host.head == before
