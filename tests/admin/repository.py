"""A bare git repository, with the commits that a code host makes in it."""

import re
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

DATE = "2026-11-27T05:00:00Z"
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}

Answer = tuple[int, Any]


class Repository:
    """A repository with the branch `main`, behind the API of a code host.

    `asked` are the requests to the API, `commits` the payloads of commits.
    """

    def __init__(self, folder: Path, files: dict[str, bytes], api: str, name: str = "city/site") -> None:
        self.folder, self.api, self.name = folder, api, name
        self.asked: list[str] = []
        self.commits: list[dict[str, Any]] = []
        self.git("init", "--quiet", "--bare", "--initial-branch=main", ".")
        self.commit(files, "Begin")

    def route(self, page: Page) -> None:
        """Answer what a tab asks the API."""
        page.route(f"{self.api}/**", self.answer)

    def answer(self, route: Route) -> None:
        """Answer one request."""
        request = route.request
        path = request.url.removeprefix(self.api)
        self.asked.append(f"{request.method} {path}")
        if request.method == "OPTIONS":
            return route.fulfill(status=204, headers=CORS)
        given: dict[str, Any] = (request.post_data and request.post_data_json) or {}
        status, value = self.graph(given) if path == "/graphql" else self.rest(request.method, path, given)
        return route.fulfill(status=status, headers=CORS, json=value)

    def rest(self, method: str, path: str, given: dict[str, Any]) -> Answer:
        """Answer what is not GraphQL."""
        raise NotImplementedError

    def graph(self, body: dict[str, Any]) -> Answer:
        """Answer a query of GraphQL."""
        raise NotImplementedError

    @property
    def head(self) -> str:
        """The last commit of `main`."""
        return self.branches()["main"]

    def branches(self) -> dict[str, str]:
        """Return branch → its last commit."""
        lines = self.git("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads").splitlines()
        return dict(line.split(" ") for line in lines)

    def git(self, *words: str, given: bytes = b"", **settings: str) -> str:
        """Run git in the repository; return what it printed."""
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in
               (("NAME", "Ana Novak"), ("EMAIL", "ana@example.org"), ("DATE", DATE))}  # fmt: skip
        self.folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["git", *words], cwd=self.folder, input=given, capture_output=True, check=True, env=who | settings
        )
        return done.stdout.decode()

    def commit(
        self, files: dict[str, bytes], message: str, gone: tuple[str, ...] = (), branch: str = "main", start: str = ""
    ) -> str:
        """Make a commit with these files written and those removed; return its name. `start` begins a branch."""
        index: dict[str, Any] = {"GIT_INDEX_FILE": str(self.folder / "the-index")}
        branches = self.branches()
        parent = branches.get(start or branch, "")
        self.git("read-tree", parent or "--empty", **index)
        lines = [f"0 {'0' * 40}\t{path}" for path in gone]
        for path, data in files.items():
            lines.append(f"100644 {self.git('hash-object', '-w', '--stdin', given=data).strip()}\t{path}")
        self.git("update-index", "--index-info", given="\n".join(lines).encode(), **index)
        tree = self.git("write-tree", **index).strip()
        name = self.git("commit-tree", tree, "-m", message, *(["-p", parent] if parent else [])).strip()
        self.git("update-ref", f"refs/heads/{branch}", name)
        return name

    def files(self, branch: str = "main") -> dict[str, str]:
        """Return path → name of the blob."""
        lines = self.git("ls-tree", "-r", "-z", branch).split("\0")
        return {line.partition("\t")[2]: line.split()[2] for line in lines if line}

    def differing(self, branch: str) -> dict[str, bool]:
        """Return path → whether it is gone, of the files that a branch has changed since it left `main`."""
        lines = self.git("diff", "--no-renames", "--name-status", f"main...{branch}").splitlines()
        return {line.split("\t")[1]: line.startswith("D") for line in lines}

    def changes(self, since: str, until: str = "main") -> list[str]:
        """Return the lines of a diff without context since a commit: `+++`, `---`, `+`, `-`, no headers."""
        printed = self.git("diff", "--unified=0", "--no-color", since, until, "--", "*.md").split("\n")
        return [line for line in printed if re.match(r"[+-](?![+-]{2} )", line)]

    def merge(self, branch: str, message: str) -> str:
        """Merge a branch into `main`; return the name of the commit."""
        parents = (self.head, self.branches()[branch])
        tree = self.git("merge-tree", "--write-tree", *parents).split()[0]
        name = self.git("commit-tree", tree, "-m", message, "-p", parents[0], "-p", parents[1]).strip()
        self.git("update-ref", "refs/heads/main", name)
        return name
