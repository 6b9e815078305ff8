"""Write what an installation consists of, in the form of CycloneDX: `python -m tools.make_sbom [FILE]`.

Everything comes from pyproject.toml and requirements.lock: each package with version and digests, and what needs what.
The same lock file gives the same bytes.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from sitegen import __version__

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "sbom.cdx.json"
_OURS = "sitegen"


def users(lock: str) -> dict[str, set[str]]:
    """Return for each package of a lock file who needs it, as its comments `# via …` say."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in lock.splitlines():
        pin = re.match(r"([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==", line)
        if pin:
            name = pin[1]
            found[name] = set()
        elif line.startswith("    #"):
            word = line.strip().lstrip("# ").removeprefix("via").strip()
            if word:
                found[name].add(word.split()[0])
    return found


def made(lock_file: Path, project: Path) -> dict[str, Any]:
    """Return what the tool of CycloneDX tells of a lock file, with our version and with what needs what."""
    words = ["requirements", str(lock_file), "--pyproject", str(project), "--output-reproducible", "--validate"]
    told = subprocess.run(  # noqa: S603 - words of ours
        [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *words], check=True, capture_output=True, text=True
    )
    bom: dict[str, Any] = json.loads(told.stdout)
    root = bom["metadata"]["component"]
    root.update({"version": __version__, "purl": f"pkg:pypi/{_OURS}@{__version__}"})
    for part in bom["components"]:
        part["bom-ref"] = part["purl"]  # not the number of a line
        part.pop("description", None)  # the line of the lock file once more
    ids = {_OURS: root["bom-ref"], **{part["name"]: part["bom-ref"] for part in bom["components"]}}
    needs: dict[str, list[str]] = {one: [] for one in ids.values()}
    for name, above in users(lock_file.read_text(encoding="utf-8")).items():
        for one in above:
            needs[ids[one]].append(ids[name])
    bom["dependencies"] = [{"ref": one, "dependsOn": sorted(below)} for one, below in sorted(needs.items())]
    return bom


def main(arguments: list[str]) -> int:
    """Write the file."""
    output = Path(arguments[0]) if arguments else OUTPUT
    bom = made(ROOT / "requirements.lock", ROOT / "pyproject.toml")
    output.write_text(json.dumps(bom, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
