"""The one way out: calls to addresses that somebody else gave us, which must never lead into our own network.

The name is resolved once, every answer must be a public address, and the connection goes to that very address with the
certificate checked for the name. Redirects only for pages that are read, each one judged anew. No cookies, no proxy from the environment, a deadline for the whole call.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import cast
from urllib.parse import urljoin, urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

DEADLINE = 10.0
MOST_BYTES = 64 * 1024
LONGEST_URL = 2000
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class EgressRefused(ValueError):
    """The address may not be called: it is no https address, or leads to a place that is not public."""


class EgressFailed(Exception):
    """Nobody answered, or not in time."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and found harmless in itself; where its name leads is looked up at the call."""

    scheme: str
    host: str
    port: int
    path: str
    # Named by whoever runs this copy, in `EGRESS_TRUSTED`: it may be in our own network.
    is_trusted: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and, unless it is the usual one, port."""
        usual = {"https": 443, "http": 80}[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    # Where it came from, after redirects.
    url: str = ""


def read_target(url: str, *, plain: bool = False) -> Target:
    """Take an address apart. Raises `EgressRefused` unless it is https on the usual port, by name and without a password.

    `plain` allows http as well, for what is public and only read.
    """
    if len(url) > LONGEST_URL or not url.isascii() or any(mark in url for mark in " \t\r\n\\"):
        raise EgressRefused("this is not an address we call")
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError as error:
        raise EgressRefused("this is not an address") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, (parts.hostname or "").rstrip("."), port, path)
    if not target.port or not target.host or parts.username is not None or parts.password is not None:
        raise EgressRefused("this is not an address we call")
    if target.origin in settings.EGRESS_TRUSTED:
        return Target(target.scheme, target.host, target.port, target.path, is_trusted=True)
    usual = {"https": 443, "http": 80} if plain else {"https": 443}
    if usual.get(target.scheme) != target.port or _is_number(target.host) or "." not in target.host:
        raise EgressRefused("only https addresses with a public name are called")
    return target


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    deadline: float = DEADLINE,
    most_bytes: int = MOST_BYTES,
    patience: float | None = None,
) -> Answer:
    """Send a body to an address and return what it answers. Raises `EgressRefused` or `EgressFailed`.

    `patience` is how many seconds the line may take to open, where that is less than `deadline`.
    """
    target = read_target(url)
    until = time.monotonic() + deadline
    address = _resolve(target)
    try:
        with _connection(target, address, deadline, patience) as connection, _alarm(connection, until):
            connection.request("POST", target.path, body=body, headers=dict(headers))
            response = connection.getresponse()
            kept = response.read(most_bytes)
            said = {name.lower(): value for name, value in response.getheaders()}
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = "took too long" if time.monotonic() >= until else type(error).__name__
        raise EgressFailed(f"{target.host}: {why}") from error
    # A line that was cut reads like one that ended.
    if time.monotonic() >= until:
        raise EgressFailed(f"{target.host}: took too long")
    return Answer(response.status, said, kept)


def get(
    url: str,
    *,
    headers: Mapping[str, str],
    may: Callable[[Target], bool],
    deadline: float = DEADLINE,
    most_bytes: int = MOST_BYTES,
    redirects: int = 3,
) -> Answer:
    """Read an address, following a few redirects; `may` is asked about each place before it is called.

    At most `most_bytes` are kept. Raises `EgressRefused` or `EgressFailed`.
    """
    until = time.monotonic() + deadline
    for _step in range(redirects + 1):
        target = read_target(url, plain=True)
        if not may(target):
            raise EgressRefused(f"{target.host}: is not called")
        answer = _get(target, url, headers, until, most_bytes)
        onward = answer.headers.get("location", "")
        if answer.status not in (301, 302, 303, 307, 308) or not onward:
            return answer
        url = urljoin(url, onward)
    raise EgressFailed("it leads on and on")


def _get(target: Target, url: str, headers: Mapping[str, str], until: float, most_bytes: int) -> Answer:
    left = until - time.monotonic()
    if left <= 0:
        raise EgressFailed(f"{target.host}: took too long")
    address = _resolve(target)
    try:
        with _connection(target, address, left) as connection, _alarm(connection, until):
            connection.request("GET", target.path, headers={"Accept-Encoding": "identity", **headers})
            response = connection.getresponse()
            kept = response.read(most_bytes)
            said = {name.lower(): value for name, value in response.getheaders()}
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise EgressFailed(f"{target.host}: {type(error).__name__}") from error
    if time.monotonic() >= until:
        raise EgressFailed(f"{target.host}: took too long")
    if said.get("content-encoding", "identity").lower() != "identity":
        raise EgressFailed(f"{target.host}: packs what it sends, unasked")
    return Answer(response.status, said, kept, url)


def is_public(address: Address) -> bool:
    """Return whether an address is out on the internet, also when it is wrapped into another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _is_number(host: str) -> bool:
    """Return whether a host is written as a number in any of the ways that resolvers understand."""
    last = host.rsplit(".", 1)[-1]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")


def _resolve(target: Target) -> str:
    """Return the one address to call. Every answer must be public, or none is trusted."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EgressFailed(f"{target.host}: its name leads nowhere") from error
    addresses = [cast(str, entry[4][0]).split("%")[0] for entry in found]
    if not addresses:
        raise EgressFailed(f"{target.host}: its name leads nowhere")
    if not target.is_trusted and not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise EgressRefused(f"{target.host}: leads to an address that is not public")
    return addresses[0]


@contextmanager
def _connection(
    target: Target, address: str, timeout: float, patience: float | None = None
) -> Iterator[http.client.HTTPConnection]:
    """Open a connection to `address` that speaks to `target`: its name is in the certificate and in the request."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=timeout)
    try:
        plain = socket.create_connection((address, target.port), timeout=patience or timeout)
        plain.settimeout(timeout)
        connection.sock = plain
        if target.scheme == "https":
            connection.sock = _tls().wrap_socket(plain, server_hostname=target.host)
        # Otherwise the client would name the port, which some services take for another host.
        connection.port = connection.default_port if target.port in (80, 443) else target.port
        yield connection
    finally:
        connection.close()


@contextmanager
def _alarm(connection: http.client.HTTPConnection, until: float) -> Iterator[None]:
    """Cut the line when the time is over, however slowly the other side goes on speaking."""
    line = connection.sock
    timer = threading.Timer(max(0.0, until - time.monotonic()), _cut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
