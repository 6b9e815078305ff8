"""HTTP responses of the preview: finds the file of a URL, as a strict static host does, and creates the answer.

Serves only files that the engine wrote, so no URL and no symbolic link can lead out of the folder. The preview's script
is inserted here only, never into a file; a policy that would forbid it is removed.
"""

import html
import json
import mimetypes
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct

from sitegen.build.publish import digest_of
from sitegen.model.admin import PAGE as EDITOR
from sitegen.model.hosting import OTHERS, TEXTS
from sitegen.model.messages import hint_of, level_of, text_of
from sitegen.model.phrases import Says
from sitegen.model.problems import Problem
from sitegen.model.words import T_
from sitegen.text.characters import blank_in_browser

_NOT_FOUND = "404.html"


class Resource(Struct, frozen=True):
    """What a URL leads to: a status, and the output to show or the URL to redirect to."""

    status: int
    file: str = ""
    location: str = ""


class Folder(Struct, frozen=True):
    """A finished site: its folder, its path on the host (`/`, `/some/sub/`), its outputs with their digests."""

    root: Path
    base: str = "/"
    files: Mapping[str, str] = {}

    @property
    def styles(self) -> str:
        """Return a digest of all stylesheets, "" when there is none."""
        sheets = "".join(f"{path} {digest}\n" for path, digest in self.files.items() if path.endswith(".css"))
        return digest_of(sheets.encode()) if sheets else ""

    def resource(self, path: str) -> Resource:
        """Return the resource of a path, quoted as in the request, without a query."""
        if not path.startswith(self.base):
            return Resource(302, location=self.base) if path in ("/", self.base[:-1]) else self._lost("")
        name = unquote(path[len(self.base) :])
        if name.endswith("/") or not name:
            name += "index.html"
        elif f"{name}/index.html" in self.files:
            return Resource(301, location=quote(unquote(path), safe="/-_.~!$&'()*+,;=@") + "/")
        if name in self.files and name.rpartition("/")[2] != _NOT_FOUND:
            return Resource(200, name)
        return self._lost(name)

    def _lost(self, name: str) -> Resource:
        """Return the page "not found" of the address's language, else that of all languages."""
        page = f"{name.partition('/')[0]}/{_NOT_FOUND}"
        return Resource(404, page if page in self.files else _NOT_FOUND if _NOT_FOUND in self.files else "")

    def read(self, name: str) -> bytes:
        """Return the bytes of an output; b"" when it is gone at this moment, or is not a file of this folder."""
        real = os.path.realpath(self.root / name)
        if name not in self.files or not Path(real).is_relative_to(os.path.realpath(self.root)):
            return b""
        try:
            return Path(real).read_bytes()
        except OSError:
            return b""


