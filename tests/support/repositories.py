"""Real git repositories for tests: a folder, its commits, and nothing of the machine's own settings."""

import os
import shutil
import subprocess
from pathlib import Path

from support.site import needs

PLAIN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ana Novak",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana Novak",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
}


def git(root: Path, *arguments: str, day: str = "2026-01-01", author: str = "Ana Novak") -> str:
    """Run git in a folder; return what it prints."""
    when = f"{day}T12:00:00+0000"
    own = {**PLAIN, "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **own},
        text=True,
    )
    return done.stdout


def begun(root: Path) -> None:
    """Make a repository of a folder, and commit all that is in it."""
    needs("git", shutil.which("git"))
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("/public/\n/.cache/\n", encoding="utf-8")
    commit(root, "Begin", "2026-01-01")


def commit(root: Path, message: str, day: str = "2026-01-02", author: str = "Ana Novak") -> None:
    """Commit all that changed."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message, day=day, author=author)
