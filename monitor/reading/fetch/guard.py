"""Sockets that go only where they may.

Feeds and pages name addresses to us, and so could point at the machine itself or at its neighbours. A name is
resolved here, and only its addresses on the public internet are connected to: the address that was judged is the very
one that is used, so a name that changes its answer gains nothing. Through a proxy, the proxy resolves; then the name
is judged as we see it, and one that we cannot resolve is left to the proxy. Every socket is watched by the attempt that
uses it (`attempt.py`), and so no longer in use than it may be.
"""

import ipaddress
import socket
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from monitor.model import FailureKind, FetchFailed
from monitor.reading.fetch.attempt import Attempt, current

CONNECT_SECONDS = 8.0  # for one address of a name, so that a dead one leaves time for the next

# All that is handed out of IPv6 for general use (RFC 4291); NAT64, site-local and IPv4-compatible lie outside.
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")

# Addresses that `is_global` of Python 3.11 lets through, and that carry IPv4 addresses inside or are not for hosts:
# 6to4, Teredo, documentation; protocol assignments, the 6to4 relays.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("2002::/16", "2001::/32", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
)


class Refusal(Exception):
    """We stop, and say why. It is none of urllib3's or requests' errors, so it passes through them as it is.

    `answer` is the refusal of a server on which ours rests; `timed_out`: it let our time for connecting run out.
    """

    def __init__(
        self,
        kind: FailureKind,
        reason: str,
        answer: FetchFailed | None = None,
        *,
        timed_out: bool = False,
    ) -> None:
        super().__init__(reason)
        self.timed_out = timed_out
        self.kind = kind
        self.reason = reason
        self.answer = answer

    def of(self, url: str) -> FetchFailed:
        """What is told to who asked for an address."""
        failed = FetchFailed(url=url, kind=self.kind, reason=self.reason, timed_out=self.timed_out)
        if self.answer is None:
            return failed
        return replace(
            failed,
            status=self.answer.status,
            retry_after=self.answer.retry_after,
            answered_by=self.answer.answered_by or self.answer.url,
            was_asked=self.answer.was_asked,
        )


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one on the public internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 6 and ip not in GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def refuse_private_name(host: str) -> None:
    """Raises `Refusal` where a name, as seen from here, leads to no public address."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    if not any(is_public(str(address[0])) for *_, address in found):
        raise _not_public()


def _not_public() -> Refusal:
    return Refusal(FailureKind.HARD, "the address is not on the public internet")


def _resolve(host: str, port: int, *, public_only: bool) -> list[tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # UnicodeError: a label that is empty or longer than 63 bytes
        raise Refusal(FailureKind.TEMPORARY, "the name does not resolve") from None
    usable = [place for place in found if not public_only or is_public(str(place[4][0]))]
    if not usable:
        raise _not_public()
    return usable


def _connect(host: str, port: int, attempt: Attempt, options: Any, *, public_only: bool) -> socket.socket:
    """A connected socket, watched by the attempt; tries each address of the name while there is time."""
    reason, timed_out = "", False
    for place in _resolve(host, port, public_only=public_only):
        try:
            return _connect_to(place, attempt, options)
        except OSError as error:
            reason, timed_out = _why_no_connection(error), isinstance(error, TimeoutError)
        if attempt.is_cut:
            break
    raise Refusal(FailureKind.TEMPORARY, reason, timed_out=timed_out)


def _connect_to(place: tuple[Any, ...], attempt: Attempt, options: Any) -> socket.socket:
    family, kind, protocol, _, address = place
    with ExitStack() as unless_connected:
        connecting = unless_connected.enter_context(socket.socket(family, kind, protocol))
        for option in options or ():
            connecting.setsockopt(*option)
        attempt.use(connecting.fileno())
        connecting.settimeout(min(CONNECT_SECONDS, attempt.left()))
        connecting.connect(address)
        connecting.settimeout(attempt.left())
        attempt.has_connected = True
        # Before TLS begins: ssl leaves a socket that is shut down at that moment to be collected.
        if attempt.is_cut:
            raise ConnectionAbortedError
        unless_connected.pop_all()
        return connecting


def _why_no_connection(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no connection: the machine does not answer"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    return "no connection: the network cannot be reached"


class _Guarded(HTTPConnection):
    """The part of a connection that is ours; mixed in before urllib3's own."""

    def _new_conn(self) -> socket.socket:
        attempt = current()
        assert attempt is not None, "a connection is only ever made within an attempt"
        public_only = not attempt.allow_private and self.proxy is None
        try:
            return _connect(
                self._dns_host, self.port or 80, attempt, self.socket_options, public_only=public_only
            )
        except Refusal as refusal:
            raise Refusal(refusal.kind, f"the proxy: {refusal.reason}") if self.proxy else refusal from None

    def request(self, *args: Any, **named: Any) -> None:
        attempt = current()
        if attempt is not None and self.sock is not None:
            attempt.use(self.sock.fileno())  # a connection that was kept from an earlier attempt
        super().request(*args, **named)


class _GuardedHTTP(_Guarded, HTTPConnection):
    pass


class _GuardedHTTPS(_Guarded, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _HTTPPool, "https": _HTTPSPool}


class GuardedAdapter(HTTPAdapter):
    """requests' adapter with guarded connections, direct and through a proxy. It never retries."""

    def __init__(self, connections_a_host: int) -> None:
        super().__init__(pool_connections=64, pool_maxsize=connections_a_host, max_retries=0)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **named: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = POOLS
        return manager
