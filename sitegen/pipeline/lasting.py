"""Keeps `urls.lock` when a person asks for it: the one file of a site's own that a build writes, and only adds to."""

from collections.abc import Iterable
from pathlib import Path

from sitegen.core.views import Task
from sitegen.machinery.save import replace_file
from sitegen.site.lasting import FILE, lasting_addresses, lock_text


def record(root: Path, tasks: Iterable[Task]) -> int:
    """Add the addresses of a published build to the file; return how many are new. Raises OSError."""
    file = root / FILE
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    addresses = lasting_addresses(tasks)
    after = lock_text(before, addresses)
    if after != before:
        replace_file(file, after.encode(), root)
    return len(addresses - set(before.split()))
