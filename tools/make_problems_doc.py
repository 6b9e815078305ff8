"""Write the tables and examples of docs/problems.md from sitegen/model/messages and sitegen/cli/examples.

Run it when one of them changes: `python -m tools.make_problems_doc`.

What stands above the first table is kept as it is.
"""

import re
from pathlib import Path

from sitegen.cli.examples import MISSING, Shown, examples
from sitegen.model.messages import TEXTS

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs/problems.md"


def groups() -> list[tuple[str, list[str]]]:
    """Return the headings and codes in the order in which the modules hold them."""
    found: list[tuple[str, list[str]]] = []
    for name in ("sources", "pages", "links", "outputs", "editing", "translations"):
        for line in (ROOT / f"sitegen/model/messages/{name}.py").read_text(encoding="utf-8").splitlines():
            if heading := re.match(r"    # (.+)$", line):
                found.append((heading[1], []))
            elif code := re.match(r'    "([a-z0-9-]+)": Message\(', line):
                found[-1][1].append(code[1])
    return found


def cell(text: str) -> str:
    """Return a text as a cell of a table."""
    text = text.replace("{{", "\0").replace("}}", "\1").replace("\0", "{").replace("\1", "}")
    for mark in ("\\", "|", "<", "*", "[^", "{{"):  # what Markdown, or a warning about other tools, would see in it
        text = text.replace(mark, "\\" + mark) if "`" not in text else text
    return text


def shown(word: str, files: tuple[Shown, ...]) -> list[str]:
    """Return the files of an example as lines of Markdown."""
    lines = []
    for file in files:
        text = "The file does not exist.\n" if file.text == MISSING else file.text
        lines += [f"{word}, `{file.path}`:" if file.path else f"{word}:", "", f"````text\n{text}````", ""]
    return lines


def tables() -> str:
    """Return all tables, each with the examples of its problems."""
    lines = []
    shows = examples()
    for name, codes in groups():
        title = name if name == "site.yaml" else name[0].upper() + name[1:]
        lines += [f"## {title}", "", "| Code | Level | Text | Hint |", "|---|---|---|---|"]
        for code in codes:
            message = TEXTS[code]
            lines.append(f"| `{code}` | {message.level} | {cell(message.text)} | {cell(message.hint)} |")
        lines.append("")
        for code in filter(shows.get, codes):  # one that lacks its example fails in tests/cli/test_explain.py
            lines += [f"### `{code}`", "", *shown("Wrong", shows[code].bad), *shown("Right", shows[code].good)]
    return "\n".join(lines).rstrip("\n") + "\n"


def page() -> str:
    """Return the whole page: what stands above the tables now, and the tables."""
    head = FILE.read_text(encoding="utf-8").partition("\n## ")[0]
    return f"{head}\n{tables()}"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
