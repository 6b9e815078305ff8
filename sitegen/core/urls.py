"""The arithmetic of addresses. Nothing else in the project joins, compares or relates addresses.

An address (`url`) is written from the root of the site, without a leading slash: a page is a folder (`sl/novice/`,
the root page is the empty text), a file is a file (`sl/feed.xml`). It is plain Unicode;
`quoted` is what goes into HTML.
"""

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

# Letters and digits of any script, joined by - _ or . ; no leading or trailing dot (hidden files, Windows).
_SLUG = re.compile(r"[^\W_]([\w\-.]*\w)?\Z")
# Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{d}" for n in ("com", "lpt") for d in range(1, 10))})


def is_slug(text: str) -> bool:
    """Say whether `text` can be one part of an address on every host and file system."""
    return (
        bool(_SLUG.match(text))
        and ".." not in text
        and len(text.encode()) <= 200
        and text == unicodedata.normalize("NFC", text)
        and text.split(".")[0].casefold() not in _DEVICES
    )


def output_path(url: str) -> str:
    """Return the file that a host serves for an address: `sl/a/` is kept in `sl/a/index.html`."""
    return url + "index.html" if url == "" or url.endswith("/") else url


def index_url(lang: str) -> str:
    """Return the address of a language's search index: without a digest, as pages must not change when it does."""
    return f"search/{lang}.js"


@lru_cache(maxsize=65536)
def relative(start: str, target: str) -> str:
    """Return the quoted link from the page at `start` to the address `target`.

    The result works at `/` and below any sub-path, because it never begins with a slash.
    """
    here = start.split("/")[:-1]
    there = target.split("/")
    common = 0
    for a, b in zip(here, there[:-1], strict=False):
        if a != b:
            break
        common += 1
    text = "../" * (len(here) - common) + "/".join(there[common:])
    return quoted(text) or "./"


def absolute(base_url: str, url: str) -> str:
    """Return the full, quoted address of `url` on the host that `base_url` (ending in a slash) names."""
    return base_url + quoted(url)


def base_path(base_url: str) -> str:
    """Return the path part of `base_url`, beginning and ending with a slash."""
    return "/" + urlsplit(base_url).path.strip("/") + "/" if urlsplit(base_url).path.strip("/") else "/"


def meant(address: str, here: str, prefix: str) -> str:
    """Return the output path that a link in the file `here` means, as a browser and a static host would find it."""
    address = unquote(address)
    if address == "":
        return here
    if address.startswith("/"):
        path = address.removeprefix(prefix.rstrip("/")).lstrip("/")
    else:
        path = posixpath.join(posixpath.dirname(here), address)
    folder = address.endswith("/") or posixpath.basename(address) in (".", "..")
    path = posixpath.normpath(path) if path else ""
    path = "" if path == "." else path
    return output_path(f"{path}/" if folder and path else path)


@lru_cache(maxsize=65536)
def quoted(url: str) -> str:
    """Return `url` with everything percent-encoded that RFC 3986 does not allow in a path."""
    return quote(url, safe="/-_.~!$&'()*+,;=@")


def joined(folder: str, path: str) -> str | None:
    """Return the path that `path` means from inside `folder`, or None when it leads out of the top folder."""
    whole = posixpath.normpath(posixpath.join(folder, path))
    return None if whole.startswith(("../", "/")) or whole == ".." else whole


def same_when_folded(url: str) -> str:
    """Return a text that two addresses share when some file system could not keep both."""
    return unicodedata.normalize("NFC", url).casefold()
