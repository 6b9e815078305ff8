"""The web editor with `workflow: review`: an edit becomes one pull request, and the branch of the site waits."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from admin.conftest import SETTINGS, Opened
from admin.editor import Editor
from admin.github import GitHub
from admin.test_code_host import FILE, MOVED, signed_in
from admin.test_editor import ITEM, SQUARE, type_letter

BRANCH = "cms/pages/network%2Fjoining"
Begun = Callable[[], tuple[GitHub, Editor]]


@pytest.fixture
def begun(editor: Opened, texts: dict[str, bytes], variant: Callable[[str], str], tmp_path: Path) -> Begun:
    """Return a function that opens the editor of a site whose changes are reviewed, with a letter typed."""

    def begin() -> tuple[GitHub, Editor]:
        host = GitHub(tmp_path / "host.git", texts)
        tab = signed_in(editor, host, variant(f"{SETTINGS}  workflow: review\n"))
        tab.open("network/joining")
        type_letter(tab)
        return host, tab

    return begin


def paths(host: GitHub) -> list[list[str]]:
    """Return the files of each commit."""
    return [[one["path"] for one in commit["fileChanges"]["additions"]] for commit in host.commits]


@pytest.mark.proof
def test_a_page_has_one_pull_request_until_it_is_published(begun: Begun) -> None:
    host, tab = begun()
    before = host.head
    tab.propose("Later")
    assert list(host.branches()) == [BRANCH, "main"]
    assert paths(host) == [[FILE]]
    [pull] = host.pulls.values()
    assert (pull["base"], pull["title"], pull["draft"]) == ("main", "Uredi network/joining", True)
    assert pull["labels"] == ["sveltia-cms/draft"]
    tab.open("network/joining")  # again, without loading the branch
    type_letter(tab)
    tab.propose("Later")
    tab.come_back()  # and another day, in another language
    tab.open("network/joining")
    tab.language("en")
    type_letter(tab)
    tab.propose("Send for Review")
    assert paths(host) == [[FILE], [FILE], [FILE.replace("/sl/", "/en/")]]
    assert sorted(line[:3] for line in host.changes(before, BRANCH)) == ["+xA", "+xx", "-A ", "-V "]
    assert list(host.pulls.values()) == [pull | {"draft": False, "labels": ["sveltia-cms/pending_review"]}]
    assert host.head == before
    publish(tab)
    assert pull["state"] == "merged"
    assert list(host.branches()) == ["main"]
    assert sorted(line[:3] for line in host.changes(before)) == ["+xA", "+xx", "-A ", "-V "]


def publish(tab: Editor) -> None:
    """Approve the page, and publish it."""
    tab.open("network/joining")
    tab.page.locator("button", has_text="Status:").click()
    tab.page.get_by_role("menuitemradio").filter(has_text="Ready").click()
    button = tab.page.locator("button", has_text=re.compile(r"^\s*Publish\s*$"))
    button.first.click()
    button.nth(1).click()  # sure
    tab.field("title").wait_for(state="hidden")


def test_what_somebody_else_has_published_meanwhile_is_not_undone(begun: Begun, texts: dict[str, bytes]) -> None:
    host, tab = begun()
    theirs = texts[FILE].replace(b"title: ", b"title: Drugo ", 1)
    host.commit({FILE: theirs}, "Meanwhile")
    tab.is_refused(MOVED)
    assert host.pulls == {}
    assert host.git("show", f"{BRANCH}:{FILE}").encode() == theirs


@pytest.mark.proof
def test_a_translation_that_somebody_else_has_published_meanwhile_stays(begun: Begun, texts: dict[str, bytes]) -> None:
    host, tab = begun()
    other = FILE.replace("/sl/", "/es/")
    host.commit({other: texts[other] + b"\nNuevo.\n"}, "Meanwhile")
    tab.propose("Later")
    assert paths(host) == [[FILE]]
    assert host.git("show", f"{BRANCH}:{other}").encode() == texts[other] + b"\nNuevo.\n"


@pytest.mark.proof
def test_a_new_page_in_three_languages_is_one_pull_request(begun: Begun, texts: dict[str, bytes]) -> None:
    host, tab = begun()
    tab.new("news")
    for lang, values in ITEM.items():
        tab.language(lang)
        tab.enable()
        for key, value in values.items():
            tab.field(key).fill(value)
    tab.language("sl")
    tab.choose("image", SQUARE)
    tab.propose("Send for Review")
    new = [f"content/{lang}/news/ucenje-na-trgu.md" for lang in ITEM]
    [pull] = host.pulls.values()
    assert sorted(host.differing(pull["branch"])) == sorted([*new, "content/sl/news/square.png"])
    assert pull["title"] == "Dodaj news/ucenje-na-trgu +3"
    assert host.files().keys() == texts.keys()
