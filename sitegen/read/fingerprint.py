"""Names of published files: they hold a digest, so that browsers may keep a file for ever.

A file that is published as it is has the digest of its bytes. A picture has that of everything its bytes follow from,
so that its name is known, and pages are rendered and checked, before a single pixel is decoded.
"""

import hashlib
import posixpath
from pathlib import Path

LENGTH = 10


def fingerprinted(path: str, data: bytes, width: int = 0) -> str:
    """Return the address of an asset: `css/site.css` becomes `assets/css/site.3f2a91c04d.css`."""
    stem, suffix = posixpath.splitext(path)
    size = f"-{width}" if width else ""
    return f"assets/{stem}{size}.{hashlib.sha256(data).hexdigest()[:LENGTH]}{suffix.lower()}"


def file_digest(file: Path) -> str:
    """Return what `machinery.publish.digest_of` gives for a file's bytes, without holding them. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
