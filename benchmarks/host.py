"""A static host on this machine, as strict as a good one: it compresses, and sends a Content-Security-Policy.

It serves one folder at `/`, and the same folder below BELOW. It must never be reachable from other machines.
"""

import base64
import hashlib
import mimetypes
import re
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import brotli

BELOW = "/some/sub/path/"
# What the site needs, and nothing else: no inline script, no inline style, no other origin. The icon of the pages
# "not found" is inside them (data:), as in the policy that the engine writes for hosts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; media-src 'self'; "
    "connect-src {connect}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
STYLE = re.compile(rb"<style>(.*?)</style>", re.S)
FINGERPRINT = re.compile(r"\.[0-9a-f]{10}\.\w+\Z")
COMPRESSED = re.compile(r"text/|.*(javascript|json|xml)")
TYPES = {".ics": "text/calendar", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml"}


class Host:
    """The folder's site, served while the `with` block lasts. `connect`: what its scripts may fetch, by the policy."""

    def __init__(self, folder: Path, connect: str = "'none'") -> None:
        handler = type("Handler", (_Handler,), {"folder": folder, "connect": connect})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Start to serve, on a free port."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop to serve."""
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str, below: bool = False) -> str:
        """Return the address of a file of the folder: `en/index.html` → `http://127.0.0.1:…/en/`."""
        return self.origin + (BELOW if below else "/") + path.removesuffix("index.html")


@cache
def compressed(data: bytes) -> bytes:
    """Return the bytes as a good host sends them: Brotli at its best, which it does once and keeps."""
    return bytes(brotli.compress(data, quality=11))


def policy_for(html: bytes, status: int, connect: str) -> str:
    """Return the policy of an answer: pages "not found" hold their styles, so their hash is allowed."""
    hashes = [base64.b64encode(hashlib.sha256(style).digest()).decode() for style in STYLE.findall(html)]
    inline = [f"'sha256-{digest}'" for digest in hashes] if status == 404 else []
    return POLICY.format(styles=" ".join(["'self'", *inline]), connect=connect)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    folder: Path
    connect: str

    def do_GET(self) -> None:
        """Answer with a file, the way to a folder, or the page "not found" of the nearest language."""
        path = unquote(urlsplit(self.path).path)
        path = "/" + path.removeprefix(BELOW) if path.startswith(BELOW) else path
        file = self._file(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                return self._send(301, b"", "text/plain", {"Location": urlsplit(self.path).path + "/"})
            file = file / "index.html"
        if file is None or not file.is_file() or file.name == "404.html":
            lost = self.folder / path.split("/")[1] / "404.html"
            lost = lost if lost.is_file() else self.folder / "404.html"
            return self._send(404, lost.read_bytes() if lost.is_file() else b"", "text/html; charset=utf-8", {})
        keep = "max-age=31536000, immutable" if FINGERPRINT.search(file.name) else "max-age=600"
        return self._send(200, file.read_bytes(), _type(file), {"Cache-Control": keep})

    do_HEAD = do_GET  # noqa: N815 - the name that the standard library calls

    def _file(self, path: str) -> Path | None:
        file = (self.folder / path.lstrip("/")).resolve()
        return file if file.is_relative_to(self.folder.resolve()) else None

    def _send(self, status: int, data: bytes, kind: str, headers: dict[str, str]) -> None:
        if "html" in kind:
            headers["Content-Security-Policy"] = policy_for(data, status, self.connect)
        if data and COMPRESSED.match(kind) and "br" in self.headers.get("Accept-Encoding", ""):
            data = compressed(data)
            headers["Content-Encoding"] = "br"
        self.send_response(status)
        kept = {"Content-Type": kind, "Content-Length": str(len(data)), "X-Content-Type-Options": "nosniff"}
        for name, value in (kept | {"Vary": "Accept-Encoding", "Referrer-Policy": "no-referrer"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def _type(file: Path) -> str:
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if COMPRESSED.match(kind) else kind
