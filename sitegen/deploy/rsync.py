"""Deploys a published folder to a host by rsync over SSH: first a plan, then exactly that plan.

rsync compares checksums, so it finds files that were changed on the host. Assets are sent before pages, removals come
last, and each file is replaced in one step; after an interruption, run it again. Files to remove are listed one by
one, so nothing else can be removed. Knows paths and bytes, not pages.
"""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.build.publish import MANIFEST, manifest, pages_last, read_manifest
from sitegen.deploy.folder import Plan, planned

_PATIENCE = 15  # seconds until a host that does not answer counts as not there
_STANDSTILL = 120  # seconds without a byte
_NOISE = re.compile(
    r"rsync error: |rsync: (connection unexpectedly closed|\[[^\]]*\] error )|Warning: Permanently|\s*$"
)
_REMNANT = re.compile(
    r"(?P<folder>(?>(?:[^/]*+/)*))\.(?P<name>[^/]+)\.[A-Za-z0-9]{6}\Z"
)  # rsync's name for a file on its way


class Host(Struct, frozen=True):
    """A folder of a host, and how to reach it."""

    host: str  # with the user, if there is one
    path: str
    port: int = 22
    identity: str = ""  # the file of the private key
    known_hosts: str = ""  # the file of the keys of hosts


class RsyncError(Exception):
    """Why nothing, or not all, could be done: one line, in the words of rsync or ssh; "" when rsync is missing here."""


def plan_remote(source: Path, files: Mapping[str, str], host: Host) -> Plan:
    """Return what would happen to the folder of the host. Raises RsyncError."""
    lines = _run(host, "--dry-run", "--delete", "--out-format=%i %n", f"{source}/", _place(host)).splitlines()
    paths_by_kind: dict[str, set[str]] = {"new": set(), "changed": set(), "removed": set()}
    for line in lines:
        what, path = line[:11].strip(), line[12:]  # rsync(1): %i is eleven characters wide
        if what == "*deleting":
            paths_by_kind["removed"].add(path)
        elif what.startswith("<f"):
            paths_by_kind["new" if "+++" in what else "changed"].add(path)
    listed = all(MANIFEST not in paths for paths in paths_by_kind.values())
    new, changed, removed = (paths - {MANIFEST} for paths in paths_by_kind.values())
    ours = _published(host) if removed or changed else {}
    strange = {path for path in changed | removed if path not in ours and not path.endswith("/")}
    foreign = [path for path in strange if not _is_remnant(path, ours.keys() | files.keys())]
    return planned(new, changed, removed, foreign, listed)


def deploy_remote(source: Path, files: Mapping[str, str], host: Host, plan: Plan) -> None:
    """Make the host's folder hold what `source` holds. Raises RsyncError; a repetition repairs it."""
    if not (plan.new or plan.changed or plan.removed):
        _run(host, str(source / MANIFEST), _place(host))
        return
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        between = {
            **files,
            **dict.fromkeys((*plan.changed, *plan.removed), ""),
        }  # nothing looks foreign after an interruption
        (temporary / MANIFEST).write_bytes(manifest(between))
        _run(host, str(temporary / MANIFEST), _place(host))
    sent = (*plan.new, *plan.changed)
    assets = [path for path in sent if not pages_last(path)[0]]
    pages = [path for path in sent if pages_last(path)[0]]
    for batch in (assets, pages):
        if batch:
            _run(host, "--force", "--files-from=-", f"{source}/", _place(host), stdin="\n".join(batch))
    if plan.removed:
        rules = [f"R /{_literal(path)}" for path in plan.removed]
        _run(host, "--delete", "--existing", "--ignore-existing", "--filter=. -", f"{source}/", _place(host),
             stdin="\n".join([*rules, "P *"]))  # fmt: skip
    _run(host, str(source / MANIFEST), _place(host))


def _published(host: Host) -> dict[str, str]:
    """Return path → digest of what was published there last; empty when nothing was."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _run(host, _place(host) + MANIFEST, f"{folder}/")
        except RsyncError:
            return {}
        return read_manifest(Path(folder)) or {}


def _is_remnant(path: str, ours: Iterable[str]) -> bool:
    """Say whether an interrupted rsync left this file behind."""
    match = _REMNANT.match(path)
    return bool(match and match["folder"] + match["name"] in ours)


def _literal(path: str) -> str:
    """Return a path for a rule of rsync, where *, ? and [ have a meaning."""
    return re.sub(r"([\\*?\[])", r"\\\1", path) if re.search(r"[*?\[]", path) else path


def _place(host: Host) -> str:
    return f"{host.host}:{host.path}/"


def _run(host: Host, *arguments: str, stdin: str = "") -> str:
    """Run rsync and return what it prints. Raises RsyncError."""
    program = shutil.which("rsync")
    if not program:
        raise RsyncError("")
    shell = ["ssh", "-p", str(host.port), "-o", "BatchMode=yes", "-o", f"ConnectTimeout={_PATIENCE}"]
    if host.identity:
        shell += ["-i", host.identity, "-o", "IdentitiesOnly=yes"]
    if host.known_hosts:
        shell += ["-o", f"UserKnownHostsFile={host.known_hosts}"]
    command = [program, "-rc8", "--protect-args", f"--timeout={_STANDSTILL}", "-e", shlex.join(shell), *arguments]
    process = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        command, input=stdin.encode(), capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if process.returncode:
        raise RsyncError(_reason(process.stderr.decode("utf-8", "replace")) or f"rsync: {process.returncode}")
    return process.stdout.decode("utf-8", "surrogateescape")


def _reason(output: str) -> str:
    """Return the line that says what is wrong: the first that is not rsync's or ssh's general lament."""
    lines = [line.strip() for line in output.splitlines()]
    telling = [line for line in lines if line and not _NOISE.match(line) and not set(line) <= set("@*-= ")]
    return next(iter(telling), next(iter(filter(None, lines)), ""))
