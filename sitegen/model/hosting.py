"""Settings for hosts: those of site.yaml, and the one description that all files for hosts are generated from."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

HostName = Literal["apache", "cloudflare", "github", "netlify", "nginx"]
Encoding = Literal["br", "gzip"]


class Hosts(Struct, frozen=True):
    """The key `hosts` of site.yaml."""

    names: tuple[HostName, ...] = ()  # which hosts get files of their own
    precompress: tuple[Encoding, ...] = ()  # which precompressed files are next to the texts
    root_by_language: bool = True  # whether the host leads from the root page to the reader's language
    headers: dict[str, str] = {}  # more headers, or other values; an empty one leaves the header out
    policy: dict[str, tuple[str, ...]] = {}  # directive of the Content-Security-Policy → sources to allow besides
    policy_in_pages: bool = True  # whether every page holds the policy, too, for hosts that send no headers


class Hosting(Struct, frozen=True):
    """Everything that the files for hosts say. Addresses are as in `model.urls`, without `prefix`."""

    names: tuple[HostName, ...]
    precompress: tuple[Encoding, ...]
    prefix: str  # the path of base_url, beginning and ending with a slash; plain Unicode, as addresses are
    domain: str  # the host of base_url when the site is all that it serves, else ""
    languages: tuple[str, ...]
    root_by_language: bool
    headers: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]  # old address, new address
    feeds: tuple[str, ...]
    admin: tuple[tuple[str, str], ...] = ()  # headers that are others below admin/, where the site has its editor
    tops: tuple[str, ...] = ()  # with an editor: the folders (with a slash) and files at the top that hold pages


# What each ending of a file means to a browser; texts are in UTF-8.
TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "txt": "text/plain",
    "ics": "text/calendar",
    "csv": "text/csv",
    "md": "text/markdown",
    "yml": "application/yaml",
}
OTHERS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogg": "audio/ogg",
    "zip": "application/zip",
}
FEED = "application/atom+xml"
ASSETS = "assets/"  # below it every name holds a digest of the bytes
FOR_EVER = "public, max-age=31536000, immutable"  # a year (RFC 9111); never asked for again (RFC 8246)
ASK_AGAIN = "no-cache"  # may be kept, but the host is asked whether it still holds
POLICY = "Content-Security-Policy"
# A PDF gets no policy: browsers show it in a viewer of their own, which some refuse to start under one.
DRAWING_POLICY = "sandbox"  # of an SVG that is opened by itself: no script, no form, an origin of its own
SERVER_FILES = ("nginx.conf", "_headers", "_redirects")  # read by servers, never served


def policy_text(policy: Mapping[str, tuple[str, ...]], inline: Iterable[tuple[str, str]]) -> str:
    """Return a policy as browsers read it, with the hashes of what is inside of pages (`PageFacts.inline`).

    'none' is valid only alone; next to 'unsafe-inline', a hash would cancel it (CSP 3, 6.7.3.2).
    """
    sources = {name: list(values) for name, values in policy.items()}
    for directive, source in sorted({entry for entry in inline if entry[0]}):
        if directive not in sources and "default-src" in sources:
            sources[directive] = list(sources["default-src"])
        if directive in sources and "'unsafe-inline'" not in sources[directive]:
            sources[directive].append(source)
    return "; ".join(f"{name} {' '.join(_without_none(values))}".rstrip() for name, values in sources.items())


def _without_none(sources: list[str]) -> list[str]:
    return [source for source in dict.fromkeys(sources) if source != "'none'" or len(sources) == 1]


def is_text(path: str) -> bool:
    """Say whether a file is worth compressing."""
    return path.rpartition(".")[2] in TEXTS
