"""Everything that is computed about URLs. No other module joins, compares or relates them, or decides on a scheme.

An address (`url`) is written from the root of the site, without a leading slash: a page is a folder (`sl/novice/`,
the root page is the empty text), a file is a file (`sl/feed.xml`). It is plain Unicode;
`quoted` is what goes into HTML.

Browsers decode entities in an address, and leave out blanks and control characters (WHATWG URL, 4.4). All of them are
taken away before the scheme is looked at, and every invisible character too, more than browsers do.
"""

import html
import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

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


def encoded(address: str) -> str | None:
    """Return a full address as protocols want it: the host in ASCII (IDNA), all else percent-encoded where needed.

    What is encoded already stays. None when the host cannot be a name in the net. Host names are mapped as browsers do
    it (UTS 46, non-transitional): lower case, NFKC, and ß stays ß.
    """
    parts = urlsplit(address)
    host = _ascii_host(parts.netloc)
    if host is None:
        return None
    rest = (_percent(parts.path), _percent(parts.query, extra="?"), _percent(parts.fragment, extra="?"))
    return urlunsplit((parts.scheme, host, *rest))


def _ascii_host(host: str) -> str | None:
    if host.isascii():
        return host
    name, colon, port = host.partition(":")
    labels = []
    for label in unicodedata.normalize("NFKC", name.lower()).replace("\N{IDEOGRAPHIC FULL STOP}", ".").split("."):
        coded = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", coded) or not _is_name(label):
            return None
        labels.append(coded)
    return ".".join(labels) + colon + port


def _is_name(label: str) -> bool:
    """Say whether a part of a host's name holds letters, marks, digits and hyphens only."""
    joiners = "-\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    return label == label.strip("-") and all(c in joiners or unicodedata.category(c)[0] in "LMN" for c in label)


def _percent(text: str, extra: str = "") -> str:
    """Encode what no address may hold; a % that begins a code stays."""
    return quote(re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text), safe="/-_.~!$&'()*+,;=:@%" + extra)


def base_path(base_url: str) -> str:
    """Return the path part of `base_url`, beginning and ending with a slash."""
    return "/" + urlsplit(base_url).path.strip("/") + "/" if urlsplit(base_url).path.strip("/") else "/"


def host_of(address: str) -> str:
    """Return the host that an address names, as readers know it; "" for an address that names none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def meant(address: str, here: str, prefix: str) -> str:
    """Return the output path that a link in the file `here` means, as a browser and a static host would find it."""
    address = unquote(address)
    if address == "":
        return here
    if address.startswith("/"):
        path = address.removeprefix(unquote(prefix).rstrip("/")).lstrip("/")
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


def is_base_url(address: str) -> bool:
    """Say whether an address can be that of a site."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not (parts.query or parts.fragment or parts.username)
            and not re.search(r"[\s\"'<>\\]", address)
            and encoded(address) is not None
        )
    except ValueError:
        return False


SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Attributes of HTML and SVG that hold one address, or a list of them.
ADDRESSES = frozenset(
    "href src action formaction poster cite data background longdesc manifest codebase classid dynsrc lowsrc "
    "xlink:href".split()
)
SETS = frozenset({"srcset", "imagesrcset", "ping", "archive"})
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*+:")
_GONE = "\N{REPLACEMENT CHARACTER}"  # stands where a control character was (`controls`)
_ROUNDS = 4  # entities in entities, in entities


def refused_scheme(address: str) -> str:
    """Return the scheme of an address that may not be published, in lower case; "" when the address may."""
    if ":" not in address and "&" not in address:
        return ""
    match = _SCHEME.match(address)
    if match is None or "&" in match[0]:
        match = _SCHEME.match(_bare(address))
    scheme = match[0][:-1].lower() if match else ""
    return "" if scheme in SCHEMES else scheme


def _bare(address: str) -> str:
    """Return an address as the most lenient reader takes it."""
    for _ in range(_ROUNDS):
        decoded = html.unescape(address)
        if decoded == address:
            break
        address = decoded
    return "".join(letter for letter in address if unicodedata.category(letter)[0] not in "CZ" and letter != _GONE)


def offers(value: str) -> list[str]:
    """Return the addresses of a set such as `srcset`; also what follows each comma and each blank."""
    return [part for part in re.split(r"[,\s]+", value) if part]
