"""`deploy` to real folders and a real SSH server: all or nothing, only what changed, nothing of others lost."""

import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import nobody
from support.site import SiteFolder, needs, tree

from sitegen.cli.main import main
from sitegen.inputs.config_rules import ssh_address

Make = Callable[..., SiteFolder]
Printed = pytest.CaptureFixture[str]
SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/sbin")
PAGE = "-- content/sl/a.md --\n---\ntitle: A\n---\nBesedilo.\n"


@pytest.fixture
def built(site: Make) -> SiteFolder:
    """Return a finished site with a page and a stylesheet."""
    folder = site(PAGE + "-- static/a.css --\nbody {}\n")
    assert folder.build().failed is False
    return folder


def deploy(folder: SiteFolder, *arguments: str | Path) -> int:
    """Run the verb as a person does."""
    return main(["deploy", *map(str, arguments)], folder.root)


def change(folder: SiteFolder) -> None:
    """Build another version: one page and the stylesheet changed, one page removed, one new."""
    folder.edit("content/sl/b.md", "---\ntitle: B\n---\nNovo.\n")
    folder.edit("content/sl/index.md", "---\ntitle: Domov\n---\nDrugače.\n")
    folder.edit("static/a.css", "body { color: red }\n")
    folder.remove("content/sl/a.md")
    assert folder.build().failed is False


def one_line(printed: Printed) -> str:
    """Return the only line of the errors."""
    lines = printed.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


# A folder of this machine


