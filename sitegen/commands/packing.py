"""`build --zip`: where the packed folder goes, and what must not be overwritten for it. Packs nothing itself."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.commands.speech import Speech


def refused(asked: str, root: Path, say: "Speech") -> str:
    """Return why no ZIP file can be written where a person `asked` for it, "" when it can."""
    if not asked:
        return ""
    import zipfile

    target = root / asked
    if target.is_dir():
        return say("{file} is a folder: give the name of a ZIP file.", file=asked)
    if not target.parent.is_dir():
        return say("There is no folder {folder}.", folder=target.parent)
    if target.exists() and not zipfile.is_zipfile(target):
        return say("{file} exists and is not a ZIP file: it would be overwritten.", file=asked)
    return ""


def packed(asked: str, root: Path, output: str, say: "Speech") -> tuple[int, str]:
    """Pack the published folder `output`; return the exit code and what to say of it."""
    from sitegen.machinery.pack import pack
    from sitegen.machinery.publish import read_manifest

    folder = root / output
    target = root / asked if asked else folder.with_name(f"{folder.name}.zip")
    if target.resolve().is_relative_to(folder.resolve()):
        return 2, say("{file} is inside the folder that is packed: choose another place.", file=asked)
    reason = refused(str(target), root, say)
    if reason:
        return 2, reason
    pack(folder, read_manifest(folder) or {}, target)
    size = f"{target.stat().st_size / 1e6:.1f}"
    return 0, f"{asked or target.name}: {size} MB"
