"""Checks before a command uses its cache: refuses one that git tracks, and notes when it cannot be stored."""

import argparse
import sys
from pathlib import Path

from sitegen.build.i18n import Speech
from sitegen.model.words import T_

_USERS = frozenset({"build", "check", "serve", "status", "summary", "translate"})  # the commands that read the cache
REASONS = (  # what build.seal says
    T_("fewer than 32 characters"),
    T_("it is inside the folder of a site"),
    T_("there is no home folder"),
    T_("it belongs to another user, or others can write to it"),
)


def is_refused(arguments: argparse.Namespace, root: Path, say: Speech) -> bool:
    """Say whether a command must not run here, and why, on standard error. Notes once when nothing can be kept."""
    if arguments.verb not in _USERS:
        return False
    from sitegen.build.git import is_tracked
    from sitegen.build.up_to_date import CACHE  # `options` would bring much that a look does not need

    if is_tracked(root / CACHE):
        print(_refusal(CACHE, say), file=sys.stderr)
        return True
    if not getattr(arguments, "clean", False) and not getattr(arguments, "quiet", False):
        note = _note(say)
        if note:
            print(note, file=sys.stderr)
    return False


def _refusal(cache: str, say: Speech) -> str:
    """Return why a cache that git tracks is refused, and what to type."""
    path, command = f"{cache}/", f"git rm -r --cached --quiet {cache}"
    why = say(
        "The cache folder {path} is in the git repository. Anyone who can commit could insert "
        "pages there, so the command stopped.",
        path=path,
    )
    return why + " " + say("Run “{command}”, and add {path} to .gitignore.", command=command, path=path)


def _note(say: Speech) -> str:
    """Return why the cache cannot be stored for the next command, "" if it can."""
    from sitegen.build import seal
    from sitegen.model.phrases import spoken, system_reason

    error = seal.why_in_memory()
    if error is None:
        return ""
    place = seal.VARIABLE if str(error) == seal.SHORT else str(seal.folder())
    text = say("The cache cannot be used, because its key cannot be stored.")
    return f"{text} ({place}: {spoken(system_reason(error), say)})"
