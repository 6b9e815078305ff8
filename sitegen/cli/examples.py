"""A bad and a good example of every problem, for `explain`, docs/problems.md and the tests.

The examples are in `examples/*.txt`, in the order of the texts. `== code` begins one; `-- bad PATH --` and
`-- good PATH --` are files, `-- beside PATH --` are files that both need. An example without a path cannot be shown by
a small site; it is text from elsewhere, such as a terminal. `(missing)` means that the file does not exist.
"""

import re
from pathlib import Path

from msgspec import Struct

_FOLDER = Path(__file__).resolve().parent / "examples"
MISSING = "(missing)\n"


class Shown(Struct, frozen=True):
    """One file of an example; `path` is "" for what is no file of a site."""

    path: str
    text: str


class Example(Struct, frozen=True):
    """The same thing, wrong and right."""

    bad: tuple[Shown, ...]
    good: tuple[Shown, ...]
    beside: tuple[Shown, ...]


def examples() -> dict[str, Example]:
    """Return code → example, of all files."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob("*.txt"))]
    by_code = {}
    for text in texts:
        for part in re.split(r"^== ", text, flags=re.M)[1:]:
            code, _, rest = part.partition("\n")
            by_code[code] = _example(rest)
    return by_code


def _example(text: str) -> Example:
    pieces = re.split(r"^-- (bad|good|beside)(?: (.+?))? --\n", text, flags=re.M)[1:]
    kinds: dict[str, list[Shown]] = {"bad": [], "good": [], "beside": []}
    for kind, path, content in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        kinds[kind].append(Shown(path or "", content.strip("\n") + "\n"))
    return Example(tuple(kinds["bad"]), tuple(kinds["good"]), tuple(kinds["beside"]))
