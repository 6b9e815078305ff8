"""`summary`: describe the effect of a change on the site in Markdown, for a pull request or a CI job."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.build.i18n import Speech
    from sitegen.check.changes import Changes, OutdatedTranslation
    from sitegen.model.config import Config
    from sitegen.model.problems import Problem

HELP = T_("summarize in Markdown what changed since an earlier version")
_SHOWN = 25  # pages of a kind in one language
_WRONG = {
    "git": T_("git is not installed."),
    "repository": T_("This folder is not in a git repository."),
    "ref": T_("git does not know “{ref}”. In a shallow clone, fetch it first."),
}


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `summary`."""
    parser.add_argument(
        "--since",
        metavar=say("REF"),
        required=True,
        help=say("the branch, tag or commit to compare with, from the point where this version branched off"),
    )
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Print the summary; return the exit code: 1 when the site has errors or there is nothing to compare with."""
    from sitegen.build.lock import locked
    from sitegen.build.request import CACHE
    from sitegen.check.changes import CheckoutError, changes_since, since
    from sitegen.cli.build import today
    from sitegen.model.extensions import NONE

    try:
        commit = since(root, arguments.since or "")
        with locked(root / CACHE / "lock", lambda: None):
            changes, now = changes_since(
                root, arguments.config, commit, today(os.environ), arguments.extensions or NONE
            )
    except CheckoutError as error:
        print(say(_WRONG[str(error)], ref=arguments.since), file=sys.stderr)
        return 1
    print("## " + say("What this changes"))
    if changes is None or now.config is None:
        print("\n" + _broken(now.problems, say))
        return 1
    print("\n" + say("Compared with {ref} ({commit}).", ref=f"`{arguments.since}`", commit=f"`{commit[:10]}`"))
    for part in (*_pages(changes, now.config, say), *_translations(changes.outdated, now.config, say)):
        print("\n" + part)
    return 0


def _broken(problems: "tuple[Problem, ...]", say: "Speech") -> str:
    """Return what is shown of a site that would not be published."""
    from sitegen.cli.console import shown, summary

    texts = "\n\n".join(shown(problem, say=say) for problem in problems[:_SHOWN])
    return say("{count}. Nothing would be published.", count=summary(problems, say)) + f"\n\n````text\n{texts}\n````"


def _pages(changes: "Changes", config: "Config", say: "Speech") -> list[str]:
    """Return the table of numbers, then the addresses language by language."""
    if not changes.comparable:
        return [say("The earlier version has errors, so the pages cannot be compared.")]
    groups = (changes.new, changes.changed, changes.removed)
    touched = [code for code in (*config.codes, "") if any(code in group for group in groups)]
    if not touched:
        return [say("No page has changed."), *_others(changes.others, say)]
    head = (say("Language"), say("New pages"), say("Changed"), say("Removed"))
    rows = ["| " + " | ".join(head) + " |", "|---|--:|--:|--:|"]
    for code in touched:
        counts = " | ".join(str(len(group.get(code, ()))) for group in groups)
        rows.append(f"| {_name(code, config, say)} | {counts} |")
    lists = [_list(code, groups, config, say) for code in touched]
    return ["\n".join(rows), *_others(changes.others, say), *lists]


def _others(count: int, say: "Speech") -> list[str]:
    words = say.plural("{n} other file changed.", "{n} other files changed.", count)
    return [words] if count else []


def _list(code: str, groups: "tuple[Mapping[str, tuple[str, ...]], ...]", config: "Config", say: "Speech") -> str:
    lines = [f"### {_name(code, config, say)}", ""]
    for word, group in zip((say("new"), say("changed"), say("removed")), groups, strict=True):
        paths = group.get(code, ())
        lines += [f"- {word}: `{path}`" for path in paths[:_SHOWN]]
        if len(paths) > _SHOWN:
            others = say.plural("… and {n} more", "… and {n} more", len(paths) - _SHOWN)
            lines.append(f"- {word}: {others}")
    return "\n".join(lines)


def _translations(outdated: "tuple[OutdatedTranslation, ...]", config: "Config", say: "Speech") -> list[str]:
    """Return which translations no longer say what their sources do."""
    title = "### " + say("Translations that are now outdated")
    if not outdated:
        return [title, say("None.")]
    lines = []
    for translation in outdated:
        parts = ", ".join(f"“{_plain(_section(name, say))}”" for name in translation.sections)
        lines.append(f"- `{translation.path}` ({_name(translation.lang, config, say)}): {parts}")
    return [title, "\n".join(lines)]


def _section(name: str, say: "Speech") -> str:
    """Return what a section is called: its heading, or a word for the parts that have none."""
    return {"introduction": say("introduction"), "front": say("front matter")}.get(name, name)


def _name(code: str, config: "Config", say: "Speech") -> str:
    if not code:
        return say("for all languages")
    label = _plain(config.language(code).label)
    return say("{label} (in preparation)", label=label) if code in config.prepared else label


def _plain(text: str) -> str:
    """Return words of a site without anything that Markdown or HTML would act on."""
    escaped = "".join(f"\\{c}" if c in "\\`*_[]|#" else c for c in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
