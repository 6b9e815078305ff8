"""What a change did, for the page of a job: `python -m tools.ci_summary REF`.

The engine's own `summary`, and below it what the pages of the finished site weigh, the heaviest of each kind and every
one that is above its budget. Kept in .cache/summary.md, and appended to the file that GitHub names for this.
"""

import contextlib
import io
import os
import sys
from pathlib import Path

from benchmarks.budgets import table, weigh_all
from sitegen.build.writing import replace_file
from sitegen.cli.main import main as run

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache/summary.md"


def weights(folder: Path) -> str:
    """Return the part about weights; "" when there is no finished site."""
    if not (folder / "index.html").exists():
        return ""
    found = weigh_all(folder)
    heaviest = {(one.kind, one.path.partition("/")[0]): one for one in reversed(found)}
    shown = sorted({*heaviest.values(), *(one for one in found if one.excess)}, key=lambda one: (one.kind, one.path))
    above = sum(1 for one in found if one.excess)
    head = f"### What the pages weigh\n\n{len(found)} pages, {above} above a budget; bytes as sent by Brotli."
    return f"\n{head}\n\n<details><summary>The heaviest of each kind</summary>\n\n{table(shown)}\n\n</details>\n"


def main(arguments: list[str]) -> int:
    """Print and keep the summary; returns the exit code of `summary`."""
    if len(arguments) != 1:
        sys.stderr.write("python -m tools.ci_summary REF\n")
        return 2
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run(["summary", f"--since={arguments[0]}"], ROOT)
    text = out.getvalue() + (weights(ROOT / "public") if code == 0 else "")
    replace_file(KEPT, text.encode(), KEPT.parent.parent)
    sys.stdout.write(text)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
