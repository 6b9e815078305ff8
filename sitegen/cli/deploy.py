"""`deploy`: put the finished site into a folder or on a host. Without `--yes` it only shows the plan."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.deploy.folder import Plan
    from sitegen.deploy.rsync import Host
    from sitegen.model.config import Config, Target

HELP = T_("copy the built site to a folder, or to a host over SSH")
_SHOWN = 20  # paths of a kind, unless all are asked for

# What ssh and rsync say, by a part of their texts, and what it means to a person.
_REASONS = (
    ("Permission denied (", T_("the host does not accept the SSH key.")),
    ("Host key verification failed", T_("the SSH key of the host is unknown or has changed.")),
    ("Could not resolve hostname", T_("the host does not exist.")),
    ("Connection refused", T_("the host refuses the connection.")),
    ("timed out", T_("the host did not answer in time.")),
    ("No space left on device", T_("the disk of the host is full.")),
    ("command not found", T_("rsync is not installed on the host.")),
)


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `deploy`."""
    parser.add_argument(
        "target", metavar=say("TARGET"), help=say("a name under deploy in site.yaml, a folder, or user@host:/path")
    )
    parser.add_argument(
        "--yes", action="store_true", help=say("apply the changes; without this option, only show them")
    )
    parser.add_argument(
        "--adopt", action="store_true", help=say("replace or remove files that were not published by sitegen")
    )
    parser.add_argument("--all", action="store_true", help=say("list every file"))
    parser.add_argument(
        "--output", metavar=say("FOLDER"), help=say("the folder of the built site (default: as in site.yaml)")
    )
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Show or do; return the exit code: 1 when it cannot be done, 2 when there is no such target."""
    from sitegen.build.lock import locked
    from sitegen.build.up_to_date import CACHE
    from sitegen.cli.build import say_waiting

    config = _config(arguments, root, say)
    if config is None:
        return 1
    place = _place(arguments.target, config.deploy, root)
    if place is None:
        names = ", ".join(config.deploy) or say("none")
        _complain(say("There is no target “{name}”. Known targets: {known}.", name=arguments.target, known=names))
        _complain(say("Write a folder as ./{name}, and a host as user@host:/path.", name=arguments.target))
        return 2
    output = Path(arguments.output).absolute() if arguments.output else root / config.output
    with locked(root / CACHE / "lock", lambda: say_waiting(say)):
        return _deploy(arguments, _Job(root, output, place), say)


class _Job(NamedTuple):
    """What goes where."""

    root: Path
    output: Path
    place: "Path | Host"


def _deploy(arguments: argparse.Namespace, job: _Job, say: "Speech") -> int:
    from sitegen.build.up_to_date import FOLDERS
    from sitegen.deploy.folder import finished, forbidden
    from sitegen.deploy.rsync import RsyncError
    from sitegen.model.phrases import spoken, system_reason

    files = finished(job.output)
    if files is None:
        _complain(
            say("{folder} does not contain a complete, unchanged build: run build first.", folder=job.output.name)
        )
        return 1
    if isinstance(job.place, Path) and forbidden(job.place, job.root, job.output, FOLDERS):
        _complain(
            say("A site cannot be copied to {folder}: choose a folder that holds nothing else.", folder=job.place)
        )
        return 1
    try:
        return _planned(arguments, job, files, say)
    except RsyncError as error:
        words = _why(str(error), say)
    except OSError as error:
        words = spoken(system_reason(error), say)
    _complain(f"{arguments.target}: {words}")
    return 1


def _why(output: str, say: "Speech") -> str:
    """Return why rsync or ssh did not work: in our own words where they are known, else as it was said."""
    if not output:
        return say("rsync is not installed.")
    reason = next((ours for theirs, ours in _REASONS if theirs in output), "")
    return say(reason) if reason else output


def _planned(arguments: argparse.Namespace, job: _Job, files: dict[str, str], say: "Speech") -> int:
    from sitegen.build.up_to_date import CACHE
    from sitegen.deploy.folder import deploy_folder, plan_folder
    from sitegen.deploy.rsync import deploy_remote, plan_remote

    place = job.place
    plan = plan_folder(files, place) if isinstance(place, Path) else plan_remote(job.output, files, place)
    _show(plan, arguments, say)
    if plan.foreign and not arguments.adopt:
        _complain(say("Nothing was changed. To replace or remove these files, add --adopt."))
        return 1
    if plan.nothing:
        return 0
    if not arguments.yes:
        print(say("This was a dry run: nothing was changed. To apply it, add --yes."))
        return 0
    if isinstance(place, Path):
        deploy_folder(job.output, files, place, plan, job.root / CACHE)
    else:
        deploy_remote(job.output, files, place, plan)
    print(say("Done."))
    return 0


def _show(plan: "Plan", arguments: argparse.Namespace, say: "Speech") -> None:
    """Print what would happen: the paths in the order in which it would, and how many there are."""
    from sitegen.cli.console import calm

    for sign, paths in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        shown = paths if arguments.all else paths[:_SHOWN]
        for path in shown:
            print(f"{sign} {calm(path)}")
        if len(paths) > len(shown):
            print(say.plural("{sign} … and {n} more", "{sign} … and {n} more", len(paths) - len(shown), sign=sign))
    counts = (
        say.plural("{n} new", "{n} new", len(plan.new)),
        say.plural("{n} changed", "{n} changed", len(plan.changed)),
        say.plural("{n} removed", "{n} removed", len(plan.removed)),
    )
    print(f"{arguments.target}: {', '.join(counts)}")
    if plan.foreign:
        names = ", ".join(calm(path) for path in plan.foreign[: _SHOWN // 2])
        dots = " …" if len(plan.foreign) > _SHOWN // 2 else ""
        _complain(say.plural(
            "{n} file there was not published by sitegen: {names}",
            "{n} files there were not published by sitegen: {names}",
            len(plan.foreign), names=names + dots,
        ))  # fmt: skip


def _place(word: str, targets: "Mapping[str, Target]", root: Path) -> "Path | Host | None":
    """Return the folder or host that a word of the command line means, or None."""
    from sitegen.deploy.rsync import Host
    from sitegen.inputs.config_rules import ssh_address
    from sitegen.model.config import Target

    target = targets.get(word) or Target(ssh=word)
    if target.folder:
        return root / Path(target.folder).expanduser()
    address = ssh_address(target.ssh)
    if address:
        files = [str(root / Path(name).expanduser()) if name else "" for name in (target.identity, target.known_hosts)]
        return Host(address.host, address.path, target.port, *files)
    return Path(word).absolute() if "/" in word.split(":")[0] or os.sep in word or word in (".", "..") else None


def _config(arguments: argparse.Namespace, root: Path, say: "Speech") -> "Config | None":
    """Return the settings, or print what is wrong with them."""
    from sitegen.cli.console import print_problems
    from sitegen.inputs.config import read_settings
    from sitegen.model.messages import is_error

    config, problems = read_settings(root, arguments.config)
    print_problems([problem for problem in problems if is_error(problem)], say=say)
    return config


def _complain(text: str) -> None:
    print(text, file=sys.stderr)
