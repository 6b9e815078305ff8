"""A server and its readers, for test_crash.py: serves a folder over HTTP, and reads all its files until told to stop.

Gets on the first line of standard input, as JSON, path → digests (SHA-256) that the file may have. Prints at the end
of its input, as JSON, the number of reads and what was wrong.
"""

import functools
import hashlib
import http.client
import json
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote


class Silent(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *args: object) -> None:
        pass


def read_all(port: int, allowed: dict[str, list[str]], stop: threading.Event, found: dict[str, list[str]]) -> None:
    """Read all files again and again."""
    while not stop.is_set():
        for path, digests in allowed.items():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request("GET", "/" + quote(path))
                answer = connection.getresponse()
                data = answer.read()
                if answer.status != 200:
                    found["wrong"].append(f"{path}: {answer.status}")
                elif hashlib.sha256(data).hexdigest() not in digests:
                    found["wrong"].append(f"{path}: {len(data)} bytes of another site")
            except (OSError, http.client.HTTPException) as error:
                found["wrong"].append(f"{path}: {error!r}")
            finally:
                connection.close()
            found["reads"].append(path)


def main() -> None:
    """Serve and read."""
    allowed = json.loads(sys.stdin.readline())
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=sys.argv[1]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop = threading.Event()
    found: dict[str, list[str]] = {"wrong": [], "reads": []}
    readers = [threading.Thread(target=read_all, args=(server.server_port, allowed, stop, found)) for _ in range(2)]
    for reader in readers:
        reader.start()
    print("reading", flush=True)
    sys.stdin.read()
    stop.set()
    for reader in readers:
        reader.join()
    print(json.dumps({"wrong": found["wrong"], "reads": len(found["reads"])}), flush=True)


if __name__ == "__main__":
    main()
