"""Whether addresses of other hosts answer: asked politely, some hosts at once, one request per host at a time.

Knows addresses and answers, never what a page is. Follows redirects over http and https only, never into this machine
or its network (machinery.connect); sends no cookies and no credentials; reads no bodies. Standard library only.
"""

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from email.message import Message
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from msgspec import Struct

from sitegen.machinery.connect import InsideError, connection

HOSTS_AT_ONCE = 8
SECONDS = 15.0  # that one address may take, redirects and all
LONGEST_PAUSE = 5.0  # seconds that a host may ask us to wait
_HOPS = 8
_LONGEST = 8000  # characters of an address that a host sends us to
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_BUSY = (429, 503)


class Answer(Struct, frozen=True):
    """What came of asking: the last status (0 without one), why there was none, and where it has moved for good."""

    status: int
    reason: str = (
        ""  # a status line's words, or one of: timeout, name, refused, certificate, redirects, address, broken
    )
    moved: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether a visitor would get something."""
        return 200 <= self.status < 400


def ask_all(
    addresses: Iterable[str], agent: str, told: Callable[[int], None], limit: float = SECONDS
) -> dict[str, Answer]:
    """Return address → answer. `told` hears how many are done. Breaking off waits for no thread: all are daemons."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for same in hosts.values():
        waiting.put(same)
    done: queue.SimpleQueue[tuple[str, Answer]] = queue.SimpleQueue()
    for _ in range(min(HOSTS_AT_ONCE, len(hosts))):
        threading.Thread(target=_work, args=(waiting, done, agent, limit), daemon=True).start()
    answers: dict[str, Answer] = {}
    for count in range(sum(map(len, hosts.values()))):
        address, answer = done.get()
        answers[address] = answer
        told(count + 1)
    return answers


def _work(
    waiting: "queue.SimpleQueue[list[str]]", done: "queue.SimpleQueue[tuple[str, Answer]]", agent: str, limit: float
) -> None:
    """Ask one host after the other, each address of it after the other."""
    while True:
        try:
            same = waiting.get_nowait()
        except queue.Empty:
            return
        for address in same:
            done.put((address, _within(address, agent, limit)))


def _within(address: str, agent: str, limit: float) -> Answer:
    """Ask, and wait no longer than `limit`: a host that drips a header now and then would hold us for ever."""
    box: list[Answer] = []
    thread = threading.Thread(target=lambda: box.append(ask(address, agent, limit)), daemon=True)
    thread.start()
    thread.join(limit)
    return box[0] if box else Answer(0, "timeout")


def ask(address: str, agent: str, limit: float = SECONDS) -> Answer:
    """Ask for one address: HEAD, and GET where that is not understood; redirects are followed."""
    here, moved, for_good = address, "", True
    try:
        for _ in range(_HOPS):
            status, reason, headers = _one(here, agent, limit)
            target = headers.get("Location", "") if status in _REDIRECTS else ""
            if not target:
                return Answer(status, reason, moved)
            there = urljoin(here, target)
            if len(there) > _LONGEST or not _can_be_asked(there):
                return Answer(0, "address")
            for_good = for_good and status in _PERMANENT
            moved = there if for_good else moved
            here = there
    except TimeoutError:
        return Answer(0, "timeout")
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        return Answer(0, _reason(error))
    return Answer(0, "redirects")


def _one(address: str, agent: str, limit: float) -> tuple[int, str, Message]:
    """Make one request without following it; a host that is busy is asked once more."""
    for method in ("HEAD", "GET"):
        status, reason, headers = _request(method, address, agent, limit)
        if status in _BUSY and headers.get("Retry-After", "").strip().isdigit():
            time.sleep(min(float(headers["Retry-After"]), LONGEST_PAUSE, limit))
            status, reason, headers = _request(method, address, agent, limit)
        if status < 400:
            break
    return status, reason, headers


def _request(method: str, address: str, agent: str, limit: float) -> tuple[int, str, Message]:
    sent = quoted(address)
    parts = urlsplit(sent)
    asked = connection(parts.scheme, parts.hostname or "", parts.port, limit)
    try:
        headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        asked.request(method, sent[len(f"{parts.scheme}://{parts.netloc}") :], headers=headers)
        answer = asked.getresponse()
        return answer.status, answer.reason, answer.headers
    finally:
        asked.close()


def quoted(address: str) -> str:
    """Return an address as it is sent: ASCII, without the anchor. Raises ValueError for what is not to be asked."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ValueError(address)
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    path, query = (quote(part, safe="/-_.~!$&'()*+,;=:@%?") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def _can_be_asked(address: str) -> bool:
    try:
        return bool(quoted(address))
    except (ValueError, UnicodeError):
        return False


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, socket.gaierror):
        return "name"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ssl.SSLError):
        return "certificate"
    return "address" if isinstance(error, (ValueError, InsideError)) else "broken"
