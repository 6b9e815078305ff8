"""What single keys of site.yaml must satisfy: code host, hosts, web editor, targets of `deploy`, version.

And which pages the editor cannot keep byte for byte: it reads a file without what is around its text.

The number changes only when a key that means something today would mean something else, or nothing, tomorrow; a new
key is no new version. Each such change stands in CHANGES, and in docs/site-yaml.md as a migration note.
"""

import importlib.util
import re
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from sitegen.inputs.ranges import range_problems
from sitegen.model.admin import Admin
from sitegen.model.config import CodeHost, Target
from sitegen.model.files import Source
from sitegen.model.hosting import Hosts
from sitegen.model.lazy import lazily
from sitegen.model.packing import packed
from sitegen.model.phrases import phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_
from sitegen.text.yaml.nodes import Mapping as YamlMapping
from sitegen.text.yaml.nodes import Node, Text, scalar
from sitegen.text.yaml.typed import places_of

# What each pattern may hold; the first set is what it must hold one of.
PLACEHOLDERS = {
    "edit_url": (("path",), ("path", "lang", "title")),
    "create_url": (("path", "name"), ("path", "folder", "name", "lang", "title")),
    "report_url": ((), ("url", "title", "path", "lang")),
}
_ADDRESS = lazily(r"(https?://[^\s\"'<>\\{}/]+/|mailto:)[^\s\"'<>\\]*\Z")


