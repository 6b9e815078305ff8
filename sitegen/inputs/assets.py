"""Files next to pages: the type of each, its published address, or why it cannot be published.

Bytes are read only where they have to be judged; pixels never are. A file that may not be published is a problem only
where a page that is published needs it, so its Asset carries the problem.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.inputs.filetypes import (
    ALLOWED,
    FILMS,
    HIDDEN_PICTURES,
    active_content,
    active_part,
    avif_tells,
    cleaned_gif,
    ending,
    film_tells,
    fingerprinted,
    gif_size,
    is_other,
    picture_kind,
)
from sitegen.inputs.pictures import KINDS, bitmap
from sitegen.model.config import FileOptions, ImageOptions
from sitegen.model.files import Asset
from sitegen.model.packing import packed
from sitegen.model.phrases import phrase, system_reason
from sitegen.model.problems import Place, Problem, problem

_HEAD = 2048
_WHOLE = frozenset((".svg", ".gif", ".avif"))  # what is read whole, to be rewritten or looked through
_LARGEST = 50_000_000  # bytes of such a file
_POINTER = b"version https://git-lfs.github.com/spec/"  # what git has of a file that Git LFS keeps elsewhere


class AssetRead(Struct, frozen=True):
    """The result of reading one file next to a page."""

    asset: Asset | None
    problems: tuple[Problem, ...] = ()


class FileReading(Struct, frozen=True):
    """The folder and the settings that all files of a site are read with."""

    root: Path
    images: ImageOptions
    files: FileOptions


class Found(Struct, frozen=True):
    """A file next to a page: its path from the site's folder, and the digest of its bytes."""

    path: str
    digest: str


def read_content_files(shared: FileReading, files: Sequence[Found]) -> list[tuple[bytes, bytes]]:
    """Read many files; returns the packed asset and the problems of each, b"" where there is none."""
    read = (read_content_file(shared, file) for file in files)
    return [
        (packed(result.asset) if result.asset else b"", packed(result.problems) if result.problems else b"")
        for result in read
    ]


def read_content_file(shared: FileReading, entry: Found) -> AssetRead:
    """Read a file next to a page as an asset.

    Problems: image-broken, image-too-large, those of read_svg, file-unreadable, file-too-long; inside the asset
    image-format, file-metadata, file-type, file-active, file-other.
    """
    file, suffix = shared.root / entry.path, ending(entry.path)
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
        if head.startswith(_POINTER):
            pointer = problem("file-other", Place(entry.path), ending=suffix)
            return AssetRead(None, (replace(pointer, advice=phrase("Fetch the file itself: run “git lfs pull”.")),))
        if suffix in _WHOLE and (size := file.stat().st_size) > _LARGEST:
            large = problem("file-too-long", Place(entry.path), size=size, limit=_LARGEST)
            return AssetRead(None, (replace(large, advice=phrase("Make it smaller, or save it in another format.")),))
        refused = _refused(entry.path, head, suffix, frozenset(shared.files.allow))
        if refused is None and suffix == ".svg":
            from sitegen.inputs.drawings import read_svg

            data, problems = read_svg(entry.path, file.read_bytes())
            return AssetRead(None if problems else _asset(entry, data), tuple(problems))
        if refused is None and suffix in KINDS:
            asset, problems = bitmap(entry.path, file, entry.digest, shared.images)
            return AssetRead(asset, tuple(problems))
        if refused is None and suffix == ".gif":
            return _gif(entry, file.read_bytes())
        if refused is None and _tells(file, suffix):
            refused = problem("file-metadata", Place(entry.path))
    except OSError as error:
        return AssetRead(None, (problem("file-unreadable", Place(entry.path), reason=system_reason(error)),))
    return AssetRead(_asset(entry, None, refused))


def is_bitmap(path: str) -> bool:
    """Say whether a file is read as a picture of pixels."""
    return ending(path) in KINDS


def _asset(entry: Found, data: bytes | None, refused: Problem | None = None) -> Asset:
    name = entry.path.removeprefix("content/")
    url = fingerprinted(name, entry.digest.encode() if data is None else data)
    return Asset(entry.path, url, data, digest=entry.digest, refused=refused)


def _gif(entry: Found, data: bytes) -> AssetRead:
    try:
        clean = cleaned_gif(data)
    except ValueError:
        return AssetRead(None, (problem("image-broken", Place(entry.path), reason=phrase("it is damaged")),))
    width, height = gif_size(clean)
    url = fingerprinted(entry.path.removeprefix("content/"), clean)
    return AssetRead(Asset(entry.path, url, clean, width, height, digest=entry.digest))


def _tells(file: Path, suffix: str) -> bool:
    """Say whether a file that is copied holds data of a camera."""
    if suffix == ".avif":
        return avif_tells(file.read_bytes())
    return suffix in FILMS and film_tells(file)


def _refused(path: str, head: bytes, suffix: str, allowed: frozenset[str]) -> Problem | None:
    """Say why a file may not be published, by its name and its first bytes."""
    place = Place(path)
    if suffix in allowed:
        return None
    if part := active_part(path):
        return problem("file-active", place, what=f".{part}")
    kind, named = picture_kind(head), HIDDEN_PICTURES.get(suffix[1:], "")
    if named or _is_hidden(kind, suffix):
        return problem("image-format", place, kind=_format(named if kind in ("", "TIFF") and named else kind or named))
    if suffix not in ALLOWED:
        return problem("file-type", place, ending=suffix or path.rpartition("/")[2])
    if suffix != ".svg" and (content := active_content(head, suffix)):
        return problem("file-active", place, what=phrase(content))
    return problem("file-other", place, ending=suffix) if is_other(head, suffix) else None


def _is_hidden(kind: str, suffix: str) -> bool:
    """Say whether a picture is of a kind that is not published under this ending: a HEIC that is called .jpg."""
    if suffix in KINDS:
        return kind not in ("", *KINDS.values())
    expected = {".gif": "GIF", ".avif": "AVIF"}.get(suffix)
    return expected is not None and kind not in ("", expected)


def _format(kind: str) -> object:
    return phrase("camera RAW") if kind == "RAW" else kind
