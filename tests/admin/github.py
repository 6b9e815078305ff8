"""Stands in for GitHub: a bare git repository behind the parts of its API that the web editor uses."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from admin.repository import DATE, Answer, Repository

API = "https://api.github.com"
ANA = {"login": "ana", "name": "Ana Novak", "email": "ana@example.org"}
AUTHOR = {"name": "Ana Novak", "email": "ana@example.org", "user": {"id": 7, "login": "ana"}}


class GitHub(Repository):
    """A repository at `owner/name`. `commits` are the payloads of commits, `pulls` the pull requests by number."""

    def __init__(self, folder: Path, files: dict[str, bytes], name: str = "city/site") -> None:
        super().__init__(folder, files, API, name)
        self.pulls: dict[int, dict[str, Any]] = {}

    def rest(self, method: str, path: str, given: dict[str, Any]) -> Answer:
        """Answer what is not GraphQL."""
        if path == "/user":
            return 200, {"id": 7, **ANA, "avatar_url": ""}
        below = path.removeprefix(f"/repos/{self.name}")
        if below == "":
            return 200, {"default_branch": "main", "permissions": {"push": True, "pull": True}, "private": False}
        if below.startswith("/git/trees/"):
            lines = self.git("ls-tree", "-r", "-l", "-z", "main").split("\0")
            found = [re.fullmatch(r"(\d+) (\w+) (\w+) +(\d+)\t(.*)", line) for line in lines if line]
            tree = [{"type": one[2], "sha": one[3], "size": int(one[4]), "path": one[5]} for one in found if one]
            return 200, {"sha": self.head, "tree": tree, "truncated": False}
        if below.startswith("/git/refs/heads/") and method == "DELETE":
            self.git("update-ref", "-d", f"refs/heads/{unquote(below.removeprefix('/git/refs/heads/'))}")
            return 204, None
        if re.match(r"/(pulls|issues)", below):
            return self.pull(method, below, given)
        return (204, None) if "collaborators" in path else (404, {"message": "Not Found"})

    def pull(self, method: str, path: str, given: dict[str, Any]) -> Answer:
        """Open, label, merge or close a pull request."""
        if (method, path) == ("POST", "/pulls"):
            return self.opened(given)
        number, _, what = path.split("/", 2)[2].partition("/")
        pull = self.pulls[int(number)]
        if (method, what) == ("POST", "labels"):
            pull["labels"] += given["labels"]
        elif (method, what) == ("PUT", "merge"):
            if pull["draft"]:
                return 405, {"message": "Pull Request is still a draft"}
            self.merge(pull["branch"], given["commit_title"])
            pull["state"] = "merged"
        else:
            pull |= given
        return 200, {"number": int(number), "labels": [{"name": name} for name in pull["labels"]]}

    def opened(self, given: dict[str, Any]) -> Answer:
        """Open a pull request, of which a branch can have one."""
        if any(one["branch"] == given["head"] and one["state"] == "open" for one in self.pulls.values()):
            return 422, {"message": "A pull request already exists"}
        number = len(self.pulls) + 1
        node = f"PR_{number}"
        self.pulls[number] = {
            "node": node,
            "branch": given["head"],
            **{key: given[key] for key in ("title", "base", "draft")},
            "state": "open",
            "labels": [],
        }
        head = {"sha": self.branches()[given["head"]]}
        dates = {"created_at": DATE, "updated_at": DATE}
        url = f"https://github.com/{self.name}/pull/{number}"
        return 201, {
            "number": number, "node_id": node, "title": given["title"], "html_url": url, "head": head, **dates
        }  # fmt: skip

    def graph(self, body: dict[str, Any]) -> Answer:
        """Answer a query, or do what a mutation asks for."""
        query, given = body["query"], body["variables"]
        mutations: dict[str, Callable[[dict[str, Any]], Answer]] = {
            "createCommitOnBranch": self.save,
            "createRef": self.begin,
            "convertPullRequestToDraft": lambda asked: self.turn(asked, draft=True),
            "markPullRequestReadyForReview": lambda asked: self.turn(asked, draft=False),
        }
        for name, act in mutations.items():
            if f"{name}(" in query:
                return act(given["input"])
        if "fork: repository" in query:
            base = {"ref": {"target": {"oid": self.head}}}
            return 200, {"data": {"fork": {"id": "R_1"}, "base": base}}
        return 200, {"data": {"repository": self.objects(query, given.get("branch", "main"))}}

    def objects(self, query: str, branch: str) -> dict[str, Any]:
        """Return what a query asks of the repository."""
        answers: dict[str, Any] = {}
        for alias, oid in re.findall(r"(\w+):\s*object\(oid: \"(\w+)\"\)", query):
            if alias.startswith("content"):  # else a commit, of which nothing has been checked or deployed
                answers[alias] = {"text": self.git("cat-file", "blob", oid), "isTruncated": False}
        for alias, name in re.findall(r"(\w+):\s*object\(expression: \"([^\"]+)\"\)", query):
            answers[alias] = self.blob(name)
        tip = self.branches().get(branch)
        commit = {"oid": tip, "message": "Begin", "committedDate": DATE, "author": AUTHOR}
        target = {"target": {"history": {"nodes": [commit]}}} if tip else None
        answers |= dict.fromkeys(re.findall(r"(\w+):\s*ref\(", query), target)
        opened = [self.node(number, one) for number, one in self.pulls.items() if one["state"] == "open"]
        of_branch = [one for one in opened if one["headRefName"] == branch]
        answers["pullRequests"] = {"nodes": opened, "totalCount": len(of_branch)}
        return answers | {"ref": target, "defaultBranchRef": {"name": "main"}}

    def blob(self, name: str) -> dict[str, Any] | None:
        """Return a file at `commit:path`."""
        found = self.git("cat-file", "--batch-check", given=f"{name}\n".encode()).split()
        if found[-1] == "missing":
            return None
        is_text = name.endswith(".md")
        text = self.git("cat-file", "blob", found[0]) if is_text else None
        about = {"byteSize": int(found[2]), "isBinary": not is_text, "isTruncated": False}
        return {"oid": found[0], **about, "text": text}

    def node(self, number: int, pull: dict[str, Any]) -> dict[str, Any]:
        """Return a pull request as GraphQL shows it."""
        kinds = {True: "DELETED", False: "MODIFIED"}
        files = [{"path": path, "changeType": kinds[gone]} for path, gone in self.differing(pull["branch"]).items()]
        return {
            "id": pull["node"], "number": number, "title": pull["title"], "isDraft": pull["draft"],
            "url": f"https://github.com/{self.name}/pull/{number}", "isCrossRepository": False,
            "createdAt": DATE, "updatedAt": DATE,
            "headRefName": pull["branch"], "headRefOid": self.branches()[pull["branch"]],
            "author": {**ANA, "databaseId": 7, "avatarUrl": ""},
            "labels": {"nodes": [{"name": name} for name in pull["labels"]]},
            "files": {"nodes": files},
        }  # fmt: skip

    def begin(self, asked: dict[str, Any]) -> Answer:
        """Begin a branch."""
        if asked["name"].removeprefix("refs/heads/") in self.branches():
            return 200, {"data": None, "errors": [{"message": "A ref named that already exists"}]}
        self.git("update-ref", asked["name"], asked["oid"])
        return 200, {"data": {"createRef": {"ref": {"name": asked["name"]}}}}

    def turn(self, asked: dict[str, Any], *, draft: bool) -> Answer:
        """Make a pull request a draft, or ready for review."""
        [pull] = [one for one in self.pulls.values() if one["node"] == asked["pullRequestId"]]
        pull["draft"] = draft
        return 200, {"data": {"changed": {"pullRequest": {"isDraft": draft}}}}

    def save(self, asked: dict[str, Any]) -> Answer:
        """Make a commit, unless the branch has moved since the one that it builds on."""
        self.commits.append(asked)
        branch = asked["branch"]["branchName"]
        if asked["expectedHeadOid"] != self.branches().get(branch):
            return 200, {"data": None, "errors": [{"message": "Expected branch to point to another commit"}]}
        changes = asked["fileChanges"]
        files = {one["path"]: base64.b64decode(one["contents"]) for one in changes["additions"]}
        gone = tuple(one["path"] for one in changes["deletions"])
        name = self.commit(files, asked["message"]["headline"], gone, branch)
        commit: dict[str, Any] = {"oid": name, "committedDate": DATE}
        names = self.files(branch)
        commit |= {f"file_{at}": {"oid": names[path]} for at, path in enumerate(files)}
        return 200, json.loads(json.dumps({"data": {"createCommitOnBranch": {"commit": commit}}}))
