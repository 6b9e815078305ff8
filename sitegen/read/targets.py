"""Targets of `deploy`: whether they name one place, and one that may be filled. Never looks at the place."""

import re
from collections.abc import Mapping

from msgspec import Struct

from sitegen.core.problems import Place, Problem, problem
from sitegen.core.targets import Target

# The host may not begin with a hyphen: ssh would take it for an option.
_SSH = re.compile(r"(?P<host>(?:[\w.][\w.-]*@)?(?:[\w][\w.-]+|\[[0-9a-fA-F:]+\])):(?P<path>[^:\0\r\n]+)\Z", re.ASCII)
_HOME = re.compile(r"(~[^/]*|/root|/(home|Users)(/[^/]+)?|/?)/*\Z")


class Address(Struct, frozen=True):
    """A folder of a host."""

    host: str  # with the user, if there is one
    path: str


def ssh_address(text: str) -> Address | None:
    """Return what `user@host:/path` names, or None when it names nothing, the root, a home, or leads upwards."""
    found = _SSH.match(text)
    if not found or _HOME.match(found["path"]) or found["path"].startswith("-"):
        return None
    parts = found["path"].split("/")
    if ".." in parts or not set(parts) - {"", "."}:
        return None
    return Address(found["host"], found["path"].rstrip("/"))


def target_problems(targets: Mapping[str, Target], places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong with the targets. Problems: deploy-target, deploy-address, number-range."""
    found = []
    for name, target in targets.items():
        place = places[name]
        if bool(target.folder) == bool(target.ssh):
            found.append(problem("deploy-target", place, name=name))
        elif target.ssh and ssh_address(target.ssh) is None:
            found.append(problem("deploy-address", place, value=target.ssh))
        if not 1 <= target.port <= 65535:
            found.append(problem("number-range", place, key=f"deploy.{name}.port", low=1, high=65535))
    return found