def pattern_problems(host: CodeHost, places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong with the patterns. Problems: pattern-address, pattern-placeholder, pattern-lacks."""
    problems: list[Problem] = []
    for key, (needed, placeholders) in PLACEHOLDERS.items():
        pattern: str = getattr(host, key)
        if not pattern:
            continue
        place = places[key]
        names = re.findall(r"\{([^{}]*)\}", pattern)
        bare = re.sub(r"\{[^{}]*\}", "", pattern)
        if not _ADDRESS.match(pattern) or "{" in bare or "}" in bare:
            problems.append(problem("pattern-address", place, key=key, value=pattern))
            continue
        listed = ", ".join(f"{{{name}}}" for name in placeholders)
        for name in names:
            if name not in placeholders:
                problems.append(problem("pattern-placeholder", place, key=key, name=name, known=listed))
        if needed and not set(needed) & set(names):
            problems.append(problem("pattern-lacks", place, key=key, wanted=f"{{{needed[0]}}}"))
    return problems


_NAME = lazily(r"[A-Za-z][A-Za-z0-9-]*\Z")
_VALUE = lazily(r"[ -~]*\Z")
_DIRECTIVE = lazily(r"[a-z][a-z-]*\Z")
_SOURCE = lazily(r"[!#%&'*+\-./:=?@\w]+\Z", re.ASCII)
_OURS = frozenset({"cache-control", "content-encoding", "content-length", "content-type", "etag", "location", "vary"})


def host_problems(hosts: Hosts, places: dict[str, Place]) -> list[Problem]:
    """Return what is wrong; `places` are those of the keys below `hosts`. Problems: header-invalid, brotli-missing."""
    problems = []
    for name, value in hosts.headers.items():
        good = _NAME.match(name) and _VALUE.match(value) and not set(value) & set('"\\$')
        if not good or name.lower() in _OURS:
            problems.append(problem("header-invalid", places["headers"], name=name, value=value))
    for directive, sources in hosts.policy.items():
        for source in sources:
            if not (_DIRECTIVE.match(directive) and _SOURCE.match(source)):
                problems.append(problem("header-invalid", places["policy"], name=directive, value=source))
    if "br" in hosts.precompress and not _has_brotli():
        problems.append(problem("brotli-missing", places["precompress"]))
    return problems


def _has_brotli() -> bool:
    if "brotli" in sys.modules:
        return sys.modules["brotli"] is not None
    return importlib.util.find_spec("brotli") is not None


_REPOSITORY = {
    "github": lazily(r"\A[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}\Z)[A-Za-z0-9._-]+\Z"),
    "gitlab": lazily(r"\A[A-Za-z0-9_][A-Za-z0-9._-]*(/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9_.][A-Za-z0-9._-]*)+\Z"),
}

# What git allows in the name of a branch, but for characters that need quoting somewhere (git-check-ref-format).
_BRANCH = lazily(r"(?!.*(\.\.|//|@\{|\.lock(/|\Z)))[A-Za-z0-9_][A-Za-z0-9._/@+-]*(?<![/.])\Z")
_SERVICE = lazily(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?\Z")
_HOST = lazily(r"https://[A-Za-z0-9.-]+(:[0-9]+)?\Z")
_APPLICATION = lazily(r"[0-9a-f]{64}\Z")


def admin_problems(admin: Admin, places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong; `places` are those of the keys below `admin`.

    Problems: admin-repository, admin-branch, admin-sign-in.
    """
    problems = []
    if not _REPOSITORY[admin.backend].match(admin.repository):
        problems.append(problem("admin-repository", places["repository"], value=admin.repository))
    if not _BRANCH.match(admin.branch):
        problems.append(problem("admin-branch", places["branch"], value=admin.branch))
    problems += [
        problem("admin-sign-in", places[key], key=f"admin.{key}", value=value, backend=service)
        for key, value, service, form in (
            ("sign_in", admin.sign_in, "github", _SERVICE),
            ("host", admin.host, "gitlab", _HOST),
            ("application", admin.application, "gitlab", _APPLICATION),
        )
        if value and (admin.backend != service or not form.match(value))
    ]
    return problems


def rewritten_pages(_: Admin, sources: Sequence[Source]) -> list[bytes]:
    """Return the packed problems of each page in which the web editor would change text that the user did not edit."""
    return [packed(_rewritten(source)) for source in sources]


def _rewritten(source: Source) -> list[Problem]:
    """Return one problem that names what would be lost. Problems: editor-rewrites."""
    data, place = source.data, Place(source.path)
    if data.startswith(b"\xef\xbb\xbf"):
        return [problem("editor-rewrites", place, what=phrase(T_("the byte order mark at its start")))]
    if b"\r" in data:
        return [problem("editor-rewrites", place, what=phrase(T_("Windows line ends")))]
    if data != data.strip() + b"\n":
        return [problem("editor-rewrites", place, what=phrase(T_("blank space at its start or end")))]
    return []


# The host may not begin with a hyphen: ssh would take it for an option.
_SSH = lazily(r"(?P<host>(?:[\w.][\w.-]*@)?(?:[\w][\w.-]+|\[[0-9a-fA-F:]+\])):(?P<path>[^:\0\r\n]+)\Z", re.ASCII)
_HOME = lazily(r"(~[^/]*|/root|/(home|Users)(/[^/]+)?|/?)/*\Z")


class Address(Struct, frozen=True):
    """A folder of a host."""

    host: str  # with the user, if there is one
    path: str


def ssh_address(text: str) -> Address | None:
    """Return what `user@host:/path` names, or None when it names nothing, the root, a home, or leads upwards."""
    match = _SSH.match(text)
    if not match or _HOME.match(match["path"]) or match["path"].startswith("-"):
        return None
    parts = match["path"].split("/")
    if ".." in parts or not set(parts) - {"", "."}:
        return None
    return Address(match["host"], match["path"].rstrip("/"))


def target_problems(targets: Mapping[str, Target], places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong with the targets. Problems: deploy-target, deploy-address, number-range."""
    problems = []
    for name, target in targets.items():
        place = places[name]
        if bool(target.folder) == bool(target.ssh):
            problems.append(problem("deploy-target", place, name=name))
        elif target.ssh and ssh_address(target.ssh) is None:
            problems.append(problem("deploy-address", place, value=target.ssh))
        problems += range_problems(Target, "port", [target.port], f"deploy.{name}.port", place)
    return problems


CURRENT = 1


class Change(NamedTuple):
    """A key whose meaning changed: since which version, and what to do about it, as a sentence."""

    key: str
    version: int
    advice: str


CHANGES: tuple[Change, ...] = ()


def version_problems(node: Node, changes: tuple[Change, ...] = CHANGES, current: int = CURRENT) -> list[Problem]:
    """Compare the version of a file (a missing one is 1) with what this engine knows.

    Problems: version-unknown, version-changed at each key that means something else by now.
    """
    if not isinstance(node, YamlMapping):
        return []
    places = places_of(node)
    written = next((_plain(value) for key, value in node.items if key.text == "version"), 1)
    if not isinstance(written, int) or isinstance(written, bool):
        return []  # the type is reported with those of all other keys
    if not 1 <= written <= current:
        return [problem("version-unknown", places["version"], version=written, known=current)]
    return [
        problem("version-changed", places[change.key], key=change.key, version=change.version, advice=change.advice)
        for change in changes
        if change.version > written and change.key in places
    ]


def _plain(node: Node) -> object:
    return scalar(node) if isinstance(node, Text) else None
