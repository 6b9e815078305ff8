"""The sites of tests/sites/, each with the output that is expected."""

import shutil
from pathlib import Path

from support.site import TESTS, SiteFolder

SITES = TESTS / "sites"


def made_of(story: str, root: Path) -> SiteFolder:
    """Copy a story's site; one that has no templates of its own stands on tests/minimal/."""
    if not (SITES / story / "in/templates/page.html").exists():
        shutil.copytree(TESTS / "minimal", root)
    shutil.copytree(SITES / story / "in", root, dirs_exist_ok=True)
    return SiteFolder(root)
