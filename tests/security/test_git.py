"""A repository runs nothing: whatever its settings, attributes, refs and trees say, git answers and no more.

Each hostile setting names a program that leaves a file behind; the file is the proof.
"""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, TESTS, SiteFolder, needs

from sitegen.build import git
from sitegen.check.changes import CheckoutError, since, unpack
from sitegen.cli.main import main
from sitegen.translations.history import last_edits, repository, versions

OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}
HOSTILE = {
    "monitor of files": "[core]\n\tfsmonitor = PROGRAM\n",
    "hooks": "[core]\n\thooksPath = HOOKS\n",
    "differences": "[diff]\n\texternal = PROGRAM\n",
    "driver of differences": '[diff "x"]\n\tcommand = PROGRAM\n[core]\n\tattributesFile = ATTRIBUTES\n',
    "text of differences": '[diff "x"]\n\ttextconv = PROGRAM\n[core]\n\tattributesFile = ATTRIBUTES\n',
    "filter when read": '[filter "x"]\n\tsmudge = PROGRAM\n\trequired = true\n',
    "filter when written": '[filter "x"]\n\tclean = PROGRAM\n\trequired = true\n',
    "filter process": '[filter "x"]\n\tprocess = PROGRAM\n\trequired = true\n',
    "pager": "[core]\n\tpager = PROGRAM\n[pager]\n\tlog = true\n\trev-parse = true\n",
    "ssh": '[core]\n\tsshCommand = PROGRAM\n[remote "o"]\n\turl = ssh://example.invalid/x\n\tpromisor = true\n'
    "\tpartialclonefilter = blob:none\n[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = o\n",
    "signatures": "[log]\n\tshowSignature = true\n[gpg]\n\tprogram = PROGRAM\n",
    "signatures of ssh": '[log]\n\tshowSignature = true\n[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tprogram = PROGRAM\n',
    "passwords": "[credential]\n\thelper = !PROGRAM\n[core]\n\taskPass = PROGRAM\n",
    "alias": "[alias]\n\tlog = !PROGRAM\n\trev-parse = !PROGRAM\n\tls-tree = !PROGRAM\n\tcat-file = !PROGRAM\n",
    "included": "[include]\n\tpath = INCLUDED\n",
    "archive": '[tar "tar"]\n\tcommand = PROGRAM\n[tar]\n\tumask = user\n',
    "alternates": "[core]\n\talternateRefsCommand = PROGRAM\n",
    "editor": "[core]\n\teditor = PROGRAM\n[sequence]\n\teditor = PROGRAM\n",
    "fetch over ext": '[core]\n\trepositoryformatversion = 1\n[remote "o"]\n\turl = ext::PROGRAM\n\tpromisor = true\n'
    '[extensions]\n\tpartialClone = o\n[protocol "ext"]\n\tallow = always\n[protocol]\n\tallow = always\n',
    "fetch from a folder": '[core]\n\trepositoryformatversion = 1\n[remote "o"]\n\turl = .\n\tuploadpack = PROGRAM\n'
    "\tpromisor = true\n[extensions]\n\tpartialClone = o\n[protocol]\n\tallow = always\n",
    "fetch by a helper": '[core]\n\trepositoryformatversion = 1\n[remote "o"]\n\tvcs = ext\n\turl = ext::PROGRAM\n'
    '\tpromisor = true\n[extensions]\n\tpartialClone = o\n[protocol "ext"]\n\tallow = always\n',
}


@pytest.fixture(autouse=True)
def installed() -> None:
    """See that there is git."""
    needs("git", shutil.which("git"))


def call(folder: Path, *arguments: str, data: bytes = b"") -> str:
    """Run git as its user does."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **OWN}, input=data, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


class Trap:
    """A repository with a site, and a program that leaves a file behind when something runs it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "site"
        self.proof = folder / "PROOF"
        self.program = folder / "program"
        self.program.write_text(f"#!/bin/sh\ntouch '{self.proof}'\n")
        self.program.chmod(0o755)
        shutil.copytree(TESTS / "minimal", self.root)
        (self.root / ".gitattributes").write_text("* filter=x diff=x\n")
        call(self.root, "init", "-q", "-b", "main")
        self.commit("First")
        page = self.root / "content/en/index.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        self.commit("Second")

    def commit(self, text: str) -> None:
        """Commit all that there is."""
        call(self.root, "add", "-A")
        call(self.root, "commit", "-qm", text)

    def arm(self, settings: str) -> None:
        """Write the hostile settings."""
        hooks = self.root.parent / "hooks"
        hooks.mkdir(exist_ok=True)
        for name in (
            "post-checkout",
            "reference-transaction",
            "post-index-change",
            "pre-auto-gc",
            "fsmonitor-watchman",
        ):
            shutil.copy(self.program, hooks / name)
        attributes, included = self.root.parent / "attributes", self.root.parent / "included"
        attributes.write_text("* filter=x diff=x\n")
        included.write_text(f"[core]\n\tfsmonitor = {self.program}\n\tpager = {self.program}\n")
        for word, value in (
            ("PROGRAM", self.program),
            ("HOOKS", hooks),
            ("ATTRIBUTES", attributes),
            ("INCLUDED", included),
        ):
            settings = settings.replace(word, str(value))
        with (self.root / ".git/config").open("a") as file:
            file.write(settings)

    def lose_a_file(self) -> None:
        """Let an object of the first commit be missing, as in a partial clone."""
        name = call(self.root, "rev-parse", "HEAD~1:content/en/index.md")
        (self.root / f".git/objects/{name[:2]}/{name[2:]}").unlink()

    def asked(self, into: Path) -> None:
        """Ask all that the project ever asks git."""
        around = repository(self.root)
        assert around is not None
        assert last_edits(around, "content", ["content/en/index.md"])["content/en/index.md"].author == "Ana"
        assert len(list(versions(around, "content/en/index.md"))) >= 1
        unpack(self.root, since(self.root, "HEAD~1"), into)
        assert (into / "site.yaml").exists()


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    """Give a repository that can be armed."""
    return Trap(tmp_path)


