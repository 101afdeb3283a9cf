"""Addresses to ping, in the form of healthchecks.io. Pure.

    URL/start    a run has begun         GET
    URL          it ended well           POST, with a short text
    URL/fail     it did not              POST, with a short text

Many services understand it. The address is as good as a key: no message of ours holds it.
"""

from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit


class Signal(StrEnum):
    START = "start"
    SUCCESS = "success"
    FAILURE = "fail"


def mistake_in(address: str) -> str | None:
    """What is wrong with an address to ping, without repeating it: it is a secret. None where it can be asked for."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "is no web address"
    if not address.isprintable() or any(sign.isspace() for sign in address) or not address.isascii():
        return "holds a space or a sign that no address has"
    if parts.scheme not in ("http", "https"):
        return "does not begin with https:// (or http://)"
    if not host or port == 0:
        return "names no server"
    if parts.username is not None:
        return "carries a user name or password, which is not supported"
    return "has a part after #, which is never sent" if parts.fragment else None


def address_of(address: str, signal: Signal) -> str:
    """The address for a signal: what follows a ? stays behind it."""
    if signal is Signal.SUCCESS:
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{signal}"))
