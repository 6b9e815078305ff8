"""The web editor and a code host: a save sends the files that changed, and never writes over what it has not read."""

from pathlib import Path

from admin.conftest import Opened
from admin.editor import Editor
from admin.github import API, GitHub
from admin.gitlab import GitLab
from admin.test_editor import type_letter

FILE = "content/sl/network/joining.md"
MOVED = "Medtem ko ste urejali, je nekdo to stran spremenil."


def signed_in(editor: Opened, host: GitHub | GitLab, address: str = "", api: str = API) -> Editor:
    """Open the editor, sign in with a token, and wait for the pages."""
    tab = editor(api, at=address)
    host.route(tab.page)
    tab.sign_in_with_token()
    return tab


def test_a_save_sends_the_changed_file_only(editor: Opened, texts: dict[str, bytes], tmp_path: Path) -> None:
    host = GitHub(tmp_path / "host.git", texts)
    begin = host.head
    tab = signed_in(editor, host)
    tab.open("network/joining")
    type_letter(tab)
    tab.save()
    [commit] = host.commits
    assert [one["path"] for one in commit["fileChanges"]["additions"]] == [FILE]
    assert commit["fileChanges"]["deletions"] == []
    assert commit["expectedHeadOid"] == begin
    assert [line[:2] for line in host.changes(begin)] == ["-V", "+x"]


def test_another_page_on_the_branch_stays(editor: Opened, texts: dict[str, bytes], tmp_path: Path) -> None:
    host = GitHub(tmp_path / "host.git", texts)
    tab = signed_in(editor, host)
    tab.open("network/joining")
    type_letter(tab)
    other = {"content/sl/index.md": texts["content/sl/index.md"].replace(b"\n---\n", b"\n---\n\nNovo.\n", 1)}
    moved = host.commit(other, "Meanwhile")
    tab.save()
    assert len(host.changes(moved)) == 2
    assert host.git("show", "main:content/sl/index.md").encode() == other["content/sl/index.md"]


def test_the_same_page_changed_on_the_branch_is_not_overwritten(
    editor: Opened, texts: dict[str, bytes], tmp_path: Path
) -> None:
    host = GitHub(tmp_path / "host.git", texts)
    tab = signed_in(editor, host)
    tab.open("network/joining")
    type_letter(tab)
    theirs = texts[FILE].replace(b"title: ", b"title: Drugo ", 1)
    moved = host.commit({FILE: theirs}, "Meanwhile")
    tab.press_save()
    tab.page.get_by_role("alertdialog").or_(tab.page.get_by_role("dialog")).first.wait_for()
    assert host.head == moved
    assert host.git("show", f"main:{FILE}").encode() == theirs


def test_a_draft_of_an_older_page_is_refused(editor: Opened, texts: dict[str, bytes], tmp_path: Path) -> None:
    """The browser keeps what was typed; meanwhile somebody changed the page in another language."""
    host = GitHub(tmp_path / "host.git", texts)
    tab = signed_in(editor, host)
    tab.open("network/joining")
    type_letter(tab)
    tab.page.wait_for_timeout(4000)  # the editor keeps a draft half a second after the last key
    other = "content/es/network/joining.md"
    moved = host.commit({other: texts[other].replace(b"\n---\n", b"\n---\n\nNuevo.\n", 1)}, "Meanwhile")
    tab.come_back()
    tab.page.goto(f"{tab.origin}/admin/#/collections/pages/entries/network/joining")
    tab.page.get_by_role("button", name="Restore", exact=True).click()
    tab.field("title").wait_for()
    tab.press_save()
    tab.page.get_by_text("Ta osnutek je nastal iz starejše različice strani.").wait_for()
    assert host.head == moved
