"""The only place that runs git: a repository may be hostile, and must not be able to run anything or to write anywhere.

The settings of a repository can name programs (a monitor of files, hooks, filters, drivers for differences, a pager,
ssh, gpg, helpers for passwords) and servers to fetch missing objects from. Here git gets settings of ours, which go
before those of the repository, an empty list of protocols, and nothing of the environment's GIT_*. What cannot be set
for all names at once, such as `filter.NAME.smudge` or `diff.NAME.textconv`, is never asked for: no command here checks
out, archives, or shows a difference. Knows git and bytes, never what a page is.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import subprocess

# The only place that runs git: a repository may be hostile, and must not be able to run anything or to write anywhere.

SECONDS = 120.0  # that one call may take
_NONE = os.devnull
_SETTINGS = {
    "safe.bareRepository": "explicit",  # a folder of a checkout may itself look like a repository
    "protocol.allow": "never",
    "core.fsmonitor": "false",
    "core.untrackedCache": "false",
    "core.hooksPath": _NONE,
    "core.attributesFile": _NONE,
    "core.alternateRefsCommand": "",
    "core.askPass": "",
    "core.editor": "false",
    "core.gitProxy": "",
    "core.pager": "cat",
    "core.sshCommand": "false",
    "core.quotePath": "false",
    "credential.helper": "",
    "credential.interactive": "false",
    "diff.external": "",
    "diff.relative": "false",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "gpg.program": "false",
    "gpg.openpgp.program": "false",
    "gpg.ssh.program": "false",
    "gpg.ssh.defaultKeyCommand": "",
    "gpg.x509.program": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "pager.log": "false",
    "submodule.recurse": "false",
    "uploadpack.packObjectsHook": "",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ASKPASS": "",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",  # git 2.44; before, the empty list of protocols ends the attempt
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_DROPPED = frozenset({"PAGER", "EDITOR", "VISUAL", "SSH_ASKPASS", "LESSOPEN", "LESSCLOSE"})


class GitError(Exception):
    """Why there is no answer: "git" it is not installed, "time" it took too long, "refused" it said no."""


class Stream(NamedTuple):
    """A git that runs, with its pipes."""

    process: "subprocess.Popen[bytes]"

    def line(self) -> bytes:
        """Return the next line of what it says, with its end."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def read(self, size: int) -> bytes:
        """Return so many of the next bytes; fewer at the end."""
        assert self.process.stdout is not None
        return self.process.stdout.read(size)

    def ask(self, line: bytes) -> bool:
        """Send it a line. Returns whether it still listens."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
        except OSError:
            return False
        return True


def run(folder: Path, *arguments: str, limit: float = SECONDS) -> bytes:
    """Return what git says about the repository around a folder. Raises GitError."""
    import subprocess  # nearly every command looks whether its cache is tracked, and need not run git for that

    try:
        done = subprocess.run(  # noqa: S603 - git, with arguments of ours
            _command(folder, arguments), capture_output=True, stdin=subprocess.DEVNULL, check=True, timeout=limit,
            env=environment(),
        )  # fmt: skip
    except OSError:
        raise GitError("git") from None
    except subprocess.TimeoutExpired:
        raise GitError("time") from None
    except (subprocess.CalledProcessError, ValueError):  # ValueError: a character NUL in an argument
        raise GitError("refused") from None
    return done.stdout


@contextlib.contextmanager
def streaming(folder: Path, *arguments: str, limit: float = SECONDS) -> Iterator[Stream]:
    """Give a git that runs; it is ended when it is left, or when it takes too long. Raises GitError."""
    import subprocess
    import threading

    try:
        process = subprocess.Popen(  # noqa: S603 - git, with arguments of ours
            _command(folder, arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(),
        )  # fmt: skip
    except OSError:
        raise GitError("git") from None
    except ValueError:
        raise GitError("refused") from None
    watch = threading.Timer(limit, process.kill)
    watch.daemon = True
    watch.start()
    try:
        yield Stream(process)
    finally:
        watch.cancel()
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def blob(stream: Stream, name: bytes) -> bytes | None:
    """Ask a `git cat-file --batch` for one object; None when it is not there, or no file."""
    if b"\n" in name or not stream.ask(name):
        return None
    head = stream.line().split()
    if len(head) != 3 or not head[2].isdigit():
        return None
    data = stream.read(int(head[2]))
    stream.read(1)
    return data if head[1] == b"blob" else None


def environment() -> dict[str, str]:
    """Return the environment that git gets: that of the process without what steers git, and with settings of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return {**{name: value for name, value in kept.items() if name.upper() not in _DROPPED}, **_ENVIRONMENT}


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    return [_program(), "--no-pager", "-C", os.path.abspath(folder), *settings, *arguments]  # noqa: PTH100 - keeps links


def _program() -> str:
    """Return the git of the machine, never one of the folder where we happen to be. Raises FileNotFoundError."""
    import shutil

    folders = [one for one in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(one)]  # noqa: PTH117
    found = shutil.which("git", path=os.pathsep.join(folders))
    if not found or os.path.dirname(found) not in {one.rstrip(os.sep) or os.sep for one in folders}:  # noqa: PTH120
        raise FileNotFoundError("git")
    return found


# Whether git tracks something below a folder: what a build keeps for itself must never come with a checkout.

_IN_FULL = (2, 3)  # formats of the index that write every name out; 4 shortens names by those before them
_LISTS = (b"link", b"sdir")  # parts at its end that say: other names stand elsewhere, or a folder stands for its files
_END = 200  # bytes; those parts are small


def is_tracked(folder: Path) -> bool:
    """Say whether git tracks the folder, a file in it, or a link in its place.

    Git itself is asked only where its index may name the folder, because starting a program costs more than reading a
    file. Where git gives no answer, an index that names the folder is believed.
    """
    named = _is_named(Path(os.path.realpath(folder.parent)) / folder.name)
    if named is False:
        return False

    try:
        return bool(run(folder.parent, "ls-files", "-z", "--", folder.name, limit=10.0))
    except GitError:
        return named is True


def _is_named(folder: Path) -> bool | None:
    """Say whether the index of the repository around a folder names it; None where that cannot be read off it."""
    for above in folder.parents:
        if (above / ".git").exists():
            data, name = _index(above / ".git"), os.fsencode(folder.relative_to(above).as_posix())
            if name + b"/" in data or name + b"\0" in data:
                return True
            in_full = not data or (data[:4] == b"DIRC" and int.from_bytes(data[4:8], "big") in _IN_FULL)
            return False if in_full and not any(one in data[-_END:] for one in _LISTS) else None
    return False


def _index(git: Path) -> bytes:
    """Return what the index of a repository holds, b"" where there is none. `git` is its folder, or names it."""
    try:
        if git.is_file():  # a working tree beside its repository
            git = git.parent / os.fsdecode(git.read_bytes().partition(b":")[2].strip())
        return (git / "index").read_bytes()
    except (OSError, ValueError):
        return b""
