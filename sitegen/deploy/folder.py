"""Deploys a published folder to another folder of this machine: first a plan, then exactly that plan.

The target is always completely old or completely new, as with `publish`, which does the work; where its parent folder
is not writable, files are replaced one by one. Knows paths and bytes, not pages.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from sitegen.build.inside import OutsideError, is_own
from sitegen.build.publish import (
    Digests,
    adopt,
    damaged,
    digest_of,
    foreign_files,
    pages_last,
    present_files,
    publish,
    read_manifest,
)


class Plan(Struct, frozen=True):
    """The steps of a deployment, in their order. `foreign` are files there that sitegen did not publish."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    listed: bool = True  # whether the list of what was published is already there

    @property
    def nothing(self) -> bool:
        """Say whether the target is already as it should be."""
        return self.listed and not (self.new or self.changed or self.removed)


def planned(
    new: Iterable[str], changed: Iterable[str], removed: Iterable[str], foreign: Iterable[str], listed: bool = True
) -> Plan:
    """Return the plan with its paths in order: what pages need goes before them."""
    ordered = [tuple(sorted(paths, key=pages_last)) for paths in (new, changed)]
    return Plan(ordered[0], ordered[1], tuple(sorted(removed)), tuple(sorted(foreign)), listed)


def finished(folder: Path) -> dict[str, str] | None:
    """Return path → digest of a folder that a build has published whole; None when it is not as the build left it."""
    files = read_manifest(folder)
    if not files or not all(files.values()) or damaged(folder) or foreign_files(present_files(folder), files):
        return None
    return files


def forbidden(target: Path, site: Path, output: Path, inputs: Iterable[str]) -> bool:
    """Say whether a folder must not be filled: the root, a home, the site's own folders, or anything around them."""
    there = Path(os.path.realpath(target))
    around = [Path.home(), Path(os.path.realpath(site)), Path(os.path.realpath(output))]
    inside = [Path(os.path.realpath(site / name)) for name in (*inputs, ".git", ".cache")]
    inside.append(Path(os.path.realpath(output)))
    return any(folder.is_relative_to(there) for folder in around) or any(
        there.is_relative_to(folder) for folder in inside
    )


def plan_folder(files: Digests, target: Path) -> Plan:
    """Return what would happen to a folder. Reads every file in it. Raises OSError."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(20, os.strerror(20))
    old, present = read_manifest(target) or {}, present_files(target)
    foreign = foreign_files(present, old)
    there = present.keys() & files.keys()
    changed = [path for path in there if path in foreign or not _holds(target / path, files[path])]
    removed = (old.keys() | set(foreign)) & present.keys() - files.keys()
    return planned(files.keys() - there, changed, removed, foreign)


def _holds(file: Path, digest: str) -> bool:
    try:
        return digest_of(file.read_bytes()) == digest
    except OSError:
        return False


def deploy_folder(source: Path, files: Digests, target: Path, plan: Plan, workplace: Path) -> None:
    """Make the target hold what `source` holds. `workplace` is used where the target's parent cannot be written.

    Foreign files of the plan are taken over: the caller has asked. Raises OSError; a repetition repairs it.
    """
    target = Path(os.path.realpath(target))
    if plan.foreign:
        adopt(target, plan.foreign)
    target.parent.mkdir(parents=True, exist_ok=True)
    spare = None if os.access(target.parent, os.W_OK) else workplace / "deploy.spare"
    if spare and not is_own(spare):
        raise OutsideError(spare)
    suspect = frozenset(plan.changed)
    publish(target, files, lambda paths: {path: (source / path).read_bytes() for path in paths}, suspect, spare)
