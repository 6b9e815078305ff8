"""Stands in for GitLab: a bare git repository behind the parts of its API that the web editor uses."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from admin.repository import DATE, Answer, Repository

ANA = {"id": 7, "username": "ana", "name": "Ana Novak"}


class GitLab(Repository):
    """A project at `host`. `commits` are the payloads of commits, `merges` the merge requests by number."""

    def __init__(self, folder: Path, files: dict[str, bytes], host: str = "https://gitlab.com") -> None:
        super().__init__(folder, files, f"{host}/api")
        self.host = host
        self.merges: dict[int, dict[str, Any]] = {}

    def rest(self, method: str, address: str, given: dict[str, Any]) -> Answer:
        """Answer what is not GraphQL."""
        path, wanted = urlsplit(address).path, parse_qs(urlsplit(address).query)
        if path == "/v4/user":
            return 200, {**ANA, "email": "ana@example.org", "avatar_url": ""}
        below = path.removeprefix("/v4/projects/city%2Fsite")
        if below == "/users":
            return 200, [ANA]
        if (method, below) == ("POST", "/repository/commits"):
            return self.save(given)
        if below.startswith("/repository/files/"):
            return self.file(unquote(below.removeprefix("/repository/files/")), wanted["ref"][0])
        if below.startswith("/repository/branches/"):
            return 200, {"commit": {"id": self.branches()[unquote(below.removeprefix("/repository/branches/"))]}}
        if below.startswith("/merge_requests"):
            return self.merging(method, below, wanted, given)
        return 200, []  # no deployments, no statuses

    def merging(self, method: str, path: str, wanted: dict[str, list[str]], given: dict[str, Any]) -> Answer:
        """List, open or change merge requests."""
        if path == "/merge_requests" and method == "GET":
            labels = wanted.get("labels", [""])[0]
            return 200, [one for one in self.merges.values() if labels in one["labels"]]
        if path == "/merge_requests":
            number = len(self.merges) + 1
            dates = {"created_at": DATE, "updated_at": DATE}
            about = {"id": number, "iid": number, "web_url": f"{self.host}/city/site/-/merge_requests/{number}"}
            self.merges[number] = {
                **given, **about, **dates, "author": ANA,
                "labels": [given["labels"]], "sha": self.branches()[given["source_branch"]],
            }  # fmt: skip
            return 201, self.merges[number]
        which, _, what = path.split("/", 2)[2].partition("/")
        merge = self.merges[int(which)]
        if what == "diffs":
            changed = self.differing(merge["source_branch"])
            return 200, [{"old_path": one, "new_path": one, "deleted_file": gone} for one, gone in changed.items()]
        merge["title"] = given["title"]
        old = given["remove_labels"].split(",")
        merge["labels"] = [*(name for name in merge["labels"] if name not in old), given["add_labels"]]
        return 200, merge

    def file(self, path: str, ref: str) -> Answer:
        """Return a file of a branch."""
        name = self.files(ref).get(path) if ref in self.branches() else None
        if name is None:
            return 404, {"message": "404 File Not Found"}
        data = self.git("cat-file", "blob", name).encode()
        return 200, {
            "content": base64.b64encode(data).decode(),
            "content_sha256": hashlib.sha256(data).hexdigest(),
            "last_commit_id": self.last(ref, path),
        }

    def last(self, ref: str, path: str) -> str:
        """Return the last commit of a branch that changed a file."""
        return self.git("rev-list", "-1", ref, "--", path).strip()

    def graph(self, body: dict[str, Any]) -> Answer:
        """Answer a query."""
        query, given = body["query"], body["variables"]
        branch = given.get("branch", "main")
        answers: dict[str, Any] = {"rootRef": "main"}
        if "blobs(ref" in query:
            names = self.files(branch)
            answers["blobs"] = {"nodes": [self.blob(path, names[path]) for path in given["paths"] if path in names]}
        elif "blobs(after" in query:
            nodes = [{"type": "blob", "path": path, "sha": name} for path, name in self.files(branch).items()]
            start = int(given["cursor"] or 0)
            info = {"endCursor": str(start + 100), "hasNextPage": start + 100 < len(nodes)}
            answers["tree"] = {"blobs": {"nodes": nodes[start : start + 100], "pageInfo": info}}
        else:
            answers["tree"] = {"lastCommit": {"sha": self.branches()[branch], "message": "Begin"}}
        return 200, {"data": {"project": {"repository": answers}}}

    def blob(self, path: str, name: str) -> dict[str, Any]:
        """Return a file as GraphQL shows it."""
        text = self.git("cat-file", "blob", name) if path.endswith(".md") else None
        return {"path": path, "oid": name, "size": 1, "rawTextBlob": text}

    def save(self, asked: dict[str, Any]) -> Answer:
        """Make a commit, unless a file has changed since the commit that an action names."""
        self.commits.append(asked)
        start = asked.get("start_branch", "")
        if start and asked["branch"] in self.branches():
            return 400, {"message": "A branch with this name already exists"}
        files = {}
        for action in asked["actions"]:
            path = action["file_path"]
            if action.get("last_commit_id") not in (None, self.last(start or asked["branch"], path)):
                return 400, {"message": "You are attempting to update a file that has changed since you started"}
            text = action["content"]
            files[path] = base64.b64decode(text) if action["encoding"] == "base64" else text.encode()
        name = self.commit(files, asked["commit_message"], (), asked["branch"], start)
        return 201, {"id": name, "committed_date": DATE}
