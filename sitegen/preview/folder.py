"""What an address of the preview means, as a strict static host finds it: a file, a place to go to, or nothing.

Only files that the engine made are served, so no address can lead out of the folder; a link put there by hand neither.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct

from sitegen.machinery.publish import digest_of

NOT_FOUND = "404.html"


class Found(Struct, frozen=True):
    """What an address means: a status, and the output that is shown or the address to go to."""

    status: int
    file: str = ""
    location: str = ""


class Folder(Struct, frozen=True):
    """A finished site: where it lies, at which path it stands (`/`, `/some/sub/`), its outputs with their digests."""

    root: Path
    base: str = "/"
    files: Mapping[str, str] = {}

    @property
    def styles(self) -> str:
        """Return a digest of all stylesheets, "" when there is none."""
        found = "".join(f"{path} {digest}\n" for path, digest in self.files.items() if path.endswith(".css"))
        return digest_of(found.encode()) if found else ""

    def found(self, path: str) -> Found:
        """Return what the path of an address means; `path` is as it was asked for, quoted, without a query."""
        if not path.startswith(self.base):
            return Found(302, location=self.base) if path in ("/", self.base[:-1]) else self._lost("")
        name = unquote(path[len(self.base) :])
        if name.endswith("/") or not name:
            name += "index.html"
        elif f"{name}/index.html" in self.files:
            return Found(301, location=quote(unquote(path), safe="/-_.~!$&'()*+,;=@") + "/")
        if name in self.files and name.rpartition("/")[2] != NOT_FOUND:
            return Found(200, name)
        return self._lost(name)

    def _lost(self, name: str) -> Found:
        """Return the page "not found" of the address's language, else that of all languages."""
        own = f"{name.partition('/')[0]}/{NOT_FOUND}"
        return Found(404, own if own in self.files else NOT_FOUND if NOT_FOUND in self.files else "")

    def read(self, name: str) -> bytes:
        """Return the bytes of an output; b"" when it is gone at this moment, or is not a file of this folder."""
        real = os.path.realpath(self.root / name)
        if name not in self.files or not Path(real).is_relative_to(os.path.realpath(self.root)):
            return b""
        try:
            return Path(real).read_bytes()
        except OSError:
            return b""
