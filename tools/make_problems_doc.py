"""Write the tables of docs/problems.md from the texts in sitegen/core/messages. Run it when a text changes.

What stands above the first table is kept as it is.
"""

import re
from pathlib import Path

from sitegen.core.messages import TEXTS

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs/problems.md"


def groups() -> list[tuple[str, list[str]]]:
    """Return the headings and codes in the order in which the modules hold them."""
    found: list[tuple[str, list[str]]] = []
    for name in ("sources", "pages", "outputs", "editing", "translations"):
        for line in (ROOT / f"sitegen/core/messages/{name}.py").read_text(encoding="utf-8").splitlines():
            if heading := re.match(r"    # (.+)$", line):
                found.append((heading[1], []))
            elif code := re.match(r'    "([a-z0-9-]+)": Message\(', line):
                found[-1][1].append(code[1])
    return found


def cell(text: str) -> str:
    """Return a text as a cell of a table."""
    text = text.replace("{{", "\0").replace("}}", "\1").replace("\0", "{").replace("\1", "}")
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*") if "`" not in text else text


def tables() -> str:
    """Return all tables."""
    lines = []
    for name, codes in groups():
        title = name if name == "site.yaml" else name[0].upper() + name[1:]
        lines += [f"## {title}", "", "| Code | Level | Text | Hint |", "|---|---|---|---|"]
        for code in codes:
            message = TEXTS[code]
            lines.append(f"| `{code}` | {message.level} | {cell(message.text)} | {cell(message.hint)} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def page() -> str:
    """Return the whole page: what stands above the tables now, and the tables."""
    head = FILE.read_text(encoding="utf-8").partition("\n## ")[0]
    return f"{head}\n{tables()}"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
