"""`build --zip`: pack the published folder into one ZIP file. The same files give the same bytes.

Names are sorted; dates and permissions are fixed. Two versions of zlib may compress the same files differently, but
they unpack to the same files.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.inside import unlinked

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech


_DATE = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_PERMISSIONS = 0o100644 << 16
_UNIX = 3
_SMALL_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".woff2", ".zip", ".gz", ".br")


def pack(folder: Path, paths: Iterable[str], target: Path) -> None:
    """Write the files `paths` of `folder` into the ZIP file `target`, in a folder called as the file is.

    The file is written completely or not at all. Raises OSError when the disk refuses.
    """
    import zipfile

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


# `build --zip`: where the packed folder goes, and what must not be overwritten for it. Packs nothing itself.


def refused(name: str, root: Path, say: "Speech") -> str:
    """Return why the ZIP file `name` cannot be written, "" if it can."""
    if not name:
        return ""
    import zipfile

    target = root / name
    if target.is_dir():
        return say("{file} is a folder: give the name of a ZIP file.", file=name)
    if not target.parent.is_dir():
        return say("There is no folder {folder}.", folder=target.parent)
    if target.exists() and not zipfile.is_zipfile(target):
        return say("{file} exists and is not a ZIP file: it would be overwritten.", file=name)
    return ""


def packed(name: str, root: Path, output: str, say: "Speech") -> tuple[int, str]:
    """Pack the published folder `output`; return the exit code and what to say of it."""
    from sitegen.build.publish import read_manifest

    folder = root / output
    target = root / name if name else folder.with_name(f"{folder.name}.zip")
    if target.resolve().is_relative_to(folder.resolve()):
        return 2, say("{file} is inside the folder that is packed: choose another place.", file=name)
    reason = refused(str(target), root, say)
    if reason:
        return 2, reason
    pack(folder, read_manifest(folder) or {}, target)
    size = f"{target.stat().st_size / 1e6:.1f}"
    return 0, f"{name or target.name}: {size} MB"
