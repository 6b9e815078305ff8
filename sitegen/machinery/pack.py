"""A folder to one ZIP file: the same files give the same bytes, whenever and wherever they are packed.

Names are sorted, dates and permissions are fixed. What compressed bytes look like is zlib's choice: two versions of it
may pack the same files differently, never unpack them differently. Knows paths and bytes, never what a page is.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from sitegen.machinery.inside import unlinked

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_PERMISSIONS = 0o100644 << 16
_UNIX = 3
_SMALL_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".woff2", ".zip", ".gz", ".br")


def pack(folder: Path, paths: Iterable[str], target: Path) -> None:
    """Write the files `paths` of `folder` into the ZIP file `target`, in a folder called as the file is.

    The file stands there whole or not at all. Raises OSError when the disk refuses.
    """
    spare = unlinked(target.with_name(f".{target.name}.new"))
    try:
        with zipfile.ZipFile(spare, "w") as archive:
            for path in sorted(paths):
                entry = zipfile.ZipInfo(f"{target.stem}/{path}", _DATE)
                entry.create_system, entry.external_attr = _UNIX, _PERMISSIONS
                small = path.lower().endswith(_SMALL_ALREADY)
                kind = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
                archive.writestr(entry, (folder / path).read_bytes(), kind, None if small else 9)
        spare.replace(target)
    except OSError:
        spare.unlink(missing_ok=True)
        raise
