"""Patterns of addresses on a code host: whether they can be filled in. Never asks what is there."""

import re
from collections.abc import Mapping

from sitegen.core.outlets import CodeHost
from sitegen.core.problems import Place, Problem, problem

# What each pattern may hold; the first set is what it must hold one of.
PLACEHOLDERS = {
    "edit_url": (("path",), ("path", "lang", "title")),
    "create_url": (("path", "name"), ("path", "folder", "name", "lang", "title")),
    "report_url": ((), ("url", "title", "path", "lang")),
}
_ADDRESS = re.compile(r"(https?://[^\s\"'<>\\{}/]+/|mailto:)[^\s\"'<>\\]*\Z")


def pattern_problems(host: CodeHost, places: Mapping[str, Place]) -> list[Problem]:
    """Return what is wrong with the patterns. Problems: pattern-address, pattern-placeholder, pattern-lacks."""
    found: list[Problem] = []
    for key, (needed, known) in PLACEHOLDERS.items():
        pattern: str = getattr(host, key)
        if not pattern:
            continue
        place = places[key]
        names = re.findall(r"\{([^{}]*)\}", pattern)
        bare = re.sub(r"\{[^{}]*\}", "", pattern)
        if not _ADDRESS.match(pattern) or "{" in bare or "}" in bare:
            found.append(problem("pattern-address", place, key=key, value=pattern))
            continue
        listed = ", ".join(f"{{{name}}}" for name in known)
        for name in names:
            if name not in known:
                found.append(problem("pattern-placeholder", place, key=key, name=name, known=listed))
        if needed and not set(needed) & set(names):
            found.append(problem("pattern-lacks", place, key=key, wanted=f"{{{needed[0]}}}"))
    return found