def test_first_it_only_shows(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    assert deploy(built, tmp_path / "www", "--all") == 0
    said = capsys.readouterr().out.splitlines()
    assert not (tmp_path / "www").exists()
    assert said[-1] == "This was a dry run: nothing was changed. To apply it, add --yes."
    assert [line for line in said if line.startswith("+")][-1].endswith(".html")
    assert "+ sl/a/index.html" in said


def test_folder_holds_the_site(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    assert deploy(built, tmp_path / "www", "--yes") == 0
    assert tree(tmp_path / "www") == tree(built.root / "public")
    assert capsys.readouterr().out.endswith("Done.\n")


def test_only_what_changed_is_written(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    deploy(built, tmp_path / "www", "--yes")
    before = (tmp_path / "www/404.html").stat()
    change(built)
    capsys.readouterr()
    assert deploy(built, tmp_path / "www", "--yes") == 0
    said = capsys.readouterr().out.splitlines()
    assert "~ sl/index.html" in said
    assert "+ sl/b/index.html" in said
    assert "- sl/a/index.html" in said
    assert tree(tmp_path / "www") == tree(built.root / "public")
    assert (tmp_path / "www/404.html").stat().st_ino == before.st_ino
    assert deploy(built, tmp_path / "www", "--yes") == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("0 new, 0 changed, 0 removed")


def test_what_somebody_changed_there_is_mended(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    deploy(built, tmp_path / "www", "--yes")
    (tmp_path / "www/sl/index.html").unlink()
    (tmp_path / "www/sl/index.html").write_text("somebody else")
    (tmp_path / "www/en/index.html").unlink()
    capsys.readouterr()
    assert deploy(built, tmp_path / "www", "--yes") == 0
    assert "1 new, 1 changed, 0 removed" in capsys.readouterr().out
    assert tree(tmp_path / "www") == tree(built.root / "public")


def test_files_of_others_stop_it_unless_adopted(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (www / "theirs.txt").write_text("theirs")
    (www / "index.html").write_text("theirs")
    assert deploy(built, www, "--yes") == 1
    assert tree(www) == {"theirs.txt": b"theirs", "index.html": b"theirs"}
    assert "2 files there were not published by sitegen: index.html, theirs.txt" in capsys.readouterr().err
    assert deploy(built, www, "--adopt") == 0
    assert tree(www) == {"theirs.txt": b"theirs", "index.html": b"theirs"}
    assert deploy(built, www, "--adopt", "--yes") == 0
    assert tree(www) == tree(built.root / "public")


@pytest.mark.parametrize("exchange", [True, False])
def test_link_in_the_target_leads_nowhere_else(
    built: SiteFolder, tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    www, other = tmp_path / "www", tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("theirs")
    www.mkdir()
    (www / "sl").symlink_to(other)
    assert deploy(built, www, "--yes") == 1
    assert deploy(built, www, "--yes", "--adopt") == 0
    assert tree(other) == {"index.html": b"theirs"}
    assert tree(www) == tree(built.root / "public")


def test_folder_keeps_its_rights(built: SiteFolder, tmp_path: Path) -> None:
    www = tmp_path / "www"
    www.mkdir()
    www.chmod(0o2750)
    assert deploy(built, www, "--yes") == 0
    assert www.stat().st_mode & 0o7777 == 0o2750


def test_target_of_site_yaml(built: SiteFolder, capsys: Printed) -> None:
    settings = (built.root / "site.yaml").read_text(encoding="utf-8")
    built.edit("site.yaml", settings + "deploy:\n  live: {folder: ../live}\n")
    assert deploy(built, "live", "--yes") == 0
    assert tree(built.root.parent / "live") == tree(built.root / "public")
    capsys.readouterr()
    assert deploy(built, "life") == 2
    assert capsys.readouterr().err.startswith("There is no target “life”. Known targets: live.")


@pytest.mark.parametrize("where", [".", "..", "public", "public/sub", "content/new", "/", "~"])
def test_folder_that_must_not_be_filled(built: SiteFolder, where: str, capsys: Printed) -> None:
    before = tree(built.root)
    place = Path(where).expanduser() if where in ("/", "~") else built.root / where
    assert deploy(built, place, "--yes", "--adopt") == 1
    assert "A site cannot be copied to" in one_line(capsys)
    assert {path for path in tree(built.root) if not path.startswith(".cache")} == {
        path for path in before if not path.startswith(".cache")
    }


def test_only_a_finished_site_goes_out(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    page = built.root / "public/sl/index.html"
    page.write_text(page.read_text() + " ")
    assert deploy(built, tmp_path / "www", "--yes") == 1
    assert "run build first" in one_line(capsys)
    shutil.rmtree(built.root / "public")
    assert deploy(built, tmp_path / "www", "--yes") == 1
    assert "run build first" in one_line(capsys)
    assert not (tmp_path / "www").exists()


def test_target_that_is_a_file(built: SiteFolder, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "www").write_text("a file")
    assert deploy(built, tmp_path / "www", "--yes") == 1
    assert "it is not a folder" in one_line(capsys)
    assert (tmp_path / "www").read_text() == "a file"


def test_broken_settings_are_problems(built: SiteFolder, capsys: Printed) -> None:
    built.edit("site.yaml", "title: [\n")
    assert deploy(built, "live") == 1
    assert "[yaml-syntax]" in capsys.readouterr().err


def test_parent_that_cannot_be_written(built: SiteFolder, tmp_path: Path) -> None:
    needs("users", hasattr(os, "fork") and os.geteuid() == 0)
    assert deploy(built, tmp_path / "warm-up", "--yes") == 0  # loads all that the other user may not read
    above = tmp_path / "above"
    (above / "www").mkdir(parents=True)
    nobody.open_up(tmp_path)
    for path in (built.root, *built.root.rglob("*"), above / "www"):
        os.chown(path, 65534, 65534)
    assert nobody.as_nobody(lambda: str(deploy(built, above / "www", "--yes"))) == "0"
    assert tree(above / "www") == tree(built.root / "public")
    assert [path.name for path in above.iterdir()] == ["www"]


# A host by SSH


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("web@example.org:/srv/www", True),
        ("example.org:site", True),
        ("web@[::1]:/srv/www/", True),
        ("web@example.org:/", False),
        ("web@example.org:", False),
        ("web@example.org:~", False),
        ("web@example.org:.", False),
        ("web@example.org:/home/web", False),
        ("web@example.org:/root/", False),
        ("web@example.org:/srv/../etc", False),
        ("web@example.org:-rf", False),
        ("-oProxyCommand=id:/srv", False),
        ("web@-oProxyCommand=id:/srv", False),
        ("web@example.org;id:/srv", False),
        ("C:/www", False),
    ],
)
def test_addresses_of_hosts(text: str, good: bool) -> None:
    assert (ssh_address(text) is not None) is good


class Server:
    """A real sshd on a free port of this machine, which runs what it is asked through `guard`, a shell script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("host", "user", "stranger"):
            key = [shutil.which("ssh-keygen") or "", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(key, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.guard = folder / "guard.sh"
        self.let_pass()
        public = (folder / "user.pub").read_text()
        (folder / "authorized").write_text(f'command="sh {shlex.quote(str(self.guard))}" {public}')
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {(folder / 'host.pub').read_text()}")
        (folder / "config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nPasswordAuthentication no\n"
        )
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        command = [SSHD or "", "-D", "-E", str(folder / "log"), "-f", str(folder / "config")]
        self.process = subprocess.Popen(command)
        for _ in range(600):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)

    def let_pass(self, but: int = 0) -> None:
        """Let every session do what it asks, but end the one with this number (from 1) at once."""
        (self.folder / "count").write_text("")
        self.guard.write_text(
            f"echo x >> {self.folder}/count\n"
            f'[ "$(wc -l < {self.folder}/count)" -eq {but} ] && exit 1\n'
            f'echo "$SSH_ORIGINAL_COMMAND" >> {self.folder}/asked\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n'
        )

    def target(self, path: Path, **other: object) -> str:
        """Return the setting of a target."""
        values = {"ssh": f"{getpass.getuser()}@127.0.0.1:{path}", "port": self.port, "identity": f"{self.folder}/user"}
        values |= {"known_hosts": f"{self.folder}/known_hosts", **other}
        return (
            "deploy:\n  live: {"
            + ", ".join(
                f"{key}: '{value}'" if isinstance(value, str) else f"{key}: {value}" for key, value in values.items()
            )
            + "}\n"
        )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Start a server for one test."""
    needs("sshd and rsync", SSHD and shutil.which("rsync") and shutil.which("ssh"))
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(folder)
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(30)


@pytest.fixture
def remote(built: SiteFolder, server: Server, tmp_path: Path) -> Path:
    """Let the target `live` of the site be a folder of the server; return that folder, which is not there yet."""
    www = tmp_path / "www on č"
    settings = (built.root / "site.yaml").read_text(encoding="utf-8")
    built.edit("site.yaml", settings + server.target(www))
    return www


def test_host_first_only_shows_then_holds_the_site(built: SiteFolder, remote: Path, capsys: Printed) -> None:
    assert deploy(built, "live", "--all") == 0
    assert "+ sl/a/index.html" in capsys.readouterr().out
    assert not remote.exists()
    assert deploy(built, "live", "--yes") == 0
    assert tree(remote) == tree(built.root / "public")
    capsys.readouterr()
    assert deploy(built, "live", "--yes") == 0
    assert capsys.readouterr().out == "live: 0 new, 0 changed, 0 removed\n"


def test_host_gets_assets_before_pages_and_removals_last(built: SiteFolder, remote: Path, capsys: Printed) -> None:
    deploy(built, "live", "--yes")
    before = {path: (remote / path).stat().st_ctime_ns for path in tree(remote)}
    change(built)
    capsys.readouterr()
    assert deploy(built, "live", "--yes", "--all") == 0
    assert tree(remote) == tree(built.root / "public")
    assert not (remote / "sl/a").exists()
    now = {path: (remote / path).stat().st_ctime_ns for path in tree(remote) if path != ".sitegen"}
    written = {path: when for path, when in now.items() if before.get(path) != when}
    assert sorted(written, key=lambda path: written[path])[0].startswith("a.")
    assert max(when for path, when in written.items() if not path.endswith(".html")) < min(
        when for path, when in written.items() if path.endswith(".html")
    )
    assert max(written.values()) < (remote / "sl").stat().st_ctime_ns
    said = capsys.readouterr().out
    for path in written:
        assert f"+ {path}\n" in said or f"~ {path}\n" in said


def test_files_of_others_on_the_host_stop_it(built: SiteFolder, remote: Path, capsys: Printed) -> None:
    theirs = {"index.html": b"theirs", "own/[a] *.txt": b"theirs", ".htaccess": b"theirs"}
    for path, data in theirs.items():
        (remote / path).parent.mkdir(parents=True, exist_ok=True)
        (remote / path).write_bytes(data)
    assert deploy(built, "live", "--yes") == 1
    assert (
        "3 files there were not published by sitegen: .htaccess, index.html, own/[a] *.txt" in capsys.readouterr().err
    )
    assert tree(remote) == theirs
    assert deploy(built, "live", "--yes", "--adopt") == 0
    assert tree(remote) == tree(built.root / "public")
    assert not (remote / "own").exists()


def test_what_somebody_changed_on_the_host_is_mended(built: SiteFolder, remote: Path) -> None:
    deploy(built, "live", "--yes")
    (remote / "sl/index.html").write_text("somebody else")
    (remote / "en/index.html").unlink()
    assert deploy(built, "live", "--yes") == 0
    assert tree(remote) == tree(built.root / "public")


def test_link_on_the_host_leads_nowhere_else(built: SiteFolder, remote: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("theirs")
    remote.mkdir()
    (remote / "sl").symlink_to(other)
    assert deploy(built, "live", "--yes") == 0
    assert tree(other) == {"index.html": b"theirs"}
    assert tree(remote) == tree(built.root / "public")


@pytest.mark.parametrize("session", range(3, 8))
def test_interruption_is_mended_by_a_repetition(
    built: SiteFolder, server: Server, remote: Path, session: int, capsys: Printed
) -> None:
    deploy(built, "live", "--yes")
    change(built)
    server.let_pass(but=session)
    capsys.readouterr()
    assert deploy(built, "live", "--yes") == 1, "has fewer sessions"
    assert one_line(capsys).startswith("live: ")
    server.let_pass()
    assert deploy(built, "live", "--yes") == 0
    assert tree(remote) == tree(built.root / "public")


def test_remnant_of_an_interrupted_rsync_is_no_file_of_others(built: SiteFolder, remote: Path) -> None:
    deploy(built, "live", "--yes")
    (remote / "sl/.index.html.a1B2c3").write_text("half")
    assert deploy(built, "live", "--yes") == 0
    assert tree(remote) == tree(built.root / "public")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"identity": "stranger"}, "the host does not accept the SSH key."),
        ({"known_hosts": "nobody"}, "the SSH key of the host is unknown or has changed."),
        ({"port": 1}, "the host refuses the connection."),
        ({"ssh": "nobody@host.invalid:/srv/www"}, "the host does not exist."),
        ({"ssh": "{user}@127.0.0.1:{folder}/no/such/www"}, "No such file or directory"),
    ],
)
def test_host_that_does_not_work_is_one_line(
    built: SiteFolder, server: Server, tmp_path: Path, other: dict[str, object], words: str, capsys: Printed
) -> None:
    for key in ("identity", "known_hosts"):
        if key in other:
            other = {key: str(server.folder / str(other[key]))}
    if "ssh" in other:
        other = {"ssh": str(other["ssh"]).format(user=getpass.getuser(), folder=tmp_path)}
    settings = (built.root / "site.yaml").read_text(encoding="utf-8")
    built.edit("site.yaml", settings + server.target(tmp_path / "www", **other))
    for _ in range(3):  # a host may end before its last words have arrived; then it is asked again
        assert deploy(built, "live", "--yes") == 1
        line = one_line(capsys)
        if line != "live: rsync: 11":
            break
    assert line.startswith("live: ")
    assert words in line
    assert not (tmp_path / "www").exists()


def test_host_without_rsync_is_one_line(built: SiteFolder, server: Server, remote: Path, capsys: Printed) -> None:
    server.guard.write_text('exec sh -c "PATH=/nowhere; $SSH_ORIGINAL_COMMAND"\n')
    assert deploy(built, "live", "--yes") == 1
    assert "rsync" in one_line(capsys)
    assert not remote.exists()


def test_machine_without_rsync_is_one_line(
    built: SiteFolder, remote: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert deploy(built, "live", "--yes") == 1
    assert one_line(capsys) == "live: rsync is not installed."
