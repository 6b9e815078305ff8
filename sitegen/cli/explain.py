"""`explain`: explain a problem, with a wrong and a right example."""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.cli.examples import Shown

HELP = T_("explain a problem code, with a wrong and a right example")


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the arguments of `explain`."""
    parser.add_argument(
        "code", metavar=say("CODE"), nargs="?", help=say("for example link-missing; without a code, all are listed")
    )


def run(arguments: argparse.Namespace, _root: Path, say: "Speech") -> int:
    """Explain; return the exit code: 2 for a code that does not exist."""
    from sitegen.model.messages import TEXTS
    from sitegen.text.spelling import near

    code = arguments.code
    if code is None:
        width = max(map(len, TEXTS))
        for name, message in TEXTS.items():
            print(f"{name:<{width}}  {say(message.level)}: {_filled(say(message.text))}")
        return 0
    code = code.strip("[]")
    if code not in TEXTS:
        guess = near(code, TEXTS)
        words = say("Did you mean “{suggestion}”?").format(suggestion=guess) if guess else ""
        print(f"{say('There is no problem code “{code}”.', code=code)} {words}".rstrip(), file=sys.stderr)
        return 2
    print("\n".join(_explained(code, say)))
    return 0


def _explained(code: str, say: "Speech") -> Iterable[str]:
    """Give the lines that explain a problem."""
    from sitegen.cli.examples import examples
    from sitegen.model.messages import BY_CHECK, BY_IMPORT, TEXTS

    message, example = TEXTS[code], examples()[code]
    yield f"{code} ({say(message.level)})"
    yield ""
    yield f"    {_filled(say(message.text))}"
    yield f"    {_filled(say(message.hint))}"
    yield ""
    yield from _shown(say("Wrong"), example.bad, say)
    yield from _shown(say("Right"), example.good, say)
    if message.level == "error":
        yield say("Error: nothing is published.")
        return
    if code in BY_IMPORT:
        return
    yield (
        say("Only the command check reports it.")
        if code in BY_CHECK
        else say("The commands build and check report it.")
    )
    if not code.startswith("ignore-"):
        yield say("To ignore it in one line: {comment}", comment=f"<!-- sitegen: ignore {code}: … -->")


def _shown(word: str, files: "tuple[Shown, ...]", say: "Speech") -> Iterable[str]:
    from sitegen.cli.examples import MISSING

    for file in files:
        yield f"{word}, {file.path}:" if file.path else f"{word}:"
        yield ""
        text = say("The file does not exist.") if file.text == MISSING else file.text
        yield from (f"    {line}".rstrip() for line in text.rstrip("\n").split("\n"))
        yield ""


def _filled(text: str) -> str:
    """Return a text of a problem with its values left open."""
    names = re.findall(r"(?<!\{)(?:\{\{)*\{(\w+)\}", text)
    return text.format(**dict.fromkeys(names, "…"))
