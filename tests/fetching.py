"""What the tests of fetching share: requests, networks, small answers, and servers that say one thing."""

import socket

from loopback import Answer

from monitor.model import FailureKind, FetchFailed, FetchRequest, Wanted
from monitor.settings import Network

AGENT = "TopicalIssuesMonitor/1.0 (+mailto:someone@example.org)"
OPEN = Network(user_agent=AGENT, allow_private_addresses=True)
GUARDED = Network(user_agent=AGENT)
HARD, SOFT, TEMPORARY = FailureKind.HARD, FailureKind.SOFT, FailureKind.TEMPORARY


def feed(url: str, **named) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.FEED, **named)


def page(url: str) -> FetchRequest:
    return FetchRequest(url=url, wanted=Wanted.PAGE)


def redirect(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers={"Location": to})


def outcome(result) -> tuple[FailureKind, str]:
    assert isinstance(result, FetchFailed), result
    return result.kind, result.reason


def say(answer: bytes):
    """A raw server that says its piece to whoever connects, and hangs up."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

    return talk
