"""Takes another version of the web editor: `python -m tools.upgrade_admin 0.222.0`.

Writes the version into package.json and its digests into package-lock.json, bundles the editor again, and runs every
test of it, the long ones too. If one fails, both files and the editor are as they were; what failed is shown.
"""

import json
import re
import shutil
import subprocess
import sys

from tools.make_admin_assets import ASSETS, EDITOR, PROJECT

PACKAGE = "@sveltia/cms"
FILES = (PROJECT / "package.json", PROJECT / "package-lock.json")
INSTALL = ("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")
TESTS = ("tests/admin", "tests/outputs/test_admin.py", "tests/project/test_supply.py")


def main(words: list[str]) -> int:
    """Do it; return 0 when all tests passed, 1 when the old version is back, 2 for a wrong command."""
    if len(words) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", words[0]):
        sys.stderr.write("usage: python -m tools.upgrade_admin VERSION, for example 0.222.0\n")
        return 2
    before = [file.read_bytes() for file in FILES]
    old = pinned()
    if install(words[0]) and passes():
        sys.stdout.write(
            f"{PACKAGE} {old} → {words[0]}: all tests passed. Commit package.json and package-lock.json.\n"
        )
        return 0
    for file, data in zip(FILES, before, strict=True):
        file.write_bytes(data)
    bundle()
    sys.stderr.write(f"{PACKAGE} {words[0]} does not pass: {old} is back.\n")
    return 1


def pinned() -> str:
    """Return the version that package.json names."""
    return str(json.loads(FILES[0].read_text(encoding="utf-8"))["devDependencies"][PACKAGE])


def install(version: str) -> bool:
    """Write the version and its digests into both files, and bundle it; return whether that worked."""
    options = ("--package-lock-only", "--save-dev", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund")
    return run("npm", "install", *options, f"{PACKAGE}@{version}") and bundle() and installed() == version


def installed() -> str:
    """Return the version that is bundled."""
    return str(json.loads((EDITOR / "package.json").read_text(encoding="utf-8"))["version"])


def bundle() -> bool:
    """Install what the lock says, and write the editor's folder again."""
    shutil.rmtree(ASSETS, ignore_errors=True)
    return run(*INSTALL) and run(sys.executable, "-m", "tools.make_admin_assets")


def passes() -> bool:
    """Run the tests of the editor, in the browser too."""
    tests = [test for test in TESTS if (PROJECT / test).exists()]
    return run(sys.executable, "-m", "pytest", "-q", "-m", "proof or not proof", *tests)


def run(*command: str) -> bool:
    """Run a command in the project, showing what it prints; return whether it succeeded."""
    sys.stdout.write(f"$ {' '.join(command)}\n")
    sys.stdout.flush()
    return subprocess.run(command, cwd=PROJECT, check=False).returncode == 0  # noqa: S603 - words of ours


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
