"""`clean`: remove what builds have written, and nothing else."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.clear import Found
    from sitegen.build.i18n import Speech

HELP = T_("remove what builds have created: the published folder and the cache")


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `clean`."""
    parser.add_argument("--dry-run", action="store_true", help=say("only show what would be removed"))
    parser.add_argument(
        "--output",
        "--output-dir",
        metavar=say("FOLDER"),
        help=say("the published folder (default: the one in site.yaml)"),
    )
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Remove the files; return the exit code: 1 if the published folder contains files that sitegen did not publish."""
    from sitegen.build.clear import cached, clear, published
    from sitegen.build.inside import real_inside
    from sitegen.build.lock import locked
    from sitegen.build.request import CACHE
    from sitegen.cli.build import say_waiting

    output = _output(arguments, root, say)
    if output is None:
        return 1
    cache = root / CACHE
    folders = [output] if arguments.output else [output, output.with_name(f"{output.name}-offline")]
    if not cache.is_dir() and not any(folder.exists() or folder.is_symlink() for folder in folders):
        print(say("There is nothing to remove."))
        return 0
    for folder in [] if arguments.output else folders:
        real_inside(root, folder.parent)
    with locked(cache / "lock", lambda: say_waiting(say)):
        sites = [(published(folder), folder) for folder in folders]
        for site, folder in sites:
            if site.foreign:
                return _refused(site.foreign, folder, root, say)
        for contents, top in [*sites, (cached(cache), cache)]:
            if not arguments.dry_run:
                clear(contents, top)
            _say(contents, top, root, say, dry=arguments.dry_run)
    return 0


def _output(arguments: argparse.Namespace, root: Path, say: "Speech") -> Path | None:
    """Return the published folder; None when the settings do not say it, which is printed."""
    if arguments.output:
        return Path(arguments.output).absolute()
    from sitegen.cli.console import print_problems
    from sitegen.inputs.config import read_settings

    config, problems = read_settings(root, arguments.config)
    if config is None:
        print_problems(problems, say=say)
        print(
            say("Nothing was removed. Give the published folder with --output, or fix the settings."),
            file=sys.stderr,
        )
        return None
    return root / config.output


def _refused(foreign: tuple[str, ...], output: Path, root: Path, say: "Speech") -> int:
    from sitegen.cli.console import print_problems
    from sitegen.inputs.folders import unpublished
    from sitegen.model.problems import Place

    print_problems([unpublished(Place(_shown(output, root)), foreign)], say=say)
    print(say("Nothing was removed."), file=sys.stderr)
    return 1


def _say(contents: "Found", top: Path, root: Path, say: "Speech", *, dry: bool) -> None:
    for tree in contents.trees:
        print(_line(f"{_shown(tree, root)}/", say, dry))
    if contents.files:
        files = say.plural("{n} file", "{n} files", len(contents.files))
        print(_line(f"{_shown(top, root)}/ ({files})", say, dry))


def _line(name: str, say: "Speech", dry: bool) -> str:
    return say("{name} would be removed", name=name) if dry else say("{name} was removed", name=name)


def _shown(path: Path, root: Path) -> str:
    return os.path.relpath(path, root) if path.is_relative_to(root) else str(path)
