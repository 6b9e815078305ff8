"""Requests URLs of other hosts to see whether they answer: several hosts at once, one request per host at a time.

Editors write links, and other hosts write redirects: neither may lead a request into this machine or its network. A
name proves nothing (`127.1`, `localhost.`, a public name that means 10.0.0.1), so the address of each name is resolved
once, judged, and used for the connection itself. Proxies of the environment are not used.

Follows redirects over http and https only; sends no cookies and no credentials; reads no bodies. Standard library only.
"""

import errno
import http.client
import ipaddress
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from msgspec import Struct

VARIABLE = "SITEGEN_ASK_INSIDE"  # for tests alone: addresses of servers of their own, such as 127.0.0.1:8000
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_Resolved = tuple[socket.AddressFamily, tuple[Any, ...]]
_INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class InsideError(OSError):
    """A name means an address of this machine or its network."""


def is_inside(address: str) -> bool:
    """Say whether an IP address is not one of the public network, in whatever form of IPv6 it is wrapped."""
    try:
        ip: _Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _TRANSLATED:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return (
        not ip.is_global
        or ip.is_multicast
        or any(ip in network for network in _INSIDE if network.version == ip.version)
    )


def resolved(host: str, port: int) -> list[_Resolved]:
    """Return the addresses of a host. Raises InsideError when one of them is inside, and what getaddrinfo raises."""
    if port not in (80, 443) and port < 1024:
        raise InsideError(errno.EACCES, "not a port of the web", host)
    allowed = set(filter(None, os.environ.get(VARIABLE, "").split(",")))
    addresses: list[_Resolved] = []
    for family, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        ip = str(place[0])
        if is_inside(ip) and not {ip, f"{ip}:{port}"} & allowed:
            raise InsideError(errno.EACCES, "inside", host)
        addresses.append((family, place))
    return addresses


def connected(host: str, port: int, limit: float) -> socket.socket:
    """Return a connection to one of the judged addresses. Raises OSError."""
    error: OSError = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    for family, place in resolved(host, port):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(limit)
            connection.connect(place)
        except OSError as refused:
            connection.close()
            error = refused
        else:
            return connection
    raise error


class _Plain(http.client.HTTPConnection):
    """A connection over http."""

    def connect(self) -> None:
        """Connect to a judged address."""
        self.sock = connected(self.host, self.port, self.timeout or 0.0)


class _Secure(http.client.HTTPSConnection):
    """A connection over https: the certificate is that of the name, whatever address it means."""

    def connect(self) -> None:
        """Connect to a judged address."""
        plain = connected(self.host, self.port, self.timeout or 0.0)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except (OSError, ValueError):
            plain.close()
            raise


def connection(scheme: str, host: str, port: int | None, limit: float) -> http.client.HTTPConnection:
    """Return a connection that is not yet open."""
    return (_Secure if scheme == "https" else _Plain)(host, port, timeout=limit)


_HOSTS_AT_ONCE = 8
_SECONDS = 15.0  # that one address may take, redirects and all
_LONGEST_PAUSE = 5.0  # seconds that a host may ask us to wait
_HOPS = 8
_LONGEST = 8000  # characters of a redirect target
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
    addresses: Iterable[str], agent: str, report: Callable[[int], None], limit: float = _SECONDS
) -> dict[str, Answer]:
    """Return URL → answer. `report` receives the count. An interruption waits for no thread: all are daemons."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for same in hosts.values():
        waiting.put(same)
    answered: queue.SimpleQueue[tuple[str, Answer]] = queue.SimpleQueue()
    for _ in range(min(_HOSTS_AT_ONCE, len(hosts))):
        threading.Thread(target=_work, args=(waiting, answered, agent, limit), daemon=True).start()
    answers: dict[str, Answer] = {}
    for count in range(sum(map(len, hosts.values()))):
        address, answer = answered.get()
        answers[address] = answer
        report(count + 1)
    return answers


def _work(
    waiting: "queue.SimpleQueue[list[str]]", answered: "queue.SimpleQueue[tuple[str, Answer]]", agent: str, limit: float
) -> None:
    """Request the URLs of one host after the other."""
    while True:
        try:
            same = waiting.get_nowait()
        except queue.Empty:
            return
        for address in same:
            answered.put((address, _within(address, agent, limit)))


def _within(address: str, agent: str, limit: float) -> Answer:
    """Ask, and wait no longer than `limit`: a host that drips a header now and then would hold us for ever."""
    box: list[Answer] = []
    thread = threading.Thread(target=lambda: box.append(ask(address, agent, limit)), daemon=True)
    thread.start()
    thread.join(limit)
    return box[0] if box else Answer(0, "timeout")


def ask(address: str, agent: str, limit: float = _SECONDS) -> Answer:
    """Request one URL: HEAD, and GET where that is not understood; redirects are followed."""
    url, moved, for_good = address, "", True
    try:
        for _ in range(_HOPS):
            status, reason, headers = _one(url, agent, limit)
            target = headers.get("Location", "") if status in _REDIRECTS else ""
            if not target:
                return Answer(status, reason, moved)
            there = urljoin(url, target)
            if len(there) > _LONGEST or not _can_be_asked(there):
                return Answer(0, "address")
            for_good = for_good and status in _PERMANENT
            moved = there if for_good else moved
            url = there
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
            time.sleep(min(float(headers["Retry-After"]), _LONGEST_PAUSE, limit))
            status, reason, headers = _request(method, address, agent, limit)
        if status < 400:
            break
    return status, reason, headers


def _request(method: str, address: str, agent: str, limit: float) -> tuple[int, str, Message]:
    sent = quoted(address)
    parts = urlsplit(sent)
    client = connection(parts.scheme, parts.hostname or "", parts.port, limit)
    try:
        headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        client.request(method, sent[len(f"{parts.scheme}://{parts.netloc}") :], headers=headers)
        answer = client.getresponse()
        return answer.status, answer.reason, answer.headers
    finally:
        client.close()


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