@pytest.mark.parametrize("settings", HOSTILE.values(), ids=HOSTILE)
def test_settings_of_a_repository_run_nothing(trap: Trap, settings: str, tmp_path: Path) -> None:
    trap.arm(settings)
    if "promisor" in settings:
        trap.lose_a_file()
    trap.asked(tmp_path / "old")
    assert not trap.proof.exists()


@pytest.mark.parametrize("name", ["filter when read", "monitor of files", "fetch over ext", "pager"])
def test_these_settings_are_dangerous_indeed(trap: Trap, name: str) -> None:
    trap.arm(HOSTILE[name])
    asked = {
        "filter when read": ["archive", "HEAD"],
        "monitor of files": ["status"],
        "fetch over ext": ["cat-file", "-p", "HEAD~1:content/en/index.md"],
        "pager": ["--paginate", "log"],
    }
    if name == "fetch over ext":
        trap.lose_a_file()
    command = ["git", *asked[name]]
    if name == "pager":  # asked for only where somebody looks on
        needs("users", shutil.which("script"))
        command = ["script", "-qec", "git --paginate log", "/dev/null"]
    subprocess.run(command, cwd=trap.root, env={**os.environ, **OWN}, capture_output=True, check=False, timeout=30)
    assert trap.proof.exists()


def test_summary_of_a_hostile_repository(trap: Trap, capsys: pytest.CaptureFixture[str]) -> None:
    for settings in (HOSTILE["fetch over ext"], HOSTILE["filter when read"], HOSTILE["monitor of files"]):
        trap.arm(settings)
    trap.lose_a_file()
    main(["summary", "--since", "HEAD~1"], trap.root)
    main(["status", "--authors"], trap.root)
    assert capsys.readouterr().out
    assert not trap.proof.exists()


@pytest.mark.parametrize("below", ["", "content", "content/en"])
def test_folder_that_looks_like_a_repository_is_none(trap: Trap, below: str) -> None:
    folder = trap.root / below / "bare"
    call(trap.root, "init", "-q", "--bare", str(folder))
    with (folder / "config").open("a") as file:
        file.write(f"[core]\n\tfsmonitor = {trap.program}\n\tworktree = ..\n\tbare = false\n")
    assert repository(folder) is None
    with pytest.raises(CheckoutError):
        since(folder, "HEAD")
    assert not trap.proof.exists()


@pytest.mark.parametrize(
    "ref",
    ["--output=PROOF", "-h", "--all", "-", "--", "--git-dir=/tmp", "--upload-pack=touch PROOF", "a\0b", "", " ",
     "@{-9}", "ext::sh -c touch% PROOF", "HEAD:content", "HEAD^{tree}", "../../x", "$(touch PROOF)", "`touch PROOF`",
     "\n", "ž"],
)  # fmt: skip
def test_refs_are_names_and_nothing_else(trap: Trap, ref: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CheckoutError):
        since(trap.root, ref)
    assert main(["summary", f"--since={ref}"], trap.root) != 0
    assert "Traceback" not in capsys.readouterr().err
    assert not list(trap.root.glob("PROOF*"))


@pytest.mark.parametrize(
    "name",
    ["-h.md", "--output=PROOF.md", "--all", ":(exclude)x.md", ":!x.md", ":/", "*.md", "[a]?.md", "a b.md", "ž.md",
     "a\nb.md", "\x01x\x02y.md", "a\tb.md", '"q".md', "\\x.md"],
)  # fmt: skip
def test_odd_names_of_files_are_names(trap: Trap, name: str, tmp_path: Path) -> None:
    file = trap.root / "content/en" / name
    file.write_text("Odd.\n")
    (trap.root / "content/en/other.md").write_text("Other.\n")
    trap.commit("Odd")
    around = repository(trap.root)
    assert around is not None
    for path in (f"content/en/{name}", name):
        last_edits(around, path, [path])
        assert all(one.data in (b"Odd.\n",) for one in versions(around, path))
    unpack(trap.root, since(trap.root, "HEAD"), tmp_path / "old")
    assert (tmp_path / "old/content/en" / name).read_text() == "Odd.\n"


