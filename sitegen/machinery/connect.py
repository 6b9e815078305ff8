"""Connections to other hosts: the address that a name means is judged, and that very address is connected to.

A link is written by whoever edits content, and a redirect by whoever runs the other host: neither may lead a request
into this machine or its network. Names are no help (`127.1`, `localhost.`, a name of the public that means 10.0.0.1),
so what is judged is what the system would connect to, and it is asked for once only: a second answer for the same
name never counts. Knows hosts and addresses, never what a page is. Proxies of the environment are not used.
"""

import errno
import http.client
import ipaddress
import os
import socket
import ssl
from typing import Any

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
    return not ip.is_global or ip.is_multicast or any(ip in one for one in _INSIDE if one.version == ip.version)


def resolved(host: str, port: int) -> list[_Resolved]:
    """Return the addresses of a host. Raises InsideError when one of them is inside, and what getaddrinfo raises."""
    if port not in (80, 443) and port < 1024:
        raise InsideError(errno.EACCES, "not a port of the web", host)
    allowed = set(filter(None, os.environ.get(VARIABLE, "").split(",")))
    found: list[_Resolved] = []
    for family, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        ip = str(place[0])
        if is_inside(ip) and not {ip, f"{ip}:{port}"} & allowed:
            raise InsideError(errno.EACCES, "inside", host)
        found.append((family, place))
    return found


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


class Plain(http.client.HTTPConnection):
    """A connection over http."""

    def connect(self) -> None:
        """Connect to a judged address."""
        self.sock = connected(self.host, self.port, self.timeout or 0.0)


class Secure(http.client.HTTPSConnection):
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
    """Return a connection that is not yet made."""
    return (Secure if scheme == "https" else Plain)(host, port, timeout=limit)
