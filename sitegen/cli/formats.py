"""Problems for machines: one JSON document, or workflow commands that GitHub shows next to the lines.

Both are interfaces: what docs/check.md describes stays.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sitegen.build.i18n import Speech

if TYPE_CHECKING:
    from sitegen.model.problems import Level, Problem

_FORMATS = ("text", "github", "json")
_GITHUB: "dict[Level, str]" = {"error": "error", "warning": "warning", "info": "notice"}
_AT_MOST = 10  # annotations of each level that GitHub shows of a step; of a job it shows 50, whatever the level


def add_format(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Describe the options `--format` and `--all`."""
    parser.add_argument("--all", action="store_true", help=say("print every problem, not only ten of each kind"))
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help=say("output format of problems: for people, for GitHub, or as JSON (default: text)"),
    )


def print_problems(
    problems: "Iterable[Problem]",
    form: str,
    say: Speech,
    environment: Mapping[str, str] = os.environ,
    *,
    everything: bool = False,
) -> None:
    """Print problems: text to the error stream, the rest to the output. In GitHub's actions, text comes with notes.

    In text, `everything` prints each one, also where there are many of a code.
    """
    from sitegen.cli.console import by_level

    problems = by_level(problems)
    if form == "json":
        print(_as_json(problems, say))
        return
    if form == "text" and problems:
        from sitegen.cli.console import print_problems

        print_problems(problems, say=say, everything=everything)
    if form == "github" or environment.get("GITHUB_ACTIONS") == "true":
        print_for_github(problems, say, in_full=form == "github")


def print_for_github(problems: "list[Problem]", say: Speech, *, in_full: bool) -> None:
    """Print workflow commands as far as GitHub shows them; with `in_full` also the other problems, as plain lines."""
    from sitegen.model.messages import level_of

    counts: Counter[Level] = Counter()
    others = []
    for problem in problems:
        counts[level_of(problem)] += 1
        if counts[level_of(problem)] <= _AT_MOST:
            print(as_github(problem, say))
        else:
            others.append(problem)
    if not others:
        return
    from sitegen.cli.console import shown

    print(
        say.plural(
            "{n} more problem: GitHub shows at most {most} errors, {most} warnings and {most} notes per step.",
            "{n} more problems: GitHub shows at most {most} errors, {most} warnings and {most} notes per step.",
            len(others),
            most=_AT_MOST,
        )
    )
    for problem in others if in_full else ():
        print(shown(problem, say=say).partition("\n")[0])


def _as_json(problems: "list[Problem]", say: Speech) -> str:
    """Return one document: every problem, and how many there are of each level."""
    from sitegen.cli.console import LEVELS
    from sitegen.model.messages import level_of

    counts = Counter(map(level_of, problems))
    document = {
        "problems": [_record(problem, say) for problem in problems],
        "counts": {level: counts[level] for level in LEVELS},
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _record(problem: "Problem", say: Speech) -> dict[str, str | int]:
    from sitegen.model.messages import hint_of, level_of, text_of

    place = problem.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "level": level_of(problem),
        "code": problem.code,
        "text": text_of(problem, say),
        "hint": hint_of(problem, say),
        "suggestion": problem.suggestion,
        **{name: str(value) for name, value in problem.values if name == "trace"},  # asked for with --debug
    }


def as_github(problem: "Problem", say: Speech) -> str:
    """Return one workflow command, escaped as docs.github.com asks: “Workflow commands for GitHub Actions”."""
    from sitegen.model.messages import hint_of, level_of, text_of

    place = problem.place
    where = [f"file={_property(place.path)}"]
    where += [f"line={place.line}"] if place.line else []
    where += [f"col={place.column}"] if place.line and place.column else []
    where += [f"title={_property(problem.code)}"]
    text = "\n".join(filter(None, (text_of(problem, say), hint_of(problem, say))))
    return f"::{_GITHUB[level_of(problem)]} {','.join(where)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
