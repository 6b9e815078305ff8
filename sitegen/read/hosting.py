"""What site.yaml says of hosts, checked: what it adds to headers must be safe to write into every host's file."""

import importlib.util
import re
import sys

from sitegen.core.hosting import Hosts
from sitegen.core.problems import Place, Problem, problem

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_VALUE = re.compile(r"[ -~]*\Z")
_DIRECTIVE = re.compile(r"[a-z][a-z-]*\Z")
_SOURCE = re.compile(r"[!#%&'*+\-./:=?@\w]+\Z", re.ASCII)
_OURS = frozenset({"cache-control", "content-encoding", "content-length", "content-type", "etag", "location", "vary"})


def host_problems(hosts: Hosts, places: dict[str, Place]) -> list[Problem]:
    """Return what is wrong; `places` are those of the keys below `hosts`. Problems: header-invalid, brotli-missing."""
    found = []
    for name, value in hosts.headers.items():
        good = _NAME.match(name) and _VALUE.match(value) and not set(value) & set('"\\$')
        if not good or name.lower() in _OURS:
            found.append(problem("header-invalid", places["headers"], name=name, value=value))
    for directive, sources in hosts.policy.items():
        for source in sources:
            if not (_DIRECTIVE.match(directive) and _SOURCE.match(source)):
                found.append(problem("header-invalid", places["policy"], name=directive, value=source))
    if "br" in hosts.precompress and not _has_brotli():
        found.append(problem("brotli-missing", places["precompress"]))
    return found


def _has_brotli() -> bool:
    if "brotli" in sys.modules:
        return sys.modules["brotli"] is not None
    return importlib.util.find_spec("brotli") is not None
