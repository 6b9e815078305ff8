"""The figures of a run as Markdown."""

import datetime as dt
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BEFORE = "Hugo"  # whose figures are 1
COLUMNS = ("cold", "nothing changed", "one body edited")


def report(found: Mapping[str, Any]) -> str:
    """Return the tables, and what they were measured with."""
    parts = [_about(found), _others(found)]
    if found["own"]:
        parts.append(_own(found))
    return "\n\n".join(part for part in parts if part)


def _about(found: Mapping[str, Any]) -> str:
    command = f"python -m benchmarks.run --pages {found['pages']} --rounds {found['rounds']}"
    versions = ", ".join(f"{one['name']} {one['version']}" for one in found["results"])
    left = f" Could not be measured here: {', '.join(found['missing'])}." if found["missing"] else ""
    return (
        f"Measured on {dt.datetime.now(dt.UTC):%Y-%m-%d} by `{command}` on {_machine()}: "
        f"{found['pages']} pages × 3 languages, medians of {found['rounds']} interleaved runs.{left}\n\n"
        f"Versions: {versions}; Python {sys.version.split()[0]}."
    )


def _machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(": ")[1] for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{os.cpu_count()} cores ({model}), {platform.system()}"


def _others(found: Mapping[str, Any]) -> str:
    before = next((one["wall"] for one in found["results"] if one["name"] == BEFORE), None)
    rows = [
        "| Generator | cold | nothing changed | one body edited | memory, largest process | memory, all processes |",
        "|---|---|---|---|---|---|",
    ]
    for one in sorted(found["results"], key=lambda one: float(one["wall"]["cold"])):
        cells = [_cell(one["wall"].get(column), before[column] if before else None) for column in COLUMNS]
        name = f"**{one['name']}**" if one["name"] == "sitegen" else one["name"]
        rows.append(f"| {name} | {' | '.join(cells)} | {one['largest']:.0f} MB | {one['memory']:.0f} MB |")
    return "\n".join(rows)


def _cell(seconds: float | None, before: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds / before:.2f} ({seconds:.2f} s)" if before else f"{seconds:.2f} s"


def _own(found: Mapping[str, Any]) -> str:
    rows = ["| sitegen by itself | Time or memory |", "|---|---|"]
    own = found["own"]
    for name, value in own.items():
        rows.append(f"| {name.removesuffix(', MB')} | {value:.0f} MB |" if name.endswith("MB") else _row(name, value))
    grown = own["cold, 10000 pages"] / 9999 / (own["cold, 1000 pages"] / 999)
    rows.append(f"| time per page at 10,000 pages against that at 1,000 | {grown:.2f} |")
    return "\n".join(rows)


def _row(name: str, seconds: float) -> str:
    return f"| {name} | {seconds:.2f} s |"
