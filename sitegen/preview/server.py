"""The HTTP server of the preview, for this machine only, with reloading by the package livereload.

Answers only requests that name this machine (otherwise another site's script could reach it by a name of its own), and
accepts web sockets only from its own pages. `responses` decides what a page contains.
"""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import httputil, web
from tornado.httpserver import HTTPServer
from tornado.routing import Matcher, Rule

from sitegen.preview.responses import PREVIEW, Answer

_HOST = "127.0.0.1"
_FIRST_PORT = 8000
_PORTS = 40  # how many are tried when none is given
# How soon a page looks again for a server that has gone, in milliseconds.
_PATIENCE = "mindelay=300&maxdelay=1500"
_SCRIPT = Path(__file__).with_name("preview.js")
_Find = Callable[[str], Answer]
_State = Callable[[str], bytes]


def bound(port: int | None) -> socket.socket:
    """Return a socket that listens on `port` (0: any free one), or on the next free one from 8000 on.

    Raises OSError when the port is in use or not allowed.
    """
    if port is not None:
        return _listening(port)
    for candidate in range(_FIRST_PORT, _FIRST_PORT + _PORTS - 1):
        try:
            return _listening(candidate)
        except OSError:
            continue
    return _listening(_FIRST_PORT + _PORTS - 1)


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        listener.bind((_HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


class Server:
    """The running server. Belongs to the thread of the loop; there is one in a process, as livereload wants it."""

    def __init__(self, listening: socket.socket, find: _Find, state: _State) -> None:
        """Serve what `find` returns for a path, and what `state` says of it."""
        self.port = int(listening.getsockname()[1])
        LiveReloadHandler.watcher = Watcher()  # never started: the loop watches files and sends notifications
        LiveReloadHandler.live_css = False  # preview.js replaces the stylesheets
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
        origins = frozenset(f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        arguments = {"find": find, "state": state}
        handlers: list[Any] = [
            (r"/livereload", _Socket, {"origins": origins}),
            (r"/livereload\.js", LiveReloadJSHandler),
            (rf"{PREVIEW}(preview\.js|state)", _PreviewFiles, arguments),
            (r".*", _Pages, arguments),
        ]
        rules: list[Any] = [Rule(_Local(origins), handlers)]
        self.server = HTTPServer(web.Application(rules, default_handler_class=_Refused, log_function=_silent))
        self.server.add_socket(listening)

    def tell(self) -> None:
        """Let every open page ask for its state, and reload when it has become another one."""
        LiveReloadHandler.reload_waiters("*")

    def stop(self) -> None:
        """Take no more requests."""
        self.server.stop()


def live_script() -> str:
    """Return the URL of livereload's script, with its options."""
    return f"/livereload.js?{_PATIENCE}"


def _silent(_: web.RequestHandler) -> None:
    """Write no log of requests."""


class _Local(Matcher):
    """Matches requests that name this machine and this port."""

    def __init__(self, origins: frozenset[str]) -> None:
        self.origins = origins

    def match(self, request: httputil.HTTPServerRequest) -> dict[str, Any] | None:
        """Return {} for a match, as tornado's routing wants it."""
        return {} if f"http://{request.host.lower()}" in self.origins else None


class _Refused(web.RequestHandler):
    def prepare(self) -> None:
        """Say why nothing is served."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("The preview answers to localhost and 127.0.0.1 only.\n")


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # the package has no types
    def initialize(self, origins: frozenset[str]) -> None:
        """Store the arguments of the handler."""
        self.origins = origins

    def check_origin(self, origin: str) -> bool:
        """Say whether the page that opens the socket is one of this server."""
        return origin.lower() in self.origins

    def on_message(self, message: str | bytes) -> None:
        """Listen to livereload's own words, and to nothing else."""
        try:
            super().on_message(message)
        except (ValueError, AttributeError, TypeError, RecursionError, LookupError):
            self.close()


class _PreviewFiles(web.RequestHandler):
    def initialize(self, find: _Find, state: _State) -> None:
        """Store the arguments of the handler."""
        self.state = state

    def get(self, name: str) -> None:
        """Answer the preview's own script."""
        self.set_header("Cache-Control", "no-store")
        if name == "preview.js":
            self.set_header("Content-Type", "text/javascript; charset=utf-8")
            self.finish(_SCRIPT.read_bytes())
        else:
            self.set_header("Content-Type", "application/json; charset=utf-8")
            self.finish(self.state(self.get_query_argument("path", "/")))


class _Pages(web.RequestHandler):
    def initialize(self, find: _Find, state: _State) -> None:
        """Store the arguments of the handler."""
        self.find = find

    def get(self) -> None:
        """Answer with a file of the site, 304 when the browser has it, or the page "not found"."""
        answer = self.find(self.request.path)
        self.set_status(answer.status)
        self.clear_header("Server")
        for name, value in {"X-Content-Type-Options": "nosniff", **answer.headers}.items():
            self.set_header(name, value)
        if answer.status == 200 and self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            self.finish(answer.body)

    head = get

    def compute_etag(self) -> None:
        """Leave the entity tag as `responses` set it."""
        return