def test_environment_steers_nothing(trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = {
        "GIT_DIR": str(tmp_path / "nowhere"), "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/dev/null",
        "GIT_EXTERNAL_DIFF": str(trap.program), "GIT_SSH_COMMAND": str(trap.program), "GIT_PAGER": str(trap.program),
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": str(trap.program),
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{trap.program}'", "GIT_ALLOW_PROTOCOL": "ext:file:ssh",
        "GIT_OBJECT_DIRECTORY": str(tmp_path / "no"), "GIT_TRACE": str(trap.proof), "GIT_TRACE2": str(trap.proof),
        "GIT_NAMESPACE": "x", "GIT_EXEC_PATH": str(tmp_path), "PAGER": str(trap.program), "GIT_ATTR_SOURCE": "HEAD",
    }  # fmt: skip
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    assert not {name for name in git.environment() if name in hostile} - {"GIT_PAGER", "GIT_ALLOW_PROTOCOL"}
    trap.asked(tmp_path / "old")
    assert not trap.proof.exists()


def test_git_of_the_folder_is_not_run(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(trap.program, trap.root / "git")
    monkeypatch.chdir(trap.root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert repository(trap.root) is not None
    assert not trap.proof.exists()


def test_git_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "bin/git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    started = time.monotonic()
    with pytest.raises(git.GitError, match="time"):
        git.run(tmp_path, "log", limit=0.5)
    with git.streaming(tmp_path, "log", limit=0.5) as stream:
        assert stream.read(1) == b""
    assert time.monotonic() - started < 20


# Trees that no git would write


def tree_of(root: Path, *rows: tuple[str, str, str]) -> str:
    """Return the name of a tree of (mode, object, name); what git itself refuses to write is written all the same."""
    raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(one) for mode, one, name in rows)
    return call(root, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", data=raw)


STRANGE: dict[str, Callable[[Path, str, str, Path], str]] = {
    "a link and a folder of one name": lambda root, text, link, _: tree_of(
        root, ("120000", link, "od"), ("40000", tree_of(root, ("100644", text, "evil")), "od")
    ),
    "a folder and a link of one name": lambda root, text, link, _: tree_of(
        root, ("40000", tree_of(root, ("100644", text, "evil")), "od"), ("120000", link, "od")
    ),
    "a file and a link of one name": lambda root, text, link, _: tree_of(
        root, ("120000", link, "evil"), ("100644", text, "evil")
    ),
    "above": lambda root, text, _, __: tree_of(root, ("40000", tree_of(root, ("100644", text, "evil")), "..")),
    "itself": lambda root, text, _, __: tree_of(root, ("40000", tree_of(root, ("100644", text, "evil")), ".")),
    "a repository": lambda root, text, _, __: tree_of(root, ("40000", tree_of(root, ("100644", text, "evil")), ".git")),
    "a repository in capitals": lambda root, text, _, __: tree_of(
        root, ("40000", tree_of(root, ("100644", text, "evil")), ".GIT")
    ),
    "a name with slashes": lambda root, text, _, __: tree_of(root, ("100644", text, "../evil")),
    "a name from the root": lambda root, text, _, out: tree_of(root, ("100644", text, f"{out}/evil")),
    "no name": lambda root, text, _, __: tree_of(root, ("40000", tree_of(root, ("100644", text, "evil")), "")),
    "links one behind the other": lambda root, text, link, _: tree_of(
        root, ("120000", link, "od"), ("120000", link, "od/evil"), ("100644", text, "od/evil")
    ),
    "a submodule": lambda root, text, _, __: tree_of(root, ("160000", text, "evil")),
}  # fmt: skip


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)
def test_tree_is_never_unpacked_elsewhere(trap: Trap, make: Callable[..., str], tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    text = call(trap.root, "hash-object", "-w", "--stdin", data=b"evil")
    link = call(trap.root, "hash-object", "-w", "--stdin", data=os.fsencode(outside))
    commit = call(trap.root, "commit-tree", "-m", "x", make(trap.root, text, link, outside))
    into = tmp_path / "below/into"
    into.mkdir(parents=True)
    with contextlib.suppress(CheckoutError):
        unpack(trap.root, commit, into)
    assert list(outside.iterdir()) == []
    assert [path.name for path in (tmp_path / "below").iterdir()] == ["into"]
    assert not (into / ".git").exists()


def test_one_place_runs_git() -> None:
    found = [
        file.relative_to(PROJECT).as_posix()
        for file in sorted((PROJECT / "sitegen").rglob("*.py"))
        if "subprocess" in file.read_text(encoding="utf-8")
    ]
    assert set(found) == {"sitegen/build/git.py", "sitegen/deploy/rsync.py"}


def test_a_site_of_a_repository_is_built(trap: Trap) -> None:
    trap.arm(HOSTILE["monitor of files"])
    assert not SiteFolder(trap.root).build().failed
    assert not trap.proof.exists()
