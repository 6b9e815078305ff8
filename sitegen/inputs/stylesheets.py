"""Files of static/: stylesheets joined and freed of comments, names with fingerprints, addresses in them set right."""

import posixpath
import re
import struct
from collections.abc import Sequence

from sitegen.inputs.filetypes import fingerprinted
from sitegen.model.files import Asset, Source
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import joined

_URL = re.compile(r"""url\(\s*+["']?([^"'()\s?#]++)([?#][^"'()\s]*+)?["']?\s*+\)""")
_NAMED = re.compile(rf"""@import\s++(?:url\(\s*+)?["']?([^"'()\s;]++)["']?\s*+(?:\)\s*+)?;|{_URL.pattern}""")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_ICON = "icons/favicon-32.png"


def static_url(path: str, made_of: bytes) -> str:
    """Return where a file below static/ is published."""
    return path if "/" not in path or path.startswith(".well-known/") else fingerprinted(path, made_of)


def read_static(
    sources: list[Source], heavy: Sequence[Asset] = (), *, stable: bool = False
) -> tuple[list[Asset], list[Problem]]:
    """Make assets of static/: files at its top keep their names at the site's root, files in folders get fingerprints.

    With `stable`, stylesheets get none: no page is another one then because a stylesheet is. Browsers and readers of
    feeds ask for favicon.ico unasked: it is made of the site's icon where the site has none of its own. Stylesheets may
    name the `heavy` files, too, which are returned as they are.
    Problems: stylesheet-import and stylesheet-url for files that are not there, not-utf8.
    """
    by_path = {source.path.removeprefix("static/"): source for source in sources}
    if _ICON in by_path and "favicon.ico" not in by_path:
        by_path["favicon.ico"] = Source("static/favicon.ico", _icon(by_path[_ICON].data))
    imported: set[str] = set()
    problems: list[Problem] = []
    texts: dict[str, bytes] = {}
    assets: dict[str, Asset] = {asset.path.removeprefix("static/"): asset for asset in heavy}
    files = by_path | {path: Source(asset.path, b"") for path, asset in assets.items()}
    for path, source in by_path.items():
        if path.endswith(".css"):
            texts[path] = _stylesheet(path, files, imported, problems, ()).encode()
        else:
            texts[path] = source.data
    for path in sorted(texts, key=lambda p: (p.endswith(".css"), p)):  # stylesheets last: they name the others
        if path in imported:
            continue
        data = texts[path]
        if path.endswith(".css"):
            data = _with_fingerprints(path, data.decode(), assets).encode()
        data = _smaller(path, data)
        url = static_url(path, data)
        if stable and path.endswith(".css") and url != path:
            url = f"assets/{path}"
        assets[path] = Asset(f"static/{path}", url, data)
    return [assets[path] for path in sorted(assets)], problems


def _icon(picture: bytes) -> bytes:
    """Return a file of the format ICO that holds one PNG, as it is."""
    width, height = picture[19], picture[23]  # the last bytes of the two numbers in the header; 256 is written 0
    head = struct.pack("<HHH", 0, 1, 1)
    return head + struct.pack("<BBBBHHII", width, height, 0, 0, 1, 32, len(picture), 22) + picture


def _smaller(path: str, data: bytes) -> bytes:
    """Return a stylesheet or script without comments and idle white space (packages rcssmin, rjsmin)."""
    if path.endswith(".css"):
        import rcssmin

        return bytes(rcssmin.cssmin(data, keep_bang_comments=True))
    if path.endswith(".js"):
        import rjsmin

        return bytes(rjsmin.jsmin(data, keep_bang_comments=True))
    return data


def _stylesheet(
    path: str, files: dict[str, Source], imported: set[str], problems: list[Problem], parents: tuple[str, ...]
) -> str:
    """Return a stylesheet with its imports put in place, so that a page asks for one file only.

    In what comes back, every url(…) of a file below static/ is written as seen from there.
    """
    source = files[path]
    try:
        text = source.data.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        place = Place(source.path, source.data.count(b"\n", 0, error.start) + 1)
        problems.append(problem("not-utf8", place, position=error.start))
        return ""

    def replaced(match: re.Match[str]) -> str:
        written = match[1] or match[2]
        if _OUTSIDE.match(written):
            return match.group()
        target = joined(posixpath.dirname(path), written)
        if target is None or target not in files or (match[1] and target in (*parents, path)):
            place = Lines(source.path, text).place(match.start())
            problems.append(problem("stylesheet-import" if match[1] else "stylesheet-url", place, target=written))
            return ""
        if match[2]:
            return f'url("{target}{match[3] or ""}")'
        imported.add(target)
        return _stylesheet(target, files, imported, problems, (*parents, path))

    return _NAMED.sub(replaced, text)


def _with_fingerprints(path: str, text: str, assets: dict[str, Asset]) -> str:
    """Rewrite url(…) of files below static/ to their published names, as seen from the stylesheet's own."""
    here = posixpath.dirname(path if "/" not in path else f"assets/{path}")

    def replaced(match: re.Match[str]) -> str:
        if match[1] not in assets:
            return match.group()
        return f'url("{posixpath.relpath(assets[match[1]].url, here or ".")}{match[2] or ""}")'

    return _URL.sub(replaced, text)
