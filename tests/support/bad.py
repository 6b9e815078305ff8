"""The sites of tests/bad/, each of which shows a problem."""

import shutil

from support.site import TESTS, SiteFolder

BAD = TESTS / "bad"
FOLDERS = sorted(folder.name for folder in BAD.iterdir())


def lay_out(name: str, folder: SiteFolder) -> None:
    """Make the bad site of this name in an empty folder."""
    shutil.copytree(TESTS / "minimal", folder.root)
    if (BAD / name / "in").exists():  # git keeps no empty folder: some bad sites only lack a file
        shutil.copytree(BAD / name / "in", folder.root, dirs_exist_ok=True)
    removed = BAD / name / "removed.txt"
    for path in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
        folder.remove(path)
