"""A finished tree of files to a folder that is only looked at: what differs is written in place, without looking round.

For the preview, where a save must be seen at once. `publish` compares both trees with the disk and exchanges them; this
believes the list in the folder, so it is right only where nobody else writes, and where the whole folder was proved by
`publish` when the process began. An interruption is mended then: the list names every file that may be there. Each file
is wholly old or wholly new.
"""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from sitegen.build.inside import unlinked
from sitegen.build.publish import MANIFEST, Digests, Published, manifest, publish, read_manifest

_NEW = ".sitegen.new"


def patch(output: Path, files: Digests, bytes_of: Callable[[list[str]], Mapping[str, bytes]]) -> Published:
    """Make `output` hold `files` (path → digest), as `publish` does; without a whole list of ours it is left to that.

    Raises OSError when the disk refuses.
    """
    old = read_manifest(output)
    if old is None or not all(old.values()):
        return publish(output, files, bytes_of)
    gone = sorted(old.keys() - files.keys())
    changed = sorted(path for path, digest in files.items() if old.get(path) != digest)
    if not gone and not changed:
        return Published(0, 0)
    data = bytes_of(changed)
    try:
        for path in gone:
            _removed(output, path)
        _written(output, MANIFEST, manifest(files))
        for path in changed:
            _written(output, path, data[path])
    except (IsADirectoryError, NotADirectoryError, FileExistsError):  # a file stands where a folder is needed
        return publish(output, files, bytes_of, frozenset(changed))
    return Published(len(changed), len(gone))


def _removed(output: Path, path: str) -> None:
    """Remove one file, and the folders that are empty then."""
    file = output / path
    file.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not empty
        while file.parent != output:
            file = file.parent
            file.rmdir()


def _written(output: Path, path: str, data: bytes) -> None:
    """Write one file, in one step for a reader, and never into one that may be linked elsewhere."""
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    spare = unlinked(output.with_name(f"{output.name}{_NEW}"))
    spare.write_bytes(data)
    spare.replace(output / path)