PREVIEW = "/__preview__/"  # the folder of the preview's own files; no page has such a URL
_META = re.compile(rb"<meta\s[^<>]*+>", re.IGNORECASE)
_POLICY = re.compile(rb"\bhttp-equiv\s*+=\s*+[\"']?Content-Security-Policy", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
# The types that are written for hosts, too: the tables of a system often lack them, or have others.
_TYPES = {f".{ending}": kind for ending, kind in {**TEXTS, **OTHERS}.items()}
_TEXT = re.compile(r"text/|application/(json|xml|manifest\+json)|image/svg")
_EXPLAINED = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif }}
pre {{ padding: 1rem; overflow: auto; border: 1px solid; white-space: pre-wrap; font-size: .9rem }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
{list}
</main>
</body>
</html>
"""


class PreviewStatus(Struct, frozen=True):
    """The status of the preview: the problems of the last build, whether it failed, and whether one is running."""

    problems: tuple[dict[str, object], ...] = ()
    failed: bool = False
    building: bool = False
    texts: tuple[str, ...] = ()  # the same problems as lines for a terminal
    language: str = "en"  # of the messages
    left: int = 0  # how many problems are not shown


class Answer(Struct, frozen=True):
    """An answer: status, headers and bytes."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def page_answer(folder: Folder | None, status: PreviewStatus, path: str, live: str, say: Says) -> Answer:
    """Return the answer to a browser that asks for a path. `folder` is None while there is no good site yet.

    `live` is the address of livereload's script. The page of the web editor has none: it would lose what is not saved.
    """
    if folder is None:
        page = _explanation(status, say)
        kept = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        return Answer(503, kept, _with_script(page, digest_of(page), "", live, explains=True))
    target = folder.resource(path)
    if target.location:
        return Answer(target.status, {"Location": target.location, "Cache-Control": "no-store"})
    data = folder.read(target.file) if target.file else b""
    kind = _type_of(target.file) if target.file else "text/html; charset=utf-8"
    digest = digest_of(data)
    if kind.startswith("text/html") and target.file != EDITOR:
        data = _with_script(data, digest, folder.styles, live)
    tag = f'"{digest_of(data)}"'
    return Answer(target.status, {"Content-Type": kind, "Cache-Control": "no-cache", "ETag": tag}, data)


def _type_of(file: str) -> str:
    """Return the content type of a file by its name."""
    suffix = "." + file.rpartition(".")[2].lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if _TEXT.match(kind) else kind


def _with_script(page: bytes, digest: str, styles: str, live: str, *, explains: bool = False) -> bytes:
    """Return a page with the preview's script and livereload's, and without a policy that would forbid them."""
    attribute = " data-explains" if explains else ""
    scripts = (
        f'<script src="{PREVIEW}preview.js" data-page="{digest}" data-styles="{styles}"{attribute} defer></script>'
        f'<script src="{html.escape(live)}" defer></script>'
    ).encode()
    page = _META.sub(lambda meta: b"" if _POLICY.search(meta.group()) else meta.group(), page)
    end = _HEAD_END.search(page)
    at = end.start() if end else len(page)
    return page[:at] + scripts + page[at:]


def state(folder: Folder | None, status: PreviewStatus, path: str, say: Says) -> bytes:
    """Return what the script of an open page asks for: the digest of its page as it is now, and the problems (JSON)."""
    if folder is None:
        page, styles = digest_of(_explanation(status, say)), ""
    else:
        target = folder.resource(path)
        page, styles = digest_of(folder.read(target.file) if target.file else b""), folder.styles
    more = say.plural(
        "{n} more: the command check --all shows it.", "{n} more: the command check --all shows them.", status.left
    )
    content = {
        "page": page,
        "styles": styles,
        "failed": status.failed,
        "problems": status.problems,
        "more": more if status.left else "",
        "language": status.language,
        "words": {
            "failed": say(
                T_("This is the last good version of the page: later changes cannot be shown because of errors.")
            ),
            "title": say(T_("Problems")),
            "check": say(T_("Check")),
            "close": say(T_("Close")),
            "line": say(T_("Line")),
        },
    }
    return json.dumps(content, ensure_ascii=False).encode()


def described(problem: Problem, say: Says, *, of_check: bool = False) -> dict[str, object]:
    """Return a problem as the script shows it; `of_check` when the build has not found it but `check` would."""
    place = problem.place
    level = level_of(problem)
    where = place.path + (f":{place.line}" if place.line else "") + (f":{place.column}" if place.column else "")
    marked = {"from": say(T_("found by check"))} if of_check else {}
    return {
        "level": level,
        "word": say(level),
        "where": where,
        "text": text_of(problem, say),
        "code": problem.code,
        "hint": hint_of(problem, say),
        "line": place.line,
        "column": place.column,
        "source": place.source if place.line else "",
        "mark": blank_in_browser(place.source[: max(0, place.column - 1 - place.start)]),
        **marked,
    }


def _explanation(status: PreviewStatus, say: Says) -> bytes:
    """Return the page that is shown while there is no good site yet."""
    if status.building:
        title, text = say(T_("The site is being built")), say(T_("The page reloads when it is ready."))
    else:
        title = say(T_("The site cannot be shown yet"))
        text = say(T_("Fix the errors below and save: this page then reloads by itself."))
    texts: Sequence[str] = () if status.building else status.texts
    listed = "\n".join(f"<pre>{html.escape(line)}</pre>" for line in texts)
    return _EXPLAINED.format(
        lang=status.language, title=html.escape(title), text=html.escape(text), list=listed
    ).encode()
