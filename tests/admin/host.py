"""Stands in for the code host: a bare git repository behind the parts of GitHub's API that the web editor uses."""

import base64
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

API = "https://api.github.com"
COMMITTER = {"author": {"name": "Ana Novak", "email": "ana@example.org", "user": {"id": 7, "login": "ana"}}}
DATE = "2026-11-27T05:00:00Z"
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}


class CodeHost:
    """A repository at `owner/name` with one branch. `asked` are the requests, `commits` the payloads of commits."""

    def __init__(self, folder: Path, files: dict[str, bytes], name: str = "city/site") -> None:
        self.folder, self.name = folder, name
        self.asked: list[str] = []
        self.commits: list[dict[str, Any]] = []
        self.git("init", "--quiet", "--bare", "--initial-branch=main", ".")
        self.head = self.commit(files, "Begin")

    def git(self, *words: str, given: bytes = b"", **settings: str) -> str:
        """Run git in the repository; return what it printed."""
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in
               (("NAME", "Ana Novak"), ("EMAIL", "ana@example.org"), ("DATE", DATE))}  # fmt: skip
        self.folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["git", *words], cwd=self.folder, input=given, capture_output=True, check=True, env=who | settings
        )
        return done.stdout.decode()

    def commit(self, files: dict[str, bytes], message: str, gone: tuple[str, ...] = ()) -> str:
        """Make a commit on the branch with these files written and those removed; return its name."""
        index = {"GIT_INDEX_FILE": str(self.folder / "the-index")}
        parent = self.git("for-each-ref", "--format=%(objectname)", "refs/heads/main").strip()
        if parent:
            self.git("read-tree", parent, **index)
        lines = [f"0 {'0' * 40}\t{path}" for path in gone]
        for path, data in files.items():
            lines.append(f"100644 {self.git('hash-object', '-w', '--stdin', given=data).strip()}\t{path}")
        self.git("update-index", "--index-info", given="\n".join(lines).encode(), **index)
        tree = self.git("write-tree", **index).strip()
        name = self.git("commit-tree", tree, "-m", message, *(["-p", parent] if parent else [])).strip()
        self.git("update-ref", "refs/heads/main", name)
        self.head = name
        return name

    def changes(self, since: str) -> list[str]:
        """Return the lines of a diff without context since a commit: `+++`, `---`, `+`, `-`, no headers."""
        printed = self.git("diff", "--unified=0", "--no-color", since, self.head, "--", "*.md").split("\n")
        return [line for line in printed if re.match(r"[+-](?![+-]{2} )", line)]

    def route(self, page: Page) -> None:
        """Answer what a tab asks the API."""
        page.route(f"{API}/**", self.answer)

    def answer(self, route: Route) -> None:
        """Answer one request."""
        request = route.request
        path = request.url.removeprefix(API)
        self.asked.append(f"{request.method} {path}")
        if request.method == "OPTIONS":
            return route.fulfill(status=204, headers=CORS)
        status, value = self.graph(request.post_data_json) if path == "/graphql" else self.rest(path)
        return route.fulfill(status=status, headers=CORS, json=value)

    def rest(self, path: str) -> tuple[int, Any]:
        """Answer what is not GraphQL."""
        if path == "/user":
            return 200, {"id": 7, "login": "ana", "name": "Ana Novak", "email": "ana@example.org", "avatar_url": ""}
        if path.startswith(f"/repos/{self.name}/git/trees/"):
            lines = self.git("ls-tree", "-r", "-l", "-z", "main").split("\0")
            found = [re.fullmatch(r"(\d+) (\w+) (\w+) +(\d+)\t(.*)", line) for line in lines if line]
            tree = [{"type": one[2], "sha": one[3], "size": int(one[4]), "path": one[5]} for one in found if one]
            return 200, {"sha": self.head, "tree": tree, "truncated": False}
        if path == f"/repos/{self.name}":
            return 200, {"default_branch": "main", "permissions": {"push": True, "pull": True}, "private": False}
        return (204, None) if "collaborators" in path else (404, {"message": "Not Found"})

    def graph(self, body: dict[str, Any]) -> tuple[int, Any]:
        """Answer a query, or make the commit that is asked for."""
        query = body["query"]
        if "createCommitOnBranch" in query:
            return self.save(body["variables"]["input"])
        answers: dict[str, Any] = {}
        for alias, oid in re.findall(r"(\w+): object\(oid: \"(\w+)\"\)", query):
            answers[alias] = {"text": self.git("cat-file", "blob", oid), "isTruncated": False}
        for alias, name in re.findall(r"(\w+): object\(expression: \"([^\"]+)\"\)", query):
            found = self.git("cat-file", "--batch-check", given=f"{name}\n".encode()).split()
            answers[alias] = None if found[-1] == "missing" else {"oid": found[0]}
        commit = {"oid": self.head, "message": "Begin", "committedDate": DATE, **COMMITTER}
        target = {"target": {"history": {"nodes": [commit]}}}
        answers |= dict.fromkeys(re.findall(r"(\w+):\s*ref\(", query), target)
        answers |= {"ref": target, "defaultBranchRef": {"name": "main"}}
        return 200, {"data": {"repository": answers}}

    def save(self, asked: dict[str, Any]) -> tuple[int, Any]:
        """Make a commit, unless the branch has moved since the one that it builds on."""
        self.commits.append(asked)
        if asked["expectedHeadOid"] != self.head:
            return 200, {"data": None, "errors": [{"message": "Expected branch to point to another commit"}]}
        changes = asked["fileChanges"]
        files = {one["path"]: base64.b64decode(one["contents"]) for one in changes["additions"]}
        gone = tuple(one["path"] for one in changes["deletions"])
        commit: dict[str, Any] = {"oid": self.commit(files, asked["message"]["headline"], gone), "committedDate": DATE}
        listed = self.git("ls-tree", "-r", "main").splitlines()
        names = {line.partition("\t")[2]: line.split()[2] for line in listed}
        commit |= {f"file_{at}": {"oid": names[path]} for at, path in enumerate(sorted(names)) if path in files}
        return 200, json.loads(json.dumps({"data": {"createCommitOnBranch": {"commit": commit}}}))
