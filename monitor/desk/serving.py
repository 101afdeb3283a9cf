"""The desk, served by waitress on one address of this machine.

waitress listens on every address of a machine unless it is told one, takes bodies of a gigabyte, and leaves a connection
open for two minutes in which nothing comes; so the address is bound here, and the rest is said. Of proxies it knows
nothing: `safety/front.py` reads their headers.
"""

import errno
import logging
import socket
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

from monitor.errors import InputError

THREADS = 8  # 20 readers at once wait for one another a moment; a page takes milliseconds
PARTING = 2.0  # seconds for what is being answered when the desk is told to end

LIMITS: dict[str, Any] = {
    "connection_limit": 500,
    "channel_timeout": 30,  # seconds in which nothing comes
    "cleanup_interval": 10,
    "max_request_header_size": 32_768,  # the longest address is a search of some hundred words
    "max_request_body_size": 24_000_000,  # up to here the desk itself says that it is too much
    "clear_untrusted_proxy_headers": False,
    "asyncore_use_poll": True,
    "ident": None,  # a name and version are of use to nobody but who looks for holes
}

log = logging.getLogger("monitor.desk")


def bound(host: str, port: int) -> socket.socket:
    """A socket on one address of this machine; port 0: any that is free. Raises InputError where there is none."""
    family, address = _meant(host, port)
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:  # "::" is every address, also of IPv4
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        opened.bind(address)
    except OSError as error:
        opened.close()
        raise InputError(_why_not(error, host, port)) from error
    return opened


def _meant(host: str, port: int) -> tuple[socket.AddressFamily, Any]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise InputError(
            f"{host} is no address of this machine: leave --host away, or name one of its own."
        ) from error
    first = min(found, key=lambda one: one[0] != socket.AF_INET)  # localhost is 127.0.0.1
    return socket.AddressFamily(first[0]), first[4]


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken, perhaps by another desk: name another with --port; 0 takes any."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is not for this user: name one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: leave --host away, or name one of its own."
    return f"The desk cannot listen on port {port} of {host}: {error.strerror or error}."


def address_of(opened: socket.socket) -> tuple[str, int]:
    address = opened.getsockname()
    return address[0], address[1]


def server_of(app: WSGIApplication, opened: socket.socket, channels: dict[int, Any]) -> Any:
    """waitress on this socket; its loop is run over `channels`."""
    return create_server(app, map=channels, sockets=[opened], threads=THREADS, **LIMITS)


def serve(app: WSGIApplication, opened: socket.socket, ready: Callable[[], None]) -> None:
    """Answers until the process is told to end, which raises KeyboardInterrupt. `ready` is called once requests are
    taken. The loop is waitress's own: its `run` would wait five seconds for its threads, and make of a signal nothing."""
    channels: dict[int, Any] = {}
    server = server_of(app, opened, channels)
    try:
        ready()
        wasyncore.loop(timeout=1, map=channels, use_poll=True)
    finally:  # what is being answered still is, and what takes longer ends with the process
        server.task_dispatcher.shutdown(timeout=PARTING)
        if not server.task_dispatcher.threads:
            wasyncore.close_all(channels)
